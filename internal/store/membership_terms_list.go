package store

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// A list of who has a term can start with those who have it, and sort them, or walk
// along the order and look at each member. The first costs what there are of them,
// the second is better only where so many have it that a walk soon meets enough.

const (
	fewTerms    = 1000    // so many are read whole before they are sorted
	commonTerms = 10      // a term is common that one member in so many has
	manyTerms   = 100_000 // those who share a term are counted no further
)

// termFilter is what a query asks of public metadata, ready to be made conditions.
type termFilter struct {
	groups  [][]string // terms, of each group any
	start   int        // the group that the list starts with, -1 for none
	held    int64      // how many rows of terms that is, at most
	members int64      // of the scope, where more than fewTerms are held
	alone   bool       // there is no other filter
}

// termFilter finds out where a list with filters of metadata had best start. Where
// other filters name a few rows, start is not asked for.
func (tx *Tx) termFilter(of scope, asked []roster.MetadataTerm, start bool) (f termFilter, err error) {
	f.start = -1
	if f.groups, err = termGroups(asked); err != nil || len(f.groups) == 0 || !start {
		return f, err
	}
	held := make([]int64, len(f.groups))
	for i, terms := range f.groups {
		c := (&clause{}).add("select count(*)\nfrom (select 1\n\tfrom membership_terms m\n\twhere ").termsOf(tx, of, terms)
		c.add("\n\tlimit " + strconv.Itoa(manyTerms) + ") m")
		tx.along(c.String(), c.args, func(r row) error { return r.scan(&held[i]) })
	}
	if err := tx.flush(); err != nil {
		return f, err
	}
	fewest := slices.Index(held, slices.Min(held))
	n := held[fewest]
	if n >= manyTerms {
		return f, nil
	}
	if n > fewTerms {
		tx.totalAlong(of, nil, false, &f.members)
		if err := tx.flush(); err != nil || n*commonTerms > f.members {
			return f, err
		}
	}
	f.start, f.held = fewest, n
	return f, nil
}

// termGroups are the terms of what is asked for, a group for each path.
func termGroups(asked []roster.MetadataTerm) (groups [][]string, err error) {
	paths := map[string]int{}
	for _, a := range asked {
		keys, err := a.Keys()
		if err != nil {
			return nil, err
		}
		scalars, err := a.Scalars()
		if err != nil {
			return nil, err
		}
		var path []byte
		for _, key := range keys {
			path = appendKey(path, key)
		}
		i, known := paths[string(path)]
		if !known {
			i = len(groups)
			paths[string(path)] = i
			groups = append(groups, nil)
		}
		for _, scalar := range slices.Backward(scalars) { // the string, which fewer have, comes last
			if t := term(len(keys), path, jsontext.Value(scalar)); !slices.Contains(groups[i], t) {
				groups[i] = append(groups[i], t)
			}
		}
	}
	return groups, nil
}

// termsOf is the condition, behind where, that a row m of membership_terms has one
// of the terms in a scope.
func (c *clause) termsOf(tx *Tx, of scope, terms []string) *clause {
	c.add("m.instance_id = ?", tx.Instance).in("m.term", terms)
	if of.organizationID != "" {
		c.and("m.organization_id = ?", of.organizationID)
	}
	return c
}

// having adds the conditions of a filter to those of rows t. The bound on those whom
// the list starts with changes nothing but what a planner knows of them.
func (c *clause) having(tx *Tx, of scope, f termFilter) {
	for i, terms := range f.groups {
		if i != f.start {
			c.holds(tx, "t", terms)
			continue
		}
		c.few, c.sizable = true, f.held > fewTerms
		twin := c.fork(f.held, f.members)
		twin.holds(tx, "t", terms)
		open, columns, closed := "(t.organization_id, t.user_id) in (", "m.organization_id, m.user_id", ")"
		if of.organizationID != "" {
			columns = "m.user_id"
			open, closed = tx.oneOf("t.user_id")
		}
		c.and(open + "select " + columns + "\n\tfrom membership_terms m\n\twhere ")
		c.termsOf(tx, of, terms).add("\n\tlimit " + roundUp(f.held) + closed)
		c.twin = twin
	}
}

// holds adds the condition that the membership of a row has one of the terms. The
// offset keeps PostgreSQL from making a join of it: without statistics of a table just
// filled it takes the terms for few, and compares each of them with every row.
func (c *clause) holds(tx *Tx, row string, terms []string) {
	c.and("exists (select 1 from membership_terms h where h.instance_id = ?", tx.Instance).in("h.term", terms)
	c.add("\n\tand h.organization_id = " + row + ".organization_id and h.user_id = " + row + ".user_id\n\tlimit 1 offset 0)")
}

// roundUp is a number of one and zeros that is not smaller, so that there are few
// different statements.
func roundUp(n int64) string {
	return "1" + strings.Repeat("0", len(strconv.FormatInt(max(n, 100)-1, 10)))
}

// termTotalAlong counts, along with the next query, whom a filter of nothing but
// metadata leaves. Their terms tell; nobody is looked at. Who has several terms of a
// group counts by the first.
func (tx *Tx) termTotalAlong(of scope, f termFilter, n *int64) {
	first := max(f.start, 0)
	c := (&clause{}).add("select ")
	for i, t := range f.groups[first] {
		if i > 0 {
			c.add(" + ")
		}
		c.add("(select count(*)\nfrom membership_terms m\nwhere ").termsOf(tx, of, []string{t})
		if i > 0 {
			c.add("\n\tand not (1 = 1").holds(tx, "m", f.groups[first][:i])
			c.add(")")
		}
		for k, terms := range f.groups {
			if k != first {
				c.holds(tx, "m", terms)
			}
		}
		c.add(")")
	}
	tx.along(c.String(), c.args, func(r row) error { return r.scan(n) })
}
