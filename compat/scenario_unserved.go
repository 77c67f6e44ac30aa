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
		{"users.trusted_devices", args{"user_id": s.id("ann")}},
		{"users.revoke_trusted_device", args{"user_id": s.id("ann"), "trusted_device_id": "none"}},
	} {
		s.call(one.call, "says that it is not served", one.args).fails(501, roster.CodeNotImplemented, "")
	}
}
