package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var roleSets = noun{
	name:    "role-sets",
	aliases: []string{"role-set"},
	short:   "Role sets, which say what roles an organization has",
	long:    "SET is an id or a key such as role_set:default; roles are keys.",
	columns: "id key name type default_role.key creator_role.key created_at",
	verbs: []verb{
		{
			name: "list", short: "List role sets, newest first unless ordered",
			do: client.RoleSets.List, all: client.RoleSets.All,
			values:  map[string][]string{"order_by": signedOrders(roster.RoleSetOrders)},
			help:    map[string]string{"query": "part of the name or key, or the exact id"},
			example: "\n--order-by key --json key,roles",
		},
		{
			name: "get", args: "SET", short: "Show a role set with its roles",
			do: client.RoleSets.Get, example: "role_set:default\nrole_set:default --jq .roles[].key",
		},
		{
			name: "create", short: "Create a role set",
			do:      client.RoleSets.Create,
			values:  map[string][]string{"type": {roster.RoleSetInitial, roster.RoleSetCustom}},
			help:    map[string]string{"key": "role_set:NAME; without one it is made of the name"},
			example: "--name Sales --roles org:admin --roles org:member --default-role-key org:member --creator-role-key org:admin",
		},
		{
			name: "update", args: "SET", short: "Change a role set",
			do:      client.RoleSets.Update,
			values:  map[string][]string{"type": {roster.RoleSetInitial}},
			help:    map[string]string{"key": "role_set:NAME"},
			example: "role_set:sales --default-role-key org:member\nrole_set:sales --type initial",
		},
		{
			name: "add-roles", args: "SET ROLE...", rest: "role_keys", short: "Put roles into a role set",
			do: client.RoleSets.AddRoles, example: "role_set:sales org:billing org:support --default-role-key org:support",
		},
		{
			name: "remove-roles", args: "SET ROLE...", rest: "role_keys", short: "Take roles that nobody has out of a role set",
			do: client.RoleSets.RemoveRoles, example: "role_set:sales org:billing",
		},
		{
			name: "replace-role", args: "SET", short: "Take a role out of a role set and give its members another",
			do: client.RoleSets.ReplaceRole, example: "role_set:sales --role-key org:billing --to-role-key org:member",
		},
		{
			name: "replace", args: "SET", short: "Delete a role set and give its organizations another",
			do:      client.RoleSets.Replace,
			example: "role_set:sales --dest-role-set-key role_set:default --reassignment-mappings org:billing=org:member",
		},
		{
			name: "delete", args: "SET", short: "Delete a role set that no organization has",
			do: client.RoleSets.Delete, example: "role_set:sales",
		},
	},
}
