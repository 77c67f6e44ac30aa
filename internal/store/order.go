package store

import "github.com/rosterhq/roster"

// Every list is ordered by one column and then by id, newest id first, so that a
// walk over its pages neither repeats nor skips. Null comes last in either
// direction.

// ordering is what a list sorts by.
type ordering struct {
	column   string // of table alias t
	nullable bool
	desc     bool
}

// place is where an element stands in an ordering: its value of the column, nil
// for null, and its id.
type place struct {
	key any
	id  string
}

// pageOf reads one page of the list that where describes, behind a place if one
// is given. Rows without a value come last in either direction, so a page is read
// as at most two ranges, each of which an index can serve in its order: rows with
// a value, then rows without.
func pageOf[T any](tx *Tx, columns string, where *clause, by ordering, p roster.Paging, behind *place, rows func(*clause) ([]T, error)) ([]T, error) {
	from := func() *clause { return (&clause{}).add("select " + columns).extend(where) }
	list := []T{}
	if behind == nil || behind.key != nil {
		c := from()
		if by.nullable {
			c.and(by.column + " is not null")
		}
		c.behind(by, behind).orderBy(by).page(p)
		var err error
		if list, err = rows(c); err != nil || !by.nullable || len(list) == p.PageLimit() {
			return list, err
		}
	}
	if !by.nullable {
		return list, nil
	}
	rest := roster.Paging{Limit: p.PageLimit() - len(list)}
	if p.Offset > 0 && len(list) == 0 {
		var before int64
		c := (&clause{}).add("select count(*)").extend(where).and(by.column + " is not null")
		if err := tx.one(c.String(), c.args, &before); err != nil {
			return nil, err
		}
		rest.Offset = p.Offset - before
	}
	c := from().and(by.column + " is null")
	if behind != nil && behind.key == nil {
		c.and("t.id < ?", behind.id)
	}
	nulls, err := rows(c.add("\norder by t.id desc").page(rest))
	return append(list, nulls...), err
}

// behind adds the condition that a row, whose column is not null, stands behind a
// place. Its first half bounds the range, so that an index starts there.
func (c *clause) behind(by ordering, p *place) *clause {
	if p == nil {
		return c
	}
	bound, beyond := ">=", ">"
	if by.desc {
		bound, beyond = "<=", "<"
	}
	c.and(by.column+" "+bound+" ?", p.key)
	return c.and("("+by.column+" "+beyond+" ? or t.id < ?)", p.key, p.id)
}

// orderBy adds the order of rows whose column is not null.
func (c *clause) orderBy(by ordering) *clause {
	c.add("\norder by " + by.column)
	if by.desc {
		c.add(" desc")
	}
	return c.add(", t.id desc")
}

// page adds the limits of a page.
func (c *clause) page(p roster.Paging) *clause {
	c.add("\nlimit ?", p.PageLimit())
	if p.Offset > 0 {
		c.add(" offset ?", p.Offset)
	}
	return c
}
