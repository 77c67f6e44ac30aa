package service

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// credentials are what a body brings to prove a user with, nil where it brings none.
type credentials struct {
	secret *secret
	totp   *string // base32
	codes  *string // as they are kept
}

func passwordOf(in roster.CreateUser) givenPassword {
	return givenPassword{in.Password, in.PasswordDigest, in.PasswordHasher, in.SkipPasswordChecks}
}

// credentialsOf makes of a body that passed its checks what is kept of it.
func (s *Service) credentialsOf(ctx context.Context, password givenPassword, totp roster.Field[string], codes []string) (out credentials, err error) {
	if out.secret, err = s.secretOf(ctx, password); err != nil {
		return out, err
	}
	if text, ok := totp.Get(); ok {
		normal := normalSecret(text)
		out.totp = &normal
	}
	if len(codes) > 0 {
		out.codes, err = s.keptCodes(codes)
	}
	return out, err
}

// setCredentials gives a user what a body brought, and shows it on the user.
func (t *tx) setCredentials(u *roster.User, in credentials) error {
	if in.secret != nil {
		if err := t.SetPassword(u.ID, &in.secret.hash, in.secret.hasher); err != nil {
			return err
		}
		u.PasswordEnabled, u.PasswordLastUpdatedAt, u.RequiresPasswordReset = true, &t.Now, false
	}
	if in.totp != nil {
		if err := t.SetTOTP(u.ID, in.totp); err != nil {
			return err
		}
		u.TOTPEnabled, u.MFAEnabledAt = true, &t.Now
	}
	if in.codes != nil {
		if err := t.SetBackupCodes(u.ID, in.codes); err != nil {
			return err
		}
		u.BackupCodeEnabled, u.UpdatedAt = true, t.Now
	}
	return nil
}

// VerifyPassword holds a password against the user's. The digest of another system
// that it matches is replaced by a hash of our own.
func (s *Service) VerifyPassword(ctx context.Context, c Caller, userID string, in roster.VerifyPassword) (*roster.Verified, error) {
	kept, err := s.credentials(ctx, c, userID)
	if err != nil {
		return nil, err
	}
	if kept.PasswordHash == nil {
		return nil, roster.ErrNoPasswordSet.New()
	}
	ok, err := s.matches(ctx, kept, in.Password)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, roster.ErrIncorrectPassword.New()
	}
	if kept.PasswordHasher != nil {
		if err := s.rehash(ctx, c, userID, *kept.PasswordHash, in.Password); err != nil {
			return nil, err
		}
	}
	return &roster.Verified{Verified: true}, nil
}

// credentials are those of a path's user.
func (s *Service) credentials(ctx context.Context, c Caller, userID string) (out store.Credentials, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.Credentials(userID)
		return orNotFound(err, roster.ErrUserNotFound.New(userID))
	})
	return out, err
}

// matches reports whether a password made the hash that is kept.
func (s *Service) matches(ctx context.Context, kept store.Credentials, password string) (ok bool, err error) {
	hasher := "argon2id"
	if kept.PasswordHasher != nil {
		hasher = *kept.PasswordHasher
	}
	match, err := parseDigest(hasher, *kept.PasswordHash)
	if err != nil || len(password) > maxVerified {
		return false, nil //nolint:nilerr // of an import: nothing else gets in unread, and nothing matches it
	}
	err = s.hashes(ctx, func() error {
		ok = match([]byte(password))
		return nil
	})
	return ok, err
}

func (s *Service) rehash(ctx context.Context, c Caller, userID, old, password string) error {
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.write(ctx, c, func(t *tx) error { return t.RehashPassword(userID, old, hash) })
}

// RemoveUserPassword takes a user's password away; one without stays as it is,
// sessions included.
func (s *Service) RemoveUserPassword(ctx context.Context, c Caller, userID string, in roster.RemovePassword) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		if !u.PasswordEnabled {
			return nil
		}
		u.PasswordEnabled, u.PasswordLastUpdatedAt, u.RequiresPasswordReset = false, nil, false
		if err := t.SetPassword(u.ID, nil, nil); err != nil || !in.SignOutOfOtherSessions {
			return err
		}
		return t.endSessions(u, roster.SessionRevoked, roster.EventSessionRevoked)
	})
}

// SetPasswordCompromised asks for a new password at the user's next sign-in.
func (s *Service) SetPasswordCompromised(ctx context.Context, c Caller, userID string, in roster.SetPasswordCompromised) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		if err := t.markPassword(u, true); err != nil || !in.RevokeAllSessions {
			return err
		}
		return t.endSessions(u, roster.SessionRevoked, roster.EventSessionRevoked)
	})
}

// UnsetPasswordCompromised trusts the user's password again.
func (s *Service) UnsetPasswordCompromised(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error { return t.markPassword(u, false) })
}

func (t *tx) markPassword(u *roster.User, compromised bool) error {
	if !u.PasswordEnabled {
		return roster.ErrNoPasswordSet.New()
	}
	u.RequiresPasswordReset = compromised
	return t.SetPasswordCompromised(u.ID, compromised)
}

// DeletePasskey finds no passkey: users of a Roster have none.
func (s *Service) DeletePasskey(ctx context.Context, c Caller, userID, passkeyID string) (*roster.Deleted, error) {
	if err := s.UserExists(ctx, c, userID); err != nil {
		return nil, err
	}
	return nil, roster.ErrPasskeyNotFound.New(passkeyID)
}

// DeleteExternalAccount finds no account: users of a Roster have none elsewhere.
func (s *Service) DeleteExternalAccount(ctx context.Context, c Caller, userID, accountID string) (*roster.Deleted, error) {
	if err := s.UserExists(ctx, c, userID); err != nil {
		return nil, err
	}
	return nil, roster.ErrExternalAccountNotFound.New(accountID)
}
