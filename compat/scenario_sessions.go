package main

import "github.com/rosterhq/roster"

// openSessions signs ada in twice and bob once, so that both have been active.
func (s *session) openSessions() {
	ada, bob := s.id("ada"), s.id("bob")
	nextMillisecond()
	s.call("sessions.create", "signs a user in, in the organization added last", args{"user_id": ada}).as("ada-1").has(obj{
		"object": "session", "id": anID("sess_"), "user_id": ada, "client_id": anID("client_"), "status": roster.SessionActive,
		"last_active_organization_id": s.id("acme"), "last_active_at": now, "created_at": now, "updated_at": now, "expire_at": after(float64(0)), "abandon_at": after(float64(0)),
	})
	nextMillisecond()
	s.call("sessions.create", "signs in in a chosen organization", args{"user_id": bob, "active_organization_id": s.id("acme")}).
		as("bob-1").has(obj{"last_active_organization_id": s.id("acme")})
	if s.id("bob-1") == "" {
		s.call("sessions.create", "signs another user in", args{"user_id": bob}).as("bob-1").has(obj{"user_id": bob})
	}
	nextMillisecond()
	s.call("sessions.create", "signs the same user in again", args{"user_id": ada}).as("ada-2").has(obj{"user_id": ada})
	s.call("sessions.create", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.get", "shows that the user was active", args{"user_id": ada}).has(obj{"last_active_at": after(float64(0)), "last_sign_in_at": now})
	one := s.call("sessions.get", "gets a session", args{"session_id": s.id("ada-1")}).has(obj{"id": s.id("ada-1"), "user_id": ada})
	s.call("sessions.get", "refuses an unknown session", args{"session_id": unknownSession}).fails(404, roster.CodeResourceNotFound, "")
	s.call("sessions.list", "lists a user's sessions, newest first", args{"user_id": ada}).lists(byID, 2, "ada-2", "ada-1")
	s.call("sessions.list", "pages by limit and offset", args{"user_id": ada, "limit": 1, "offset": 1}).lists(byID, 2, "ada-1")
	s.call("sessions.list", "lists without a total when told so", args{"user_id": ada, "paginated": false}).lists(byID, 2, "ada-2", "ada-1")
	s.call("sessions.list", "lists a client's sessions", args{"client_id": dig(one.response.Result, "client_id")}).lists(byID, 1, "ada-1")
	s.call("sessions.revoke", "revokes a session", args{"session_id": s.id("ada-2")}).
		has(obj{"id": s.id("ada-2"), "status": roster.SessionRevoked})
	s.call("sessions.list", "filters by status", args{"user_id": ada, "status": roster.SessionActive}).lists(byID, 1, "ada-1")
	s.call("sessions.list", "filters by another status", args{"user_id": ada, "status": roster.SessionRevoked}).lists(byID, 1, "ada-2")
	s.call("sessions.revoke", "refuses an unknown session", args{"session_id": unknownSession}).fails(404, roster.CodeResourceNotFound, "")
}
