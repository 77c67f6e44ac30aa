package store

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// Every list is ordered by one column and then by id, newest id first, so that a
// walk over its pages neither repeats nor skips. Null comes last in either
// direction.

// ordering is what a list sorts by.
type ordering struct {
	column   string // of table alias t
	id       string // whose ids follow it, t.id by default
	apart    bool   // these are another table's than the column, so no index has both
	nullable bool
	integer  bool
	desc     bool
	fromEnd  bool // the other way round, last row first
}

// ids is the column that tells those apart who share a value.
func (o ordering) ids() string { return cmp.Or(o.id, "t.id") }

// sorted is the ordering by an expression that no index has. Engines would rather
// walk the whole of an index in the order wanted than sort the few rows that another
// one finds.
func (o ordering) sorted() ordering {
	switch {
	case o.column == "":
		return o
	case o.integer:
		o.column += " + 0"
	default:
		o.column += " || ''"
	}
	return o
}

// place is where an element stands in an ordering: its value of the column, nil
// for null, and its id.
type place struct {
	key  any
	id   string
	from string // the table to find the key in, while nobody knows it
}

// valued reports whether rows that have a value may stand behind a place.
func (p *place) valued() bool { return p == nil || p.key != nil || p.from != "" }

// value is the key in a statement with its arguments.
func (p *place) value(by ordering) (sql string, arg any) {
	if p.from == "" {
		return "?", p.key
	}
	return "(select " + by.column + " from " + p.from + " t where t.instance_id = $1 and t.id = ? and " + whole + ")", p.id
}

// listing is a list to be read by the page: rows of table t with alias t.
type listing struct {
	table   string
	columns string
	where   *clause // from its condition on the instance, which is the first argument
	indexed bool    // an index serves the rows in the list's order, or they are few
	walk    bool    // an index serves all of them in the list's order
	users   bool    // an index serves their users in the list's order
	skip    skip    // nil where nothing can be skipped

	organizations []string // whose rows an index serves in the list's order, each organization's
}

// skip skips rows of a list in an order without reading them: it adds where to go on,
// and returns how much of the offset is left from there.
type skip func(where *clause, by ordering, offset int64) (left int64, err error)

// of composes a statement for the rows that more conditions leave, in an order.
// Where the engine has to sort, it sorts ids, and only the page's rows are read
// whole: sorting wide rows takes all of a big directory into memory.
func (l listing) of(more func(*clause), by ordering, p roster.Paging) *clause {
	if len(l.organizations) > 0 {
		return l.ofEach(more, by, p)
	}
	from := "\nfrom " + l.table + " t\nwhere "
	columns := l.columns
	if !l.indexed {
		columns = "t.id"
	}
	inner := from
	if l.users {
		inner = "\nfrom users u\ncross join " + l.table + " t\nwhere u.instance_id = $1\n\tand t.user_id = u.id\n\tand "
	}
	c := (&clause{}).add("select " + columns + inner).extend(l.where)
	more(c)
	c.add(l.leading(by).sql()).page(p)
	if l.indexed {
		return c
	}
	outer := &clause{args: c.args, rows: c.rows}
	return outer.add("select " + l.columns + from + "t.instance_id = $1\n\tand t.id in (" + c.String() + ")" + by.sorted().sql())
}

// leading is the ordering in the statement that finds the page's rows.
func (l listing) leading(by ordering) ordering {
	if l.users {
		by.column, by.apart = "u"+strings.TrimPrefix(by.column, "t"), true
	}
	return by
}

// ofEach is of for the rows of some organizations: a page is what comes first of what
// comes first of each.
func (l listing) ofEach(more func(*clause), by ordering, p roster.Paging) *clause {
	most := reach(p)
	rows := "select * from (\n\tselect t.*\n\tfrom " + l.table + " t\n\twhere "
	c := (&clause{}).add("select " + l.columns + "\nfrom (" + rows).extend(l.where)
	for i, id := range l.organizations {
		if i > 0 {
			c.add(") one\nunion all " + rows + l.where.String())
		}
		more(c.and("t.organization_id = ?", id).apart("t.organization_id", id))
		c.add(by.sql()+"\n\tlimit ?", most)
	}
	return c.add(") one) t" + by.sql()).page(p)
}

// behind composes a page that stands behind a place, ascending: ids go the other way then,
// and no index could start among those with the same value. So these are one range, and
// those with others are the next, of which an index serves each; a page is what comes
// first of both.
func (l listing) behind(p *place, by ordering, page roster.Paging) *clause {
	most := reach(page)
	rows := "select * from (\n\tselect t.*\n\tfrom " + l.table + " t\n\twhere "
	value, arg := p.value(by)
	c := (&clause{}).add("select " + l.columns + "\nfrom (" + rows).extend(l.where)
	c.and(by.column+" = "+value, arg).and(by.ids()+" < ?", p.id).add("\n\torder by "+by.ids()+" desc\n\tlimit ?", most)
	c.add(") same\nunion all "+rows+l.where.String()).and(by.column+" > "+value, arg).add(by.sql()+"\n\tlimit ?", most)
	return c.add(") others) t" + by.sql()).page(page)
}

// pageOf reads one page of a list, behind a place if one is given. Rows without a
// value come last in either direction, so a page is read as at most two ranges,
// each of which an index can serve in its order: rows with a value, then rows
// without.
func pageOf[T any](tx *Tx, l listing, by ordering, p roster.Paging, behind *place, rows func(*clause) ([]T, error)) ([]T, error) {
	if l.where.few {
		by = by.sorted()
	}
	list := []T{}
	if behind.valued() {
		lead := l.leading(by)
		valued := func(c *clause) {
			if lead.nullable {
				c.and(lead.column + " is not null")
			}
			c.behind(lead, behind)
		}
		page := l.of(valued, by, p)
		if behind != nil && !by.desc && l.indexed && !l.where.few && len(l.organizations) == 0 {
			page = l.behind(behind, by, p)
		}
		var err error
		if list, err = rows(page); err != nil || !by.nullable || len(list) == p.PageLimit() {
			return list, err
		}
	}
	if !by.nullable {
		return list, nil
	}
	l.users = false
	rest := roster.Paging{Limit: p.PageLimit() - len(list)}
	if p.Offset > 0 && len(list) == 0 {
		var before int64
		c := (&clause{}).add("select count(*)\nfrom " + l.table + " t\nwhere ").extend(l.where).and(by.column + " is not null")
		if err := tx.one(c.String(), c.args, &before); err != nil {
			return nil, err
		}
		rest.Offset = p.Offset - before
	}
	valueless := func(c *clause) {
		c.and(by.column + " is null")
		if !behind.valued() {
			c.and(by.ids()+" < ?", behind.id)
		}
	}
	byID := ordering{id: by.id}
	if l.where.few {
		byID = ordering{column: by.ids() + " || ''", desc: true}
	}
	nulls, err := rows(l.of(valueless, byID, rest))
	return append(list, nulls...), err
}

// behind adds the condition that a row, whose column is not null, stands behind a
// place. Where value and id go one way, an index starts right there; else its first half
// bounds the range, and who has the same value and stands before is read, see
// listing.behind.
func (c *clause) behind(by ordering, p *place) {
	if p == nil {
		return
	}
	value, arg := p.value(by)
	if by.desc && !by.apart {
		c.and("("+by.column+", "+by.ids()+") < ("+value+", ?)", arg, p.id)
		return
	}
	beyond := ">"
	if by.desc {
		beyond = "<"
	}
	c.and(by.column+" "+beyond+"= "+value, arg)
	c.and("("+by.column+" "+beyond+" "+value+" or "+by.ids()+" < ?)", arg, p.id)
}

// upTo adds the condition that a row, whose column is not null, stands no further than
// a place.
func (c *clause) upTo(by ordering, p *place) {
	if p == nil {
		return
	}
	value, arg := p.value(by)
	if by.desc {
		c.and("("+by.column+", "+by.ids()+") >= ("+value+", ?)", arg, p.id)
		return
	}
	c.and(by.column+" <= "+value, arg)
	c.and("("+by.column+" < "+value+" or "+by.ids()+" >= ?)", arg, p.id)
}

// sql is the order of rows whose column is not null; without a column, of rows by id
// alone.
func (o ordering) sql() string {
	if o.column == "" {
		return "\norder by " + o.ids() + " desc"
	}
	direction, ties := "", " desc"
	if o.desc != o.fromEnd {
		direction = " desc"
	}
	if o.fromEnd {
		ties = ""
	}
	return "\norder by " + o.column + direction + ", " + o.ids() + ties
}

// reach is how many rows a page and what it skips are, of which no list has the most
// that can be told.
func reach(p roster.Paging) int64 {
	return min(p.Offset, math.MaxInt64-roster.MaxLimit) + int64(p.PageLimit())
}

// deepOffset is from where on what is skipped costs more than what is read.
const deepOffset = 1000

// deepPage is pageOf for a page far from the first, of total rows whose order has no
// nulls: it walks ids only, what of them cannot be skipped, and from the end where
// that is nearer.
func deepPage[T any](tx *Tx, l listing, by ordering, p roster.Paging, total int64, rows func(*clause) ([]T, error)) ([]T, error) {
	l.indexed = false
	n := min(int64(p.PageLimit()), total-p.Offset)
	if n <= 0 {
		return []T{}, nil
	}
	if by.fromEnd = p.Offset > total/2; by.fromEnd {
		p.Limit, p.Offset = int(n), total-p.Offset-n
	}
	if l.skip != nil {
		var err error
		if p.Offset, err = l.skip(l.where, by, p.Offset); err != nil {
			return nil, err
		}
	}
	list, err := pageOf(tx, l, by, p, nil, rows)
	if by.fromEnd {
		slices.Reverse(list)
	}
	return list, err
}

// page adds the limits of a page.
func (c *clause) page(p roster.Paging) *clause {
	c.rows = p.PageLimit()
	c.add("\nlimit ?", c.rows)
	if p.Offset > 0 {
		c.add(" offset ?", p.Offset)
	}
	return c
}
