package service_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// builder draws a directory and makes it twice: in the world and in the oracle.
type builder struct {
	*rapid.T
	*world
	directory

	names   []text   // drawn before, to draw alike ones
	vectors []string // wallets nobody has yet
	serial  int
}

func drawDirectory(t *rapid.T, w *world) *directory {
	b := &builder{T: t, world: w, vectors: slices.Clone(checksummed)}
	for range pick(t, "people", []int{0, 1, 2, 5, 10, 15, 25, 40}) {
		b.addPerson()
	}
	for range index(t, "companies", 5) {
		b.addCompany()
	}
	for _, c := range b.companies {
		for _, p := range b.people {
			if chance(t, "member", 2) {
				b.addMember(c, p)
			}
		}
	}
	for range index(t, "changes", 24) {
		b.change()
	}
	return &b.directory
}

func (b *builder) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// tick moves the clock, mostly not at all, so that times tie; sometimes by days, so
// that sessions expire.
func (b *builder) tick() int64 {
	return b.clock.Add(pick(b.T, "tick", []int64{0, 0, 0, 0, 1, 1000, day / 2, 2 * day, 7 * day}))
}

// next numbers what must be unique.
func (b *builder) next() int {
	b.serial++
	return b.serial
}

// name draws a name, often one like those before: the same, another spelling of it,
// or a longer one.
func (b *builder) name() text {
	x := write(b.T, letters(b.T, 6))
	if len(b.names) > 0 {
		old := pick(b.T, "old name", b.names)
		switch index(b.T, "name", 5) {
		case 0:
			x = old
		case 1:
			x = write(b.T, old.folded)
		case 2:
			x = text{old.raw + x.raw, slices.Concat(old.folded, x.folded)}
		}
	}
	b.names = append(b.names, x)
	return x
}

func (b *builder) addPerson() {
	p := &person{}
	in := roster.CreateUser{SkipPasswordRequirement: true}
	if !chance(b.T, "no first name", 4) {
		p.first = b.name()
		in.FirstName = roster.Value(p.first.raw)
	}
	if !chance(b.T, "no last name", 4) {
		p.last = b.name()
		in.LastName = roster.Value(p.last.raw)
	}
	b.identify(p, &in)
	if chance(b.T, "external id", 3) {
		p.externalID = fmt.Sprint(write(b.T, letters(b.T, 2)).raw, b.next())
		in.ExternalID = roster.Value(p.externalID)
	}
	p.banned = chance(b.T, "banned", 6)
	in.Banned = roster.Value(p.banned)
	p.updated = b.tick()
	p.created = p.updated
	if chance(b.T, "created_at", 3) {
		p.created = pick(b.T, "created_at", []int64{-day, 0, 1, morning - 1, morning, morning + 1, morning + day})
		in.CreatedAt = roster.Value(time.UnixMilli(p.created).UTC().Format(time.RFC3339Nano))
	}
	u, err := b.CreateUser(b.Context(), b.caller, in)
	b.ok(err)
	p.id = u.ID
	b.people = append(b.people, p)
}

// identify draws the identifiers of a person, at least one.
func (b *builder) identify(p *person, in *roster.CreateUser) {
	for range index(b.T, "phones", 3) {
		n := b.next()
		p.phones = append(p.phones, fmt.Sprintf("+1555555%04d", n))
		in.PhoneNumber = append(in.PhoneNumber, fmt.Sprintf(pick(b.T, "phone", phoneForms), n))
	}
	for range index(b.T, "wallets", 3) {
		w := b.wallet()
		p.wallets = append(p.wallets, w)
		in.Web3Wallet = append(in.Web3Wallet, recased(b.T, w))
	}
	if chance(b.T, "username", 2) {
		p.username = cased(b.T, fmt.Sprint(pick(b.T, "username", []string{"ann", "ann.", "ann_a", "bo-b"}), b.next()))
		in.Username = roster.Value(p.username)
	}
	emails := index(b.T, "emails", 4)
	if len(p.phones)+len(p.wallets) == 0 && p.username == "" {
		emails++
	}
	for range emails {
		e := fmt.Sprint(pick(b.T, "local", []string{"ann", "ann.b", "a_b%c", "é'", "bob+x"}), b.next(), "@", pick(b.T, "domain", []string{"x.io", "mail.x.io", "example.com"}))
		p.emails = append(p.emails, e)
		in.EmailAddress = append(in.EmailAddress, cased(b.T, e))
	}
}

var phoneForms = []string{"+1555555%04d", "+1 555 555 %04d", "+1 (555) 555-%04d", "+1-555-555-%04d"}

// checksummed are the test vectors of EIP-55.
var checksummed = []string{
	"0x52908400098527886E0F7030069857D2E4169EE7", "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
	"0xde709f2102306220921060314715629080e2fb77", "0x27b1fdb04752bbc536007a920d24acb045561c26",
	"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
	"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
}

// wallet is one of the vectors, or a base58 address.
func (b *builder) wallet() string {
	if n := len(b.vectors); n > 0 && chance(b.T, "hexadecimal", 2) {
		w := b.vectors[n-1]
		b.vectors = b.vectors[:n-1]
		return w
	}
	n := b.next()
	return "So" + strings.Repeat(string("abcDEF"[n%6]), 32) + strings.ReplaceAll(fmt.Sprint(n), "0", "Z")
}

// cased writes ASCII letters as capitals here and there.
func cased(t *rapid.T, s string) string {
	switch index(t, "case", 3) {
	case 0:
		return s
	case 1:
		return strings.ToUpper(s)
	}
	return strings.ReplaceAll(s, "n", "N")
}

// recased writes a hexadecimal address without its checksum; base58 has no other
// case.
func recased(t *rapid.T, wallet string) string {
	digits, isHex := strings.CutPrefix(wallet, "0x")
	if !isHex {
		return wallet
	}
	return "0x" + pick(t, "checksum", []string{digits, strings.ToLower(digits), strings.ToUpper(digits)})
}
