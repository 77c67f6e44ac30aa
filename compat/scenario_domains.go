package main

import "github.com/rosterhq/roster"

const unknownDomain = "orgdmn_000000000000000000000000000"

func (s *session) manageDomains() {
	house := s.id("house")
	create := func(name string, a args) *reply {
		a["organization_id"] = house
		nextMillisecond()
		return s.call("domains.create", name, a)
	}
	create("creates and answers with the whole domain", args{"name": "House.example", "enrollment_mode": roster.ManualInvitation, "verified": true}).as("house.example").has(obj{
		"object": "organization_domain", "id": anID("orgdmn_"), "organization_id": house, "name": "house.example", "enrollment_mode": roster.ManualInvitation,
		"affiliation_email_address": absent, "verification": obj{"status": "verified", "strategy": "admin"},
		"affiliation_verification": obj{"status": "verified"}, "ownership_verification": absent,
		"total_pending_invitations": 0, "total_pending_suggestions": 0, "created_at": now, "updated_at": now,
		"public_organization_data": obj{"id": house, "name": "House"},
	})
	create("creates an unverified one", args{"name": "garden.example", "enrollment_mode": roster.AutomaticSuggestion, "verified": false}).as("garden.example").
		has(obj{"enrollment_mode": roster.AutomaticSuggestion, "verification": absent})
	create("refuses the same again", args{"name": "house.example", "enrollment_mode": roster.ManualInvitation, "verified": true}).fails(422, roster.CodeDomainAlreadyInOrganization, "name")
	create("refuses a common one", args{"name": "gmail.com", "enrollment_mode": roster.ManualInvitation, "verified": true}).fails(422, roster.CodeDomainCommon, "name")
	create("refuses what is no name", args{"name": "https://house.example", "enrollment_mode": roster.ManualInvitation, "verified": true}).fails(422, roster.CodeParamFormatInvalid, "name")
	s.call("domains.create", "refuses one that another organization has", args{"organization_id": s.id("barn"), "name": "house.example", "enrollment_mode": roster.ManualInvitation, "verified": true}).
		fails(422, roster.CodeDomainAlreadyExists, "name")
	s.call("domains.create", "refuses an unknown organization", args{"organization_id": unknownOrganization, "name": "x.example", "enrollment_mode": roster.ManualInvitation}).
		fails(404, roster.CodeResourceNotFound, "")
	list := func(name string, a args, total int, want ...string) *reply {
		a["organization_id"] = house
		return s.call("domains.list", name, a).lists(byID, total, want...)
	}
	list("lists newest first", args{}, 2, "garden.example", "house.example").has(obj{"data": []obj{{"verification": absent}, {"verification": obj{"status": "verified"}}}})
	list("pages by limit and offset", args{"limit": 1, "offset": 1}, 2, "house.example")
	list("filters by verified", args{"verified": "false"}, 1, "garden.example")
	list("filters by enrollment_mode", args{"enrollment_mode": roster.ManualInvitation}, 1, "house.example")
	s.call("domains.list", "refuses an unknown organization", args{"organization_id": unknownOrganization}).fails(404, roster.CodeResourceNotFound, "")
	all := func(name string, a args, total int, want ...string) *reply {
		return s.call("domains.list_instance", name, a).lists(byID, total, want...)
	}
	all("lists those of all organizations", args{"order_by": "name"}, 2, "garden.example", "house.example")
	all("finds by a part of the name", args{"query": "GARD"}, 1, "garden.example")
	all("filters by organization and whole names", args{"organization_id": house, "domains": []string{"house.example", "x.example"}}, 1, "house.example")
	all("filters by verified and enrollment_mode", args{"verified": "true", "enrollment_mode": []string{roster.ManualInvitation}}, 1, "house.example")
	all("pages by limit and offset", args{"limit": 1, "offset": 1}, 2, "house.example")
	s.updateDomains()
}

func (s *session) updateDomains() {
	one := func(call, name, domain string, a args) *reply {
		a["organization_id"], a["domain_id"] = s.id("house"), domain
		return s.call(call, name, a)
	}
	one("domains.update", "changes how users are enrolled", s.id("house.example"), args{"enrollment_mode": roster.AutomaticInvitation}).
		has(obj{"id": s.id("house.example"), "enrollment_mode": roster.AutomaticInvitation, "verification": obj{"status": "verified"}, "updated_at": now})
	one("domains.update", "verifies", s.id("garden.example"), args{"verified": true}).has(obj{"verification": obj{"status": "verified", "strategy": "admin"}})
	one("domains.update", "refuses an unknown mode", s.id("garden.example"), args{"enrollment_mode": "by_force"}).fails(422, roster.CodeParamValueInvalid, "enrollment_mode")
	one("domains.update", "refuses an unknown domain", unknownDomain, args{"verified": true}).fails(404, roster.CodeResourceNotFound, "")
	one("domains.verify_ownership", "vouches for who owns it", s.id("garden.example"), args{}).
		has(obj{"id": s.id("garden.example"), "ownership_verification": obj{"status": "verified", "strategy": "manual_override", "verified_at": now}})
	one("domains.verify_ownership", "refuses an unknown domain", unknownDomain, args{}).fails(404, roster.CodeResourceNotFound, "")
}

// enrollByDomain shows what new users with addresses of a domain come to.
func (s *session) enrollByDomain() {
	for _, name := range []string{"hen@house.example", "hoe@garden.example", "hut@elsewhere.example"} {
		s.call("users.create", "creates "+name, args{"email_address": []string{name}, "skip_password_requirement": true}).as(name).has(obj{"id": anID("user_")})
	}
	s.call("domains.list", "counts whom its domains invited and told", args{"organization_id": s.id("house")}).
		has(obj{"data": []obj{{"total_pending_invitations": 0, "total_pending_suggestions": 1}, {"total_pending_invitations": 1, "total_pending_suggestions": 0}}})
	s.call("users.invitations", "lists what a domain invited to", args{"user_id": s.id("hen@house.example")}).
		has(obj{"data": []obj{{"email_address": "hen@house.example", "role": roster.RoleMember, "status": "pending"}}})
	s.call("domains.delete", "deletes and tells what was deleted", args{"organization_id": s.id("house"), "domain_id": s.id("house.example")}).
		has(obj{"object": "organization_domain", "id": s.id("house.example"), "deleted": true})
	s.call("domains.delete", "refuses a deleted domain", args{"organization_id": s.id("house"), "domain_id": s.id("house.example")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("domains.list", "lists one less", args{"organization_id": s.id("house")}).lists(byID, 1, "garden.example")
}
