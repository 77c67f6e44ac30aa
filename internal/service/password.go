package service

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"golang.org/x/crypto/argon2"
)

// The cost of a password hash: OWASP's first choice for argon2id.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonKey     = 32 // bytes
	argonSalt    = 16 // bytes
)

// Limits of a password, in characters.
const (
	minPassword = 8
	maxPassword = 72
)

func checkPassword(password string, skipChecks bool) *roster.Error {
	n := utf8.RuneCountInString(password)
	switch {
	case n > maxPassword:
		return roster.ErrPasswordTooLong.On("password")
	case n < minPassword && !skipChecks, n == 0:
		return roster.ErrPasswordTooShort.On("password")
	}
	return nil
}

// hashPassword hashes a password in the PHC string form. A hash takes much memory
// and a whole core, so only as many run at once as there are cores.
func (s *Service) hashPassword(ctx context.Context, password string) (string, error) {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	salt := make([]byte, argonSalt)
	if _, err := io.ReadFull(s.rand, salt); err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key)), nil
}
