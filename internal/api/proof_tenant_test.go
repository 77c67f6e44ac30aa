package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rosterhq/roster"
)

// tenant is an instance and what there is in it: an organization with one member,
// who has every identifier and a session, and a user who is in none.
type tenant struct {
	name, instanceID, key            string
	organizationID, slug             string
	userID, strangerID, membershipID string
	sessionID, clientID              string
	passkeyID, externalAccountID     string
	imageID                          string
	emailID, phoneID, walletID       string
	emailCodeID, phoneCodeID         string
	permissionID, roleID, roleSetID  string
	domainID                         string
	templateID, templateName         string
	token                            func() string
	invitationID                     string
	allowedID, blockedID             string
	serial                           atomic.Int64
}

const (
	ownWallet   = "0x52908400098527886E0F7030069857D2E4169EE7"
	otherWallet = "0x8617E340B3D01FA5F11F306F4090FD50E238070D"
)

func settle(t *testing.T, p *proven, key, name string) *tenant {
	t.Helper()
	c, ctx := p.ClientOf(key), t.Context()
	wallet := map[string]string{"own": ownWallet, "other": otherWallet}[name]
	u := must(c.Users.Create(ctx, roster.CreateUser{
		FirstName: roster.Value("First" + name), LastName: roster.Value("Last" + name), Username: roster.Value("member-" + name),
		EmailAddress: []string{"member@" + name + ".example", "second@" + name + ".example"}, ExternalID: roster.Value("external-" + name),
		PhoneNumber: []string{fmt.Sprintf("+155555501%02d", len(name))}, Web3Wallet: []string{wallet},
		Password: roster.Value("correct horse"), TOTPSecret: roster.Value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"), BackupCodes: []string{"spare-" + name},
	}))(t)
	stranger := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"stranger@" + name + ".example"}}))(t)
	o := must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Organization " + name, Slug: roster.Value("slug-" + name), CreatedBy: roster.Value(u.ID)}))(t)
	m := must(c.OrganizationMemberships.Get(ctx, o.ID, u.ID))(t)
	s := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: u.ID}))(t)
	permission := must(c.OrganizationPermissions.Create(ctx, roster.CreatePermission{Name: "Permission " + name, Key: "org:" + name + ":use"}))(t)
	domain := must(c.OrganizationDomains.Create(ctx, o.ID, roster.CreateOrganizationDomain{Name: name + "-company.example"}))(t)
	role := must(c.OrganizationRoles.Create(ctx, roster.CreateRole{Name: "Role " + name, Key: "org:" + name, Permissions: []string{permission.ID}}))(t)
	invitation := must(c.OrganizationInvitations.Create(ctx, o.ID, roster.CreateInvitation{EmailAddress: "invited@" + name + ".example", Role: roster.RoleMember, InviterUserID: roster.Value(u.ID)}))(t)
	u = must(c.Users.SetProfileImage(ctx, u.ID, roster.UploadProfileImage{File: strings.NewReader(onePNG)}))(t)
	must(c.Organizations.UploadLogo(ctx, o.ID, roster.UploadLogo{File: strings.NewReader(onePNG), UploaderUserID: u.ID}))(t)
	template := must(c.JWTTemplates.Create(ctx, roster.CreateJWTTemplate{Name: "template-" + name, Claims: roster.Metadata(`{}`)}))(t)
	spare := must(c.OrganizationRoles.Create(ctx, roster.CreateRole{Name: "Spare", Key: "org:spare_" + name}))(t)
	roles := must(c.RoleSets.Create(ctx, roster.CreateRoleSet{Name: "Roles " + name, Key: roster.Value("role_set:" + name),
		DefaultRoleKey: roster.RoleMember, CreatorRoleKey: roster.RoleAdmin, Roles: []string{roster.RoleAdmin, roster.RoleMember, spare.Key}}))(t)
	allowed := must(c.AllowlistIdentifiers.Create(ctx, roster.CreateAllowlistIdentifier{Identifier: "listed@" + name + ".example"}))(t)
	blocked := must(c.BlocklistIdentifiers.Create(ctx, roster.CreateBlocklistIdentifier{Identifier: "listed@" + name + ".example"}))(t)
	emailID, phoneID := u.EmailAddresses[1].ID, u.PhoneNumbers[0].ID
	return &tenant{
		allowedID: allowed.ID, blockedID: blocked.ID,
		emailCodeID: must(c.EmailAddresses.PrepareVerification(ctx, emailID))(t).ID,
		phoneCodeID: must(c.PhoneNumbers.PrepareVerification(ctx, phoneID))(t).ID,
		templateID:  template.ID, templateName: template.Name,
		token: sync.OnceValue(func() string { // signing the first of an instance takes a while
			return must(c.Sessions.CreateToken(ctx, s.ID, roster.CreateToken{}))(t).JWT
		}),
		roleSetID:    roles.ID,
		domainID:     domain.ID,
		imageID:      u.ImageURL[strings.LastIndexByte(u.ImageURL, '/')+1:],
		invitationID: invitation.ID,
		permissionID: permission.ID, roleID: role.ID,
		name: name, key: key, organizationID: o.ID, slug: o.Slug, userID: u.ID, strangerID: stranger.ID, membershipID: m.ID,
		sessionID: s.ID, clientID: s.ClientID, emailID: emailID, phoneID: phoneID, walletID: u.Web3Wallets[0].ID,
		passkeyID: "idn_" + strings.Repeat("p", 27), externalAccountID: "eac_" + strings.Repeat("p", 27),
		instanceID: scalar[string](t, p, "select instance_id from users where id = $1", u.ID),
	}
}

func (n *tenant) path() map[string]string {
	return map[string]string{
		"client_id": n.clientID, "template_id": n.templateID, "template_name": n.templateName,
		"domain_id":                 n.domainID,
		"passkey_identification_id": n.passkeyID, "external_account_id": n.externalAccountID,
		"organization_id": n.organizationID, "user_id": n.userID, "session_id": n.sessionID,
		"email_address_id": n.emailID, "phone_number_id": n.phoneID, "web3_wallet_identification_id": n.walletID,
		"permission_id": n.permissionID, "organization_role_id": n.roleID, "role_set_key_or_id": n.roleSetID, "invitation_id": n.invitationID}
}

// pathOf is path for an operation: the lists call what is on either the same.
func (n *tenant) pathOf(operation string) map[string]string {
	path := n.path()
	path["identifier_id"] = n.allowedID
	if operation == "DeleteBlocklistIdentifier" {
		path["identifier_id"] = n.blockedID
	}
	return path
}

// values are what the instance has of each parameter that names something.
func (n *tenant) values() map[string][]string {
	email, phone, wallet := "second@"+n.name+".example", fmt.Sprintf("+155555501%02d", len(n.name)), otherWallet
	return map[string][]string{
		"template_id": {n.templateID}, "template_name": {n.templateName},
		"organization_id": {n.organizationID, n.slug}, "user_id": {n.userID}, "session_id": {n.sessionID}, "client_id": {n.clientID},
		"user_ids": {n.userID}, "uploader_user_id": {n.userID}, "profile_image_id": {n.imageID}, "passkey_identification_id": {n.passkeyID}, "external_account_id": {n.externalAccountID},
		"starting_after": {n.membershipID, n.userID}, "created_by": {n.userID}, "active_organization_id": {n.organizationID},
		"email_address_id": {n.emailID}, "phone_number_id": {n.phoneID}, "web3_wallet_identification_id": {n.walletID},
		"primary_email_address_id": {n.emailID}, "primary_phone_number_id": {n.phoneID}, "primary_web3_wallet_id": {n.walletID},
		"email_address": {email}, "phone_number": {phone}, "web3_wallet": {wallet}, "username": {"member-" + n.name},
		"domain_id": {n.domainID}, "domains": {n.name + "-company.example"},
		"identifier_id": {n.allowedID, n.blockedID}, "identifier": {"listed@" + n.name + ".example"},
		"verification_id": {n.emailCodeID, n.phoneCodeID},
		"permission_id":   {n.permissionID}, "permissions": {n.permissionID}, "organization_role_id": {n.roleID},
		"creator_role_id": {n.roleID}, "domains_default_role_id": {n.roleID},
		"key":                {"org:" + n.name + ":use", "org:" + n.name},
		"role_set_key_or_id": {n.roleSetID, "role_set:" + n.name}, "dest_role_set_key": {"role_set:" + n.name}, "role_set_key": {"role_set:" + n.name},
		"roles": {"org:" + n.name}, "role_keys": {"org:" + n.name}, "role_key": {"org:spare_" + n.name}, "to_role_key": {"org:" + n.name},
		"default_role_key": {"org:" + n.name}, "creator_role_key": {"org:" + n.name},
		"invitation_id":   {n.invitationID},
		"inviter_user_id": {n.userID}, "requesting_user_id": {n.userID},
		"external_id": {"external-" + n.name}, "slug": {n.slug},
		"query": {n.organizationID, n.userID, n.slug, "Organization " + n.name, "First" + n.name, email, wallet,
			n.name + "-company", n.roleID, "Role " + n.name, n.roleSetID, "role_set:" + n.name, "Roles " + n.name, n.permissionID, "Permission " + n.name, "org:" + n.name},
		"email_address_query": {email}, "phone_number_query": {phone}, "username_query": {"member-" + n.name}, "name_query": {"First" + n.name},
	}
}

// harmless are the parameters of which no instance has anything of its own: times,
// texts that are only kept, switches, and what is the same everywhere.
var harmless = set(`redirect_url expires_in_days notify order_by limit offset paginated status role banned provider provider_user_id
	last_active_at_before last_active_at_after last_active_at_since created_at_before created_at_after last_sign_in_at_before last_sign_in_at_after
	include_members_count include_missing_member_with_elevated_permissions
	verified enrollment_mode
	public_metadata private_metadata unsafe_metadata name description include_in_initial_role_set max_allowed_memberships admin_delete_enabled created_at type reassignment_mappings
	file password_digest password_hasher totp_secret backup_codes code revoke_all_sessions
	support_email clerk_js_version development_origin allowed_origins cookieless_dev url_based_session_syncing
	preferred_sign_in_strategy_when_password_required
	allowlist blocklist allowlist_blocklist_disabled_on_sign_in block_email_subaddresses block_disposable_email_domains
	test_mode hibp enabled domains_enabled slug_disabled domains_enrollment_modes elevated_member_required
	first_name last_name locale password skip_password_checks skip_password_requirement skip_user_requirement skip_legal_checks legal_accepted_at
	email_address_identification_status phone_number_identification_status sign_out_of_other_sessions
	delete_self_enabled create_organization_enabled create_organizations_limit bypass_client_trust locked notify_primary_email_address_changed
	verified primary identification_status reserved_for_second_factor
	expires_in_seconds origin refresh_token request_origin request_headers format request_originating_ip
	claims lifetime allowed_clock_skew custom_signing_key signing_algorithm signing_key`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// unknownLike is a value of the same kind and length that nothing has.
func unknownLike(value string) string {
	prefix, rest, isID := strings.Cut(value, "_")
	switch {
	case isID:
		return prefix + "_" + strings.Repeat("1", len(rest))
	case strings.HasPrefix(value, "+"):
		return "+15555559999"
	case strings.HasPrefix(value, "0x"):
		return "0xde709f2102306220921060314715629080e2fb77"
	}
	return strings.ReplaceAll(value, "other", "ehtro")
}

// fresh numbers what must be new in each request.
func (n *tenant) fresh() string { return fmt.Sprint("fresh", n.serial.Add(1)) }

func (n *tenant) freshPhone() string { return fmt.Sprintf("+1555556%04d", n.serial.Add(1)) }

type bodyFor func(*tenant) map[string]any

func noBody(*tenant) map[string]any { return nil }

func aPatch(*tenant) map[string]any {
	return map[string]any{"public_metadata": map[string]any{"k": 1}}
}

func theMember(n *tenant) map[string]any { return map[string]any{"user_ids": []string{n.userID}} }

// barren are the operations on what no user can have yet, so that they find nothing.
var barren = set("UserPasskeyDelete DeleteExternalAccount RefreshSession")

// requests are bodies with which each operation succeeds in a tenant.
var requests = map[string]bodyFor{
	"InstanceGetOrganizationMemberships": noBody,
	"CreateOrganizationMembership": func(n *tenant) map[string]any {
		return map[string]any{"user_id": n.strangerID, "role": roster.RoleMember}
	},
	"ListOrganizationMemberships": noBody,
	"GetOrganizationMembership":   noBody,
	"UpdateOrganizationMembership": func(*tenant) map[string]any {
		return map[string]any{"role": roster.RoleAdmin}
	},
	"DeleteOrganizationMembership":         noBody,
	"UpdateOrganizationMembershipMetadata": aPatch,
	"CreateOrganization":                   func(*tenant) map[string]any { return map[string]any{"name": "fresh"} },
	"ListOrganizations":                    noBody,
	"GetOrganization":                      noBody,
	"UpdateOrganization":                   func(*tenant) map[string]any { return map[string]any{"name": "renamed"} },
	"DeleteOrganization":                   noBody,
	"MergeOrganizationMetadata":            aPatch,
	"ReplaceOrganizationMetadata":          aPatch,
	"ListAllOrganizationDomains":           noBody,
	"CreateOrganizationDomain": func(n *tenant) map[string]any {
		return map[string]any{"name": n.fresh() + ".example"}
	},
	"ListOrganizationDomains": noBody,
	"UpdateOrganizationDomain": func(*tenant) map[string]any {
		return map[string]any{"enrollment_mode": roster.AutomaticSuggestion}
	},
	"DeleteOrganizationDomain":          noBody,
	"VerifyOrganizationDomainOwnership": noBody,
	"ListOrganizationPermissions":       noBody,
	"CreateOrganizationInvitation": func(n *tenant) map[string]any {
		return map[string]any{"email_address": n.fresh() + "@x.io", "role": roster.RoleMember}
	},
	"CreateOrganizationInvitationBulk": func(n *tenant) map[string]any {
		return map[string]any{"email_address": n.fresh() + "@x.io", "role": roster.RoleMember}
	},
	"ListOrganizationInvitations":         noBody,
	"ListPendingOrganizationInvitations":  noBody,
	"GetOrganizationInvitation":           noBody,
	"RevokeOrganizationInvitation":        func(*tenant) map[string]any { return map[string]any{} },
	"ListInstanceOrganizationInvitations": noBody,
	"UsersGetOrganizationInvitations":     noBody,
	"CreateOrganizationPermission": func(n *tenant) map[string]any {
		return map[string]any{"name": "fresh", "key": "org:" + n.fresh() + ":use"}
	},
	"GetOrganizationPermission":       noBody,
	"UpdateOrganizationPermission":    func(*tenant) map[string]any { return map[string]any{"name": "renamed"} },
	"DeleteOrganizationPermission":    noBody,
	"GetInstance":                     noBody,
	"UpdateInstance":                  func(*tenant) map[string]any { return map[string]any{"hibp": false} },
	"GetInstanceOrganizationSettings": noBody,
	"UpdateInstanceOrganizationSettings": func(*tenant) map[string]any {
		return map[string]any{"max_allowed_memberships": 77}
	},
	"UpdateInstanceRestrictions": func(*tenant) map[string]any {
		return map[string]any{"block_disposable_email_domains": true}
	},
	"ListAllowlistIdentifiers": noBody,
	"CreateAllowlistIdentifier": func(n *tenant) map[string]any {
		return map[string]any{"identifier": n.fresh() + "@listed.example"}
	},
	"DeleteAllowlistIdentifier": noBody,
	"ListBlocklistIdentifiers":  noBody,
	"CreateBlocklistIdentifier": func(n *tenant) map[string]any {
		return map[string]any{"identifier": n.fresh() + "@listed.example"}
	},
	"DeleteBlocklistIdentifier": noBody,
	"ListOrganizationRoles":     noBody,
	"CreateOrganizationRole": func(n *tenant) map[string]any {
		return map[string]any{"name": "fresh", "key": "org:" + n.fresh()}
	},
	"GetOrganizationRole":                  noBody,
	"UpdateOrganizationRole":               func(*tenant) map[string]any { return map[string]any{"name": "renamed"} },
	"DeleteOrganizationRole":               noBody,
	"AssignPermissionToOrganizationRole":   noBody,
	"RemovePermissionFromOrganizationRole": noBody,
	"ListRoleSets":                         noBody,
	"CreateRoleSet": func(n *tenant) map[string]any {
		return map[string]any{"name": "fresh", "key": "role_set:" + n.fresh(), "default_role_key": roster.RoleMember, "creator_role_key": roster.RoleAdmin,
			"roles": []string{roster.RoleAdmin, roster.RoleMember}}
	},
	"GetRoleSet":     noBody,
	"UpdateRoleSet":  func(*tenant) map[string]any { return map[string]any{"name": "renamed"} },
	"DeleteRoleSet":  noBody,
	"ReplaceRoleSet": func(*tenant) map[string]any { return map[string]any{"dest_role_set_key": roster.InitialRoleSetKey} },
	"AddRolesToRoleSet": func(n *tenant) map[string]any {
		return map[string]any{"role_keys": []string{"org:" + n.name}}
	},
	"RemoveRolesFromRoleSet": func(n *tenant) map[string]any {
		return map[string]any{"role_keys": []string{"org:spare_" + n.name}}
	},
	"ReplaceRoleInRoleSet": func(n *tenant) map[string]any {
		return map[string]any{"role_key": "org:spare_" + n.name, "to_role_key": roster.RoleMember}
	},
	"CreateUser": func(n *tenant) map[string]any {
		return map[string]any{"username": n.fresh()}
	},
	"GetUserList":                     noBody,
	"GetUsersCount":                   noBody,
	"GetUser":                         noBody,
	"UpdateUser":                      func(*tenant) map[string]any { return map[string]any{"first_name": "renamed"} },
	"DeleteUser":                      noBody,
	"UpdateUserMetadata":              aPatch,
	"ReplaceUserMetadata":             aPatch,
	"BanUser":                         noBody,
	"UnbanUser":                       noBody,
	"UploadOrganizationLogo":          func(*tenant) map[string]any { return map[string]any{"file": otherPNG} },
	"DeleteOrganizationLogo":          noBody,
	"SetUserProfileImage":             func(*tenant) map[string]any { return map[string]any{"file": otherPNG} },
	"DeleteUserProfileImage":          noBody,
	"UsersBan":                        theMember,
	"UsersUnban":                      theMember,
	"LockUser":                        noBody,
	"UnlockUser":                      noBody,
	"VerifyPassword":                  func(*tenant) map[string]any { return map[string]any{"password": "correct horse"} },
	"VerifyTOTP":                      func(n *tenant) map[string]any { return map[string]any{"code": "spare-" + n.name} },
	"RemoveUserPassword":              noBody,
	"SetUserPasswordCompromised":      noBody,
	"UnsetUserPasswordCompromised":    noBody,
	"DisableMFA":                      noBody,
	"DeleteTOTP":                      noBody,
	"DeleteBackupCode":                noBody,
	"UserPasskeyDelete":               noBody,
	"DeleteExternalAccount":           noBody,
	"UsersGetOrganizationMemberships": noBody,
	"createSession":                   func(n *tenant) map[string]any { return map[string]any{"user_id": n.userID} },
	"GetSessionList":                  noBody,
	"GetSession":                      noBody,
	"RevokeSession":                   noBody,
	"CreateSessionToken":              noBody,
	"GetJWKS":                         noBody,
	"CreateSessionTokenFromTemplate":  noBody,
	"RefreshSession": func(n *tenant) map[string]any {
		return map[string]any{"expired_token": n.token(), "refresh_token": "none", "request_origin": "https://example.com"}
	},
	"CreateRefreshToken": func(*tenant) map[string]any { return map[string]any{"origin": "https://example.com"} },
	"VerifySession":      func(n *tenant) map[string]any { return map[string]any{"token": n.token()} },
	"GetClientList":      noBody,
	"GetClient":          noBody,
	"VerifyClient":       func(n *tenant) map[string]any { return map[string]any{"token": n.token()} },
	"ListJWTTemplates":   noBody,
	"CreateJWTTemplate": func(n *tenant) map[string]any {
		return map[string]any{"name": n.fresh(), "claims": map[string]any{}}
	},
	"GetJWTTemplate":    noBody,
	"UpdateJWTTemplate": func(n *tenant) map[string]any { return map[string]any{"name": n.fresh(), "claims": map[string]any{}} },
	"DeleteJWTTemplate": noBody,

	"ReplaceUserEmailAddress": func(n *tenant) map[string]any {
		return map[string]any{"email_address": n.fresh() + "@" + n.name + ".example"}
	},
	"ReplaceUserPhoneNumber": func(n *tenant) map[string]any { return map[string]any{"phone_number": n.freshPhone()} },
	"UserWeb3WalletDelete":   noBody,
	"CreateEmailAddress": func(n *tenant) map[string]any {
		return map[string]any{"user_id": n.userID, "email_address": n.fresh() + "@" + n.name + ".example"}
	},
	"GetEmailAddress":    noBody,
	"UpdateEmailAddress": func(*tenant) map[string]any { return map[string]any{"primary": true} },
	"DeleteEmailAddress": noBody,
	"CreatePhoneNumber": func(n *tenant) map[string]any {
		return map[string]any{"user_id": n.userID, "phone_number": n.freshPhone()}
	},
	"GetPhoneNumber":    noBody,
	"UpdatePhoneNumber": func(*tenant) map[string]any { return map[string]any{"reserved_for_second_factor": true} },
	"DeletePhoneNumber": noBody,

	"PrepareEmailAddressVerification": noBody,
	"PreparePhoneNumberVerification":  noBody,
	"AttemptEmailAddressVerification": func(n *tenant) map[string]any {
		return map[string]any{"verification_id": n.emailCodeID, "code": "none"}
	},
	"AttemptPhoneNumberVerification": func(n *tenant) map[string]any {
		return map[string]any{"verification_id": n.phoneCodeID, "code": "none"}
	},
}

// preparations are what operations need beside that, to succeed.
var preparations = map[string]func(*testing.T, *proven, *tenant){
	"AssignPermissionToOrganizationRole": func(t *testing.T, p *proven, n *tenant) {
		t.Helper()
		must(p.ClientOf(n.key).OrganizationRoles.RemovePermission(t.Context(), n.roleID, n.permissionID))(t)
	},
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// dump is everything the database holds of an instance.
func (p *proven) dump(t *testing.T, n *tenant) []string {
	t.Helper()
	var out []string
	for _, table := range p.texts(t, p.tables) {
		for _, row := range p.rows(t, "select * from "+table+" where instance_id = $1", n.instanceID) {
			out = append(out, table+": "+row)
		}
	}
	slices.Sort(out)
	return out
}
