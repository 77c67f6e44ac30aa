package store

import (
	"slices"

	"github.com/jackc/pgx/v5"
)

// A page that an index holds in its order is read by walking that index, whatever the
// arguments are. PostgreSQL plans such a statement anew each time all the same, which
// takes it longer than to read ten rows: of a limit among the arguments it supposes a
// tenth of all rows, and sees that fewer cost less. A plan that is kept, made for that
// tenth, could as well sort them. So a connection that only reads such pages is told to
// keep plans, and to make those that walk; whatever is read along with them has keys, and
// no table is read whole.

// planning is what a session has been told about plans.
type planning int

const (
	usual   planning = iota // nothing but what the server and its URL say
	walks                   // to keep plans, of the statements with walkMark those that walk
	unclear                 // one or the other: a transaction that changes it failed, or is not over
)

const (
	walking = `select set_config('plan_cache_mode', 'force_generic_plan', false), set_config('enable_sort', 'off', false), set_config('enable_seqscan', 'off', false)`

	// walkMark tells a statement from the same one of other sessions' planning, whose
	// plan is kept too.
	walkMark = "/* walk */ "

	planningKey = "planning" // in the custom data of a connection
)

var resume = []string{"reset plan_cache_mode", "reset enable_sort", "reset enable_seqscan"}

func planningOf(c *pgx.Conn) planning {
	p, _ := c.PgConn().CustomData()[planningKey].(planning)
	return p
}

func setPlanning(c *pgx.Conn, p planning) { c.PgConn().CustomData()[planningKey] = p }

// runPlanned is the first run of a transaction, or all of it, with plans that suit it. A
// transaction of several runs takes them as they are where it walks, and leaves them.
func (c *postgresConn) runPlanned(alone bool, queries []query) error {
	is, becomes := planningOf(c.q), usual
	switch {
	case c.walk && alone:
		becomes = walks
	case c.walk:
		becomes = is
	}
	if is == becomes {
		return c.runNow(queries)
	}
	say := resume
	if becomes == walks {
		say = []string{walking}
	}
	c.begin = slices.Insert(c.begin, min(1, len(c.begin)), say...)
	setPlanning(c.q, unclear)
	err := c.runNow(queries)
	if err == nil && alone {
		setPlanning(c.q, becomes)
	}
	return err
}
