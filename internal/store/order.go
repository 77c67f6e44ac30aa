package store

import "github.com/rosterhq/roster"

// Every list is ordered by one column and then by id, newest id first, so that a
// walk over its pages neither repeats nor skips. Null comes last in either
// direction.

// orderBy adds the order of a list over table alias t, whose column may be null.
func (c *clause) orderBy(column string, nullable, desc bool) *clause {
	c.add("\norder by ")
	if nullable {
		c.add("(" + column + " is null), ")
	}
	c.add(column)
	if desc {
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

// after adds the condition that a row stands behind the given place in the order.
// key is the place's value of the column: nil for null.
func (c *clause) after(column string, nullable, desc bool, key any, id string) *clause {
	if key == nil {
		return c.and("("+column+" is null and t.id < ?)", id)
	}
	beyond := column + " > ?"
	if desc {
		beyond = column + " < ?"
	}
	condition := "(" + beyond + " or (" + column + " = ? and t.id < ?)"
	if nullable {
		condition += " or " + column + " is null"
	}
	return c.and(condition+")", key, key, id)
}
