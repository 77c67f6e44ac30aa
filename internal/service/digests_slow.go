package service

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" //nolint:gosec // phpass is built on it
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/scrypt"
)

var argonParameters = regexp.MustCompile(`^m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})$`)

// argonDigest is the PHC string form, $argon2id$v=19$m=KIB,t=PASSES,p=THREADS$SALT$KEY.
func argonDigest(name string) func(string) (matcher, error) {
	return func(digest string) (matcher, error) {
		parts := strings.Split(digest, "$")
		if len(parts) != 6 || parts[0] != "" || parts[1] != name || parts[2] != "v=19" {
			return nil, errDigestForm
		}
		p := argonParameters.FindStringSubmatch(parts[3])
		salt, errSalt := base64Bytes(parts[4])
		key, errKey := base64Bytes(parts[5])
		if p == nil || errSalt != nil || errKey != nil || len(salt) < 8 || len(key) < 4 {
			return nil, errDigestForm
		}
		memory, passes, threads := number(p[1]), number(p[2]), number(p[3])
		switch {
		case passes < 1 || threads < 1 || memory < 8*threads:
			return nil, errDigestForm
		case memory > maxArgonMemory || memory*passes > maxArgonWork || threads > maxArgonThreads:
			return nil, errDigestWork
		}
		derive := argon2.IDKey
		if name == "argon2i" {
			derive = argon2.Key
		}
		return func(password []byte) bool {
			return same(derive(password, salt, uint32(passes), uint32(memory), uint8(threads), uint32(len(key))), key) //nolint:gosec // bounded above
		}, nil
	}
}

// number reads digits that a pattern has let through; ten of them fit.
func number(digits string) int64 {
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n
}

var bcryptForm = regexp.MustCompile(`^\$2[aby]?\$\d\d\$[./A-Za-z0-9]{53}$`)

// bcryptDigest is $2b$COST$ and salt and hash.
func bcryptDigest(digest string) (matcher, error) {
	if !bcryptForm.MatchString(digest) {
		return nil, errDigestForm
	}
	cost, err := bcrypt.Cost([]byte(digest))
	switch {
	case err != nil || cost < bcrypt.MinCost:
		return nil, errDigestForm
	case cost > maxBcryptCost:
		return nil, errDigestWork
	}
	return func(password []byte) bool {
		return bcrypt.CompareHashAndPassword([]byte(digest), password) == nil
	}, nil
}

// bcryptDjangoDigest is bcrypt_sha256$ and a bcrypt digest of the password's
// hexadecimal SHA-256.
func bcryptDjangoDigest(digest string) (matcher, error) {
	inner, ok := strings.CutPrefix(digest, "bcrypt_sha256$")
	if !ok {
		return nil, errDigestForm
	}
	matches, err := bcryptDigest(inner)
	if err != nil {
		return nil, err
	}
	return func(password []byte) bool {
		sum := sha256.Sum256(password)
		return matches([]byte(hex.EncodeToString(sum[:])))
	}, nil
}

// pbkdf2Digest is NAME$ROUNDS$SALT$KEY; the length of the key is what is derived.
func pbkdf2Digest(name string, h func() hash.Hash, readSalt, readKey func(string) ([]byte, error)) func(string) (matcher, error) {
	return func(digest string) (matcher, error) {
		parts := strings.Split(digest, "$")
		if len(parts) != 4 || parts[0] != name && parts[0] != name+"_hex" {
			return nil, errDigestForm
		}
		rounds, err := rounds(parts[1], maxPBKDF2Rounds)
		if err != nil {
			return nil, err
		}
		salt, errSalt := readSalt(parts[2])
		key, errKey := readKey(parts[3])
		if errSalt != nil || errKey != nil || len(key) < 16 {
			return nil, errDigestForm
		}
		// Each block of the hash's size costs all rounds again.
		if blocks := (len(key) + h().Size() - 1) / h().Size(); len(key) > maxPBKDF2Key || rounds*blocks > maxPBKDF2Rounds {
			return nil, errDigestWork
		}
		return func(password []byte) bool {
			got, err := pbkdf2.Key(h, string(password), salt, rounds, len(key))
			return err == nil && same(got, key)
		}, nil
	}
}

const phpassAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// phpassEncoding writes 6 bits at a time, the lowest first, as phpass does.
func phpassEncoding(sum []byte) string {
	var out strings.Builder
	for chunk := range slices.Chunk(sum, 3) {
		v := 0
		for i, b := range chunk {
			v |= int(b) << (8 * i)
		}
		for range len(chunk) + 1 {
			out.WriteByte(phpassAlphabet[v&63])
			v >>= 6
		}
	}
	return out.String()
}

// phpassDigest is $P$, the logarithm of the rounds, 8 characters of salt and the
// MD5 of it all. before, where it is not nil, goes over the password first.
func phpassDigest(before func([]byte) []byte) func(string) (matcher, error) {
	return func(digest string) (matcher, error) {
		if len(digest) != 34 || !strings.HasPrefix(digest, "$P$") && !strings.HasPrefix(digest, "$H$") {
			return nil, errDigestForm
		}
		log := strings.IndexByte(phpassAlphabet, digest[3])
		switch {
		case log < 7 || log > 30 || strings.Trim(digest[4:], phpassAlphabet) != "":
			return nil, errDigestForm
		case log > maxPHPassLog:
			return nil, errDigestWork
		}
		return func(password []byte) bool {
			if before != nil {
				password = before(password)
			}
			sum := md5.Sum(slices.Concat([]byte(digest[4:12]), password)) //nolint:gosec // that is phpass
			for range 1 << log {
				sum = md5.Sum(slices.Concat(sum[:], password)) //nolint:gosec // likewise
			}
			return same([]byte(phpassEncoding(sum[:])), []byte(digest[12:]))
		}, nil
	}
}

// werkzeugDigest is scrypt:N:R:P$SALT$KEY, the key in hexadecimal.
func werkzeugDigest(digest string) (matcher, error) {
	parts := strings.Split(digest, "$")
	if len(parts) != 3 {
		return nil, errDigestForm
	}
	var n, r, p int
	if _, err := fmt.Sscanf(parts[0], "scrypt:%d:%d:%d", &n, &r, &p); err != nil || parts[0] != fmt.Sprintf("scrypt:%d:%d:%d", n, r, p) {
		return nil, errDigestForm
	}
	key, err := hex.DecodeString(parts[2])
	if err != nil || len(key) < 16 {
		return nil, errDigestForm
	}
	if err := checkScrypt(n, r, p); err != nil {
		return nil, err
	}
	return func(password []byte) bool {
		got, err := scrypt.Key(password, []byte(parts[1]), n, r, p, len(key))
		return err == nil && same(got, key)
	}, nil
}

func checkScrypt(n, r, p int) error {
	switch {
	case n < 2 || bits.OnesCount(uint(n)) != 1 || r < 1 || p < 1:
		return errDigestForm
	case n > maxScryptWork || r > maxScryptWork || p > maxScryptWork ||
		n*r > maxScryptMemory/128 || n*r*p > maxScryptWork:
		return errDigestWork
	}
	return nil
}

// firebaseDigest is HASH$SALT$SIGNER KEY$SALT SEPARATOR$ROUNDS$MEMORY COST, the
// first four in base64: Firebase encrypts its signer key with what scrypt derives
// of the password.
func firebaseDigest(digest string) (matcher, error) {
	parts := strings.Split(digest, "$")
	if len(parts) != 6 {
		return nil, errDigestForm
	}
	var b [4][]byte
	for i := range b {
		var err error
		if b[i], err = base64Bytes(parts[i]); err != nil {
			return nil, errDigestForm
		}
	}
	sum, salt, signer := b[0], slices.Concat(b[1], b[3]), b[2]
	r, errR := strconv.Atoi(parts[4])
	log, errLog := strconv.Atoi(parts[5])
	if errR != nil || errLog != nil || log < 1 || log > 62 || len(signer) == 0 || len(sum) != len(signer) {
		return nil, errDigestForm
	}
	if err := checkScrypt(1<<min(log, 30), r, 1); err != nil {
		return nil, err
	}
	return func(password []byte) bool {
		key, err := scrypt.Key(password, salt, 1<<log, r, 1, 32)
		if err != nil {
			return false
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return false
		}
		got := make([]byte, len(signer))
		cipher.NewCTR(block, make([]byte, aes.BlockSize)).XORKeyStream(got, signer)
		return same(got, sum)
	}, nil
}

// ownHash is the PHC string form of a key that argon2id derived.
func ownHash(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonTime, argonThreads,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}
