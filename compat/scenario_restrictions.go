package main

import "github.com/rosterhq/roster"

// restrict switches restrictions on, meets them, and leaves none on.
func (s *session) restrict() {
	s.call("instance.update_restrictions", "changes what is given", args{"blocklist": true, "block_email_subaddresses": true, "block_disposable_email_domains": true}).
		has(obj{"object": "instance_restrictions", "allowlist": false, "blocklist": true, "block_email_subaddresses": true, "block_disposable_email_domains": true})
	s.call("blocklist.create", "puts an address on the list", args{"identifier": "Mal@example.com"}).as("mal").
		has(obj{"object": "blocklist_identifier", "id": anID("blid_"), "identifier": "mal@example.com", "identifier_type": "email_address", "created_at": now})
	s.call("blocklist.create", "refuses what the list has", args{"identifier": "mal@example.com"}).fails(422, roster.CodeAlreadyExists, "identifier")
	s.call("blocklist.list", "lists", args{}).has(obj{"data": []obj{{"id": s.id("mal"), "identifier": "mal@example.com"}}, "total_count": 1})
	refused := func(name string, addresses ...string) {
		s.call("users.create", name, args{"email_address": addresses}).fails(403, roster.CodeNotAllowedAccess, "")
	}
	refused("refuses who is blocked", "mal@example.com")
	refused("refuses a part behind a plus", "ann+news@example.com")
	refused("refuses a throw-away mailbox", "ann@mailinator.com")
	s.call("blocklist.delete", "deletes and tells what was deleted", args{"identifier_id": s.id("mal")}).has(obj{"object": "blocklist_identifier", "id": s.id("mal"), "deleted": true})
	s.call("blocklist.delete", "refuses an unknown entry", args{"identifier_id": s.id("mal")}).fails(404, roster.CodeResourceNotFound, "")

	s.call("allowlist.create", "puts a domain on the list", args{"identifier": "*@garden.example"}).as("garden").
		has(obj{"object": "allowlist_identifier", "id": anID("alid_"), "identifier": "*@garden.example", "identifier_type": "email_address", "created_at": now})
	s.call("allowlist.create", "refuses to invite to sign up", args{"identifier": "x@garden.example", "notify": true}).fails(422, roster.CodeParamValueInvalid, "notify")
	s.call("allowlist.create", "refuses what is no identifier", args{"identifier": "somebody"}).fails(422, roster.CodeParamFormatInvalid, "identifier")
	s.call("allowlist.list", "lists", args{}).has(obj{"data": []obj{{"id": s.id("garden")}}})
	s.call("allowlist.list", "lists without a total when told so", args{"paginated": false}).has(obj{"data": []obj{{"id": s.id("garden")}}})
	s.call("allowlist.list", "pages by limit and offset", args{"limit": 1, "offset": 1}).has(obj{"data": []obj{}})
	s.call("instance.update_restrictions", "lets in the allow-list alone", args{"allowlist": true, "blocklist": false, "block_email_subaddresses": false, "block_disposable_email_domains": false}).
		has(obj{"allowlist": true, "blocklist": false})
	s.call("instance.update_restrictions", "leaves users alone who are there already", args{"allowlist_blocklist_disabled_on_sign_in": true}).
		has(obj{"allowlist": true, "allowlist_blocklist_disabled_on_sign_in": true})
	s.call("instance.update_restrictions", "leaves nobody alone again", args{"allowlist_blocklist_disabled_on_sign_in": false}).has(obj{"allowlist_blocklist_disabled_on_sign_in": false})
	s.call("instance.update_restrictions", "refuses what no document has", args{"ignore_dots_for_gmail_addresses": true}).fails(422, roster.CodeParamUnknown, "ignore_dots_for_gmail_addresses")
	refused("refuses who is not allowed", "mal@example.com")
	s.call("instance.update_restrictions", "restricts nothing any more", args{"allowlist": false}).has(obj{"allowlist": false})
	s.call("allowlist.delete", "deletes and tells what was deleted", args{"identifier_id": s.id("garden")}).has(obj{"object": "allowlist_identifier", "id": s.id("garden"), "deleted": true})
	s.call("allowlist.delete", "refuses an unknown entry", args{"identifier_id": s.id("garden")}).fails(404, roster.CodeResourceNotFound, "")
}
