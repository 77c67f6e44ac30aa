package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

var domains = noun{
	name:    "domains",
	aliases: []string{"domain"},
	short:   "Email domains of organizations, which bring members",
	long:    "ORGANIZATION and DOMAIN are ids.",
	columns: "id name organization_id enrollment_mode verification.status total_pending_invitations total_pending_suggestions",
	verbs: []verb{
		{
			name: "list", args: "[ORGANIZATION]", short: "List the domains of an organization, or of all",
			do: client.OrganizationDomains.List, all: client.OrganizationDomains.All,
			bare: client.OrganizationDomains.ListInstance, bareAll: client.OrganizationDomains.AllInstance,
			values:  map[string][]string{"order_by": signedOrders(roster.OrganizationDomainOrders), "enrollment_mode": roster.EnrollmentModes},
			help:    map[string]string{"organization_id": "domains of this organization", "query": "part of the name, or the id of an organization"},
			example: "org_… --verified\n--query example --order-by name --json name,organization_id",
		},
		{
			name: "create", aliases: []string{"add"}, args: "ORGANIZATION", short: "Add a domain to an organization",
			do:      client.OrganizationDomains.Create,
			values:  map[string][]string{"enrollment_mode": roster.EnrollmentModes},
			help:    map[string]string{"name": "domain such as example.com", "verified": "that the domain counts as verified"},
			example: "org_… --name example.com --enrollment-mode automatic_invitation",
		},
		{
			name: "update", args: "ORGANIZATION DOMAIN", short: "Change a domain",
			do:      client.OrganizationDomains.Update,
			values:  map[string][]string{"enrollment_mode": roster.EnrollmentModes},
			help:    map[string]string{"verified": "that the domain counts as verified"},
			example: "org_… orgdmn_… --enrollment-mode manual_invitation\norg_… orgdmn_… --verified=false",
		},
		{
			name: "verify", args: "ORGANIZATION DOMAIN", short: "Vouch for who owns a domain",
			do: client.OrganizationDomains.VerifyOwnership, example: "org_… orgdmn_…",
		},
		{
			name: "delete", aliases: []string{"remove"}, args: "ORGANIZATION DOMAIN", short: "Take a domain from an organization",
			do: client.OrganizationDomains.Delete, example: "org_… orgdmn_…",
		},
	},
}
