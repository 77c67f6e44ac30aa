package service

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/rosterhq/roster/internal/store"
)

// testCode is the code of addresses made for tests, where the instance is in test
// mode. Nothing is sent to those.
const testCode = "424242"

// testNumber is what nobody has: North America's numbers for fiction.
var testNumber = regexp.MustCompile(`^\+1[0-9]{3}55501[0-9]{2}$`)

// forTests reports whether an address, in the form it is kept in, was made for tests:
// an email address with the subaddress clerk_test, or a number for fiction.
func forTests(kind, value string) bool {
	if kind == store.KindPhoneNumber {
		return testNumber.MatchString(value)
	}
	local, _, _ := strings.Cut(value, "@")
	return slices.Contains(strings.Split(local, "+")[1:], "clerk_test")
}

// code is six digits, each number as likely as any other.
func (t *tx) code() string {
	const codes = 1_000_000
	var b [4]byte
	for {
		if _, err := io.ReadFull(t.service.rand, b[:]); err != nil {
			if t.fail == nil {
				t.fail = fmt.Errorf("make code: %w", err)
			}
			return ""
		}
		if n := binary.BigEndian.Uint32(b[:]); n < math.MaxUint32/codes*codes {
			return fmt.Sprintf("%06d", n%codes)
		}
	}
}

// Whoever reads the database could try a million codes against any hash of them alone,
// however slow it is. So the hash has a key that is not there: the verification's id,
// of which 84 bits at least are random, and which is kept as a hash too. The client
// brings it with the code.

func verificationDigest(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

func codeDigest(verificationID, code string) string {
	mac := hmac.New(sha256.New, []byte(verificationID))
	mac.Write([]byte(code))
	return hex.EncodeToString(mac.Sum(nil))
}
