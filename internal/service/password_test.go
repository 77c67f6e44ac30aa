package service

import (
	"context"
	"encoding/base64"
	"errors"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/crypto/argon2"

	"github.com/rosterhq/roster"
)

func TestPasswordLimits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		password string
		skip     bool
		want     roster.Code
	}{
		{strings.Repeat("p", 8), false, ""},
		{strings.Repeat("é", 72), false, ""}, // characters, not bytes
		{strings.Repeat("p", 7), false, roster.CodePasswordTooShort},
		{"", false, roster.CodePasswordTooShort},
		{strings.Repeat("p", 73), false, roster.CodePasswordTooLong},
		{"p", true, ""},
		{"", true, roster.CodePasswordTooShort},
		{strings.Repeat("p", 73), true, roster.CodePasswordTooLong},
	} {
		var got roster.Code
		if err := checkPassword(tt.password, tt.skip); err != nil {
			got = err.Code
		}
		if got != tt.want {
			t.Errorf("%d bytes, skip %t: got %q, want %q", len(tt.password), tt.skip, got, tt.want)
		}
	}
}

// A hash can be checked by anybody who knows the PHC string form.
func TestPasswordHashForm(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	form := regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$`)
	hash, err := s.hashPassword(t.Context(), "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	parts := form.FindStringSubmatch(hash)
	if parts == nil {
		t.Fatalf("hash %q", hash)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	key := argon2.IDKey([]byte("correct horse"), salt, 2, 19456, 1, 32)
	if got := base64.RawStdEncoding.EncodeToString(key); got != parts[2] {
		t.Errorf("key %s, want %s", parts[2], got)
	}
	again, err := s.hashPassword(t.Context(), "correct horse")
	if err != nil || again == hash {
		t.Errorf("the same password again: %q, %v; want another salt", again, err)
	}
}

func TestPasswordHashFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("no randomness")
	if _, err := New(nil, Options{Rand: iotest.ErrReader(broken)}).hashPassword(t.Context(), "p"); !errors.Is(err, broken) {
		t.Errorf("without randomness: %v", err)
	}
	s := New(nil, Options{})
	for range runtime.GOMAXPROCS(0) {
		s.hashing <- struct{}{} // as many are at it as may be
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.hashPassword(ctx, "p"); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller that gave up waiting: %v", err)
	}
}
