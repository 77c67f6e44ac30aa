package store

import (
	"errors"

	"github.com/rosterhq/roster"
)

// A list that can start with those whom a filter leaves has to read and sort all of
// them for a page. Where they are many, a walk along the list's order meets enough of
// them before, if they are spread along it.

// walkPatience is how many times as far as it should have to a walk goes.
const walkPatience = 2

// walked reads a page of an organization's members on a walk, or nil where no walk is
// expected to be the shorter way, or it was not.
func (tx *Tx) walked(of scope, l listing, by ordering, p roster.Paging, behind *place) ([]roster.Membership, error) {
	t := l.where.twin
	if t == nil || of.organizationID == "" || t.found == 0 || t.all == 0 || !behind.valued() {
		return nil, nil
	}
	far := walkPatience * float64(reach(p)) * float64(t.all) / float64(t.found)
	if far >= float64(t.found) {
		return nil, nil
	}
	valued := func(c *clause) {
		if by.nullable {
			c.and(by.column + " is not null")
		}
		c.behind(by, behind)
	}
	end, err := tx.placeAhead(of, by, int64(far), valued)
	if err != nil {
		return nil, err
	}
	l.where, l.indexed = &t.clause, true
	list, err := tx.membershipRows(l.of(func(c *clause) {
		valued(c)
		c.upTo(by, end)
	}, by, p))
	if err != nil || len(list) < p.PageLimit() {
		return nil, err
	}
	return list, nil
}

// placeAhead is the place so many members behind the first that a condition leaves, in
// an order; nil where there are fewer.
func (tx *Tx) placeAhead(of scope, by ordering, far int64, more func(*clause)) (*place, error) {
	c := (&clause{}).add("select "+by.column+", t.id\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance).within(of)
	more(c)
	c.add(by.sql()+"\nlimit 1 offset ?", far)
	p := &place{}
	var number int64
	var text string
	dest := any(&number)
	if by.nullable { // as texts are
		dest = &text
	}
	err := tx.one(c.String(), c.args, dest, &p.id)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if p.key = number; by.nullable {
		p.key = text
	}
	return p, err
}
