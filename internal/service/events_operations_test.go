package service_test

import (
	"slices"
	"testing"

	"github.com/rosterhq/roster"
)

// operation is a write, what it answers with, and the events it is told by.
type operation struct {
	name  string
	do    func(*stage, testing.TB) (any, error)
	want  []string
	fails bool
}

func patch(text string) roster.UpdateMetadata {
	return roster.UpdateMetadata{PublicMetadata: roster.Metadata(text)}
}

// operations are all writes of the service on an instance: those that change
// something, those that come to nothing, and those that are refused.
var operations = slices.Concat(directoryOperations, configurationOperations)

var directoryOperations = []operation{
	{"create organization", func(s *stage, t testing.TB) (any, error) {
		return s.CreateOrganization(t.Context(), s.caller, roster.CreateOrganization{Name: "n", PrivateMetadata: roster.Metadata(`{"secret":1}`)})
	}, []string{roster.EventOrganizationCreated}, false},
	{"create organization with creator", func(s *stage, t testing.TB) (any, error) {
		return s.CreateOrganization(t.Context(), s.caller, roster.CreateOrganization{Name: "n", CreatedBy: roster.Value(s.stranger.ID)})
	}, []string{roster.EventOrganizationCreated, roster.EventMembershipCreated}, false},
	{"update organization", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateOrganization(t.Context(), s.caller, s.org.ID, roster.UpdateOrganization{Name: roster.Value("New"), Slug: roster.Value("new")})
	}, []string{roster.EventOrganizationUpdated}, false},
	{"merge organization metadata", func(s *stage, t testing.TB) (any, error) {
		return s.MergeOrganizationMetadata(t.Context(), s.caller, s.org.ID, patch(`{"q":2}`))
	}, []string{roster.EventOrganizationUpdated}, false},
	{"replace organization metadata", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceOrganizationMetadata(t.Context(), s.caller, s.org.ID, patch(`{}`))
	}, []string{roster.EventOrganizationUpdated}, false},
	{"delete organization", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteOrganization(t.Context(), s.caller, s.org.ID)
	}, []string{roster.EventMembershipDeleted, roster.EventMembershipDeleted, roster.EventOrganizationDeleted}, false},

	{"create membership", func(s *stage, t testing.TB) (any, error) {
		return s.CreateMembership(t.Context(), s.caller, s.org.ID, roster.CreateMembership{UserID: s.stranger.ID, Role: roster.RoleMember, PrivateMetadata: roster.Metadata(`{"secret":1}`)})
	}, []string{roster.EventMembershipCreated}, false},
	{"update membership", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateMembership(t.Context(), s.caller, s.org.ID, s.member.ID, roster.UpdateMembership{Role: roster.RoleAdmin})
	}, []string{roster.EventMembershipUpdated}, false},
	{"merge membership metadata", func(s *stage, t testing.TB) (any, error) {
		return s.MergeMembershipMetadata(t.Context(), s.caller, s.org.ID, s.member.ID, patch(`{"p":null}`))
	}, []string{roster.EventMembershipUpdated}, false},
	{"delete membership", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteMembership(t.Context(), s.caller, s.org.ID, s.member.ID)
	}, []string{roster.EventMembershipDeleted}, false},

	{"create user", func(s *stage, t testing.TB) (any, error) {
		return s.CreateUser(t.Context(), s.caller, roster.CreateUser{EmailAddress: []string{"new@x.io"}, Password: roster.Value("correct horse")})
	}, []string{roster.EventUserCreated}, false},
	{"update user", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, roster.UpdateUser{FirstName: roster.Value("Ann"), Username: roster.Value("anna")})
	}, []string{roster.EventUserUpdated}, false},
	{"change password and sign out", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, roster.UpdateUser{Password: roster.Value("correct horse"), SignOutOfOtherSessions: true})
	}, []string{roster.EventSessionRevoked, roster.EventUserUpdated}, false},
	{"merge user metadata", func(s *stage, t testing.TB) (any, error) {
		return s.MergeUserMetadata(t.Context(), s.caller, s.member.ID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{"u":1}`)})
	}, []string{roster.EventUserUpdated}, false},
	{"replace user metadata", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceUserMetadata(t.Context(), s.caller, s.member.ID, roster.UpdateMetadata{PrivateMetadata: roster.Metadata(`{}`)})
	}, []string{roster.EventUserUpdated}, false},
	{"ban user", func(s *stage, t testing.TB) (any, error) {
		return s.BanUser(t.Context(), s.caller, s.member.ID)
	}, []string{roster.EventSessionRevoked, roster.EventUserUpdated}, false},
	{"delete user", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteUser(t.Context(), s.caller, s.member.ID)
	}, []string{roster.EventMembershipDeleted, roster.EventSessionRemoved, roster.EventUserDeleted}, false},
	{"delete user without memberships", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteUser(t.Context(), s.caller, s.stranger.ID)
	}, []string{roster.EventUserDeleted}, false},

	{"create session", func(s *stage, t testing.TB) (any, error) {
		return s.CreateSession(t.Context(), s.caller, roster.CreateSession{UserID: s.member.ID})
	}, []string{roster.EventSessionCreated}, false},
	{"revoke session", func(s *stage, t testing.TB) (any, error) {
		return s.RevokeSession(t.Context(), s.caller, s.session.ID)
	}, []string{roster.EventSessionRevoked}, false},

	{"update organization with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateOrganization(t.Context(), s.caller, s.org.ID, roster.UpdateOrganization{Name: roster.Value("Acme"), Slug: roster.Value("acme")})
	}, nil, false},
	{"merge what the organization has", func(s *stage, t testing.TB) (any, error) {
		return s.MergeOrganizationMetadata(t.Context(), s.caller, s.org.ID, patch(`{"p":1,"gone":null}`))
	}, nil, false},
	{"the role the member has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateMembership(t.Context(), s.caller, s.org.ID, s.member.ID, roster.UpdateMembership{Role: roster.RoleMember})
	}, nil, false},
	{"merge what the membership has", func(s *stage, t testing.TB) (any, error) {
		return s.MergeMembershipMetadata(t.Context(), s.caller, s.org.ID, s.member.ID, patch(`{"p": 1}`))
	}, nil, false},
	{"merge nothing", func(s *stage, t testing.TB) (any, error) {
		return s.MergeMembershipMetadata(t.Context(), s.caller, s.org.ID, s.member.ID, roster.UpdateMetadata{})
	}, nil, false},
	{"update user with nothing", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, roster.UpdateUser{LastName: roster.Null[string]()})
	}, nil, false},
	{"unban who is not banned", func(s *stage, t testing.TB) (any, error) {
		return s.UnbanUser(t.Context(), s.caller, s.member.ID)
	}, nil, false},
	{"replace metadata by the same", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceUserMetadata(t.Context(), s.caller, s.member.ID, roster.UpdateMetadata{PrivateMetadata: roster.Metadata(`{"secret":1}`)})
	}, nil, false},

	{"create organization with unknown creator", func(s *stage, t testing.TB) (any, error) {
		return s.CreateOrganization(t.Context(), s.caller, roster.CreateOrganization{Name: "n", CreatedBy: roster.Value("user_none")})
	}, nil, true},
	{"create membership again", func(s *stage, t testing.TB) (any, error) {
		return s.CreateMembership(t.Context(), s.caller, s.org.ID, roster.CreateMembership{UserID: s.member.ID, Role: roster.RoleMember})
	}, nil, true},
	{"create user with an address of another", func(s *stage, t testing.TB) (any, error) {
		return s.CreateUser(t.Context(), s.caller, roster.CreateUser{EmailAddress: []string{"free@x.io", "A@x.io"}})
	}, nil, true},
	{"clear what identifies a user", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, roster.UpdateUser{PrimaryEmailAddressID: roster.Value("idn_none"), FirstName: roster.Value("x")})
	}, nil, true},
	{"delete an unknown membership", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteMembership(t.Context(), s.caller, s.org.ID, s.stranger.ID)
	}, nil, true},
}
