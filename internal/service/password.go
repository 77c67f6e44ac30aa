package service

import (
	"context"
	"fmt"
	"io"
	"slices"
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

// hashPassword hashes a password in the PHC string form.
func (s *Service) hashPassword(ctx context.Context, password string) (hash string, err error) {
	err = s.hashes(ctx, func() error {
		salt := make([]byte, argonSalt)
		if _, err := io.ReadFull(s.rand, salt); err != nil {
			return fmt.Errorf("hash password: %w", err)
		}
		hash = ownHash(salt, argon2.IDKey([]byte(password), salt, argonTime, argonMemory, argonThreads, argonKey))
		return nil
	})
	return hash, err
}

// hashes runs fn, which hashes. That takes much memory and a whole core, so only as
// many run at once as there are cores, and never inside a transaction.
func (s *Service) hashes(ctx context.Context, fn func() error) error {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return fn()
}

// secret is a password as it is kept: its hash and what made it, nil for ourselves.
type secret struct {
	hash   string
	hasher *string
}

// givenPassword is the password part of a body.
type givenPassword struct {
	password, digest, hasher roster.Field[string]
	skipChecks               bool
}

// check refuses a password or digest that breaks the rules.
func (k *checks) password(in givenPassword) {
	password, plain := in.password.Get()
	digest, digested := in.digest.Get()
	hasher, named := in.hasher.Get()
	if plain {
		k.add(checkPassword(password, in.skipChecks))
	}
	switch {
	case digested && !named:
		k.add(roster.ErrConditionalMissing.On("password_hasher", "password_digest"))
	case named && !slices.Contains(roster.PasswordHashers, hasher):
		k.add(roster.ErrParamNotAllowed.On("password_hasher", hasher))
	case named && !digested:
		k.add(roster.ErrConditionalMissing.On("password_digest", "password_hasher"))
	case digested && plain:
		k.add(roster.ErrConditionalDisallowed.On("password_digest", "password"))
	case digested:
		if _, err := parseDigest(hasher, digest); err != nil {
			k.add(roster.ErrPasswordDigest.On("password_digest", hasher, err.Error()))
		}
	}
}

// secretOf is the password of a body that passed its checks, nil for none. Hashing
// takes long, so it comes before the transaction.
func (s *Service) secretOf(ctx context.Context, in givenPassword) (*secret, error) {
	if digest, ok := in.digest.Get(); ok {
		return &secret{hash: digest, hasher: in.hasher.Ptr()}, nil
	}
	password, ok := in.password.Get()
	if !ok {
		return nil, nil
	}
	hash, err := s.hashPassword(ctx, password)
	return &secret{hash: hash}, err
}
