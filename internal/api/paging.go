package api

import (
	"math"

	"github.com/rosterhq/roster"
)

// page is limit and offset.
func (q query) page() roster.Paging {
	return roster.Paging{
		Limit:  int(q.integer("limit", 1, roster.MaxLimit, roster.DefaultLimit)),
		Offset: q.integer("offset", 0, math.MaxInt64, 0),
	}
}

// walk is page, or the cursor starting_after in place of an offset.
func (q query) walk() roster.Paging {
	p := q.page()
	p.StartingAfter = q.id("starting_after")
	if p.StartingAfter != "" && p.Offset > 0 {
		q.problem(roster.ErrConditionalDisallowed.On("starting_after", "offset"))
	}
	return p
}
