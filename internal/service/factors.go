package service

import (
	"context"
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // RFC 6238 as every authenticator speaks it
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"golang.org/x/crypto/bcrypt"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// A TOTP has six digits and changes every 30 seconds (RFC 6238). The clocks of
// server and authenticator may be a step apart.
const (
	totpPeriod = 30 * 1000 // ms
	totpDigits = 1_000_000
	totpSkew   = 1 // steps

	minTOTPSecret = 10  // bytes: 16 letters, which the first authenticators took
	maxTOTPSecret = 128 // bytes

	maxBackupCode       = 128 // characters
	maxBackupBcryptCost = 10  // of each, for every one may have to be tried
	backupSalt          = 16  // bytes
)

// normalSecret is a secret as authenticators show it, without what is there for the
// eye.
func normalSecret(text string) string {
	return strings.TrimRight(strings.ToUpper(strings.ReplaceAll(text, " ", "")), "=")
}

func secretKey(text string) ([]byte, error) {
	return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(normalSecret(text))
}

// factors refuses a second factor that breaks the rules.
func (k *checks) factors(totp roster.Field[string], codes []string) {
	if text, ok := totp.Get(); ok {
		key, err := secretKey(text)
		if err != nil || len(key) < minTOTPSecret || len(key) > maxTOTPSecret {
			k.add(roster.ErrParamFormat.On("totp_secret", fmt.Sprintf("%d to %d bytes in base32", minTOTPSecret, maxTOTPSecret)))
		}
	}
	if len(codes) > roster.MaxBackupCodes {
		k.add(roster.ErrParamArraySize.On("backup_codes", roster.MaxBackupCodes))
		return
	}
	for i, code := range codes {
		switch {
		case code == "":
			k.add(roster.ErrParamFormat.On("backup_codes", "codes that are not empty"))
		case utf8.RuneCountInString(code) > maxBackupCode:
			k.add(roster.ErrParamTooLong.On("backup_codes", maxBackupCode))
		case costlyCode(code):
			k.add(roster.ErrParamFormat.On("backup_codes", fmt.Sprintf("bcrypt digests of a cost up to %d", maxBackupBcryptCost)))
		case slices.Contains(codes[:i], code):
			k.add(roster.ErrParamDuplicateValues.On("backup_codes"))
		}
	}
}

// costlyCode reports whether a code is a bcrypt digest that takes too long to check.
func costlyCode(code string) bool {
	if !bcryptForm.MatchString(code) {
		return false
	}
	cost, err := bcrypt.Cost([]byte(code))
	return err != nil || cost > maxBackupBcryptCost || cost < bcrypt.MinCost
}

// hotp is the code of a counter (RFC 4226).
func hotp(key []byte, counter int64) string {
	m := hmac.New(sha1.New, key)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(counter)) //nolint:gosec // steps since 1970
	m.Write(b[:])
	sum := m.Sum(nil)
	at := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[at:])&0x7fffffff%totpDigits)
}

// totpStep is the step of time that a code belongs to, and whether it is one of now.
func totpStep(secret, code string, now int64) (int64, bool) {
	key, err := secretKey(secret)
	if err != nil {
		return 0, false
	}
	for _, off := range []int64{0, -totpSkew, totpSkew} {
		step := now/totpPeriod + off
		if subtle.ConstantTimeCompare([]byte(hotp(key, step)), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// keptCodes are backup codes as they are kept: bcrypt digests as they came, plain
// ones as $sha256$SALT$SUM. They are random, so a slow hash would guard nothing.
func (s *Service) keptCodes(codes []string) (*string, error) {
	kept := make([]string, len(codes))
	for i, code := range codes {
		if bcryptForm.MatchString(code) {
			kept[i] = code
			continue
		}
		salt := make([]byte, backupSalt)
		if _, err := io.ReadFull(s.rand, salt); err != nil {
			return nil, fmt.Errorf("hash backup code: %w", err)
		}
		kept[i] = saltedCode(salt, code)
	}
	return joinCodes(kept)
}

func saltedCode(salt []byte, code string) string {
	sum := sha256.Sum256(append(slices.Clone(salt), code...))
	b64 := base64.RawStdEncoding
	return "$sha256$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(sum[:])
}

func matchesCode(kept, code string) bool {
	rest, ok := strings.CutPrefix(kept, "$sha256$")
	if !ok {
		match, err := bcryptDigest(kept)
		return err == nil && match([]byte(code))
	}
	text, _, _ := strings.Cut(rest, "$")
	salt, err := base64Bytes(text)
	return err == nil && same([]byte(saltedCode(salt, code)), []byte(kept))
}

func joinCodes(kept []string) (*string, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	text, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("keep backup codes: %w", err)
	}
	out := string(text)
	return &out, nil
}

func splitCodes(text *string) (kept []string, err error) {
	if text == nil {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(*text), &kept); err != nil {
		return nil, fmt.Errorf("read backup codes: %w", err)
	}
	return kept, nil
}

// VerifyTOTP holds a code against the user's authenticator, then against the backup
// codes. Each is good for once: the code is found first, for that may take long,
// and used up in a transaction that has the user to itself.
func (s *Service) VerifyTOTP(ctx context.Context, c Caller, userID string, in roster.VerifyTOTP) (*roster.Verified, error) {
	found, err := s.credentials(ctx, c, userID)
	if err != nil {
		return nil, err
	}
	if found.TOTPSecret == nil {
		return nil, roster.ErrTOTPDisabled.New()
	}
	if step, ok := totpStep(*found.TOTPSecret, in.Code, s.now().UnixMilli()); ok {
		return s.useUp(ctx, c, userID, roster.CodeTypeTOTP, func(t *tx, u *roster.User, now store.Credentials) (bool, error) {
			if now.TOTPSecret == nil || *now.TOTPSecret != *found.TOTPSecret || now.TOTPStep != nil && *now.TOTPStep >= step {
				return false, nil
			}
			return true, t.SetTOTPStep(u.ID, step)
		})
	}
	code, err := s.backupCode(ctx, found, in.Code)
	if err != nil {
		return nil, err
	}
	return s.useUp(ctx, c, userID, roster.CodeTypeBackupCode, func(t *tx, u *roster.User, now store.Credentials) (bool, error) {
		kept, err := splitCodes(now.BackupCodes)
		i := slices.Index(kept, code)
		if err != nil || i < 0 || code == "" {
			return false, err
		}
		left, err := joinCodes(slices.Delete(kept, i, i+1))
		if err != nil {
			return false, err
		}
		u.BackupCodeEnabled = left != nil
		return true, t.SetBackupCodes(u.ID, left)
	})
}

// backupCode is the kept form of a backup code, "" where it is none.
func (s *Service) backupCode(ctx context.Context, found store.Credentials, code string) (out string, err error) {
	kept, err := splitCodes(found.BackupCodes)
	if err != nil || len(kept) == 0 || utf8.RuneCountInString(code) > maxBackupCode {
		return "", err
	}
	err = s.hashes(ctx, func() error {
		if i := slices.IndexFunc(kept, func(k string) bool { return matchesCode(k, code) }); i >= 0 {
			out = kept[i]
		}
		return nil
	})
	return out, err
}

// useUp uses a code, unless somebody else was faster.
func (s *Service) useUp(ctx context.Context, c Caller, userID, kind string, use func(*tx, *roster.User, store.Credentials) (bool, error)) (*roster.Verified, error) {
	_, err := s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		now, err := t.Credentials(u.ID)
		if err != nil {
			return err
		}
		ok, err := use(t, u, now)
		if err == nil && !ok {
			err = roster.ErrTOTPIncorrect.New()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &roster.Verified{Verified: true, CodeType: kind}, nil
}

// DeleteTOTP forgets the user's authenticator.
func (s *Service) DeleteTOTP(ctx context.Context, c Caller, userID string) (*roster.UserID, error) {
	return s.withoutFactor(ctx, c, userID, (*tx).removeTOTP)
}

// DeleteBackupCodes forgets the user's backup codes.
func (s *Service) DeleteBackupCodes(ctx context.Context, c Caller, userID string) (*roster.UserID, error) {
	return s.withoutFactor(ctx, c, userID, (*tx).removeCodes)
}

// DisableMFA forgets all of a user's second factors.
func (s *Service) DisableMFA(ctx context.Context, c Caller, userID string) (*roster.UserID, error) {
	return s.withoutFactor(ctx, c, userID, (*tx).removeFactors)
}

func (s *Service) withoutFactor(ctx context.Context, c Caller, userID string, remove func(*tx, *roster.User) error) (*roster.UserID, error) {
	_, err := s.changeUser(ctx, c, userID, remove)
	if err != nil {
		return nil, err
	}
	return &roster.UserID{UserID: userID}, nil
}

// removeFactors takes all second factors off a user.
func (t *tx) removeFactors(u *roster.User) error {
	for _, n := range identifiersOf(u, store.KindPhoneNumber) {
		*n.second, *n.byDefault = false, false
	}
	if err := t.removeTOTP(u); err != nil {
		return err
	}
	return t.removeCodes(u)
}

func (t *tx) removeTOTP(u *roster.User) error {
	u.TOTPEnabled = false
	return t.SetTOTP(u.ID, nil)
}

func (t *tx) removeCodes(u *roster.User) error {
	u.BackupCodeEnabled = false
	return t.SetBackupCodes(u.ID, nil)
}

// noteSecondFactor keeps when a user's second factor came and went. Backup codes
// stand in for one and are none.
func (t *tx) noteSecondFactor(before, after *roster.User) {
	after.TwoFactorEnabled = after.TOTPEnabled || slices.ContainsFunc(after.PhoneNumbers, func(p roster.PhoneNumber) bool { return p.ReservedForSecondFactor })
	switch {
	case after.TwoFactorEnabled && !before.TwoFactorEnabled:
		after.MFAEnabledAt = &t.Now
	case before.TwoFactorEnabled && !after.TwoFactorEnabled:
		after.MFADisabledAt = &t.Now
	}
}
