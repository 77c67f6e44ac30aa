package main

import "github.com/rosterhq/roster"

// operation is what neither the route table nor the types know of one operation.
// Body and result are values of the types that are taken and given; a result with
// several forms has alternatives, a nil one is a 204. Errors are the refusals beside the general ones.
type operation struct {
	tag, summary string
	body         any
	answers      string
	result       any
	alternative  any
	errors       []roster.Kind
}

// Tags.
const (
	memberships   = "Organization memberships"
	organizations = "Organizations"
	users         = "Users"
	domains       = "Organization domains"
	permissions   = "Organization permissions"
	roles         = "Organization roles"
	settings      = "Instance settings"
	roleSets      = "Role sets"
	sessions      = "Sessions"
	keySets       = "Key sets"
	clients       = "Clients"
	templates     = "JWT templates"
	invitations   = "Organization invitations"

	lists = "Allow-list and block-list"

	emailAddresses = "Email addresses"
	phoneNumbers   = "Phone numbers"
)

// everywhere are the refusals any request may meet.
var everywhere = []roster.Kind{
	roster.ErrAuthorizationHeader, roster.ErrKeyInvalid, roster.ErrAPIVersionInvalid, roster.ErrMalformedParameters, roster.ErrURITooLong,
	roster.ErrInternal, roster.ErrServiceUnavailable,
}

var refusedParameters = []roster.Kind{roster.ErrParamInvalid, roster.ErrParamNil}

var refusedBodies = []roster.Kind{
	roster.ErrUnsupportedContentType, roster.ErrRequestBodyInvalid, roster.ErrRequestBodyTooLarge, roster.ErrParamType,
}

var (
	noOrganization = []roster.Kind{roster.ErrOrganizationNotFound}
	noMembership   = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrMembershipNotFound}
	noUser         = []roster.Kind{roster.ErrUserNotFound}
	noSession      = []roster.Kind{roster.ErrSessionNotFound}
	noDomain       = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrDomainNotFound, roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled}
	noInvitation   = []roster.Kind{roster.ErrOrganizationNotFound, roster.ErrInvitationNotFound, roster.ErrOrganizationNotEnabled}
	badInvitation  = []roster.Kind{
		roster.ErrOrganizationNotFound, roster.ErrRoleNotFound, roster.ErrAlreadyAMember, roster.ErrInvitationNotUnique, roster.ErrNotAMember,
		roster.ErrMissingPermission, roster.ErrMembershipQuotaExceeded, roster.ErrOrganizationNotEnabled, roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrInsecureURL,
		roster.ErrParamTooLong, roster.ErrMetadataTooLarge, roster.ErrAccessNotAllowed,
	}
	noPermission  = []roster.Kind{roster.ErrPermissionNotFound, roster.ErrOrganizationNotEnabled}
	badPermission = []roster.Kind{roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrOrganizationNotEnabled}
	noRole        = []roster.Kind{roster.ErrRoleNotFound, roster.ErrOrganizationNotEnabled}
	badRole       = []roster.Kind{
		roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrParamArraySize, roster.ErrParamDuplicateValues,
		roster.ErrFormResourceNotFound, roster.ErrOrganizationNotEnabled,
	}
	noTemplate  = []roster.Kind{roster.ErrTemplateNotFound}
	badTemplate = []roster.Kind{
		roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrAlreadyExists, roster.ErrReservedClaim, roster.ErrTemplateTooLarge,
		roster.ErrConditionalMissing,
	}
	noRoleSet  = []roster.Kind{roster.ErrRoleSetNotFound, roster.ErrOrganizationNotEnabled}
	badRoleSet = []roster.Kind{
		roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrMissingCreatorPermission, roster.ErrOrganizationNotEnabled,
	}
	badRoleList = []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrRoleNotFound}
	badListed   = []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrAlreadyExists, roster.ErrParamUnknown, roster.ErrListedQuota}
	deadSession = []roster.Kind{roster.ErrSessionNotActive}
	badMetadata = []roster.Kind{roster.ErrMetadataTooLarge, roster.ErrParamUnknown}
	badUser     = []roster.Kind{
		roster.ErrIdentifierExists, roster.ErrParamFormat, roster.ErrPasswordTooShort, roster.ErrPasswordTooLong, roster.ErrUsernameLength,
		roster.ErrUsernameCharacter, roster.ErrUsernameNumber, roster.ErrParamTooLong, roster.ErrParamTime, roster.ErrMetadataTooLarge, roster.ErrParamUnknown,
	}
	badCredentials = []roster.Kind{
		roster.ErrPasswordDigest, roster.ErrConditionalMissing, roster.ErrConditionalDisallowed, roster.ErrParamArraySize, roster.ErrParamDuplicateValues,
	}
	badImage        = []roster.Kind{roster.ErrImageMissing, roster.ErrImageType, roster.ErrImageBroken, roster.ErrImageTooLarge}
	noAddress       = []roster.Kind{roster.ErrIdentificationNotFound}
	badAddress      = []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrIdentifierExists, roster.ErrAccessNotAllowed}
	badBulk         = join(noUser, []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize})
	badOrganization = []roster.Kind{
		roster.ErrIdentifierExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrOrganizationName, roster.ErrParamTime,
		roster.ErrMetadataTooLarge, roster.ErrSlugsDisabled, roster.ErrOrganizationNotEnabled,
	}
)

func join(lists ...[]roster.Kind) []roster.Kind {
	var all []roster.Kind
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

var operations = map[string]operation{
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

	"CreateOrganization": {
		tag: organizations, summary: "Create an organization", body: roster.CreateOrganization{}, answers: "The new organization.", result: roster.Organization{},
		errors: join(badOrganization, []roster.Kind{roster.ErrCreatorNotFound, roster.ErrCreationLimitExceeded, roster.ErrParamMissing}),
	},
	"ListOrganizations": {
		tag: organizations, summary: "List organizations", answers: "A page of organizations and how many match.", result: roster.Page[roster.Organization]{},
	},
	"GetOrganization": {
		tag: organizations, summary: "Get an organization by id or slug", answers: "The organization.", result: roster.Organization{}, errors: noOrganization,
	},
	"UpdateOrganization": {
		tag: organizations, summary: "Change an organization", body: roster.UpdateOrganization{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badOrganization, []roster.Kind{roster.ErrParamUnknown, roster.ErrParamDeprecated}),
	},
	"DeleteOrganization": {
		tag: organizations, summary: "Delete an organization with its memberships", answers: "What was deleted.", result: roster.Deleted{}, errors: noOrganization,
	},
	"MergeOrganizationMetadata": {
		tag: organizations, summary: "Merge into an organization's metadata", body: roster.UpdateMetadata{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badMetadata),
	},
	"UploadOrganizationLogo": {
		tag: organizations, summary: "Set an organization's logo", body: roster.UploadLogo{}, answers: "The organization, with its logo.", result: roster.Organization{},
		errors: join(noOrganization, noUser, badImage),
	},
	"DeleteOrganizationLogo": {
		tag: organizations, summary: "Take an organization's logo away", answers: "The organization.", result: roster.Organization{},
		errors: join(noOrganization, []roster.Kind{roster.ErrImageNotFound}),
	},
	"ReplaceOrganizationMetadata": {
		tag: organizations, summary: "Replace an organization's metadata", body: roster.UpdateMetadata{}, answers: "The changed organization.", result: roster.Organization{},
		errors: join(noOrganization, badMetadata),
	},

	"ListAllOrganizationDomains": {
		tag: domains, summary: "List the domains of all organizations", answers: "A page of domains and how many match.", result: roster.Page[roster.OrganizationDomain]{},
		errors: []roster.Kind{roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled},
	},
	"CreateOrganizationDomain": {
		tag: domains, summary: "Add a domain to an organization", body: roster.CreateOrganizationDomain{}, answers: "The new domain.", result: roster.OrganizationDomain{},
		errors: join(noOrganization, []roster.Kind{
			roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrDomainCommon, roster.ErrDomainBlocked,
			roster.ErrDomainAlreadyExists, roster.ErrDomainInOrganization, roster.ErrDomainQuotaExceeded, roster.ErrEnrollmentModeNotEnabled,
			roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled,
		}),
	},
	"ListOrganizationDomains": {
		tag: domains, summary: "List the domains of an organization", answers: "A page of domains and how many match.", result: roster.Page[roster.OrganizationDomain]{},
		errors: join(noOrganization, []roster.Kind{roster.ErrDomainsNotEnabled, roster.ErrOrganizationNotEnabled}),
	},
	"UpdateOrganizationDomain": {
		tag: domains, summary: "Change a domain", body: roster.UpdateOrganizationDomain{}, answers: "The changed domain.", result: roster.OrganizationDomain{},
		errors: join(noDomain, []roster.Kind{roster.ErrDomainAlreadyExists, roster.ErrEnrollmentModeNotEnabled}),
	},
	"DeleteOrganizationDomain": {
		tag: domains, summary: "Take a domain off an organization", answers: "What was deleted.", result: roster.Deleted{}, errors: noDomain,
	},
	"VerifyOrganizationDomainOwnership": {
		tag: domains, summary: "Vouch for the ownership of a domain", answers: "The domain.", result: roster.OrganizationDomain{}, errors: noDomain,
	},

	"ListOrganizationPermissions": {
		tag: permissions, summary: "List permissions", answers: "A page of permissions and how many match.", result: roster.Page[roster.Permission]{},
	},
	"CreateOrganizationPermission": {
		tag: permissions, summary: "Create a permission", body: roster.CreatePermission{}, answers: "The new permission.", result: roster.Permission{},
		errors: join(badPermission, []roster.Kind{roster.ErrParamMissing}),
	},
	"GetOrganizationPermission": {
		tag: permissions, summary: "Get a permission", answers: "The permission.", result: roster.Permission{}, errors: noPermission,
	},
	"UpdateOrganizationPermission": {
		tag: permissions, summary: "Change a permission", body: roster.UpdatePermission{}, answers: "The changed permission.", result: roster.Permission{},
		errors: join(noPermission, badPermission, []roster.Kind{roster.ErrSystemPermission}),
	},
	"DeleteOrganizationPermission": {
		tag: permissions, summary: "Delete a permission and take it off its roles", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noPermission, []roster.Kind{roster.ErrSystemPermission}),
	},

	"GetInstance": {tag: settings, summary: "Get the instance", answers: "The instance of the secret key.", result: roster.Instance{}},
	"UpdateInstance": {
		tag: settings, summary: "Change the instance", body: roster.UpdateInstance{}, answers: "All that was asked for is so.",
		errors: []roster.Kind{
			roster.ErrParamUnknown, roster.ErrParamInvalid, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrParamArraySize,
			roster.ErrParamDuplicateValues, roster.ErrConditionalDisallowed,
		},
	},
	"UpdateInstanceRestrictions": {
		tag: settings, summary: "Change which identifiers are kept out", body: roster.UpdateInstanceRestrictions{}, answers: "The changed restrictions.",
		result: roster.InstanceRestrictions{}, errors: []roster.Kind{roster.ErrParamUnknown},
	},
	"GetInstanceOrganizationSettings": {
		tag: settings, summary: "Get the organization settings", answers: "The settings.", result: roster.OrganizationSettings{},
	},
	"UpdateInstanceOrganizationSettings": {
		tag: settings, summary: "Change the organization settings", body: roster.UpdateOrganizationSettings{}, answers: "The changed settings.",
		result: roster.OrganizationSettings{},
		errors: []roster.Kind{roster.ErrParamUnknown, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrRoleNotFound, roster.ErrMissingCreatorPermission},
	},

	"ListOrganizationRoles": {
		tag: roles, summary: "List roles", answers: "A page of roles and how many match.", result: roster.Page[roster.Role]{},
		errors: []roster.Kind{roster.ErrOrganizationNotEnabled},
	},
	"CreateOrganizationRole": {
		tag: roles, summary: "Create a role", body: roster.CreateRole{}, answers: "The new role.", result: roster.Role{},
		errors: join(badRole, []roster.Kind{roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrRolesQuotaExceeded}),
	},
	"GetOrganizationRole": {
		tag: roles, summary: "Get a role", answers: "The role.", result: roster.Role{}, errors: noRole,
	},
	"UpdateOrganizationRole": {
		tag: roles, summary: "Change a role", body: roster.UpdateRole{}, answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, badRole, []roster.Kind{roster.ErrMissingCreatorPermission}),
	},
	"DeleteOrganizationRole": {
		tag: roles, summary: "Delete a role that is not in use", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noRole, []roster.Kind{roster.ErrRoleIsCreatorRole, roster.ErrRoleIsDomainDefault, roster.ErrRoleAssigned, roster.ErrRoleInInvitations}),
	},
	"AssignPermissionToOrganizationRole": {
		tag: roles, summary: "Add a permission to a role", answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, noPermission, []roster.Kind{roster.ErrRolePermissionExists, roster.ErrRolePermissionsQuota}),
	},
	"RemovePermissionFromOrganizationRole": {
		tag: roles, summary: "Take a permission off a role", answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, noPermission, []roster.Kind{roster.ErrRolePermissionNotFound, roster.ErrMissingCreatorPermission}),
	},

	"ListAllowlistIdentifiers": {
		tag: lists, summary: "List the allow-list, newest first", answers: "The identifiers; with paginated=true a page that says how many there are.",
		result: []roster.ListedIdentifier{}, alternative: roster.Page[roster.ListedIdentifier]{},
	},
	"CreateAllowlistIdentifier": {
		tag: lists, summary: "Put an identifier on the allow-list", body: roster.CreateAllowlistIdentifier{}, answers: "The new entry.",
		result: roster.ListedIdentifier{}, errors: badListed,
	},
	"DeleteAllowlistIdentifier": {
		tag: lists, summary: "Take an identifier off the allow-list", answers: "What was deleted.", result: roster.Deleted{},
		errors: []roster.Kind{roster.ErrListedNotFound},
	},
	"ListBlocklistIdentifiers": {
		tag: lists, summary: "List the whole block-list, newest first", answers: "The identifiers and how many there are.",
		result: roster.Page[roster.ListedIdentifier]{},
	},
	"CreateBlocklistIdentifier": {
		tag: lists, summary: "Put an identifier on the block-list", body: roster.CreateBlocklistIdentifier{}, answers: "The new entry.",
		result: roster.ListedIdentifier{}, errors: badListed,
	},
	"DeleteBlocklistIdentifier": {
		tag: lists, summary: "Take an identifier off the block-list", answers: "What was deleted.", result: roster.Deleted{},
		errors: []roster.Kind{roster.ErrListedNotFound},
	},

	"ListRoleSets": {
		tag: roleSets, summary: "List role sets", answers: "A page of role sets and how many match.", result: roster.Page[roster.RoleSet]{},
		errors: []roster.Kind{roster.ErrOrganizationNotEnabled},
	},
	"CreateRoleSet": {
		tag: roleSets, summary: "Create a role set", body: roster.CreateRoleSet{}, answers: "The new role set.", result: roster.RoleSet{},
		errors: join(badRoleSet, badRoleList, []roster.Kind{roster.ErrParamUnknown, roster.ErrRoleSetsQuotaExceeded}),
	},
	"GetRoleSet": {
		tag: roleSets, summary: "Get a role set", answers: "The role set.", result: roster.RoleSet{}, errors: noRoleSet,
	},
	"UpdateRoleSet": {
		tag: roleSets, summary: "Change a role set", body: roster.UpdateRoleSet{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleSet),
	},
	"DeleteRoleSet": {
		tag: roleSets, summary: "Delete a role set that no organization has", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamInvalid}),
	},
	"ReplaceRoleSet": {
		tag: roleSets, summary: "Delete a role set and give its organizations another", body: roster.ReplaceRoleSet{}, answers: "What was deleted.",
		result: roster.Deleted{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize, roster.ErrReassignmentMissing, roster.ErrReassignmentInvalid, roster.ErrMinimumPermissionsNeeded}),
	},
	"AddRolesToRoleSet": {
		tag: roleSets, summary: "Add roles to a role set", body: roster.AddRoles{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleList, []roster.Kind{roster.ErrMissingCreatorPermission}),
	},
	"RemoveRolesFromRoleSet": {
		tag: roleSets, summary: "Take roles that nobody has out of a role set", body: roster.RemoveRoles{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleList, []roster.Kind{roster.ErrRoleIsCreatorRole, roster.ErrRoleIsDomainDefault, roster.ErrRoleOnSetAssigned}),
	},
	"ReplaceRoleInRoleSet": {
		tag: roleSets, summary: "Take a role out of a role set and give its members another", body: roster.ReplaceRole{}, answers: "The changed role set.",
		result: roster.RoleSet{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamMissing, roster.ErrRoleNotFound, roster.ErrMissingCreatorPermission, roster.ErrMinimumPermissionsNeeded}),
	},

	"CreateUser": {
		tag: users, summary: "Create a user", body: roster.CreateUser{}, answers: "The new user.", result: roster.User{},
		errors: join(badUser, badCredentials, []roster.Kind{roster.ErrFormDataMissing, roster.ErrParamArrayLength, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrAccessNotAllowed}),
	},
	"GetUserList":   {tag: users, summary: "List users", answers: "A page of users.", result: []roster.User{}},
	"GetUsersCount": {tag: users, summary: "Count users", answers: "How many match.", result: roster.Count{}},
	"GetUser":       {tag: users, summary: "Get a user", answers: "The user.", result: roster.User{}, errors: noUser},
	"UpdateUser": {
		tag: users, summary: "Change a user", body: roster.UpdateUser{}, answers: "The changed user.", result: roster.User{},
		errors: join(noUser, badUser, badCredentials, []roster.Kind{roster.ErrParamDeprecated, roster.ErrFormDataMissing, roster.ErrFormResourceNotFound, roster.ErrVerificationNeeded}),
	},
	"DeleteUser": {tag: users, summary: "Delete a user with its memberships", answers: "What was deleted.", result: roster.Deleted{}, errors: noUser},
	"UpdateUserMetadata": {
		tag: users, summary: "Merge into a user's metadata", body: roster.UpdateMetadata{}, answers: "The changed user.", result: roster.User{}, errors: join(noUser, badMetadata),
	},
	"ReplaceUserMetadata": {
		tag: users, summary: "Replace a user's metadata", body: roster.UpdateMetadata{}, answers: "The changed user.", result: roster.User{}, errors: join(noUser, badMetadata),
	},
	"BanUser":   {tag: users, summary: "Ban a user and end its sessions", answers: "The banned user.", result: roster.User{}, errors: noUser},
	"UnbanUser": {tag: users, summary: "Lift a user's ban", answers: "The user.", result: roster.User{}, errors: noUser},
	"UsersBan": {
		tag: users, summary: "Ban several users and end their sessions, all or none", body: roster.Users{}, answers: "The banned users.", result: []roster.User{},
		errors: badBulk,
	},
	"UsersUnban": {
		tag: users, summary: "Lift the bans of several users, all or none", body: roster.Users{}, answers: "The users.", result: []roster.User{}, errors: badBulk,
	},
	"SetUserProfileImage": {
		tag: users, summary: "Set a user's image", body: roster.UploadProfileImage{}, answers: "The user, with the image.", result: roster.User{},
		errors: join(noUser, badImage),
	},
	"DeleteUserProfileImage": {
		tag: users, summary: "Take a user's image away", answers: "The user.", result: roster.User{}, errors: join(noUser, []roster.Kind{roster.ErrImageNotFound}),
	},
	"LockUser":   {tag: users, summary: "Keep a user from signing in for an hour", answers: "The locked user.", result: roster.User{}, errors: noUser},
	"UnlockUser": {tag: users, summary: "Lift a user's lock", answers: "The user.", result: roster.User{}, errors: noUser},
	"VerifyPassword": {
		tag: users, summary: "Hold a password against the user's", body: roster.VerifyPassword{}, answers: "That the password is right.", result: roster.Verified{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet, roster.ErrIncorrectPassword, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},
	"VerifyTOTP": {
		tag: users, summary: "Hold a code against the user's authenticator and backup codes", body: roster.VerifyTOTP{},
		answers: "That the code is right, and of which kind it is. It is used up.", result: roster.Verified{},
		errors: join(noUser, []roster.Kind{roster.ErrTOTPDisabled, roster.ErrTOTPIncorrect, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},
	"RemoveUserPassword": {
		tag: users, summary: "Take a user's password away", body: roster.RemovePassword{}, answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrParamUnknown}),
	},
	"SetUserPasswordCompromised": {
		tag: users, summary: "Ask for a new password at the user's next sign-in", body: roster.SetPasswordCompromised{}, answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet, roster.ErrParamUnknown}),
	},
	"UnsetUserPasswordCompromised": {
		tag: users, summary: "Trust a user's password again", answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet}),
	},
	"DisableMFA":       {tag: users, summary: "Forget all of a user's second factors", answers: "Whose they were.", result: roster.UserID{}, errors: noUser},
	"DeleteTOTP":       {tag: users, summary: "Forget a user's authenticator", answers: "Whose it was.", result: roster.UserID{}, errors: noUser},
	"DeleteBackupCode": {tag: users, summary: "Forget a user's backup codes", answers: "Whose they were.", result: roster.UserID{}, errors: noUser},
	"UserPasskeyDelete": {
		tag: users, summary: "Delete a passkey", answers: "What was deleted.", result: roster.Deleted{}, errors: join(noUser, []roster.Kind{roster.ErrPasskeyNotFound}),
	},
	"DeleteExternalAccount": {
		tag: users, summary: "Delete a user's account elsewhere", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noUser, []roster.Kind{roster.ErrExternalAccountNotFound}),
	},
	"ReplaceUserEmailAddress": {
		tag: users, summary: "Put one email address in the place of all that a user has", body: roster.ReplaceEmailAddress{},
		answers: "The user's email address.", result: roster.EmailAddress{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrParamUnknown}),
	},
	"ReplaceUserPhoneNumber": {
		tag: users, summary: "Put one phone number in the place of all that a user has", body: roster.ReplacePhoneNumber{},
		answers: "The user's phone number.", result: roster.PhoneNumber{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrParamUnknown}),
	},
	"UserWeb3WalletDelete": {
		tag: users, summary: "Delete a wallet", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noUser, noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"CreateEmailAddress": {
		tag: emailAddresses, summary: "Give a user an email address", body: roster.CreateEmailAddress{}, answers: "The new email address.", result: roster.EmailAddress{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrVerificationNeeded, roster.ErrAddressesQuota}),
	},
	"GetEmailAddress": {tag: emailAddresses, summary: "Get an email address", answers: "The email address.", result: roster.EmailAddress{}, errors: noAddress},
	"UpdateEmailAddress": {
		tag: emailAddresses, summary: "Verify an email address or make it primary", body: roster.UpdateEmailAddress{}, answers: "The changed email address.",
		result: roster.EmailAddress{}, errors: join(noAddress, []roster.Kind{roster.ErrIdentifierExists, roster.ErrVerificationNeeded}),
	},
	"DeleteEmailAddress": {
		tag: emailAddresses, summary: "Delete an email address", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"PrepareEmailAddressVerification": {
		tag: emailAddresses, summary: "Send a code to an email address", answers: "The verification that the code is for.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrTooManyVerifications}),
	},
	"AttemptEmailAddressVerification": {
		tag: emailAddresses, summary: "Verify an email address by the code that was sent to it", body: roster.AttemptVerification{},
		answers: "What became of the verification.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrVerificationNotFound, roster.ErrVerificationVerified, roster.ErrIdentifierExists, roster.ErrParamUnknown}),
	},
	"CreatePhoneNumber": {
		tag: phoneNumbers, summary: "Give a user a phone number", body: roster.CreatePhoneNumber{}, answers: "The new phone number.", result: roster.PhoneNumber{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrVerificationNeeded, roster.ErrAddressesQuota}),
	},
	"GetPhoneNumber": {tag: phoneNumbers, summary: "Get a phone number", answers: "The phone number.", result: roster.PhoneNumber{}, errors: noAddress},
	"UpdatePhoneNumber": {
		tag: phoneNumbers, summary: "Verify a phone number, make it primary or a second factor", body: roster.UpdatePhoneNumber{}, answers: "The changed phone number.",
		result: roster.PhoneNumber{}, errors: join(noAddress, []roster.Kind{roster.ErrIdentifierExists, roster.ErrVerificationNeeded}),
	},
	"DeletePhoneNumber": {
		tag: phoneNumbers, summary: "Delete a phone number", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"PreparePhoneNumberVerification": {
		tag: phoneNumbers, summary: "Send a code to a phone number", answers: "The verification that the code is for.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrTextMessages, roster.ErrTooManyVerifications}),
	},
	"AttemptPhoneNumberVerification": {
		tag: phoneNumbers, summary: "Verify a phone number by the code that was sent to it", body: roster.AttemptVerification{},
		answers: "What became of the verification.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrVerificationNotFound, roster.ErrVerificationVerified, roster.ErrIdentifierExists, roster.ErrParamUnknown}),
	},
	"UsersGetOrganizationMemberships": {
		tag: users, summary: "List a user's memberships, newest first", answers: "A page of memberships and how many there are.",
		result: roster.Page[roster.Membership]{}, errors: noUser,
	},

	"createSession": {
		tag: sessions, summary: "Sign a user in, on development instances", body: roster.CreateSession{}, answers: "The new session.", result: roster.Session{},
		errors: join(noUser, []roster.Kind{roster.ErrParamMissing, roster.ErrActiveOrganization, roster.ErrRequestForEnvironment, roster.ErrUserBanned}),
	},
	"GetSessionList": {
		tag: sessions, summary: "List sessions, newest first", answers: "The sessions; with paginated=true a page that says how many match.",
		result: []roster.Session{}, alternative: roster.Page[roster.Session]{},
	},
	"GetSession":    {tag: sessions, summary: "Get a session", answers: "The session.", result: roster.Session{}, errors: noSession},
	"RevokeSession": {tag: sessions, summary: "Revoke a session", answers: "The revoked session.", result: roster.Session{}, errors: noSession},
	"CreateSessionToken": {
		tag: sessions, summary: "Make a token of an active session", body: roster.CreateToken{}, answers: "The signed token.", result: roster.Token{},
		errors: join(noSession, deadSession),
	},

	"CreateSessionTokenFromTemplate": {
		tag: sessions, summary: "Make a token of an active session by a JWT template", body: roster.CreateToken{}, answers: "The signed token.", result: roster.Token{},
		errors: join(noSession, noTemplate, deadSession, []roster.Kind{roster.ErrTokenTooLarge}),
	},
	"RefreshSession": {
		tag: sessions, summary: "Ask for a token in the place of an expired one", body: roster.RefreshSession{}, answers: "The signed token, or cookies with it.", result: roster.RefreshedSession{},
		errors: []roster.Kind{
			roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrRefreshOriginInvalid, roster.ErrExpiredTokenInvalid, roster.ErrExpiredTokenMissingSession,
			roster.ErrRefreshSessionMismatch, roster.ErrExpiredTokenMissingParty, roster.ErrRefreshOriginMismatch, roster.ErrRefreshSessionNotFound,
			roster.ErrRefreshSessionInactive, roster.ErrRefreshTokenIneligible, roster.ErrRefreshTokenNotFound,
		},
	},
	"CreateRefreshToken": {
		tag: sessions, summary: "Make a refresh token of an active session", body: roster.CreateRefreshToken{}, answers: "The refresh token and a session token.",
		result: roster.RefreshToken{}, errors: join(noSession, deadSession, []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrParamUnknown, roster.ErrUserBanned}),
	},
	"VerifySession": {
		tag: sessions, summary: "Verify a session by a token of it, before API version 2025-04-10", body: roster.VerifyToken{}, answers: "The session.", result: roster.Session{},
		errors: join(noSession, deadSession, []roster.Kind{roster.ErrSessionTokenInvalid, roster.ErrOperationDeprecated, roster.ErrParamUnknown}),
	},

	"GetClientList": {
		tag: clients, summary: "List clients, newest first", answers: "The clients; with paginated=true a page that says how many there are.",
		result: []roster.Client{}, alternative: roster.Page[roster.Client]{},
	},
	"GetClient": {tag: clients, summary: "Get a client", answers: "The client.", result: roster.Client{}, errors: []roster.Kind{roster.ErrClientNotFound}},
	"VerifyClient": {
		tag: clients, summary: "Find the client of a session token", body: roster.VerifyClient{}, answers: "The client.", result: roster.Client{},
		errors: join(noSession, deadSession, []roster.Kind{roster.ErrSessionTokenInvalid, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},

	"ListJWTTemplates": {
		tag: templates, summary: "List JWT templates, newest first", answers: "The templates; with paginated=true a page that says how many there are.",
		result: []roster.JWTTemplate{}, alternative: roster.Page[roster.JWTTemplate]{},
	},
	"CreateJWTTemplate": {
		tag: templates, summary: "Create a JWT template", body: roster.CreateJWTTemplate{}, answers: "The new template.", result: roster.JWTTemplate{}, errors: badTemplate,
	},
	"GetJWTTemplate": {tag: templates, summary: "Get a JWT template", answers: "The template.", result: roster.JWTTemplate{}, errors: noTemplate},
	"UpdateJWTTemplate": {
		tag: templates, summary: "Change a JWT template", body: roster.UpdateJWTTemplate{}, answers: "The changed template.", result: roster.JWTTemplate{},
		errors: join(noTemplate, badTemplate),
	},
	"DeleteJWTTemplate": {tag: templates, summary: "Delete a JWT template", answers: "What was deleted.", result: roster.Deleted{}, errors: noTemplate},

	"GetJWKS": {tag: keySets, summary: "Get the keys that verify the instance's tokens", answers: "The public keys.", result: roster.JWKS{}},
}
