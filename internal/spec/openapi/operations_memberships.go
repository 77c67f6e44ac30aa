package main

import "github.com/rosterhq/roster"

var noMembership = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrMembershipNotFound}

var membershipOperations = map[string]operation{
	"InstanceGetOrganizationMemberships": {
		tag: memberships, summary: "List the memberships of all organizations",
		answers: "A page of memberships and how many match.", result: roster.Page[roster.Membership]{},
	},
	"CreateOrganizationMembership": {
		tag: memberships, summary: "Add a user to an organization", body: roster.CreateMembership{},
		answers: "The new membership.", result: roster.Membership{},
		errors: join(noOrganization, noUser, []roster.Kind{
			roster.ErrRoleNotFound, roster.ErrAlreadyAMember, roster.ErrMembershipQuotaExceeded, roster.ErrOrganizationNotEnabled, roster.ErrParamMissing, roster.ErrMetadataTooLarge,
		}),
	},
	"ListOrganizationMemberships": {
		tag: memberships, summary: "List the members of an organization",
		answers: "A page of memberships and how many match.", result: roster.Page[roster.Membership]{}, errors: noOrganization,
	},
	"GetOrganizationMembership": {
		tag: memberships, summary: "Get one membership", answers: "The membership.", result: roster.Membership{}, errors: noMembership,
	},
	"UpdateOrganizationMembership": {
		tag: memberships, summary: "Change a member's role", body: roster.UpdateMembership{}, answers: "The changed membership.", result: roster.Membership{},
		errors: join(noMembership, []roster.Kind{roster.ErrRoleNotFound, roster.ErrParamMissing, roster.ErrMinimumPermissionsNeeded}),
	},
	"DeleteOrganizationMembership": {
		tag: memberships, summary: "Remove a member", answers: "The membership that was removed.", result: roster.Membership{},
		errors: join(noMembership, []roster.Kind{roster.ErrMinimumPermissionsNeeded}),
	},
	"UpdateOrganizationMembershipMetadata": {
		tag: memberships, summary: "Merge into a membership's metadata", body: roster.UpdateMetadata{}, answers: "The changed membership.", result: roster.Membership{},
		errors: join(noMembership, badMetadata),
	},
}
