package service

import (
	"crypto/md5"  //nolint:gosec // people bring such digests; the first sign-in replaces them
	"crypto/sha1" //nolint:gosec // likewise
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"hash"
	"slices"
	"strconv"
	"strings"
)

// A digest says by itself how much work it is to check it, and whoever brings it
// chooses. These are the most that is done: about a second of one core, and 64 MiB.
const (
	maxBcryptCost    = 14
	maxArgonMemory   = 64 << 10 // KiB
	maxArgonWork     = 1 << 20  // KiB, of all passes
	maxArgonThreads  = 16
	maxPBKDF2Rounds  = 2_000_000
	maxPBKDF2Key     = 128      // bytes
	maxScryptMemory  = 64 << 20 // bytes
	maxScryptWork    = 1 << 20  // N·r·p
	maxPHPassLog     = 17       // of the rounds
	maxSymfonyRounds = 100_000
	maxDigest        = 1024 // bytes
	maxVerified      = 4096 // bytes of a password that is held against a digest
)

// matcher reports whether a password made a digest.
type matcher func(password []byte) bool

// What is wrong with a digest, in words that finish a sentence.
var (
	errDigestForm = errors.New("it has another form")
	errDigestWork = errors.New("its parameters ask for too much")
)

// hashers read the digests of roster.PasswordHashers.
var hashers = map[string]func(digest string) (matcher, error){
	"argon2i":              argonDigest("argon2i"),
	"argon2id":             argonDigest("argon2id"),
	"bcrypt":               bcryptDigest,
	"bcrypt_sha256_django": bcryptDjangoDigest,
	"ldap_ssha":            sshaDigest,
	"md5":                  plainDigest(md5.New),
	"md5_phpass":           phpassDigest(hexMD5),
	"pbkdf2_sha1":          pbkdf2Digest("pbkdf2_sha1", sha1.New, base64Bytes, base64Bytes),
	"pbkdf2_sha256":        pbkdf2Digest("pbkdf2_sha256", sha256.New, base64Bytes, base64Bytes),
	"pbkdf2_sha256_django": pbkdf2Digest("pbkdf2_sha256", sha256.New, plainBytes, base64Bytes),
	"pbkdf2_sha512":        pbkdf2Digest("pbkdf2_sha512", sha512.New, base64Bytes, base64Bytes),
	"pbkdf2_sha512_hex":    pbkdf2Digest("pbkdf2_sha512", sha512.New, hex.DecodeString, hex.DecodeString),
	"phpass":               phpassDigest(nil),
	"scrypt_firebase":      firebaseDigest,
	"scrypt_werkzeug":      werkzeugDigest,
	"sha256":               plainDigest(sha256.New),
	"sha512_symfony":       symfonyDigest,
}

// parseDigest reads a digest that a hasher made.
func parseDigest(hasher, digest string) (matcher, error) {
	read, known := hashers[hasher]
	if !known || len(digest) > maxDigest {
		return nil, errDigestForm
	}
	return read(digest)
}

// plainDigest is the hexadecimal hash of the bare password.
func plainDigest(h func() hash.Hash) func(string) (matcher, error) {
	return func(digest string) (matcher, error) {
		sum, err := hex.DecodeString(digest)
		if err != nil || len(sum) != h().Size() {
			return nil, errDigestForm
		}
		return func(password []byte) bool {
			m := h()
			m.Write(password)
			return same(m.Sum(nil), sum)
		}, nil
	}
}

// sshaDigest is {SSHA} and the base64 of SHA-1 over password and salt, followed by
// the salt (RFC 2307 as OpenLDAP extends it).
func sshaDigest(digest string) (matcher, error) {
	text, ok := strings.CutPrefix(digest, "{SSHA}")
	both, err := base64Bytes(text)
	if !ok || err != nil || len(both) <= sha1.Size {
		return nil, errDigestForm
	}
	sum, salt := both[:sha1.Size], both[sha1.Size:]
	return func(password []byte) bool {
		got := sha1.Sum(slices.Concat(password, salt)) //nolint:gosec // the digest is what it is
		return same(got[:], sum)
	}, nil
}

// symfonyDigest is sha512_symfony$ROUNDS$SALT$HASH, of Symfony's
// MessageDigestPasswordEncoder: SHA-512 over password{salt}, then over the sum
// before and password{salt} again; the hash in base64.
func symfonyDigest(digest string) (matcher, error) {
	parts := strings.Split(strings.TrimPrefix(digest, "sha512_symfony$"), "$")
	if len(parts) != 3 {
		return nil, errDigestForm
	}
	rounds, err := rounds(parts[0], maxSymfonyRounds)
	if err != nil {
		return nil, err
	}
	sum, err := base64Bytes(parts[2])
	if err != nil || len(sum) != sha512.Size || strings.ContainsAny(parts[1], "{}") {
		return nil, errDigestForm
	}
	return func(password []byte) bool {
		salted := password
		if parts[1] != "" {
			salted = slices.Concat(password, []byte("{"+parts[1]+"}"))
		}
		got := sha512.Sum512(salted)
		for range rounds - 1 {
			got = sha512.Sum512(slices.Concat(got[:], salted))
		}
		return same(got[:], sum)
	}, nil
}

func hexMD5(password []byte) []byte {
	sum := md5.Sum(password) //nolint:gosec // the digest is what it is
	return []byte(hex.EncodeToString(sum[:]))
}

func same(a, b []byte) bool { return subtle.ConstantTimeCompare(a, b) == 1 }

// rounds reads a number of repetitions.
func rounds(text string, most int) (int, error) {
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || n < 1:
		return 0, errDigestForm
	case n > most:
		return 0, errDigestWork
	}
	return n, nil
}

// base64Bytes decodes either alphabet, padded or not.
func base64Bytes(text string) ([]byte, error) {
	text = strings.TrimRight(text, "=")
	if strings.ContainsAny(text, "-_") {
		return base64.RawURLEncoding.DecodeString(text)
	}
	return base64.RawStdEncoding.DecodeString(text)
}

func plainBytes(text string) ([]byte, error) { return []byte(text), nil }
