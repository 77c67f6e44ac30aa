package service_test

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// directory is the oracle: what an instance holds, in plain structs and loops. It
// knows nothing of SQL, and of normal forms only what its builder wrote down.
type directory struct {
	people    []*person
	companies []*company
	members   []*member
	visits    []*visit
}

// person is a user. Empty texts stand for none; the first identifier of a kind is
// primary, but for email addresses.
type person struct {
	id, username, externalID string
	first, last              text
	emails, phones, wallets  []string // in the form they are kept in
	primaryEmail             int
	banned                   bool
	created, updated         int64
	active, signedIn         *int64
	chosen                   *company // where the next session starts
}

type company struct {
	id, slug         string
	name             text
	created, updated int64
	limit            int64
}

type member struct {
	id, role         string
	public           string
	of               *company
	who              *person
	created, updated int64
}

// visit is a session.
type visit struct {
	id, client, status string
	who                *person
	in                 *company
	created, updated   int64
}

func (p *person) email() string {
	if len(p.emails) == 0 {
		return ""
	}
	return p.emails[p.primaryEmail]
}

func (p *person) phone() string  { return first(p.phones) }
func (p *person) wallet() string { return first(p.wallets) }

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// name is what name_query looks at.
func (p *person) name() []text {
	switch {
	case p.first.raw == "" && p.last.raw == "":
		return nil
	case p.first.raw == "":
		return []text{p.last}
	case p.last.raw == "":
		return []text{p.first}
	}
	return []text{{p.first.raw + " " + p.last.raw, slices.Concat(p.first.folded, []string{" "}, p.last.folded)}}
}

// everything is what query looks at.
func (p *person) everything() []text {
	return slices.Concat(plains(p.emails), plains(p.phones), plains(p.wallets), plains([]string{p.username, p.id}), p.name())
}

// plains are the texts of identifiers; empty ones are none.
func plains(values []string) []text {
	var out []text
	for _, v := range values {
		if v != "" {
			out = append(out, plain(v))
		}
	}
	return out
}

// contains reports whether any one of the values contains the text that is asked
// for; asking for nothing is no filter.
func contains(values []text, asked text) bool {
	if asked.raw == "" {
		return true
	}
	return slices.ContainsFunc(values, func(v text) bool { return strings.Contains(v.String(), asked.String()) })
}

// anyOf reports whether one of the values is asked for, in the form values are kept
// in; a filter without values is none.
func anyOf(asked, values []string, kept func(string) string) bool {
	for _, a := range asked {
		if a = kept(a); a != "" && slices.Contains(values, a) {
			return true
		}
	}
	return len(asked) == 0
}

func asIs(s string) string { return s }

// digits is how a phone number is kept.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -()", r) {
			return -1
		}
		return r
	}, s)
}

// selected reports whether a selection leaves something that goes by the ids.
func selected(s roster.Selection, ids ...string) bool {
	among := func(list []string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { return slices.Contains(list, id) })
	}
	return (len(s.Include) == 0 || among(s.Include)) && !among(s.Exclude)
}

// within reports whether a time lies strictly between bounds, where there are any.
func within(at *int64, after, before roster.Field[int64]) bool {
	lower, hasLower := after.Get()
	upper, hasUpper := before.Get()
	switch {
	case !hasLower && !hasUpper:
		return true
	case at == nil:
		return false
	}
	return (!hasLower || *at > lower) && (!hasUpper || *at < upper)
}

// place is where something stands in an order: by number, then text; none comes
// last whatever the direction.
type place struct {
	none   bool
	number int64
	text   string
}

func byText(s string) place { return place{none: s == "", text: s} }

func byTime(at *int64) place {
	if at == nil {
		return place{none: true}
	}
	return place{number: *at}
}

// element is what lists are made of.
type element interface {
	key() string // its id
	place(by string) place
}

// expect is the page and the total a list should answer with.
func expect[T element](all []T, order roster.Order, p roster.Paging, holds func(T) bool) (page []T, total int64) {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b T) int {
		x, y := a.place(order.By), b.place(order.By)
		if x.none != y.none {
			if x.none {
				return 1
			}
			return -1
		}
		c := cmp.Or(cmp.Compare(x.number, y.number), strings.Compare(x.text, y.text))
		if order.Desc {
			c = -c
		}
		return cmp.Or(c, strings.Compare(b.key(), a.key()))
	})
	reached := p.StartingAfter == ""
	skip := p.Offset
	for _, e := range sorted {
		if holds(e) {
			total++
			switch {
			case !reached:
			case skip > 0:
				skip--
			case len(page) < cmp.Or(p.Limit, 10):
				page = append(page, e)
			}
		}
		reached = reached || e.key() == p.StartingAfter
	}
	return page, total
}
