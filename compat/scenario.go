package main

import "github.com/rosterhq/roster"

// Keys of lists: what an element is known by.
const (
	byID   = "id"
	byUser = "public_user_data.user_id"
	byBoth = "organization.id,public_user_data.user_id"
)

// unknown ids have the right shape and belong to nobody.
const (
	unknownUser         = "user_000000000000000000000000000"
	unknownOrganization = "org_000000000000000000000000000"
	unknownSession      = "sess_000000000000000000000000000"
)

// Wallets of the cast, with their checksums.
const (
	adaWallet = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
	fayWallet = "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
)

// scenario plays everything. The parts build on each other: later ones rely on
// what earlier ones left.
func (s *session) scenario() {
	s.createUsers()
	s.listUsers()
	s.createOrganizations()
	s.listOrganizations()
	s.createMemberships()
	s.openSessions()
	s.listMemberships()
	s.filterMemberships()
	s.refuseMemberships()
	s.listInstanceMemberships()
	s.listUserMemberships()
	s.updateMemberships()
	s.mergeMembershipMetadata()
	s.followChanges()
	s.updateUsers()
	s.banUsers()
	s.updateOrganizations()
	s.deleteMemberships()
	s.deleteOrganizations()
	s.deleteUsers()
}

// family plays what organizations need around them, in an instance of its own. Here
// too later parts rely on what earlier ones left.
func (s *session) family() {
	s.found()
	s.managePermissions()
	s.manageRoles()
	s.assignPermissions()
	s.deleteRoles()
	s.manageRoleSets()
	s.replaceRoleSets()
	s.manageSettings()
	s.restrict()
	s.invite()
	s.inviteMany()
	s.listInvitations()
	s.revokeInvitations()
	s.acceptInvitation()
	s.manageDomains()
	s.enrollByDomain()
	s.manageEmailAddresses()
	s.managePhoneNumbers()
	s.verifyByCode()
	s.replaceIdentifiers()
	s.deleteWallets()
	s.verifyPasswords()
	s.bringDigests()
	s.removePasswords()
	s.verifyFactors()
	s.deleteFactors()
	s.lockUsers()
	s.banMany()
	s.setLogo()
	s.setProfileImage()
	s.manageTemplates()
	s.makeTokens()
	s.verifyTokens()
	s.showClients()
	s.showKeys()
	s.meetUnserved()
}

// trespass is played with the key of another instance, for which nothing of the
// cast exists.
func (s *session) trespass() {
	dan, tiny := s.id("dan"), s.id("tiny")
	s.call("users.get", "does not see another instance's user", args{"user_id": dan}).fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.get", "does not see another instance's organization", args{"organization_id": tiny}).fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.list", "does not see another instance's members", args{"organization_id": tiny}).fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.create", "does not add to another instance's organization", args{"organization_id": tiny, "user_id": dan, "role": roster.RoleMember}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.update", "does not change another instance's membership", args{"organization_id": tiny, "user_id": s.id("ada"), "role": roster.RoleMember}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.delete", "does not remove another instance's membership", args{"organization_id": tiny, "user_id": s.id("ada")}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.list_instance", "lists nothing of another instance", args{}).lists(byBoth, 0)
	s.call("users.list", "lists nothing of another instance", args{}).lists(byID, 0)
	s.call("organizations.list", "lists nothing of another instance", args{}).lists(byID, 0)
	s.trespassOnFamily()
}

// trespassOnFamily asks for everything the family has by its ids.
func (s *session) trespassOnFamily() {
	house := s.id("house")
	for _, one := range []struct {
		call string
		args args
	}{
		{"roles.get", args{"organization_role_id": s.id("accountant")}},
		{"roles.delete", args{"organization_role_id": s.id("accountant")}},
		{"permissions.get", args{"permission_id": s.id("pay")}},
		{"role_sets.get", args{"role_set_key_or_id": s.id("initial")}},
		{"invitations.get", args{"organization_id": house, "invitation_id": s.id("dee-invited")}},
		{"invitations.list", args{"organization_id": house}},
		{"domains.list", args{"organization_id": house}},
		{"domains.update", args{"organization_id": house, "domain_id": s.id("garden.example"), "verified": false}},
		{"users.invitations", args{"user_id": s.id("dee")}},
		{"users.lock", args{"user_id": s.id("ann")}},
		{"users.verify_password", args{"user_id": s.id("ann"), "password": familyPassphrase}},
		{"users.delete_image", args{"user_id": s.id("ann")}},
		{"organizations.delete_logo", args{"organization_id": house}},
		{"email_addresses.get", args{"email_address_id": s.id("eli@home")}},
		{"phone_numbers.get", args{"phone_number_id": s.id("+130")}},
		{"jwt_templates.get", args{"template_id": s.id("plain")}},
		{"sessions.token", args{"session_id": s.id("dee-1")}},
		{"sessions.revoke", args{"session_id": s.id("dee-1")}},
	} {
		s.call(one.call, "does not reach another instance's", one.args).fails(404, roster.CodeResourceNotFound, "")
	}
	s.call("invitations.list_instance", "lists nothing of another instance", args{}).lists(byID, 0)
	s.call("domains.list_instance", "lists nothing of another instance", args{}).lists(byID, 0)
	s.call("jwt_templates.list", "lists nothing of another instance", args{}).has(obj{"data": []obj{}})
	s.call("clients.list", "lists nothing of another instance", args{}).has(obj{"data": []obj{}})
}

// intrude is played with a key that no instance has.
func (s *session) intrude() {
	for _, call := range []string{
		"users.list", "organizations.list", "memberships.list_instance", "sessions.list", "roles.list", "permissions.list", "role_sets.list", "jwt_templates.list", "jwks.get",
	} {
		s.call(call, "refuses an unknown secret key", args{}).fails(401, roster.CodeKeyInvalid, "")
	}
	s.call("clients.list", "refuses an unknown secret key", args{"limit": 1, "offset": 1}).fails(401, roster.CodeKeyInvalid, "")
	s.call("memberships.list", "refuses an unknown secret key before it looks for the organization", args{"organization_id": unknownOrganization}).
		fails(401, roster.CodeKeyInvalid, "")
}

// id is the id of a member of the cast.
func (s *session) id(name string) string { return s.cast[name] }

// adminPermissions and memberPermissions are what the system roles carry.
var adminPermissions, memberPermissions = roster.SystemRoles[0].Permissions, roster.SystemRoles[1].Permissions
