package service_test

import (
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
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

const totpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

func digestOf(hasher, digest string) roster.UpdateUser {
	return roster.UpdateUser{PasswordHasher: roster.Value(hasher), PasswordDigest: roster.Value(digest)}
}

func firstUser(list []roster.User) *roster.User {
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// operations are all writes of the service on an instance: those that change
// something, those that come to nothing, and those that are refused.
var operations = slices.Concat(directoryOperations, identificationOperations, configurationOperations, roleSetOperations, invitationOperations)

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

	{"create domain", func(s *stage, t testing.TB) (any, error) {
		return s.CreateDomain(t.Context(), s.caller, s.org.ID, roster.CreateOrganizationDomain{Name: "new.example"})
	}, []string{roster.EventDomainCreated}, false},
	{"create domain that suggests", func(s *stage, t testing.TB) (any, error) {
		return s.CreateDomain(t.Context(), s.caller, s.org.ID, roster.CreateOrganizationDomain{Name: "example.com", EnrollmentMode: roster.Value(roster.AutomaticSuggestion)})
	}, []string{roster.EventDomainCreated}, false},
	{"create domain that invites", func(s *stage, t testing.TB) (any, error) {
		return s.CreateDomain(t.Context(), s.caller, s.org.ID, roster.CreateOrganizationDomain{Name: "example.com", EnrollmentMode: roster.Value(roster.AutomaticInvitation)})
	}, []string{roster.EventInvitationCreated, roster.EventInvitationCreated, roster.EventDomainCreated}, false},
	{"update domain", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateDomain(t.Context(), s.caller, s.org.ID, s.domain.ID, roster.UpdateOrganizationDomain{Verified: roster.Value(false)})
	}, []string{roster.EventDomainUpdated}, false},
	{"verify domain ownership", func(s *stage, t testing.TB) (any, error) {
		return s.VerifyDomainOwnership(t.Context(), s.caller, s.org.ID, s.domain.ID)
	}, []string{roster.EventDomainUpdated}, false},
	{"delete domain", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteDomain(t.Context(), s.caller, s.org.ID, s.domain.ID)
	}, []string{roster.EventDomainDeleted}, false},

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
	{"ban users", func(s *stage, t testing.TB) (any, error) {
		list, err := s.BanUsers(t.Context(), s.caller, roster.Users{UserIDs: []string{s.member.ID}})
		return firstUser(list), err
	}, []string{roster.EventSessionRevoked, roster.EventUserUpdated}, false},
	{"unban who are not banned", func(s *stage, t testing.TB) (any, error) {
		return s.UnbanUsers(t.Context(), s.caller, roster.Users{UserIDs: []string{s.member.ID, s.stranger.ID}})
	}, nil, false},
	{"ban users of whom one is unknown", func(s *stage, t testing.TB) (any, error) {
		return s.BanUsers(t.Context(), s.caller, roster.Users{UserIDs: []string{s.member.ID, "user_zzz"}})
	}, nil, true},
	{"lock user", func(s *stage, t testing.TB) (any, error) {
		return s.LockUser(t.Context(), s.caller, s.member.ID)
	}, []string{roster.EventUserUpdated}, false},
	{"unlock who is not locked", func(s *stage, t testing.TB) (any, error) {
		return s.UnlockUser(t.Context(), s.caller, s.member.ID)
	}, nil, false},
	{"give a password digest", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, digestOf("md5", "0e2ed0b3a4fae53ee9c58d21cc7b3c10"))
	}, []string{roster.EventUserUpdated}, false},
	{"give a second factor", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateUser(t.Context(), s.caller, s.member.ID, roster.UpdateUser{TOTPSecret: roster.Value(totpSecret), BackupCodes: []string{"spare"}})
	}, []string{roster.EventUserUpdated}, false},
	{"remove the password", func(s *stage, t testing.TB) (any, error) {
		return s.RemoveUserPassword(t.Context(), s.caller, s.member.ID, roster.RemovePassword{SignOutOfOtherSessions: true})
	}, []string{roster.EventSessionRevoked, roster.EventUserUpdated}, false},
	{"remove the password of who has none", func(s *stage, t testing.TB) (any, error) {
		return s.RemoveUserPassword(t.Context(), s.caller, s.stranger.ID, roster.RemovePassword{SignOutOfOtherSessions: true})
	}, nil, false},
	{"distrust a password", func(s *stage, t testing.TB) (any, error) {
		return s.SetPasswordCompromised(t.Context(), s.caller, s.member.ID, roster.SetPasswordCompromised{RevokeAllSessions: true})
	}, []string{roster.EventSessionRevoked, roster.EventUserUpdated}, false},
	{"trust a password that is trusted", func(s *stage, t testing.TB) (any, error) {
		return s.UnsetPasswordCompromised(t.Context(), s.caller, s.member.ID)
	}, nil, false},
	{"verify a password", func(s *stage, t testing.TB) (any, error) {
		return s.VerifyPassword(t.Context(), s.caller, s.member.ID, roster.VerifyPassword{Password: "1"})
	}, nil, true},
	{"use a code that is none", func(s *stage, t testing.TB) (any, error) {
		return s.VerifyTOTP(t.Context(), s.caller, s.member.ID, roster.VerifyTOTP{Code: "spore"})
	}, nil, true},
	{"distrust the password of who has none", func(s *stage, t testing.TB) (any, error) {
		return s.SetPasswordCompromised(t.Context(), s.caller, s.stranger.ID, roster.SetPasswordCompromised{})
	}, nil, true},
	{"disable the second factors of who has none", func(s *stage, t testing.TB) (any, error) {
		return s.DisableMFA(t.Context(), s.caller, s.stranger.ID)
	}, nil, false},
	{"use the last backup code", func(s *stage, t testing.TB) (any, error) {
		if _, err := s.VerifyTOTP(t.Context(), s.caller, s.member.ID, roster.VerifyTOTP{Code: "spare"}); err != nil {
			return nil, err
		}
		return s.User(t.Context(), s.caller, s.member.ID)
	}, []string{roster.EventUserUpdated}, false},
	{"give a user an image", func(s *stage, t testing.TB) (any, error) {
		return s.SetUserProfileImage(t.Context(), s.caller, s.member.ID, service.Upload{File: sent(largeImage(t, 300_000))})
	}, []string{roster.EventUserUpdated}, false},
	{"take away the image of who has none", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteUserProfileImage(t.Context(), s.caller, s.member.ID)
	}, nil, true},
	{"give an organization a logo", func(s *stage, t testing.TB) (any, error) {
		o, err := s.UploadOrganizationLogo(t.Context(), s.caller, s.org.ID, service.Upload{File: sent(largeImage(t, 300_000)), UploaderUserID: s.member.ID})
		if err == nil {
			o.LogoURL = "" // the answer's alone
		}
		return o, err
	}, []string{roster.EventOrganizationUpdated}, false},
	{"give an organization a logo of a stranger to the instance", func(s *stage, t testing.TB) (any, error) {
		return s.UploadOrganizationLogo(t.Context(), s.caller, s.org.ID, service.Upload{File: sent(largeImage(t, 100)), UploaderUserID: "user_none"})
	}, nil, true},
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

	{"create JWT template", func(s *stage, t testing.TB) (any, error) {
		return s.CreateJWTTemplate(t.Context(), s.caller, roster.CreateJWTTemplate{Name: "n", Claims: roster.Metadata(`{}`)})
	}, nil, false},
	{"update organization with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateOrganization(t.Context(), s.caller, s.org.ID, roster.UpdateOrganization{Name: roster.Value("Acme"), Slug: roster.Value("acme")})
	}, nil, false},
	{"update domain with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateDomain(t.Context(), s.caller, s.org.ID, s.domain.ID, roster.UpdateOrganizationDomain{Verified: roster.Value(true)})
	}, nil, false},
	{"create domain again", func(s *stage, t testing.TB) (any, error) {
		return s.CreateDomain(t.Context(), s.caller, s.org.ID, roster.CreateOrganizationDomain{Name: s.domain.Name})
	}, nil, true},
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
