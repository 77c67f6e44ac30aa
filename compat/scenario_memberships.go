package main

import (
	"strings"

	"github.com/rosterhq/roster"
)

func (s *session) createMemberships() {
	acme := s.id("acme")
	nextMillisecond()
	s.call("memberships.create", "creates and answers with the whole membership", args{"organization_id": acme, "user_id": s.id("bob"), "role": roster.RoleMember}).
		has(obj{
			"object": "organization_membership", "id": anID("orgmem_"), "role": roster.RoleMember, "role_name": "Member", "permissions": set(memberPermissions...),
			"public_metadata": obj{}, "private_metadata": obj{}, "created_at": now, "updated_at": now,
			"organization": obj{
				"object": "organization", "id": acme, "name": "Acme Engines", "slug": "acme", "created_by": s.id("ada"), "max_allowed_memberships": 50,
				"admin_delete_enabled": true, "has_image": false, "image_url": like("^https://"),
				"public_metadata": obj{"tier": "gold"}, "private_metadata": obj{"contract": obj{"years": 3}},
			},
			"public_user_data": obj{
				"user_id": s.id("bob"), "first_name": "Bob", "last_name": "Stone", "identifier": "bob@builders.example", "username": "bob_s",
				"image_url": like("^https://"), "profile_image_url": like("^https://"), "has_image": false, "banned": false, "deprovisioned": false,
			},
		})
	for _, m := range []struct{ user, role, identifier string }{
		{"cleo", roster.RoleMember, "cleo@analytical.example"},
		{"dan", roster.RoleMember, "dan_d"},
		{"eve", roster.RoleMember, "+15555550105"},
		{"fay", roster.RoleMember, fayWallet},
		{"gus", roster.RoleAdmin, "gus@builders.example"},
	} {
		nextMillisecond()
		s.call("memberships.create", "shows "+m.user+" by "+m.identifier, args{"organization_id": acme, "user_id": s.id(m.user), "role": m.role}).
			has(obj{"role": m.role, "public_user_data": obj{"user_id": s.id(m.user), "identifier": m.identifier}})
	}
	s.call("memberships.create", "takes metadata", args{
		"organization_id": acme, "user_id": s.id("hal"), "role": roster.RoleAdmin, "public_metadata": obj{"seat": 4}, "private_metadata": obj{"note": "π"},
	}).has(obj{"role_name": "Admin", "permissions": set(adminPermissions...), "public_metadata": obj{"seat": 4}, "private_metadata": obj{"note": "π"}})
	if last := s.checks[len(s.checks)-1]; last.Offered {
		s.call("memberships.delete", "answers with the membership that was removed", args{"organization_id": acme, "user_id": s.id("hal")}).
			has(obj{"object": "organization_membership", "role": roster.RoleAdmin, "public_metadata": obj{"seat": 4}, "public_user_data": obj{"user_id": s.id("hal")}})
	}
}

func (s *session) refuseMemberships() {
	acme := s.id("acme")
	create := func(name, organization, user string, role any) *reply {
		a := args{"organization_id": organization, "user_id": user}
		if role != nil {
			a["role"] = role
		}
		return s.call("memberships.create", name, a)
	}
	create("refuses an unknown organization", unknownOrganization, s.id("hal"), roster.RoleMember).fails(404, roster.CodeResourceNotFound, "")
	create("refuses a slug as organization", "acme", s.id("hal"), roster.RoleMember).fails(404, roster.CodeResourceNotFound, "")
	create("refuses an unknown user", acme, unknownUser, roster.RoleMember).fails(404, roster.CodeResourceNotFound, "")
	create("refuses an unknown role", acme, s.id("hal"), "org:nothing").fails(404, roster.CodeResourceNotFound, "role")
	create("refuses a role of old instances", acme, s.id("hal"), "admin").fails(404, roster.CodeResourceNotFound, "role")
	create("refuses a missing role", acme, s.id("hal"), nil).fails(422, roster.CodeParamMissing, "role")
	create("refuses a member", acme, s.id("bob"), roster.RoleMember).fails(400, roster.CodeAlreadyAMember, "")
	create("fills the last seat", s.id("tiny"), s.id("ada"), roster.RoleAdmin).has(obj{"role": roster.RoleAdmin})
	create("refuses beyond the quota", s.id("tiny"), s.id("bob"), roster.RoleMember).fails(403, roster.CodeMembershipQuotaExceeded, "")
	s.call("memberships.create", "refuses more than 8 KB of metadata", args{
		"organization_id": acme, "user_id": s.id("hal"), "role": roster.RoleMember, "public_metadata": obj{"big": strings.Repeat("x", roster.MaxMetadataBytes)},
	}).fails(422, roster.CodeParamExceedsAllowedSize, "public_metadata")
	s.call("memberships.list", "a refused membership leaves nothing", args{"organization_id": acme, "user_id": []string{s.id("hal")}}).lists(byUser, 0)
}

func (s *session) updateMemberships() {
	acme, bob := s.id("acme"), s.id("bob")
	before := s.call("memberships.list", "lists one by its user before the update", args{"organization_id": acme, "user_id": []string{bob}}).lists(byUser, 1, "bob")
	var old any
	if page, ok := dig(before.response.Result, "data").([]any); ok && len(page) == 1 {
		old = dig(page[0], "updated_at")
	}
	nextMillisecond()
	s.call("memberships.update", "changes the role", args{"organization_id": acme, "user_id": bob, "role": roster.RoleAdmin}).
		has(obj{"role": roster.RoleAdmin, "role_name": "Admin", "permissions": set(adminPermissions...), "updated_at": after(old), "public_user_data": obj{"user_id": bob}})
	s.call("memberships.list", "filters by the new role at once", args{"organization_id": acme, "role": []string{roster.RoleAdmin}, "order_by": "first_name"}).
		lists(byUser, 3, "ada", "bob", "gus")
	s.call("memberships.update", "takes the same role again", args{"organization_id": acme, "user_id": bob, "role": roster.RoleAdmin}).has(obj{"role": roster.RoleAdmin})
	s.call("memberships.update", "changes it back", args{"organization_id": acme, "user_id": bob, "role": roster.RoleMember}).
		has(obj{"role": roster.RoleMember, "permissions": set(memberPermissions...)})
	update := func(name, organization, user string, a args) *reply {
		a["organization_id"], a["user_id"] = organization, user
		return s.call("memberships.update", name, a)
	}
	update("refuses an unknown role", acme, bob, args{"role": "org:nothing"}).fails(404, roster.CodeResourceNotFound, "role")
	update("refuses a missing role", acme, bob, args{}).fails(422, roster.CodeParamMissing, "role")
	update("refuses who is no member", acme, s.id("hal"), args{"role": roster.RoleMember}).fails(404, roster.CodeResourceNotFound, "")
	update("refuses an unknown user", acme, unknownUser, args{"role": roster.RoleMember}).fails(404, roster.CodeResourceNotFound, "")
	update("refuses an unknown organization", unknownOrganization, bob, args{"role": roster.RoleMember}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) mergeMembershipMetadata() {
	merge := func(name string, a args) *reply {
		a["organization_id"], a["user_id"] = s.id("acme"), s.id("bob")
		return s.call("memberships.merge_metadata", name, a)
	}
	merge("adds both kinds", args{"public_metadata": obj{"a": obj{"b": 1, "c": []int{1, 2}}, "keep": true}, "private_metadata": obj{"p": "q"}}).
		has(obj{"public_metadata": obj{"a": obj{"b": 1, "c": []int{1, 2}}, "keep": true}, "private_metadata": obj{"p": "q"}, "public_user_data": obj{"user_id": s.id("bob")}})
	merge("merges deeply, removes by null, replaces lists", args{"public_metadata": obj{"a": obj{"b": nil, "c": []int{3}, "d": obj{"e": "Zoë 🎉"}}}}).
		has(obj{"public_metadata": obj{"a": obj{"c": []int{3}, "d": obj{"e": "Zoë 🎉"}}, "keep": true}, "private_metadata": obj{"p": "q"}})
	merge("leaves no trace of a null inside nothing", args{"private_metadata": obj{"new": obj{"x": nil}, "p": nil}}).has(obj{"private_metadata": obj{"new": obj{}}})
	merge("takes an empty object for no change", args{"public_metadata": obj{}, "private_metadata": obj{}}).
		has(obj{"public_metadata": obj{"a": obj{"c": []int{3}, "d": obj{"e": "Zoë 🎉"}}, "keep": true}, "private_metadata": obj{"new": obj{}}})
	merge("refuses more than 8 KB", args{"private_metadata": obj{"big": strings.Repeat("x", roster.MaxMetadataBytes)}}).
		fails(422, roster.CodeParamExceedsAllowedSize, "private_metadata")
	s.call("memberships.merge_metadata", "refuses who is no member", args{"organization_id": s.id("acme"), "user_id": s.id("hal"), "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.merge_metadata", "refuses an unknown organization", args{"organization_id": unknownOrganization, "user_id": s.id("bob"), "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
}

// followChanges checks that a membership shows its user and organization as they
// are now.
func (s *session) followChanges() {
	one := args{"organization_id": s.id("acme"), "user_id": []string{s.id("eve")}}
	s.call("users.update", "changes what memberships show", args{"user_id": s.id("eve"), "first_name": "Evelyn", "username": "eve_e"}).has(obj{"first_name": "Evelyn"})
	s.call("organizations.update", "changes what memberships show", args{"organization_id": s.id("acme"), "name": "Acme Motors"}).has(obj{"name": "Acme Motors"})
	s.call("memberships.list", "shows the user and the organization as they are now", one).has(obj{"data": []obj{{
		"organization":     obj{"name": "Acme Motors", "slug": "acme"},
		"public_user_data": obj{"first_name": "Evelyn", "username": "eve_e", "identifier": "+15555550105"},
	}}})
	s.call("memberships.list", "filters by the new name at once", args{"organization_id": s.id("acme"), "name_query": "velyn"}).lists(byUser, 1, "eve")
}

func (s *session) deleteMemberships() {
	acme := s.id("acme")
	s.call("memberships.delete", "removes a member", args{"organization_id": acme, "user_id": s.id("bob")}).
		has(obj{"object": "organization_membership", "role": roster.RoleMember, "organization": obj{"id": acme}, "public_user_data": obj{"user_id": s.id("bob")}})
	s.call("memberships.list", "lists one less", args{"organization_id": acme, "order_by": "+created_at"}).lists(byUser, 6, "ada", "cleo", "dan", "eve", "fay", "gus")
	s.call("organizations.get", "counts one less", args{"organization_id": acme, "include_members_count": true}).has(obj{"members_count": 6})
	s.call("memberships.delete", "refuses who is no member any more", args{"organization_id": acme, "user_id": s.id("bob")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.delete", "refuses an unknown organization", args{"organization_id": unknownOrganization, "user_id": s.id("ada")}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.create", "takes a removed member again, without the old metadata", args{"organization_id": acme, "user_id": s.id("bob"), "role": roster.RoleMember}).
		has(obj{"public_metadata": obj{}, "private_metadata": obj{}})
}
