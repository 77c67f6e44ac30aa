package service

import (
	"encoding/hex"
	"net/mail"
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/crypto/sha3"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// What addresses must be, for who gave another.
const (
	wantEmail = "a valid email address"
	wantPhone = "a phone number in E.164 form, such as +12025550123"
)

const maxEmailLength = 254 // RFC 5321, 4.5.3.1.3, less the angle brackets

// normalEmail is the form an email address is kept in, and whether it is one.
func normalEmail(s string) (string, bool) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > maxEmailLength {
		return "", false
	}
	_, domain, _ := strings.Cut(s[strings.LastIndexByte(s, '@'):], "@")
	if !strings.Contains(domain, ".") || strings.ContainsAny(s, "\"[ \t") || strings.HasSuffix(domain, ".") {
		return "", false
	}
	return strings.ToLower(s), true
}

// phoneText keeps out what the phone library would understand and then change or
// drop: letters standing for digits, and extensions.
var phoneText = regexp.MustCompile(`^\+[0-9 ().-]+$`)

// normalPhone is E.164. Test numbers of the fictitious 555 range count as
// possible, so that is all that is asked.
func normalPhone(s string) (string, bool) {
	if !phoneText.MatchString(s) {
		return "", false
	}
	n, err := phonenumbers.Parse(s, "")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}

var (
	hexWallet    = regexp.MustCompile(`^0x[0-9a-fA-F]{40}$`)
	base58Wallet = regexp.MustCompile(`^[1-9A-HJ-NP-Za-km-z]{32,44}$`)
)

// normalWallet is the EIP-55 form of a hexadecimal address, whose own capitals,
// if mixed, must be that checksum; a base58 address stays as it is.
func normalWallet(s string) (string, bool) {
	if base58Wallet.MatchString(s) {
		return s, true
	}
	if !hexWallet.MatchString(s) {
		return "", false
	}
	digits := s[2:]
	sum := checksum(strings.ToLower(digits))
	if digits != strings.ToLower(digits) && digits != strings.ToUpper(digits) && digits != sum {
		return "", false
	}
	return "0x" + sum, true
}

// checksum is EIP-55: a letter is a capital where the hash of the address has a
// high digit.
func checksum(digits string) string {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(digits))
	hash := hex.EncodeToString(h.Sum(nil))
	out := []byte(digits)
	for i, c := range out {
		if c >= 'a' && hash[i] >= '8' {
			out[i] = c - 'a' + 'A'
		}
	}
	return string(out)
}

// normalized are the values of an exact filter in the form they are kept in. What
// has no such form matches nothing and stays as it is.
func normalized(values []string, normal func(string) (string, bool)) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if n, ok := normal(v); ok {
			out[i] = n
		}
	}
	return out
}

var (
	usernameCharacters = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)
	digitsOnly         = regexp.MustCompile(`^[0-9]+$`)
)

// checkUsername applies the rules of a username.
func checkUsername(name string) *roster.Error {
	switch {
	case len(name) < 4 || len(name) > 64:
		return roster.ErrUsernameLength.On("username")
	case !usernameCharacters.MatchString(name):
		return roster.ErrUsernameCharacter.On("username")
	case digitsOnly.MatchString(name):
		return roster.ErrUsernameNumber.On("username")
	}
	return nil
}

// usernameKey is the form in which usernames are unique.
func usernameKey(name string) string { return store.Fold(name) }
