package api

import (
	"net/http"

	"github.com/rosterhq/roster/internal/service"
)

const (
	get    = http.MethodGet
	post   = http.MethodPost
	put    = http.MethodPut
	patch  = http.MethodPatch
	remove = http.MethodDelete
)

// routes is everything served under /v1.
var routes = []route{
	{get, "/organization_memberships", "InstanceGetOrganizationMemberships", nil, all(instanceMembershipQuery, (*service.Service).InstanceMemberships)},
	{post, "/organizations/{organization_id}/memberships", "CreateOrganizationMembership", anOrganization, one(createMembership, (*service.Service).CreateMembership)},
	{get, "/organizations/{organization_id}/memberships", "ListOrganizationMemberships", anOrganization, one(membershipQuery, (*service.Service).Memberships)},
	{get, "/organizations/{organization_id}/memberships/{user_id}", "GetOrganizationMembership", aMembership, justTwo((*service.Service).Membership)},
	{patch, "/organizations/{organization_id}/memberships/{user_id}", "UpdateOrganizationMembership", aMembership, two(updateMembership, (*service.Service).UpdateMembership)},
	{remove, "/organizations/{organization_id}/memberships/{user_id}", "DeleteOrganizationMembership", aMembership, justTwo((*service.Service).DeleteMembership)},
	{patch, "/organizations/{organization_id}/memberships/{user_id}/metadata", "UpdateOrganizationMembershipMetadata", aMembership, two(mergeMetadata, (*service.Service).MergeMembershipMetadata)},

	{post, "/organizations", "CreateOrganization", nil, all(createOrganization, (*service.Service).CreateOrganization)},
	{get, "/organizations", "ListOrganizations", nil, all(organizationQuery, (*service.Service).Organizations)},
	{get, "/organizations/{organization_id}", "GetOrganization", anOrganizationOrSlug, one(organizationInclude, (*service.Service).Organization)},
	{patch, "/organizations/{organization_id}", "UpdateOrganization", anOrganization, one(updateOrganization, (*service.Service).UpdateOrganization)},
	{remove, "/organizations/{organization_id}", "DeleteOrganization", anOrganization, just((*service.Service).DeleteOrganization)},
	{patch, "/organizations/{organization_id}/metadata", "MergeOrganizationMetadata", anOrganization, one(mergeMetadata, (*service.Service).MergeOrganizationMetadata)},
	{put, "/organizations/{organization_id}/logo", "UploadOrganizationLogo", anOrganization, one(uploadLogo, (*service.Service).UploadOrganizationLogo)},
	{remove, "/organizations/{organization_id}/logo", "DeleteOrganizationLogo", anOrganization, just((*service.Service).DeleteOrganizationLogo)},
	{put, "/organizations/{organization_id}/metadata", "ReplaceOrganizationMetadata", anOrganization, one(replaceMetadata, (*service.Service).ReplaceOrganizationMetadata)},

	{get, "/organization_domains", "ListAllOrganizationDomains", nil, all(instanceDomainQuery, (*service.Service).InstanceDomains)},
	{post, "/organizations/{organization_id}/domains", "CreateOrganizationDomain", anOrganization, one(createDomain, (*service.Service).CreateDomain)},
	{get, "/organizations/{organization_id}/domains", "ListOrganizationDomains", anOrganization, one(domainQuery, (*service.Service).Domains)},
	{patch, "/organizations/{organization_id}/domains/{domain_id}", "UpdateOrganizationDomain", aDomain, two(updateDomain, (*service.Service).UpdateDomain)},
	{remove, "/organizations/{organization_id}/domains/{domain_id}", "DeleteOrganizationDomain", aDomain, justTwo((*service.Service).DeleteDomain)},
	{post, "/organizations/{organization_id}/domains/{domain_id}/verify_ownership", "VerifyOrganizationDomainOwnership", aDomain, justTwo((*service.Service).VerifyDomainOwnership)},

	{get, "/organization_invitations", "ListInstanceOrganizationInvitations", nil, all(instanceInvitationQuery, (*service.Service).InstanceInvitations)},
	{post, "/organizations/{organization_id}/invitations", "CreateOrganizationInvitation", anOrganization, one(createInvitation, (*service.Service).CreateInvitation)},
	{post, "/organizations/{organization_id}/invitations/bulk", "CreateOrganizationInvitationBulk", anOrganization, one(createInvitations, (*service.Service).CreateInvitations)},
	{get, "/organizations/{organization_id}/invitations", "ListOrganizationInvitations", anOrganization, one(invitationQuery, (*service.Service).Invitations)},
	{get, "/organizations/{organization_id}/invitations/pending", "ListPendingOrganizationInvitations", anOrganization, one(pendingInvitations, (*service.Service).Invitations)},
	{get, "/organizations/{organization_id}/invitations/{invitation_id}", "GetOrganizationInvitation", anInvitation, justTwo((*service.Service).Invitation)},
	{post, "/organizations/{organization_id}/invitations/{invitation_id}/revoke", "RevokeOrganizationInvitation", anInvitation, two(revokeInvitation, (*service.Service).RevokeInvitation)},

	{get, "/organization_permissions", "ListOrganizationPermissions", nil, all(permissionQuery, (*service.Service).Permissions)},
	{post, "/organization_permissions", "CreateOrganizationPermission", nil, all(createPermission, (*service.Service).CreatePermission)},
	{get, "/organization_permissions/{permission_id}", "GetOrganizationPermission", aPermission, just((*service.Service).Permission)},
	{patch, "/organization_permissions/{permission_id}", "UpdateOrganizationPermission", aPermission, one(updatePermission, (*service.Service).UpdatePermission)},
	{remove, "/organization_permissions/{permission_id}", "DeleteOrganizationPermission", aPermission, just((*service.Service).DeletePermission)},

	{get, "/instance", "GetInstance", nil, whole((*service.Service).CurrentInstance)},
	{patch, "/instance", "UpdateInstance", nil, silent(updateInstance, (*service.Service).UpdateInstance)},
	{patch, "/instance/restrictions", "UpdateInstanceRestrictions", nil, all(updateRestrictions, (*service.Service).UpdateRestrictions)},
	{get, "/instance/organization_settings", "GetInstanceOrganizationSettings", nil, whole((*service.Service).OrganizationSettings)},
	{patch, "/instance/organization_settings", "UpdateInstanceOrganizationSettings", nil, all(updateOrganizationSettings, (*service.Service).UpdateOrganizationSettings)},

	{get, "/allowlist_identifiers", "ListAllowlistIdentifiers", nil, all(paginated, inForm((*service.Service).AllowlistIdentifiers))},
	{post, "/allowlist_identifiers", "CreateAllowlistIdentifier", nil, all(createAllowlistIdentifier, (*service.Service).CreateAllowlistIdentifier)},
	{remove, "/allowlist_identifiers/{identifier_id}", "DeleteAllowlistIdentifier", nil, just((*service.Service).DeleteAllowlistIdentifier)},
	{get, "/blocklist_identifiers", "ListBlocklistIdentifiers", nil, whole((*service.Service).BlocklistIdentifiers)},
	{post, "/blocklist_identifiers", "CreateBlocklistIdentifier", nil, all(createBlocklistIdentifier, (*service.Service).CreateBlocklistIdentifier)},
	{remove, "/blocklist_identifiers/{identifier_id}", "DeleteBlocklistIdentifier", nil, just((*service.Service).DeleteBlocklistIdentifier)},

	{get, "/organization_roles", "ListOrganizationRoles", nil, all(roleQuery, (*service.Service).Roles)},
	{post, "/organization_roles", "CreateOrganizationRole", nil, all(createRole, (*service.Service).CreateRole)},
	{get, "/organization_roles/{organization_role_id}", "GetOrganizationRole", aRole, just((*service.Service).Role)},
	{patch, "/organization_roles/{organization_role_id}", "UpdateOrganizationRole", aRole, one(updateRole, (*service.Service).UpdateRole)},
	{remove, "/organization_roles/{organization_role_id}", "DeleteOrganizationRole", aRole, just((*service.Service).DeleteRole)},
	{post, "/organization_roles/{organization_role_id}/permissions/{permission_id}", "AssignPermissionToOrganizationRole", aRole, justTwo((*service.Service).AssignPermission)},
	{remove, "/organization_roles/{organization_role_id}/permissions/{permission_id}", "RemovePermissionFromOrganizationRole", aRole, justTwo((*service.Service).RemovePermission)},

	{get, "/role_sets", "ListRoleSets", nil, all(roleSetQuery, (*service.Service).RoleSets)},
	{post, "/role_sets", "CreateRoleSet", nil, all(createRoleSet, (*service.Service).CreateRoleSet)},
	{get, "/role_sets/{role_set_key_or_id}", "GetRoleSet", aRoleSet, just((*service.Service).RoleSet)},
	{patch, "/role_sets/{role_set_key_or_id}", "UpdateRoleSet", aRoleSet, one(updateRoleSet, (*service.Service).UpdateRoleSet)},
	{remove, "/role_sets/{role_set_key_or_id}", "DeleteRoleSet", aRoleSet, just((*service.Service).DeleteRoleSet)},
	{post, "/role_sets/{role_set_key_or_id}/replace", "ReplaceRoleSet", aRoleSet, one(replaceRoleSet, (*service.Service).ReplaceRoleSet)},
	{post, "/role_sets/{role_set_key_or_id}/roles", "AddRolesToRoleSet", aRoleSet, one(addRoles, (*service.Service).AddRoles)},
	{remove, "/role_sets/{role_set_key_or_id}/roles", "RemoveRolesFromRoleSet", aRoleSet, one(removeRoles, (*service.Service).RemoveRoles)},
	{post, "/role_sets/{role_set_key_or_id}/roles/replace", "ReplaceRoleInRoleSet", aRoleSet, one(replaceRole, (*service.Service).ReplaceRole)},

	{post, "/users", "CreateUser", nil, all(createUser, (*service.Service).CreateUser)},
	{get, "/users", "GetUserList", nil, all(userQuery, (*service.Service).Users)},
	{get, "/users/count", "GetUsersCount", nil, all(userFilters, (*service.Service).CountUsers)},
	{get, "/users/{user_id}", "GetUser", aUser, just((*service.Service).User)},
	{patch, "/users/{user_id}", "UpdateUser", aUser, one(updateUser, (*service.Service).UpdateUser)},
	{remove, "/users/{user_id}", "DeleteUser", aUser, just((*service.Service).DeleteUser)},
	{patch, "/users/{user_id}/metadata", "UpdateUserMetadata", aUser, one(mergeUserMetadata, (*service.Service).MergeUserMetadata)},
	{put, "/users/{user_id}/metadata", "ReplaceUserMetadata", aUser, one(replaceUserMetadata, (*service.Service).ReplaceUserMetadata)},
	{post, "/users/{user_id}/ban", "BanUser", aUser, just((*service.Service).BanUser)},
	{post, "/users/{user_id}/unban", "UnbanUser", aUser, just((*service.Service).UnbanUser)},
	{post, "/users/ban", "UsersBan", nil, all(bulkUsers, (*service.Service).BanUsers)},
	{post, "/users/unban", "UsersUnban", nil, all(bulkUsers, (*service.Service).UnbanUsers)},
	{post, "/users/{user_id}/profile_image", "SetUserProfileImage", aUser, one(uploadImage, (*service.Service).SetUserProfileImage)},
	{remove, "/users/{user_id}/profile_image", "DeleteUserProfileImage", aUser, just((*service.Service).DeleteUserProfileImage)},
	{post, "/users/{user_id}/lock", "LockUser", aUser, just((*service.Service).LockUser)},
	{post, "/users/{user_id}/unlock", "UnlockUser", aUser, just((*service.Service).UnlockUser)},
	{post, "/users/{user_id}/verify_password", "VerifyPassword", aUser, one(verifyPassword, (*service.Service).VerifyPassword)},
	{post, "/users/{user_id}/verify_totp", "VerifyTOTP", aUser, one(verifyTOTP, (*service.Service).VerifyTOTP)},
	{post, "/users/{user_id}/remove_password", "RemoveUserPassword", aUser, one(removePassword, (*service.Service).RemoveUserPassword)},
	{post, "/users/{user_id}/password/set_compromised", "SetUserPasswordCompromised", aUser, one(setPasswordCompromised, (*service.Service).SetPasswordCompromised)},
	{post, "/users/{user_id}/password/unset_compromised", "UnsetUserPasswordCompromised", aUser, just((*service.Service).UnsetPasswordCompromised)},
	{remove, "/users/{user_id}/mfa", "DisableMFA", aUser, just((*service.Service).DisableMFA)},
	{remove, "/users/{user_id}/totp", "DeleteTOTP", aUser, just((*service.Service).DeleteTOTP)},
	{remove, "/users/{user_id}/backup_code", "DeleteBackupCode", aUser, just((*service.Service).DeleteBackupCodes)},
	{remove, "/users/{user_id}/passkeys/{passkey_identification_id}", "UserPasskeyDelete", aUser, justTwo((*service.Service).DeletePasskey)},
	{remove, "/users/{user_id}/external_accounts/{external_account_id}", "DeleteExternalAccount", aUser, justTwo((*service.Service).DeleteExternalAccount)},
	{put, "/users/{user_id}/email_address", "ReplaceUserEmailAddress", aUser, one(replaceEmailAddress, (*service.Service).ReplaceEmailAddress)},
	{put, "/users/{user_id}/phone_number", "ReplaceUserPhoneNumber", aUser, one(replacePhoneNumber, (*service.Service).ReplacePhoneNumber)},
	{remove, "/users/{user_id}/web3_wallets/{web3_wallet_identification_id}", "UserWeb3WalletDelete", aUser, justTwo((*service.Service).DeleteWeb3Wallet)},
	{get, "/users/{user_id}/organization_invitations", "UsersGetOrganizationInvitations", aUser, one(userInvitationQuery, (*service.Service).UserInvitations)},
	{get, "/users/{user_id}/organization_memberships", "UsersGetOrganizationMemberships", aUser, one(paging, (*service.Service).UserMemberships)},

	{post, "/email_addresses", "CreateEmailAddress", nil, all(createEmailAddress, (*service.Service).CreateEmailAddress)},
	{get, "/email_addresses/{email_address_id}", "GetEmailAddress", anEmailAddress, just((*service.Service).EmailAddress)},
	{patch, "/email_addresses/{email_address_id}", "UpdateEmailAddress", anEmailAddress, one(updateEmailAddress, (*service.Service).UpdateEmailAddress)},
	{remove, "/email_addresses/{email_address_id}", "DeleteEmailAddress", anEmailAddress, just((*service.Service).DeleteEmailAddress)},
	{post, "/email_addresses/{email_address_id}/prepare_verification", "PrepareEmailAddressVerification", anEmailAddress, just((*service.Service).PrepareEmailVerification)},
	{post, "/email_addresses/{email_address_id}/attempt_verification", "AttemptEmailAddressVerification", anEmailAddress, one(attemptVerification, (*service.Service).AttemptEmailVerification)},
	{post, "/phone_numbers", "CreatePhoneNumber", nil, all(createPhoneNumber, (*service.Service).CreatePhoneNumber)},
	{get, "/phone_numbers/{phone_number_id}", "GetPhoneNumber", aPhoneNumber, just((*service.Service).PhoneNumber)},
	{patch, "/phone_numbers/{phone_number_id}", "UpdatePhoneNumber", aPhoneNumber, one(updatePhoneNumber, (*service.Service).UpdatePhoneNumber)},
	{remove, "/phone_numbers/{phone_number_id}", "DeletePhoneNumber", aPhoneNumber, just((*service.Service).DeletePhoneNumber)},
	{post, "/phone_numbers/{phone_number_id}/prepare_verification", "PreparePhoneNumberVerification", aPhoneNumber, just((*service.Service).PreparePhoneVerification)},
	{post, "/phone_numbers/{phone_number_id}/attempt_verification", "AttemptPhoneNumberVerification", aPhoneNumber, one(attemptVerification, (*service.Service).AttemptPhoneVerification)},

	{post, "/sessions", "createSession", nil, all(createSession, (*service.Service).CreateSession)},
	{get, "/sessions", "GetSessionList", nil, all(sessionList, sessions)},
	{get, "/sessions/{session_id}", "GetSession", nil, just((*service.Service).Session)},
	{post, "/sessions/{session_id}/revoke", "RevokeSession", nil, just((*service.Service).RevokeSession)},
	{post, "/sessions/{session_id}/tokens", "CreateSessionToken", aSession, one(createToken, (*service.Service).SessionToken)},
	{post, "/sessions/{session_id}/tokens/{template_name}", "CreateSessionTokenFromTemplate", aSession, two(createToken, (*service.Service).TemplateToken)},
	{post, "/sessions/{session_id}/refresh", "RefreshSession", nil, one(refreshSession, (*service.Service).RefreshSession)},
	{post, "/sessions/{session_id}/refresh_tokens", "CreateRefreshToken", aSession, one(createRefreshToken, (*service.Service).CreateRefreshToken)},
	{post, "/sessions/{session_id}/verify", "VerifySession", aSession, one(verifyToken, (*service.Service).VerifySession)},

	{get, "/clients", "GetClientList", nil, all(paginated, inForm((*service.Service).Clients))},
	{get, "/clients/{client_id}", "GetClient", nil, just((*service.Service).Client)},
	{post, "/clients/verify", "VerifyClient", nil, all(verifyClient, (*service.Service).VerifyClient)},

	{get, "/jwt_templates", "ListJWTTemplates", nil, all(paginated, inForm((*service.Service).JWTTemplates))},
	{post, "/jwt_templates", "CreateJWTTemplate", nil, all(createTemplate, (*service.Service).CreateJWTTemplate)},
	{get, "/jwt_templates/{template_id}", "GetJWTTemplate", nil, just((*service.Service).JWTTemplate)},
	{patch, "/jwt_templates/{template_id}", "UpdateJWTTemplate", aTemplate, one(updateTemplate, (*service.Service).UpdateJWTTemplate)},
	{remove, "/jwt_templates/{template_id}", "DeleteJWTTemplate", nil, just((*service.Service).DeleteJWTTemplate)},

	{get, "/jwks", "GetJWKS", nil, whole((*service.Service).JWKS)},
}
