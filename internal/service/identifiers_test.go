package service

import (
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// pure is a rule that maps a text to its normal form, or refuses it.
type pure struct {
	name   string
	rule   func(string) (string, bool)
	normal map[string]string // what is taken, and as what
	bad    []string
}

func TestIdentifiersHaveOneForm(t *testing.T) {
	t.Parallel()
	for _, p := range []pure{
		{"email", normalEmail, map[string]string{
			"ann@example.com":       "ann@example.com",
			"Ann.LEE@Example.COM":   "ann.lee@example.com",
			"a+b%c_d'e@x.example":   "a+b%c_d'e@x.example",
			"ÄNNE@exämple.com":      "änne@exämple.com",
			"ann+clerk_test@x.io":   "ann+clerk_test@x.io",
			longEmail(254):          longEmail(254),
			"x@a.b.c.d.example.com": "x@a.b.c.d.example.com",
		}, []string{
			"", "ann", "ann@", "@x.io", "ann@localhost", "ann@x.io.", "ann @x.io", " ann@x.io", "ann@x.io ",
			"ann@x.io,bo@x.io", "Ann <ann@x.io>", "<ann@x.io>", `"ann lee"@x.io`, "ann@@x.io", "a\nb@x.io", "ann..lee@x.io", longEmail(255),
		}},
		{"phone", normalPhone, map[string]string{
			"+15555550100":      "+15555550100", // fictitious, and meant for tests
			"+1 (555) 555-0100": "+15555550100",
			"+12025550123":      "+12025550123",
			"+44 20 7946 0000":  "+442079460000",
			"+49 30 901820":     "+4930901820",
		}, []string{"", "15555550100", "5555550100", "+1", "+1555", "+155555501001234567", "+999123456789", "+1555555abcd", "ann", "++15555550100", "+15555550100 ext. 5", "+15555550100;ext=5", "tel:+15555550100", "＋15555550100", "+15555550100\n"}},
		{"wallet", normalWallet, wallets(), []string{
			"", "0x", "0x52908400098527886E0F7030069857D2E4169EE", "0x52908400098527886E0F7030069857D2E4169EE70",
			"52908400098527886E0F7030069857D2E4169EE7", "0xg2908400098527886E0F7030069857D2E4169EE7",
			"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", // one capital too many
			strings.Repeat("a", 31), strings.Repeat("a", 45), strings.Repeat("a", 31) + "0", strings.Repeat("a", 31) + "l", strings.Repeat("a", 31) + "O", strings.Repeat("a", 31) + "I",
		}},
	} {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for given, want := range p.normal {
				if got, ok := p.rule(given); !ok || got != want {
					t.Errorf("%q: got %q, %t, want %q", given, got, ok, want)
				}
				if again, ok := p.rule(want); !ok || again != want {
					t.Errorf("the normal form %q becomes %q, %t", want, again, ok)
				}
			}
			for _, given := range p.bad {
				if got, ok := p.rule(given); ok {
					t.Errorf("%q: taken as %q", given, got)
				}
			}
		})
	}
}

// longEmail is an address of n bytes.
func longEmail(n int) string {
	const domain = "@example.com"
	return strings.Repeat("a", n-len(domain)) + domain
}

// wallets are the test vectors of EIP-55 in the forms they may be given in, and
// base58 addresses, which have one form only.
func wallets() map[string]string {
	out := map[string]string{}
	for _, sum := range []string{
		"52908400098527886E0F7030069857D2E4169EE7", "8617E340B3D01FA5F11F306F4090FD50E238070D",
		"de709f2102306220921060314715629080e2fb77", "27b1fdb04752bbc536007a920d24acb045561c26",
		"5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "fB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
		"dbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "D1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
	} {
		for _, given := range []string{sum, strings.ToLower(sum), strings.ToUpper(sum)} {
			out["0x"+given] = "0x" + sum
		}
	}
	for _, base58 := range []string{"9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM", strings.Repeat("A", 32), strings.Repeat("z", 44)} {
		out[base58] = base58
	}
	return out
}

func TestUsernames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]roster.Code{
		"anna": "", "a.b_c-D9": "", "1234a": "", strings.Repeat("u", 64): "", "____": "",
		"": roster.CodeUsernameInvalidLength, "ann": roster.CodeUsernameInvalidLength, strings.Repeat("u", 65): roster.CodeUsernameInvalidLength,
		"anna lee": roster.CodeUsernameInvalidCharacter, "anna@x": roster.CodeUsernameInvalidCharacter,
		"ännäh": roster.CodeUsernameInvalidCharacter, "anna\n": roster.CodeUsernameInvalidCharacter, "anna+": roster.CodeUsernameInvalidCharacter,
		"1234": roster.CodeUsernameNeedsNonNumber,
	} {
		err := checkUsername(name)
		if err == nil && want == "" {
			continue
		}
		if err == nil || err.Code != want || err.Meta == nil || err.Meta.ParamName != "username" {
			t.Errorf("%q: got %v, want %q", name, err, want)
		}
	}
	if usernameKey("Anna") != usernameKey("aNNA") || usernameKey("anna") == usernameKey("anna.") {
		t.Error("usernames that differ in case alone must share a key, others not")
	}
}

func TestNormalizedKeepsWhatHasNoForm(t *testing.T) {
	t.Parallel()
	got := normalized([]string{"ANN@X.io", "nobody", ""}, normalEmail)
	if want := []string{"ann@x.io", "nobody", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
