package main

import "github.com/rosterhq/roster"

var (
	noInvitation  = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrInvitationNotFound, roster.ErrOrganizationNotEnabled}
	badInvitation = []roster.Kind{
		roster.ErrOrganizationNotFound, roster.ErrRoleNotFound, roster.ErrAlreadyAMember, roster.ErrInvitationNotUnique, roster.ErrNotAMember,
		roster.ErrMissingPermission, roster.ErrMembershipQuotaExceeded, roster.ErrOrganizationNotEnabled, roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrInsecureURL,
		roster.ErrParamTooLong, roster.ErrMetadataTooLarge, roster.ErrAccessNotAllowed,
	}
)

var invitationOperations = map[string]operation{
	"CreateOrganizationInvitation": {
		tag: invitations, summary: "Invite an email address to an organization", body: roster.CreateInvitation{},
		answers: "The new invitation.", result: roster.Invitation{}, errors: badInvitation,
	},
	"CreateOrganizationInvitationBulk": {
		tag: invitations, summary: "Invite several email addresses to an organization, or none", body: []roster.CreateInvitation{},
		answers: "The new invitations, in the order given.", result: roster.Page[roster.Invitation]{}, errors: join(badInvitation, []roster.Kind{roster.ErrBulkSizeExceeded}),
	},
	"ListOrganizationInvitations": {
		tag: invitations, summary: "List the invitations to an organization",
		answers: "A page of invitations and how many match.", result: roster.Page[roster.Invitation]{}, errors: noOrganization,
	},
	"ListPendingOrganizationInvitations": {
		tag: invitations, summary: "List the invitations to an organization that can still be accepted",
		answers: "A page of invitations and how many there are.", result: roster.Page[roster.Invitation]{}, errors: noOrganization,
	},
	"GetOrganizationInvitation": {
		tag: invitations, summary: "Get one invitation", answers: "The invitation.", result: roster.Invitation{}, errors: noInvitation,
	},
	"RevokeOrganizationInvitation": {
		tag: invitations, summary: "Take an invitation back", body: roster.RevokeInvitation{}, answers: "The revoked invitation.", result: roster.Invitation{},
		errors: join(noInvitation, []roster.Kind{roster.ErrInvitationNotPending, roster.ErrNotAMember, roster.ErrMissingPermission}),
	},
	"ListInstanceOrganizationInvitations": {
		tag: invitations, summary: "List the invitations to all organizations",
		answers: "A page of invitations and how many match.", result: roster.Page[roster.Invitation]{}, errors: []roster.Kind{roster.ErrOrganizationNotEnabled},
	},
	"UsersGetOrganizationInvitations": {
		tag: users, summary: "List the invitations to a user's email addresses",
		answers: "A page of invitations and how many match.", result: roster.Page[roster.Invitation]{}, errors: join(noUser, []roster.Kind{roster.ErrOrganizationNotEnabled}),
	},
}
