package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var memberships = noun{
	name:    "members",
	aliases: []string{"memberships", "member"},
	short:   "Members of organizations, with their roles",
	columns: "public_user_data.user_id public_user_data.identifier role organization.id created_at",
	verbs: []verb{
		{
			name: "list", args: "[ORGANIZATION]", short: "List the members of an organization, or of all",
			do: client.OrganizationMemberships.List, all: client.OrganizationMemberships.All,
			bare: client.OrganizationMemberships.ListInstance, bareAll: client.OrganizationMemberships.AllInstance,
			bareOnly: "organization_id",
			values:   map[string][]string{"order_by": signedOrders(roster.MembershipOrders)},
			suggest:  systemRoles,
			help:     map[string]string{"public_metadata": "with this value in the public metadata, as in billing.seats=5; repeatable; Roster only"},
			example:  "org_… --role org:admin\norg_… --public-metadata department=sales\norg_… --query tanaka --order-by last_name\n--all --json id,role",
		},
		{
			name: "of", args: "USER", short: "List the memberships of a user, newest first",
			do: client.OrganizationMemberships.ListForUser, all: client.OrganizationMemberships.AllForUser,
			example: "user_…",
		},
		{
			name: "get", args: "ORGANIZATION USER", short: "Show one membership",
			long:    "Clerk's own server has no such operation: there, members list ORGANIZATION\n--user-id USER shows the same.",
			do:      client.OrganizationMemberships.Get,
			example: "org_… user_…",
		},
		{
			name: "create", aliases: []string{"add"}, args: "ORGANIZATION", short: "Make a user a member",
			do:      client.OrganizationMemberships.Create,
			suggest: systemRoles,
			example: "org_… --user-id user_… --role org:member",
		},
		{
			name: "update", args: "ORGANIZATION USER", short: "Give a member another role",
			do:      client.OrganizationMemberships.Update,
			suggest: systemRoles,
			example: "org_… user_… --role org:admin",
		},
		metadataVerb(client.OrganizationMemberships.UpdateMetadata, "ORGANIZATION USER", "org_… user_…", "unsafe_metadata"),
		{
			name: "delete", aliases: []string{"remove"}, args: "ORGANIZATION USER", short: "Take a user out of an organization",
			do:      client.OrganizationMemberships.Delete,
			example: "org_… user_…",
		},
	},
}

// systemRoles are the roles that every instance starts with.
var systemRoles = map[string][]string{"role": {roster.RoleAdmin, roster.RoleMember}}
