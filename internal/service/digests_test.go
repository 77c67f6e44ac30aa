package service

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// vectors are digests that other programs made of vectorPassword: passlib, Python's
// hashlib and argon2-cffi.
const vectorPassword = "Tr0ub4dor é"

var vectors = []struct{ hasher, digest string }{
	{"argon2i", `$argon2i$v=19$m=512,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$dCcsUHk07OvTLY2F66K/kZ7t/mzI8I/OdeEtV/7goI8`},
	{"argon2id", `$argon2id$v=19$m=1024,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT`},
	{"bcrypt", `$2b$04$AzF1InusdyTnCuD0RfU7xOeX.Z8tOarGOqpGiu/QMPsQN3Mj4vGdO`},
	{"bcrypt_sha256_django", `bcrypt_sha256$$2b$04$mPLii3fJPRUG1u8QB17fgO9YNmBi0o5USow3fLoaXcS6KCBVTpYNu`},
	{"ldap_ssha", `{SSHA}sdL+CcbjFGFZSaXUJvSHHIcpGUg4Z2yt`},
	{"md5", `d621dea6db7eb1ff1ff6a4b24e074cca`},
	{"md5_phpass", `$P$6X0gNeDJH0/MM30pMR7Fkz/lbM29c9.`},
	{"pbkdf2_sha1", `pbkdf2_sha1$1000$c29tZSBzYWx0IQ==$anLC4hFt73a+oBL/WFw12CSC4L4=`},
	{"pbkdf2_sha256", `pbkdf2_sha256$1000$c29tZSBzYWx0IQ==$davkoVWVdwftl20bdo5OPBC2lcDbX/NawAPlaBY2eag=`},
	{"pbkdf2_sha256_django", `pbkdf2_sha256$1000$jwbWxDd84nPj$QugfkfjqGw2BkT6wO3/qSv0RQXXnh6WR91QIRyIS45k=`},
	{"pbkdf2_sha512", `pbkdf2_sha512$1000$c29tZSBzYWx0IQ==$05E0w7EaJYSN7eDlsWSvIAKcRPfLXqXa/ARfufpMH0Jc4jgFQVj1oUJyzZAD5QjssD6BwJek9FGwgG6Yca67LA==`},
	{"pbkdf2_sha512_hex", `pbkdf2_sha512$1000$736f6d652073616c7421$d39134c3b11a25848dede0e5b164af20029c44f7cb5ea5dafc045fb9fa4c1f425ce238054158f5a14272cd9003e508ecb03e81c097a4f451b0806e9871aebb2c`},
	{"phpass", `$P$6UodnCqr9vWUEB0MvuL74cLSgbspZN/`},
	{"scrypt_werkzeug", `scrypt:1024:8:1$somesalt$c9921da0a8269e6c1d4b42555be7904564a2a070f3e06e180b84d3c36a2d8dd23ff0d9708b4d151ca620e8e739439f4c55ee668900a0235a3afd182f5435707a`},
	{"sha256", `185eec84df4d14da5f942fecc9eaaab2f77d1c0e1d60caf15b5c5efde555f22f`},
	{"sha512_symfony", `sha512_symfony$10$pepper$oiEaE2GzbeaYc7TV0Foc82gtB12WyW3Cnti95iH+hJxgI/By4y5y2UFOOj7PMD/xNnRTbVc6EuPMXEHiG3orvQ==`},
}

// firebaseVector is the example that Firebase publishes with its scrypt.
const firebaseVector = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$" +
	"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14"

func matched(t *testing.T, hasher, digest, password string) bool {
	t.Helper()
	match, err := parseDigest(hasher, digest)
	if err != nil {
		t.Errorf("%s %s: %v", hasher, digest, err)
		return false
	}
	return match([]byte(password))
}

func TestDigests_match_what_others_made(t *testing.T) {
	t.Parallel()
	seen := []string{"scrypt_firebase"}
	for _, v := range vectors {
		seen = append(seen, v.hasher)
		if !matched(t, v.hasher, v.digest, vectorPassword) {
			t.Errorf("%s does not match its password", v.hasher)
		}
		for _, wrong := range []string{"", "Tr0ub4dor", "Tr0ub4dor e", vectorPassword + " "} {
			if matched(t, v.hasher, v.digest, wrong) {
				t.Errorf("%s matches %q", v.hasher, wrong)
			}
		}
	}
	if !matched(t, "scrypt_firebase", firebaseVector, "user1password") || matched(t, "scrypt_firebase", firebaseVector, "user2password") {
		t.Error("scrypt_firebase does not match its password and no other")
	}
	slices.Sort(seen)
	if diff := cmp.Diff(roster.PasswordHashers, seen); diff != "" {
		t.Errorf("hashers without a vector (-hashers +vectors):\n%s", diff)
	}
	if diff := cmp.Diff(roster.PasswordHashers, slices.Sorted(maps.Keys(hashers))); diff != "" {
		t.Errorf("hashers (-named +read):\n%s", diff)
	}
}

// A digest of one hasher is none of another's, but for those that look the same.
func TestDigests_are_told_apart(t *testing.T) {
	t.Parallel()
	alike := [][]string{{"phpass", "md5_phpass"}, {"pbkdf2_sha256", "pbkdf2_sha256_django"}}
	for _, v := range vectors {
		for _, hasher := range roster.PasswordHashers {
			if hasher == v.hasher || slices.ContainsFunc(alike, func(a []string) bool { return slices.Contains(a, hasher) && slices.Contains(a, v.hasher) }) {
				continue
			}
			if match, err := parseDigest(hasher, v.digest); err == nil && match([]byte(vectorPassword)) {
				t.Errorf("a digest of %s passes for one of %s", v.hasher, hasher)
			}
		}
	}
}

func TestDigests_refuse_what_is_none(t *testing.T) {
	t.Parallel()
	form, work := errDigestForm, errDigestWork
	for _, tt := range []struct {
		hasher, digest string
		want           error
	}{
		{"rot13", "x", form},
		{"md5", "", form},
		{"md5", "d621", form},
		{"md5", strings.Repeat("0", 2000), form},
		{"argon2id", "$argon2id$v=16$m=1024,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", form},
		{"argon2id", "$argon2id$v=19$m=1024,t=0,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", form},
		{"argon2id", "$argon2id$v=19$m=1024,t=2,p=0$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", form},
		{"argon2id", "$argon2id$v=19$m=9999999999,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", work},
		{"argon2id", "$argon2id$v=19$m=65536,t=9999999999,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", work},
		{"argon2id", "$argon2id$v=19$m=1024,t=2,p=17$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT", work},
		{"bcrypt", "$2b$15$jGLFu7omQY9M/QkN3SWoaOJDylSOpj5v.KhLexOez7n41G4S/.nVK", work},
		{"bcrypt", "$2b$03$jGLFu7omQY9M/QkN3SWoaOJDylSOpj5v.KhLexOez7n41G4S/.nVK", form},
		{"bcrypt", "$2b$04$jGLFu7omQY9M", form},
		{"bcrypt_sha256_django", "$2b$04$jGLFu7omQY9M/QkN3SWoaOJDylSOpj5v.KhLexOez7n41G4S/.nVK", form},
		{"ldap_ssha", "{SSHA}2jmj7l5rSw0yVb/vlWAYkK/YBwk=", form}, // no salt
		{"pbkdf2_sha256", "pbkdf2_sha256$2000001$c2FsdA==$davkoVWVdwftl20bdo5OPBC2lcDbX/NawAPlaBY2eag=", work},
		{"pbkdf2_sha256", "pbkdf2_sha256$-1$c2FsdA==$davkoVWVdwftl20bdo5OPBC2lcDbX/NawAPlaBY2eag=", form},
		{"pbkdf2_sha256", "pbkdf2_sha256$1000$c2FsdA==$", form},
		{"pbkdf2_sha1", "pbkdf2_sha1$1000000$c2FsdA==$" + strings.Repeat("davkoVWV", 8), work}, // three blocks
		{"phpass", "$P$DHZlBzbmJE4gBJ/9dp46csuDBBTre8", form},
		{"phpass", "$P$KHZlBzbmJE4gBJ/9dp46csuDBBTre80", work},
		{"phpass", "$P$.HZlBzbmJE4gBJ/9dp46csuDBBTre80", form},
		{"scrypt_werkzeug", "scrypt:1000:8:1$somesalt$" + strings.Repeat("00", 64), form},
		{"scrypt_werkzeug", "scrypt:1073741824:8:1$somesalt$" + strings.Repeat("00", 64), work},
		{"scrypt_werkzeug", "scrypt:32768:64:1$somesalt$" + strings.Repeat("00", 64), work},
		{"scrypt_werkzeug", "scrypt:1024:8:9223372036854775807$somesalt$" + strings.Repeat("00", 64), work},
		{"scrypt_firebase", strings.TrimSuffix(firebaseVector, "14") + "40", work},
		{"scrypt_firebase", strings.TrimSuffix(firebaseVector, "14") + "99", form},
		{"sha512_symfony", "sha512_symfony$100001$pepper$oiEaE2GzbeaYc7TV0Foc82gtB12WyW3Cnti95iH+hJxgI/By4y5y2UFOOj7PMD/xNnRTbVc6EuPMXEHiG3orvQ==", work},
		{"sha512_symfony", "sha512_symfony$10$pepper$AAAA", form},
	} {
		if _, err := parseDigest(tt.hasher, tt.digest); !errors.Is(err, tt.want) {
			t.Errorf("%s %s: %v, want %v", tt.hasher, tt.digest, err, tt.want)
		}
	}
}

// The dearest digests that are let in are checked in bounded time.
func TestDigests_are_bounded(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for _, v := range []struct{ hasher, digest string }{
		{"argon2id", "$argon2id$v=19$m=65536,t=16,p=1$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT"},
		{"bcrypt", "$2b$14$jGLFu7omQY9M/QkN3SWoaOJDylSOpj5v.KhLexOez7n41G4S/.nVK"},
		{"phpass", "$P$FHZlBzbmJE4gBJ/9dp46csuDBBTre80"},
	} {
		began := time.Now()
		matched(t, v.hasher, v.digest, strings.Repeat("p", maxVerified))
		t.Logf("%s: %v", v.hasher, time.Since(began))
	}
}

// The codes of RFC 4226, appendix D, and RFC 6238, appendix B.
func TestTOTP_is_the_RFCs(t *testing.T) {
	t.Parallel()
	key := []byte("12345678901234567890")
	for i, want := range []string{"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"} {
		if got := hotp(key, int64(i)); got != want {
			t.Errorf("counter %d: %s, want %s", i, got, want)
		}
	}
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	for at, code := range map[int64]string{1111111109: "081804", 1234567890: "005924", 20000000000: "353130"} {
		for off, good := range map[int64]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
			if step, ok := totpStep(secret, code, (at+off)*1000); ok != good || ok && step != at/30 {
				t.Errorf("code of %d at %+d s: %d, %t", at, off, step, ok)
			}
		}
	}
}
