package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var invitations = noun{
	name:    "invitations",
	aliases: []string{"invitation"},
	short:   "Invitations to organizations",
	long:    "ORGANIZATION, INVITATION and USER are ids.",
	columns: "id email_address role status organization_id expires_at created_at",
	verbs: []verb{
		{
			name: "list", args: "[ORGANIZATION]", short: "List the invitations to an organization, or to all",
			do: client.OrganizationInvitations.List, all: client.OrganizationInvitations.All,
			bare: client.OrganizationInvitations.ListInstance, bareAll: client.OrganizationInvitations.AllInstance,
			bareOnly: "query", notBare: "email_address",
			values:  map[string][]string{"order_by": signedOrders(roster.InvitationOrders), "status": roster.InvitationStatuses},
			help:    map[string]string{"status": "in this state; repeatable", "query": "part of the email address", "email_address": "to exactly this address"},
			example: "org_… --status pending\n--query example.com --status pending --status accepted --all --json email_address,status",
		},
		{
			name: "pending", args: "ORGANIZATION", short: "List the invitations that can still be accepted, newest first",
			do:      client.OrganizationInvitations.ListPending, //nolint:staticcheck // deprecated in the API, and still there
			example: "org_…",
		},
		{
			name: "of", args: "USER", short: "List the invitations of a user, newest first",
			do: client.OrganizationInvitations.ListForUser, all: client.OrganizationInvitations.AllForUser,
			without: "order_by starting_after email_address query",
			values:  map[string][]string{"status": roster.InvitationStatuses},
			help:    map[string]string{"status": "in this state; repeatable"},
			example: "user_… --status pending",
		},
		{
			name: "get", args: "ORGANIZATION INVITATION", short: "Show an invitation",
			do: client.OrganizationInvitations.Get, example: "org_… orginv_… --jq .url",
		},
		{
			name: "create", aliases: []string{"add"}, args: "ORGANIZATION", short: "Invite somebody to an organization",
			do:      client.OrganizationInvitations.Create,
			suggest: systemRoles,
			help:    map[string]string{"email_address": "address of whom to invite"},
			example: "org_… --email-address ada@example.com --role org:member --expires-in-days 7 --notify=false",
		},
		{
			name: "create-bulk", args: "ORGANIZATION", short: "Invite 1 to 10 people, or none if there is a problem with one",
			long:    "--input holds a list of bodies as create sends them.",
			do:      client.OrganizationInvitations.CreateBulk,
			example: "org_… --input invitations.json",
		},
		{
			name: "revoke", args: "ORGANIZATION INVITATION", short: "Take an invitation back",
			do: client.OrganizationInvitations.Revoke, example: "org_… orginv_… --requesting-user-id user_…",
		},
	},
}
