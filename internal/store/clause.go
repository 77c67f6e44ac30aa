package store

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
)

// What a clause has room for, in the end: more is made when it is needed.
const (
	clauseBytes = 256
	clauseArgs  = 8
)

// clause composes a statement with its arguments. Each ? in a piece of SQL stands
// for the next argument and becomes $1, $2, …
type clause struct {
	sql        strings.Builder
	args       []any
	conditions int
	few        bool // a condition names the rows, or all but a few of what else finds them
	sizable    bool // they are too many to be read whole before they are sorted
	led        bool // a condition leads to them, of which an engine may not know that it does
	twin       *twin
	rows       int // that it finds at most, 0 where nobody knows
}

// twin is a clause for the same rows where these are met on a walk, not led to: found
// of all, which is 0 where a walk is out of the question.
type twin struct {
	clause
	found, all int64
}

// fork begins a twin. What is added from then on is added to both, but for the
// condition that leads and what stands for it in the twin.
func (c *clause) fork(found, all int64) *twin {
	t := &twin{clause: clause{args: slices.Clone(c.args)}, found: found, all: all}
	t.sql.WriteString(c.sql.String())
	return t
}

func (c *clause) add(sql string, args ...any) *clause {
	if c.twin != nil {
		c.twin.add(sql, args...)
	}
	if c.sql.Cap() == 0 { // room for most statements
		c.sql.Grow(len(sql) + clauseBytes)
	}
	if c.args == nil && len(args) > 0 {
		c.args = make([]any, 0, max(len(args), clauseArgs))
	}
	for {
		before, after, found := strings.Cut(sql, "?")
		c.sql.WriteString(before)
		if !found {
			return c
		}
		c.args = append(c.args, args[0])
		args = args[1:]
		c.sql.WriteByte('$')
		c.sql.WriteString(strconv.Itoa(len(c.args)))
		sql = after
	}
}

// and adds a condition to a where clause.
func (c *clause) and(sql string, args ...any) *clause {
	c.conditions++
	return c.add("\n\tand "+sql, args...)
}

// in adds the condition that column holds one of the values; no value, no row.
func (c *clause) in(column string, values []string) *clause {
	if len(values) == 0 {
		return c.and("1 = 0")
	}
	return c.and(column+" in ("+marks(len(values))+")", texts(values)...)
}

// among is in for a column that names the row, or nearly so.
func (c *clause) among(column string, values []string) *clause {
	c.few = true
	return c.in(column, values)
}

// notIn adds the condition that column holds none of the values, or is null.
func (c *clause) notIn(column string, values []string) *clause {
	return c.and("("+column+" is null or "+column+" not in ("+marks(len(values))+"))", texts(values)...)
}

// selection adds a filter by values to take and values to leave out.
func (c *clause) selection(column string, s roster.Selection) *clause {
	if len(s.Include) > 0 {
		c.in(column, s.Include)
	}
	if len(s.Exclude) > 0 {
		c.notIn(column, s.Exclude)
	}
	return c
}

// contains adds the condition that a folded column holds the folded text. No
// character of the text is special.
func (c *clause) contains(column, text string) *clause {
	if text == "" {
		return c
	}
	return c.and("instr("+column+", ?) > 0", fold(text))
}

// between adds strict bounds on a column; null is outside all bounds.
func (c *clause) between(column string, after, before *int64) *clause {
	if after != nil {
		c.and(column+" > ?", *after)
	}
	if before != nil {
		c.and(column+" < ?", *before)
	}
	return c
}

// extend adds another clause that brings its own arguments; c must have none.
func (c *clause) extend(tail *clause) *clause {
	c.sql.WriteString(tail.sql.String())
	c.args = append(c.args, tail.args...)
	c.conditions += tail.conditions
	c.few, c.sizable = c.few || tail.few, c.sizable || tail.sizable
	return c
}

// beside is a column of other filters as no index has it, where a condition leads to
// the rows: an engine without statistics might start with the column instead.
func (c *clause) beside(column string) string {
	if !c.led {
		return column
	}
	return column + " || ''"
}

func (c *clause) String() string { return c.sql.String() }

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func texts(values []string) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
