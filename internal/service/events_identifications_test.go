package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
)

// verifies are the fields that make an address verified, or take that back.
func verifies(yes bool) roster.UpdateEmailAddress {
	return roster.UpdateEmailAddress{Verified: roster.Value(yes)}
}

// identificationOperations are the writes on addresses. A change is told as one of
// the user.
var identificationOperations = []operation{
	{"create an email address", func(s *stage, t testing.TB) (any, error) {
		_, err := s.CreateEmailAddress(t.Context(), s.caller, roster.CreateEmailAddress{UserID: s.member.ID, EmailAddress: "new@x.io", Verified: roster.Value(true)})
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"create an email address of another", func(s *stage, t testing.TB) (any, error) {
		return s.CreateEmailAddress(t.Context(), s.caller, roster.CreateEmailAddress{UserID: s.stranger.ID, EmailAddress: s.member.EmailAddresses[0].EmailAddress})
	}, nil, true},
	{"take the verification of an email address back", func(s *stage, t testing.TB) (any, error) {
		_, err := s.UpdateEmailAddress(t.Context(), s.caller, s.member.EmailAddresses[0].ID, verifies(false))
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"verify an email address that is verified", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateEmailAddress(t.Context(), s.caller, s.member.EmailAddresses[0].ID, verifies(true))
	}, nil, false},
	{"replace the email addresses", func(s *stage, t testing.TB) (any, error) {
		_, err := s.ReplaceEmailAddress(t.Context(), s.caller, s.member.ID, roster.ReplaceEmailAddress{EmailAddress: "new@x.io"})
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"replace an email address by itself", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceEmailAddress(t.Context(), s.caller, s.stranger.ID, roster.ReplaceEmailAddress{EmailAddress: s.stranger.EmailAddresses[0].EmailAddress})
	}, nil, false},
	{"delete an email address", func(s *stage, t testing.TB) (any, error) {
		_, err := s.DeleteEmailAddress(t.Context(), s.caller, s.member.EmailAddresses[0].ID)
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"delete an unknown email address", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteEmailAddress(t.Context(), s.caller, "idn_none")
	}, nil, true},
	{"create a phone number for a second factor", func(s *stage, t testing.TB) (any, error) {
		_, err := s.CreatePhoneNumber(t.Context(), s.caller, roster.CreatePhoneNumber{UserID: s.member.ID, PhoneNumber: "+15555550177",
			Verified: roster.Value(true), ReservedForSecondFactor: roster.Value(true)})
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"replace the phone numbers", func(s *stage, t testing.TB) (any, error) {
		_, err := s.ReplacePhoneNumber(t.Context(), s.caller, s.member.ID, roster.ReplacePhoneNumber{PhoneNumber: "+15555550177", Status: roster.IdentificationUnverified})
		return s.shown(t), err
	}, []string{roster.EventUserUpdated}, false},
	{"delete an unknown phone number", func(s *stage, t testing.TB) (any, error) {
		return s.DeletePhoneNumber(t.Context(), s.caller, "idn_none")
	}, nil, true},
	{"send a code", func(s *stage, t testing.TB) (any, error) {
		return s.PrepareEmailVerification(t.Context(), s.caller, s.member.EmailAddresses[0].ID)
	}, []string{roster.EventEmailCreated}, false},
	{"send a code to an address for tests", func(s *stage, t testing.TB) (any, error) {
		return s.PrepareEmailVerification(t.Context(), s.caller, s.newcomer.EmailAddresses[0].ID)
	}, nil, false},
	{"verify an email address by its code", func(s *stage, t testing.TB) (any, error) {
		if _, err := s.AttemptEmailVerification(t.Context(), s.caller, s.newcomer.EmailAddresses[0].ID, codeOf(s.code, "424242")); err != nil {
			return nil, err
		}
		return s.User(t.Context(), s.caller, s.newcomer.ID)
	}, []string{roster.EventUserUpdated}, false},
	{"attempt a wrong code", func(s *stage, t testing.TB) (any, error) {
		return s.AttemptEmailVerification(t.Context(), s.caller, s.newcomer.EmailAddresses[0].ID, codeOf(s.code, "000000"))
	}, nil, false},
	{"attempt a code of another address", func(s *stage, t testing.TB) (any, error) {
		return s.AttemptEmailVerification(t.Context(), s.caller, s.member.EmailAddresses[0].ID, codeOf(s.code, "424242"))
	}, nil, true},
	{"delete an unknown wallet", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteWeb3Wallet(t.Context(), s.caller, s.member.ID, "idn_none")
	}, nil, true},
}

// shown is the member as it is now, which the events of its addresses carry.
func (s *stage) shown(t testing.TB) *roster.User {
	t.Helper()
	u, err := s.User(t.Context(), s.caller, s.member.ID)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
