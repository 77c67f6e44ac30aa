package service_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// ofPeople are the filters that lists of memberships and of users share.
type ofPeople struct {
	id                                      roster.Selection
	email, phone, username, wallet          []string
	query, emailQ, phoneQ, usernameQ, nameQ text
	activeAfter, activeBefore               roster.Field[int64]
	createdAfter, createdBefore             roster.Field[int64]
}

// holds is what the filters mean: all of them, each by any of its values.
func (f ofPeople) holds(p *person) bool {
	usernames := plains([]string{p.username})
	return selected(f.id, p.id) &&
		anyOf(f.email, p.emails, strings.ToLower) &&
		anyOf(f.phone, p.phones, digits) &&
		anyOf(f.username, []string{p.username}, asIs) &&
		anyOf(f.wallet, each(p.wallets, anyCase), anyCase) &&
		contains(p.everything(), f.query) &&
		contains(plains(p.emails), f.emailQ) &&
		contains(plains(p.phones), f.phoneQ) &&
		contains(usernames, f.usernameQ) &&
		contains(p.name(), f.nameQ) &&
		within(p.active, f.activeAfter, f.activeBefore) &&
		within(&p.created, f.createdAfter, f.createdBefore)
}

func each(list []string, do func(string) string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = do(s)
	}
	return out
}

// anyCase makes wallets comparable: the case of hexadecimal ones is a checksum.
func anyCase(wallet string) string {
	if strings.HasPrefix(wallet, "0x") {
		return strings.ToLower(wallet)
	}
	return wallet
}

// asker draws queries about a directory.
type asker struct {
	*rapid.T
	*directory
	aim *person // whom all values fit; nil draws them from anybody
}

// ask draws a query, one time in two around one person, so that many filters
// together still leave something.
func ask[Q any](t *rapid.T, label string, d *directory, draw func(*asker) Q) Q {
	return rapid.Custom(func(t *rapid.T) Q {
		a := &asker{T: t, directory: d}
		if len(d.people) > 0 && chance(t, "aimed", 2) {
			a.aim = pick(t, "aim", d.people)
		}
		return draw(a)
	}).Draw(t, label)
}

// wants tells whether the query uses a filter.
func (a *asker) wants(filter string) bool { return chance(a.T, filter, 6) }

func (a *asker) someone() *person {
	switch {
	case a.aim != nil:
		return a.aim
	case len(a.people) == 0:
		return &person{}
	}
	return pick(a.T, "someone", a.people)
}

// values draws what a filter asks for: values of the person aimed at or of several,
// in other writing, with some that nobody has.
func (a *asker) values(filter string, of func(*person) []string, rewrite func(*rapid.T, string) string) []string {
	if !a.wants(filter) {
		return nil
	}
	var out []string
	for range 1 + index(a.T, "values", 4) {
		if have := of(a.someone()); len(have) > 0 {
			out = append(out, rewrite(a.T, pick(a.T, "value", have)))
		}
	}
	if len(out) == 0 || chance(a.T, "unknown", 3) {
		out = append(out, pick(a.T, "unknown", []string{"nobody", "", "%", "nobody@x.io", "+15555559999", checksummed[0] + "0"}))
	}
	return out
}

// selection draws signed ids.
func (a *asker) selection(filter string, ids []string) (s roster.Selection) {
	if !a.wants(filter) {
		return s
	}
	some := func(label string) (list []string) {
		for range index(a.T, label, 4) {
			list = append(list, pick(a.T, label, append([]string{"none_0"}, ids...)))
		}
		return list
	}
	return roster.Selection{Include: some("include"), Exclude: some("exclude")}
}

func (a *asker) part(filter string, of func(*person) []text) text {
	if !a.wants(filter) {
		return text{}
	}
	return part(a.T, of(a.someone()))
}

// bounds draws times around those there are, each bound or both.
func (a *asker) bounds(filter string, of func(*person) *int64) (after, before roster.Field[int64]) {
	if !a.wants(filter) {
		return after, before
	}
	draw := func() roster.Field[int64] {
		at := morning
		if v := of(a.someone()); v != nil {
			at = *v
		}
		return roster.Value(at + pick(a.T, "around", []int64{-day, -1, 0, 1, day}))
	}
	which := index(a.T, "bounds", 3)
	if which != 0 {
		after = draw()
	}
	if which != 1 {
		before = draw()
	}
	return after, before
}

func (a *asker) ofPeople() (f ofPeople) {
	f.id = a.selection("user_id", a.ids())
	f.email = a.values("email_address", func(p *person) []string { return p.emails }, cased)
	f.phone = a.values("phone_number", func(p *person) []string { return p.phones }, func(t *rapid.T, s string) string {
		return fmt.Sprint(s[:5], pick(t, "punctuation", []string{"", " ", "-"}), s[5:])
	})
	f.username = a.values("username", func(p *person) []string { return some(p.username) }, func(t *rapid.T, s string) string {
		return pick(t, "username", []string{s, s, s, strings.ToUpper(s), strings.ToLower(s)})
	})
	f.wallet = a.values("web3_wallet", func(p *person) []string { return p.wallets }, recased)
	f.query = a.part("query", (*person).everything)
	f.emailQ = a.part("email_address_query", func(p *person) []text { return plains(p.emails) })
	f.phoneQ = a.part("phone_number_query", func(p *person) []text { return plains(p.phones) })
	f.usernameQ = a.part("username_query", func(p *person) []text { return plains(some(p.username)) })
	f.nameQ = a.part("name_query", (*person).name)
	f.activeAfter, f.activeBefore = a.bounds("last_active_at", func(p *person) *int64 { return p.active })
	f.createdAfter, f.createdBefore = a.bounds("created_at", func(p *person) *int64 { return &p.created })
	return f
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// ids are those of the person aimed at, or of all.
func (a *asker) ids() []string {
	if a.aim != nil {
		return []string{a.aim.id}
	}
	var out []string
	for _, p := range a.people {
		out = append(out, p.id)
	}
	return out
}

// paging draws a page; cursors are the ids a walk may stand at.
func (a *asker) paging(cursors []string) roster.Paging {
	p := roster.Paging{Limit: pick(a.T, "limit", []int{0, 1, 2, 3, 5, 10, 39, 100, 500})}
	switch index(a.T, "page", 4) {
	case 0:
		p.Offset = pick(a.T, "offset", []int64{1, 2, 3, 7, 20, 1 << 40, 1<<63 - 1})
	case 1:
		if len(cursors) > 0 {
			p.StartingAfter = pick(a.T, "starting_after", cursors)
		}
	}
	return p
}

func (a *asker) order(by []string) roster.Order {
	return roster.Order{By: pick(a.T, "order_by", by), Desc: !rapid.Bool().Draw(a.T, "ascending")}
}

// companyIDs are the ids of all organizations.
func (a *asker) companyIDs() []string {
	var out []string
	for _, c := range a.companies {
		out = append(out, c.id)
	}
	return slices.Clip(out)
}
