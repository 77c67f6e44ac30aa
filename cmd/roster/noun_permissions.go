package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var permissions = noun{
	name:    "permissions",
	aliases: []string{"permission"},
	short:   "Permissions, which roles are made of",
	long:    "PERMISSION is an id. System permissions are everybody's and do not change.",
	columns: "id key name type created_at",
	verbs: []verb{
		{
			name: "list", short: "List permissions, newest first unless ordered",
			do: client.OrganizationPermissions.List, all: client.OrganizationPermissions.All,
			values:  map[string][]string{"order_by": signedOrders(roster.PermissionOrders)},
			help:    map[string]string{"query": "part of the name or key, or the exact id"},
			example: "--order-by key\n--query invoices --json id,key",
		},
		{
			name: "get", args: "PERMISSION", short: "Show a permission",
			do: client.OrganizationPermissions.Get, example: "perm_…",
		},
		{
			name: "create", short: "Create a permission",
			do:      client.OrganizationPermissions.Create,
			help:    map[string]string{"key": "org:FEATURE:ACTION"},
			example: "--name 'Read invoices' --key org:invoices:read",
		},
		{
			name: "update", args: "PERMISSION", short: "Change a permission",
			do:      client.OrganizationPermissions.Update,
			help:    map[string]string{"key": "org:FEATURE:ACTION"},
			example: "perm_… --name 'See invoices'",
		},
		{
			name: "delete", args: "PERMISSION", short: "Delete a permission, which takes it out of all roles",
			do: client.OrganizationPermissions.Delete, example: "perm_…",
		},
	},
}
