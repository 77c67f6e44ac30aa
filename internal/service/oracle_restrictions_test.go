package service_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// listed is an entry of one of the two lists of the oracle.
type listed struct {
	id, identifier string
	created        int64
}

func (l *listed) key() string        { return l.id }
func (l *listed) place(string) place { return place{number: l.created} }

// door is an instance with lists and restrictions, as plain data.
type door struct {
	*world
	allow, block []*listed
	on           roster.InstanceRestrictions
}

var (
	doorDomains = []string{"a.example", "b.a.example", "mailinator.com", "x.mailinator.com"}
	doorLocals  = []string{"ann", "ann+1", "a=b", "c#d", "bob"}
	doorPhones  = []string{"+12025550101", "+12025550102", "+12025550103"}
	doorWallets = []string{adaWallet, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"}
)

const adaWallet = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"

func drawEmail(t *rapid.T) string {
	return pick(t, "local", doorLocals) + "@" + pick(t, "domain", doorDomains)
}

// drawDoor puts random identifiers on the lists and takes some off again.
func drawDoor(t *rapid.T, w *world) *door {
	d := &door{world: w}
	for _, l := range []struct {
		list   *[]*listed
		create func(string) (*roster.ListedIdentifier, error)
		remove func(string) error
	}{
		{&d.allow, func(s string) (*roster.ListedIdentifier, error) {
			return w.CreateAllowlistIdentifier(t.Context(), w.caller, roster.CreateAllowlistIdentifier{Identifier: s})
		}, func(id string) error { _, err := w.DeleteAllowlistIdentifier(t.Context(), w.caller, id); return err }},
		{&d.block, func(s string) (*roster.ListedIdentifier, error) {
			return w.CreateBlocklistIdentifier(t.Context(), w.caller, roster.CreateBlocklistIdentifier{Identifier: s})
		}, func(id string) error { _, err := w.DeleteBlocklistIdentifier(t.Context(), w.caller, id); return err }},
	} {
		for range index(t, "listed", 12) {
			kept := pick(t, "identifier", slices.Concat([]string{drawEmail(t), "*@" + pick(t, "domain", doorDomains)}, doorPhones, doorWallets))
			given := kept
			if strings.Contains(kept, "@") {
				given = cased(t, strings.TrimPrefix(kept, pick(t, "less", []string{"", "*", "*@"})))
			}
			made := w.clock.Add(pick(t, "tick", []int64{0, 0, 1, 1000}))
			entry, err := l.create(given)
			if slices.ContainsFunc(*l.list, func(e *listed) bool { return e.identifier == kept }) {
				if !errors.Is(err, roster.CodeAlreadyExists) {
					t.Fatalf("%s twice: %v", given, err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", given, err)
			}
			*l.list = append(*l.list, &listed{entry.ID, kept, made})
			if chance(t, "remove", 6) {
				gone := pick(t, "gone", *l.list)
				if err := l.remove(gone.id); err != nil {
					t.Fatal(err)
				}
				*l.list = slices.DeleteFunc(*l.list, func(e *listed) bool { return e == gone })
			}
		}
	}
	return d
}

// restrict changes some of the restrictions.
func (d *door) restrict(t *rapid.T) {
	var in roster.UpdateInstanceRestrictions
	for _, f := range []struct {
		in *roster.Field[bool]
		to *bool
	}{
		{&in.Allowlist, &d.on.Allowlist}, {&in.Blocklist, &d.on.Blocklist}, {&in.BlockEmailSubaddresses, &d.on.BlockEmailSubaddresses},
		{&in.BlockDisposableEmailDomains, &d.on.BlockDisposableEmailDomains},
	} {
		if chance(t, "change", 2) {
			*f.to = rapid.Bool().Draw(t, "on")
			*f.in = roster.Value(*f.to)
		}
	}
	got, err := d.UpdateRestrictions(t.Context(), d.caller, in)
	d.on.Object = "instance_restrictions"
	if diff := cmp.Diff(d.on, got); err != nil || diff != "" {
		t.Fatalf("%v, restrictions (-want +got):\n%s", err, diff)
	}
	fresh, err := d.Authenticate(t.Context(), d.secret)
	if err != nil {
		t.Fatal(err)
	}
	d.caller.Restrictions = fresh.Restrictions
}

// refuses says in which way an identifier is kept out: by name, or as a sub-address.
func (d *door) refuses(identifier string) (named, subaddress bool) {
	local, domain, email := strings.Cut(identifier, "@")
	on := func(list []*listed) bool {
		return slices.ContainsFunc(list, func(l *listed) bool { return l.identifier == identifier || email && l.identifier == "*@"+domain })
	}
	named = d.on.Allowlist && !on(d.allow) || d.on.Blocklist && on(d.block) ||
		email && d.on.BlockDisposableEmailDomains && strings.HasSuffix(domain, "mailinator.com")
	return named, email && d.on.BlockEmailSubaddresses && strings.ContainsAny(local, "+=#")
}

// expects holds an answer against the oracle.
func (d *door) expects(t *rapid.T, what string, err error, identifiers ...string) {
	t.Helper()
	var named []string
	want := 0
	for _, identifier := range identifiers {
		out, subaddress := d.refuses(identifier)
		if out {
			named = append(named, identifier)
		}
		if subaddress {
			want++
		}
	}
	var problems roster.Errors
	var got []string
	if errors.As(err, &problems) {
		for _, e := range problems {
			if e.Code != roster.CodeNotAllowedAccess || e.Status != 403 {
				t.Fatalf("%s of %q: %v", what, identifiers, err)
			}
			if e.Meta != nil {
				got = append(got, e.Meta.Identifiers...)
				continue
			}
			want--
		}
	} else if err != nil {
		t.Fatalf("%s of %q: %v", what, identifiers, err)
	}
	if want != 0 || !slices.Equal(got, named) {
		t.Fatalf("%s of %q under %+v: got %v, want %q kept out", what, identifiers, d.on, err, named)
	}
}

// Whatever the lists hold and whichever restrictions are on, the identifiers of users
// and who is invited are refused exactly when plain loops over the same data say so.
func TestRestrictionsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(5 * time.Second)
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			d := drawDoor(t, randomWorld(t, st))
			d.compareLists(t)
			organization := d.organization(t, roster.CreateOrganization{}).ID
			for range 8 {
				d.restrict(t)
				email, phone, wallet := drawEmail(t), pick(t, "phone", doorPhones), pick(t, "wallet", doorWallets)
				other := strings.Replace(email, "@", ".other@", 1)
				u, err := d.CreateUser(t.Context(), d.caller, roster.CreateUser{EmailAddress: []string{cased(t, email), other}, PhoneNumber: []string{phone}, Web3Wallet: []string{wallet}})
				d.expects(t, "user", err, email, other, phone, wallet)
				if err == nil {
					d.moves(t, u, email)
				}
				_, err = d.CreateInvitation(t.Context(), d.caller, organization, roster.CreateInvitation{EmailAddress: "in." + email, Role: roster.RoleMember})
				if !errors.Is(err, roster.CodeInvitationNotUnique) {
					d.expects(t, "invitation", err, "in."+email)
				}
			}
		})
	})
}

// moves gives a user who was let in further identifiers, under other restrictions, and
// deletes the user.
func (d *door) moves(t *rapid.T, u *roster.User, email string) {
	d.restrict(t)
	ctx := t.Context()
	_, err := d.CreateEmailAddress(ctx, d.caller, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: "new." + email})
	d.expects(t, "address", err, "new."+email)
	_, err = d.ReplaceEmailAddress(ctx, d.caller, u.ID, roster.ReplaceEmailAddress{EmailAddress: email})
	d.expects(t, "the same address", err)
	_, err = d.ReplaceEmailAddress(ctx, d.caller, u.ID, roster.ReplaceEmailAddress{EmailAddress: "next." + email})
	d.expects(t, "replaced address", err, "next."+email)
	_, err = d.ReplacePhoneNumber(ctx, d.caller, u.ID, roster.ReplacePhoneNumber{PhoneNumber: "+12025550199"})
	d.expects(t, "replaced number", err, "+12025550199")
	if _, err := d.DeleteUser(ctx, d.caller, u.ID); err != nil {
		t.Fatal(err)
	}
}

func (d *door) compareLists(t *rapid.T) {
	all := func(*listed) bool { return true }
	rows := func(list []*listed) (out []string) {
		for _, l := range list {
			out = append(out, l.id+" "+l.identifier)
		}
		return out
	}
	seen := func(list []roster.ListedIdentifier) (out []string) {
		for _, l := range list {
			out = append(out, l.ID+" "+l.Identifier)
		}
		return out
	}
	for range 5 {
		p := (&asker{T: t}).paging(nil)
		got, err := d.AllowlistIdentifiers(t.Context(), d.caller, p)
		if err != nil {
			t.Fatal(err)
		}
		page, total := expect(d.allow, roster.Desc("created_at"), p, all)
		same(t, "allow-list", p, seen(got.Data), rows(page), got.TotalCount, total)
	}
	got, err := d.BlocklistIdentifiers(t.Context(), d.caller)
	if err != nil {
		t.Fatal(err)
	}
	page, total := expect(d.block, roster.Desc("created_at"), roster.Paging{Limit: 500}, all)
	same(t, "block-list", nil, seen(got.Data), rows(page), got.TotalCount, total)
}
