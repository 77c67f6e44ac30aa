package main

import (
	"net/http"
	"time"

	"github.com/rosterhq/roster"
)

const unknownInvitation = "orginv_000000000000000000000000000"

// days is the time of now and as many days, give or take a few minutes.
func days(n int) matcher {
	want := time.Now().AddDate(0, 0, n).UnixMilli()
	const give = float64(5 * 60 * 1000)
	return within(float64(want)-give, float64(want)+give)
}

// invite makes the first invitations to the house, where ann is an administrator,
// ben a member and cat a bookkeeper.
func (s *session) invite() {
	house := s.id("house")
	create := func(name string, a args) *reply {
		a["organization_id"] = house
		return s.call("invitations.create", name, a)
	}
	create("creates and answers with the whole invitation", args{
		"email_address": "Dee@Family.example", "role": "org:bookkeeper", "inviter_user_id": s.id("ann"), "redirect_url": "https://app.example/welcome",
		"public_metadata": obj{"desk": 4}, "private_metadata": obj{"pay": obj{"band": "B"}}, "expires_in_days": 2,
	}).as("dee-invited").has(obj{
		"object": "organization_invitation", "id": anID("orginv_"), "email_address": "dee@family.example", "role": "org:bookkeeper", "role_name": "Bookkeeper",
		"organization_id": house, "inviter_id": s.id("ann"), "public_inviter_data": obj{"user_id": s.id("ann"), "first_name": "ann", "identifier": "ann@family.example"},
		"status": "pending", "public_metadata": obj{"desk": 4}, "private_metadata": obj{"pay": obj{"band": "B"}}, "url": like("^http.*__clerk_ticket="),
		"expires_at": days(2), "created_at": now, "updated_at": now,
	})
	nextMillisecond()
	create("lets what is not given be as usual", args{"email_address": "eve@family.example", "role": roster.RoleMember}).as("eve-invited").
		has(obj{"status": "pending", "public_metadata": obj{}, "private_metadata": obj{}, "expires_at": days(30)})
	create("sends no mail when told so", args{"email_address": "quiet@family.example", "role": roster.RoleMember, "notify": false}).as("quiet-invited").has(obj{"status": "pending"})
	if quiet := s.id("quiet-invited"); quiet != "" {
		s.call("invitations.revoke", "takes it back", args{"organization_id": house, "invitation_id": quiet}).has(obj{"status": "revoked"})
	}
	create("refuses a second one", args{"email_address": "DEE@family.example", "role": roster.RoleMember}).fails(400, roster.CodeInvitationNotUnique, "")
	create("refuses a member", args{"email_address": "ben@family.example", "role": roster.RoleMember}).fails(400, roster.CodeAlreadyAMember, "")
	create("refuses a malformed address", args{"email_address": "nobody", "role": roster.RoleMember}).fails(422, roster.CodeParamFormatInvalid, "email_address")
	create("refuses an unknown role", args{"email_address": "x@family.example", "role": "org:none"}).fails(404, roster.CodeResourceNotFound, "role")
	create("refuses an inviter without the permission", args{"email_address": "x@family.example", "role": roster.RoleMember, "inviter_user_id": s.id("ben")}).
		fails(403, roster.CodeMissingPermission, "")
	create("refuses an inviter from elsewhere", args{"email_address": "x@family.example", "role": roster.RoleMember, "inviter_user_id": unknownUser}).
		fails(403, roster.CodeNotAMember, "")
	s.call("invitations.create", "refuses an unknown organization", args{"organization_id": unknownOrganization, "email_address": "x@family.example", "role": roster.RoleMember}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.get", "counts the invitation among the seats", args{"organization_id": house, "include_members_count": true}).has(obj{"members_count": 3})
}

func (s *session) inviteMany() {
	barn := s.id("barn")
	one := func(name, role string) obj { return obj{"email_address": name + "@family.example", "role": role} }
	bulk := func(name string, invitations ...obj) *reply {
		return s.call("invitations.bulk", name, args{"organization_id": barn, "invitations": invitations})
	}
	bulk("creates several at once", one("fox", roster.RoleMember), obj{
		"email_address": "goat@family.example", "role": roster.RoleAdmin, "inviter_user_id": s.id("ann"), "public_metadata": obj{"legs": 4}, "private_metadata": obj{"milk": true},
		"redirect_url": "https://app.example/in", "expires_in_days": 3,
	}).lists(byEmail, 2, "fox@family.example", "goat@family.example").
		has(obj{"data": []obj{{"role": roster.RoleMember, "status": "pending"}, {"role_name": "Admin", "public_metadata": obj{"legs": 4}, "private_metadata": obj{"milk": true}, "expires_at": days(3)}}})
	if !s.checks[len(s.checks)-1].Offered {
		return
	}
	bulk("refuses all for one", one("hen", roster.RoleMember), one("fox", roster.RoleMember)).fails(400, roster.CodeInvitationNotUnique, "")
	bulk("refuses two to the same address", one("hen", roster.RoleMember), one("HEN", roster.RoleMember)).fails(400, roster.CodeInvitationNotUnique, "")
	eleven := make([]obj, 11)
	for i := range eleven {
		eleven[i] = one(string(rune('a'+i)), roster.RoleMember)
	}
	bulk("refuses more than ten", eleven...).fails(400, roster.CodeBulkSizeExceeded, "")
	s.call("invitations.list", "a refused one leaves nothing", args{"organization_id": barn, "order_by": "email_address"}).
		lists(byEmail, 2, "fox@family.example", "goat@family.example")
}

func (s *session) listInvitations() {
	house := s.id("house")
	list := func(name string, a args, total int, want ...string) *reply {
		a["organization_id"] = house
		return s.call("invitations.list", name, a).lists(byID, total, want...)
	}
	list("filters by status, newest first", args{"status": "pending"}, 2, "eve-invited", "dee-invited").
		has(obj{"data": []obj{{"email_address": "eve@family.example", "role_name": "Member"}, {"public_metadata": obj{"desk": 4}}}})
	list("pages by limit and offset", args{"status": "pending", "limit": 1, "offset": 1}, 2, "dee-invited")
	list("orders by email_address", args{"status": "pending", "order_by": "+email_address"}, 2, "dee-invited", "eve-invited")
	list("filters by email_address", args{"email_address": "EVE@family.example"}, 1, "eve-invited")
	list("is empty for another status", args{"status": "accepted"}, 0)
	s.call("invitations.list", "refuses an unknown organization", args{"organization_id": unknownOrganization}).fails(404, roster.CodeResourceNotFound, "")
	s.call("invitations.list_pending", "lists those pending", args{"organization_id": house, "limit": 1}).lists(byID, 2, "eve-invited")
	s.call("invitations.list_pending", "pages by limit and offset", args{"organization_id": house, "limit": 1, "offset": 1}).lists(byID, 2, "dee-invited")
	s.call("invitations.list_instance", "finds in all organizations", args{"query": "EE@fam"}).lists(byID, 1, "dee-invited").
		has(obj{"data": []obj{{"organization_id": house, "public_organization_data": obj{"id": house, "name": "House", "slug": "house", "has_image": false}}}})
	s.call("invitations.list_instance", "orders, filters and pages", args{"order_by": "email_address", "status": "pending", "query": "e@family", "limit": 1, "offset": 1}).lists(byID, 2, "eve-invited")
	s.call("invitations.list_instance", "refuses an unknown order", args{"order_by": "role"}).fails(422, roster.CodeParamValueInvalid, "order_by")
	s.call("invitations.get", "gets an invitation", args{"organization_id": house, "invitation_id": s.id("dee-invited")}).
		has(obj{"id": s.id("dee-invited"), "status": "pending", "private_metadata": obj{"pay": obj{"band": "B"}}})
	s.call("invitations.get", "refuses an unknown invitation", args{"organization_id": house, "invitation_id": unknownInvitation}).fails(404, roster.CodeResourceNotFound, "")
	s.call("invitations.get", "refuses one of another organization", args{"organization_id": s.id("barn"), "invitation_id": s.id("dee-invited")}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) revokeInvitations() {
	house := s.id("house")
	revoke := func(name string, a args) *reply {
		a["organization_id"], a["invitation_id"] = house, s.id("eve-invited")
		return s.call("invitations.revoke", name, a)
	}
	revoke("refuses who may not manage members", args{"requesting_user_id": s.id("ben")}).fails(403, roster.CodeMissingPermission, "")
	revoke("refuses who is no member", args{"requesting_user_id": unknownUser}).fails(403, roster.CodeNotAMember, "")
	revoke("takes an invitation back", args{"requesting_user_id": s.id("ann")}).has(obj{"id": s.id("eve-invited"), "status": "revoked", "updated_at": now})
	revoke("refuses what is not pending", args{}).fails(404, roster.CodeInvitationNotPending, "")
	s.call("invitations.revoke", "refuses an unknown invitation", args{"organization_id": house, "invitation_id": unknownInvitation}).fails(404, roster.CodeResourceNotFound, "")
	s.call("roles.delete", "refuses the role of an invitation", args{"organization_role_id": s.id("accountant")}).fails(422, roster.CodeRoleAssigned, "")
}

// acceptInvitation follows the link as a browser does, once dee has an account.
func (s *session) acceptInvitation() {
	house := s.id("house")
	s.call("users.create", "creates who was invited", args{"email_address": []string{"dee@family.example"}, "skip_password_requirement": true}).as("dee").has(obj{"id": anID("user_")})
	s.call("users.invitations", "lists a user's invitations", args{"user_id": s.id("dee")}).lists(byID, 1, "dee-invited").
		has(obj{"data": []obj{{"status": "pending", "public_organization_data": obj{"id": house, "name": "House"}}}})
	s.call("users.invitations", "pages by limit and offset", args{"user_id": s.id("dee"), "limit": 1, "offset": 1}).lists(byID, 1)
	s.call("users.invitations", "filters by status", args{"user_id": s.id("dee"), "status": "accepted"}).lists(byID, 0)
	s.call("users.invitations", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	one := args{"organization_id": house, "invitation_id": s.id("dee-invited")}
	s.call("invitations.get", "has a link that lets dee in", one).visits("url", http.StatusSeeOther, "")
	s.call("memberships.list", "shows who came by an invitation, with its metadata", args{"organization_id": house, "user_id": []string{s.id("dee")}}).lists(byUser, 1, "dee").
		has(obj{"data": []obj{{"role": "org:bookkeeper", "public_metadata": obj{"desk": 4}, "private_metadata": obj{"pay": obj{"band": "B"}}}}})
	s.call("invitations.get", "shows that it was accepted", one).has(obj{"status": "accepted", "url": like("^$")}.unlessAbsent("url"))
	s.call("invitations.revoke", "refuses what was accepted", args{"organization_id": house, "invitation_id": s.id("dee-invited")}).fails(404, roster.CodeInvitationNotPending, "")
	s.call("users.invitations", "filters by the new status", args{"user_id": s.id("dee"), "status": "accepted"}).lists(byID, 1, "dee-invited")
}
