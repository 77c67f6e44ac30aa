package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var roles = noun{
	name:    "roles",
	aliases: []string{"role"},
	short:   "Roles, which members have",
	long:    "ROLE and PERMISSION are ids.",
	columns: "id key name is_creator_eligible created_at",
	verbs: []verb{
		{
			name: "list", short: "List roles, newest first unless ordered",
			do: client.OrganizationRoles.List, all: client.OrganizationRoles.All,
			values:  map[string][]string{"order_by": signedOrders(roster.RoleOrders)},
			help:    map[string]string{"query": "part of the name or key, or the exact id"},
			example: "--order-by key\n--jq '.[] | {key, permissions: [.permissions[].key]}'",
		},
		{
			name: "get", args: "ROLE", short: "Show a role with its permissions",
			do: client.OrganizationRoles.Get, example: "role_…\nrole_… --jq .permissions[].key",
		},
		{
			name: "create", short: "Create a role",
			do:      client.OrganizationRoles.Create,
			help:    map[string]string{"key": "org:NAME"},
			example: "--name Billing --key org:billing --permissions perm_1 --permissions perm_2",
		},
		{
			name: "update", args: "ROLE", short: "Change a role",
			do:      client.OrganizationRoles.Update,
			help:    map[string]string{"key": "org:NAME", "permissions": "id of a permission, instead of those it has; repeatable"},
			example: "role_… --name Finance\nrole_… --clear permissions,description",
		},
		{
			name: "assign-permission", args: "ROLE PERMISSION", short: "Add a permission to a role",
			do: client.OrganizationRoles.AssignPermission, example: "role_… perm_…",
		},
		{
			name: "remove-permission", args: "ROLE PERMISSION", short: "Take a permission out of a role",
			do: client.OrganizationRoles.RemovePermission, example: "role_… perm_…",
		},
		{
			name: "delete", args: "ROLE", short: "Delete a role that nobody has",
			do: client.OrganizationRoles.Delete, example: "role_…",
		},
	},
}
