package main

import (
	"strings"

	"github.com/rosterhq/roster"
)

func (s *session) createOrganizations() {
	nextMillisecond()
	s.call("organizations.create", "creates with every attribute", args{
		"name": "Acme Engines", "slug": "acme", "created_by": s.id("ada"), "max_allowed_memberships": 50,
		"public_metadata": obj{"tier": "gold"}, "private_metadata": obj{"contract": obj{"years": 3}},
	}).as("acme").has(obj{
		"object": "organization", "id": anID("org_"), "name": "Acme Engines", "slug": "acme", "created_by": s.id("ada"),
		"max_allowed_memberships": 50, "admin_delete_enabled": true, "has_image": false, "image_url": like("^https://"),
		"public_metadata": obj{"tier": "gold"}, "private_metadata": obj{"contract": obj{"years": 3}}, "members_count": absent,
		"created_at": now, "updated_at": now,
	})
	s.call("memberships.list", "makes the creator an admin", args{"organization_id": s.id("acme")}).
		lists(byUser, 1, "ada").has(obj{"data": []obj{{"role": roster.RoleAdmin}}})
	nextMillisecond()
	s.call("organizations.create", "derives the slug from the name", args{"name": "Globex Ltd", "created_by": s.id("hal")}).as("globex").
		has(obj{"slug": "globex-ltd", "max_allowed_memberships": 0, "public_metadata": obj{}, "private_metadata": obj{}})
	nextMillisecond()
	s.call("organizations.create", "creates without a creator", args{"name": "Tiny", "slug": "tiny", "max_allowed_memberships": 1}).as("tiny").
		has(obj{"name": "Tiny", "max_allowed_memberships": 1, "created_by": like("^$")}.unlessAbsent("created_by"))
	s.call("organizations.create", "refuses a taken slug", args{"name": "Other", "slug": "acme"}).fails(422, roster.CodeIdentifierExists, "slug")
	s.call("organizations.create", "refuses a malformed slug", args{"name": "Other", "slug": "No Slug!"}).fails(422, roster.CodeParamFormatInvalid, "slug")
	s.call("organizations.create", "refuses an unknown creator", args{"name": "Other", "created_by": unknownUser}).
		fails(400, roster.CodeOrganizationCreatorNotFound, "")
	s.call("organizations.create", "refuses a name of 257 characters", args{"name": strings.Repeat("n", 257)}).fails(422, roster.CodeParamMaxLengthExceeded, "name")
	s.call("organizations.create", "refuses a missing name", args{"slug": "nameless"}).fails(422, roster.CodeParamMissing, "name")
	s.call("organizations.get", "gets by id", args{"organization_id": s.id("acme")}).has(obj{"id": s.id("acme"), "slug": "acme", "members_count": absent})
	s.call("organizations.get", "gets by slug", args{"slug": "acme"}).has(obj{"id": s.id("acme")})
	s.call("organizations.get", "counts members when asked", args{"organization_id": s.id("acme"), "include_members_count": true}).has(obj{"members_count": 1})
	s.call("organizations.get", "tells of missing elevated permissions when asked", args{"organization_id": s.id("tiny"), "include_missing_member_with_elevated_permissions": true}).
		has(obj{"missing_member_with_elevated_permissions": true})
	s.call("organizations.get", "refuses an unknown organization", args{"organization_id": unknownOrganization}).fails(404, roster.CodeResourceNotFound, "")
}

// unlessAbsent lets a member be left out: SDKs show a missing text as "" or not
// at all.
func (o obj) unlessAbsent(name string) obj {
	inner := o[name].(matcher)
	o[name] = matcher(func(got any, present bool) string {
		if !present || got == nil {
			return ""
		}
		return inner(got, present)
	})
	return o
}

func (s *session) listOrganizations() {
	list := func(name string, a args, want ...string) *reply {
		return s.call("organizations.list", name, a).lists(byID, len(want), want...)
	}
	list("lists newest first by default", args{}, "tiny", "globex", "acme")
	list("orders by name", args{"order_by": "name"}, "acme", "globex", "tiny")
	list("orders by -name", args{"order_by": "-name"}, "tiny", "globex", "acme")
	list("orders by +created_at", args{"order_by": "+created_at"}, "acme", "globex", "tiny")
	s.call("organizations.list", "orders by members_count", args{"order_by": "members_count"}).lists(byID, 3, "tiny", "acme globex")
	list("counts members when asked", args{"include_members_count": true}, "tiny", "globex", "acme").
		has(obj{"data": []obj{{"members_count": 0}, {"members_count": 1}, {"members_count": 1}}})
	list("tells of missing elevated permissions when asked", args{"include_missing_member_with_elevated_permissions": true}, "tiny", "globex", "acme").
		has(obj{"data": []obj{
			{"missing_member_with_elevated_permissions": true}, {"missing_member_with_elevated_permissions": false},
			{"missing_member_with_elevated_permissions": false},
		}})
	list("filters by a part of the name", args{"query": "ENGIN"}, "acme")
	list("filters by a part of the slug", args{"query": "ex-lt"}, "globex")
	list("filters by the exact id", args{"query": s.id("tiny")}, "tiny")
	list("filters by user_id", args{"user_id": []string{s.id("ada"), s.id("bob")}}, "acme")
	list("filters by excluded user_id", args{"user_id": []string{"-" + s.id("ada")}}, "tiny", "globex")
	list("passes over filter_by, which no document has", args{"filter_by": []string{"acme"}}, "tiny", "globex", "acme")
	list("filters by organization_id", args{"organization_id": []string{s.id("acme"), s.id("tiny")}}, "tiny", "acme")
	list("filters by excluded organization_id", args{"organization_id": []string{"-" + s.id("acme")}}, "tiny", "globex")
	s.call("organizations.list", "pages by limit and offset", args{"limit": 1, "offset": 1}).lists(byID, 3, "globex")
	s.call("organizations.list", "refuses an unknown order", args{"order_by": "height"}).fails(422, roster.CodeParamValueInvalid, "order_by")
	s.call("organizations.list", "refuses limit=501", args{"limit": 501}).fails(422, roster.CodeParamValueInvalid, "limit")
}

func (s *session) updateOrganizations() {
	tiny := s.id("tiny")
	nextMillisecond()
	s.call("organizations.update", "changes what is given", args{
		"organization_id": tiny, "name": "Tiny Two", "slug": "tiny-two", "max_allowed_memberships": 9, "admin_delete_enabled": false,
	}).has(obj{"id": tiny, "name": "Tiny Two", "slug": "tiny-two", "max_allowed_memberships": 9, "admin_delete_enabled": false, "updated_at": now})
	s.call("organizations.update", "changes the time of creation", args{"organization_id": tiny, "created_at": "2021-01-01T00:00:00.000Z"}).
		has(obj{"name": "Tiny Two", "created_at": millis("2021-01-01T00:00:00Z")})
	s.call("organizations.update", "refuses a taken slug", args{"organization_id": tiny, "slug": "acme"}).fails(422, roster.CodeIdentifierExists, "slug")
	s.call("organizations.update", "refuses an unknown organization", args{"organization_id": unknownOrganization, "name": "X"}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.merge_metadata", "merges deeply and removes by null", args{
		"organization_id": s.id("acme"), "public_metadata": obj{"tier": nil, "limits": obj{"seats": 5}}, "private_metadata": obj{"contract": obj{"signed": true}},
	}).has(obj{"public_metadata": obj{"limits": obj{"seats": 5}}, "private_metadata": obj{"contract": obj{"years": 3, "signed": true}}})
	s.call("organizations.replace_metadata", "replaces what is given", args{"organization_id": s.id("acme"), "public_metadata": obj{"new": []int{1}}}).
		has(obj{"public_metadata": obj{"new": []int{1}}, "private_metadata": obj{"contract": obj{"years": 3, "signed": true}}})
	s.call("organizations.replace_metadata", "empties by an empty object", args{"organization_id": s.id("acme"), "private_metadata": obj{}}).
		has(obj{"public_metadata": obj{"new": []int{1}}, "private_metadata": obj{}})
	s.call("organizations.merge_metadata", "refuses more than 8 KB", args{
		"organization_id": s.id("acme"), "private_metadata": obj{"big": strings.Repeat("x", roster.MaxMetadataBytes)},
	}).fails(422, roster.CodeParamExceedsAllowedSize, "private_metadata")
	s.call("organizations.merge_metadata", "refuses an unknown organization", args{"organization_id": unknownOrganization, "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.replace_metadata", "refuses an unknown organization", args{"organization_id": unknownOrganization, "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.update", "replaces metadata where the SDK still offers it", args{"organization_id": tiny, "name": "Tiny", "public_metadata": obj{"only": 1}, "private_metadata": obj{"two": 2}}).
		has(obj{"name": "Tiny", "public_metadata": obj{"only": 1}, "private_metadata": obj{"two": 2}})
}

func (s *session) deleteOrganizations() {
	s.call("organizations.delete", "deletes and tells what was deleted", args{"organization_id": s.id("acme")}).
		has(obj{"object": "organization", "id": s.id("acme"), "deleted": true})
	s.call("organizations.get", "forgets the deleted organization", args{"organization_id": s.id("acme")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.memberships", "takes the memberships of a deleted organization with it", args{"user_id": s.id("eve")}).lists(byBoth, 0)
	s.call("sessions.get", "clears a deleted organization from sessions", args{"session_id": s.id("ada-1")}).
		has(obj{"last_active_organization_id": like("^$")}.unlessAbsent("last_active_organization_id"))
	s.call("organizations.delete", "refuses an unknown organization", args{"organization_id": s.id("acme")}).fails(404, roster.CodeResourceNotFound, "")
}
