package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
)

// invitationOperations are the writes to invitations.
var invitationOperations = []operation{
	{"create invitation", func(s *stage, t testing.TB) (any, error) {
		return s.CreateInvitation(t.Context(), s.caller, s.org.ID, roster.CreateInvitation{EmailAddress: "new@x.io", Role: roster.RoleMember, Notify: roster.Value(false)})
	}, []string{roster.EventInvitationCreated}, false},
	{"revoke invitation", func(s *stage, t testing.TB) (any, error) {
		return s.RevokeInvitation(t.Context(), s.caller, s.org.ID, s.invitation.ID, roster.RevokeInvitation{})
	}, []string{roster.EventInvitationRevoked}, false},
	{"invite a member", func(s *stage, t testing.TB) (any, error) {
		return s.CreateInvitation(t.Context(), s.caller, s.org.ID, roster.CreateInvitation{EmailAddress: "a@x.io", Role: roster.RoleMember})
	}, nil, true},
	{"invite some who cannot be", func(s *stage, t testing.TB) (any, error) {
		return s.CreateInvitations(t.Context(), s.caller, s.org.ID, []roster.CreateInvitation{
			{EmailAddress: "new@x.io", Role: roster.RoleMember}, {EmailAddress: "new@x.io", Role: roster.RoleMember}})
	}, nil, true},
}
