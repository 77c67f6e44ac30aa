package main

import "github.com/rosterhq/roster"

// meetUnserved makes the calls near the family that the server does not serve. It
// has to say so in a form that every SDK can read.
func (s *session) meetUnserved() {
	for _, one := range []struct {
		call string
		args args
	}{
		{"users.oauth_tokens", args{"user_id": s.id("ann"), "provider": "google"}},
		{"email_addresses.prepare_verification", args{"email_address_id": s.id("eli@home")}},
		{"email_addresses.attempt_verification", args{"email_address_id": s.id("eli@home"), "verification_id": "x", "code": "424242"}},
		{"phone_numbers.prepare_verification", args{"phone_number_id": s.id("+130")}},
		{"phone_numbers.attempt_verification", args{"phone_number_id": s.id("+130"), "verification_id": "x", "code": "424242"}},
	} {
		s.call(one.call, "says that it is not served", one.args).fails(501, roster.CodeNotImplemented, "")
	}
}
