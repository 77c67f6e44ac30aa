package service

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

func TestSecretKeys(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	for environment, prefix := range map[string]string{Development: "sk_test_", Production: "sk_live_"} {
		form := regexp.MustCompile("^" + prefix + "[0-9A-Za-z]{42}$")
		key, err := s.secret(environment)
		if err != nil || !form.MatchString(key) {
			t.Errorf("%s: %q, %v", environment, key, err)
		}
		if got, err := EnvironmentOf(key); got != environment || err != nil {
			t.Errorf("EnvironmentOf(%q) = %q, %v", key, got, err)
		}
		other, err := s.secret(environment)
		if err != nil || other == key {
			t.Errorf("second key %q, %v", other, err)
		}
	}
	body := strings.Repeat("a", 42)
	for _, bad := range []string{"", "sk_test_", "sk_test_" + body[1:], "sk_test_" + body + "a", "sk_prod_" + body, "pk_test_" + body, "sk_test_" + body[1:] + "-", " sk_test_" + body, "sk_test_" + body + "\n", "SK_TEST_" + body} {
		if _, err := EnvironmentOf(bad); !errors.Is(err, ErrKeyMalformed) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// counting reads as 0, 1, 2, … so that every byte comes as often.
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func TestSecretKeysFavourNoCharacter(t *testing.T) {
	t.Parallel()
	var c counting
	s := New(nil, Options{Rand: &c})
	seen := map[rune]int{}
	for range 62 * 4 { // 42 × 248 characters are a whole number of rounds
		key, err := s.secret(Development)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range strings.TrimPrefix(key, "sk_test_") {
			seen[r]++
		}
	}
	if len(seen) != 62 {
		t.Fatalf("%d characters, want 62", len(seen))
	}
	for r, n := range seen {
		if n != 42*4 {
			t.Errorf("%c came %d times, want %d", r, n, 42*4)
		}
	}
}

func TestSecretKeysNeedRandomness(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{Rand: io.LimitReader(new(counting), 41)})
	if key, err := s.secret(Development); !errors.Is(err, io.EOF) || key != "" {
		t.Errorf("got %q, %v", key, err)
	}
}

// A key is random, so an unsalted hash tells nothing; it is what is looked up.
func TestKeyHash(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("sk_test_x"))
	if got := hashKey("sk_test_x"); got != hex.EncodeToString(sum[:]) || len(got) != 64 {
		t.Errorf("hashKey = %q", got)
	}
	if hashKey("sk_test_x") == hashKey("sk_test_X") {
		t.Error("keys that differ share a hash")
	}
}

func ExampleEnvironmentOf() {
	environment, err := EnvironmentOf("sk_live_" + strings.Repeat("x", 42))
	fmt.Println(environment, err)
	// Output: production <nil>
}
