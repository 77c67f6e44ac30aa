package store

import (
	"slices"
	"strconv"

	"github.com/rosterhq/roster"
)

// A filter by a time of the members' users is a range of an index, which a list can
// start with, whatever part of the organization is in it: behind the time the index has
// the list's usual order.

// timeFilter is strict bounds on a time, whose column an index of an organization's
// members has.
type timeFilter struct {
	column        string
	after, before *int64
}

func timeFilters(q roster.MembershipQuery) []timeFilter {
	return slices.DeleteFunc([]timeFilter{
		{"t.user_created_at", q.CreatedAtAfter.Ptr(), q.CreatedAtBefore.Ptr()},
		{"t.last_active_at", q.LastActiveAtAfter.Ptr(), q.LastActiveAtBefore.Ptr()},
	}, func(f timeFilter) bool { return f.after == nil && f.before == nil })
}

// filterTimes adds filters by time to a list, whose pages have a limit. Unless others
// have named a few rows, an organization's list starts with the fewest that a filter
// leaves. Of the only filter there is it returns how many it leaves, if they were
// counted.
func (tx *Tx) filterTimes(where *clause, of scope, filters []timeFilter, alone bool, limit int) (total *int64, err error) {
	if len(filters) == 0 || of.organizationID == "" || where.few {
		where.besideTimes(filters)
		return nil, nil
	}
	left, members, err := tx.countTimes(of, filters, alone)
	if err != nil {
		return nil, err
	}
	if alone {
		total = &left[0]
	}
	fewest := slices.Min(left)
	start := slices.Index(left, fewest)
	twin := where.fork(fewest, members)
	twin.besideTimes(filters[start : start+1])
	where.few, where.led, where.sizable = true, true, fewest > int64(limit)
	where.between(filters[start].column, filters[start].after, filters[start].before)
	where.twin = twin
	where.besideTimes(slices.Delete(filters, start, start+1))
	return total, nil
}

// besideTimes adds filters as no index has them, of which an engine might think better
// than of what the list starts with.
func (c *clause) besideTimes(filters []timeFilter) {
	for _, f := range filters {
		c.between(f.column+" + 0", f.after, f.before)
	}
}

// countTimes is how many of an organization's members each filter leaves, of the only
// one exactly, and how many members there are.
func (tx *Tx) countTimes(of scope, filters []timeFilter, alone bool) (left []int64, members int64, err error) {
	left = make([]int64, len(filters))
	for i, f := range filters {
		c := (&clause{}).add("select count(*)\nfrom (select 1\n\tfrom memberships t\n\twhere t.instance_id = ?", tx.Instance).within(of)
		c.between(f.column, f.after, f.before)
		if !alone {
			c.add("\n\tlimit " + strconv.Itoa(manyTerms))
		}
		c.add(") found")
		tx.along(c.String(), c.args, func(r row) error { return r.scan(&left[i]) })
	}
	tx.membersAlong(of.organizationID, &members)
	return left, members, tx.flush()
}
