package store

import (
	"math"
	"slices"
	"strconv"

	"github.com/rosterhq/roster"
)

// A list of users starts with those whom a filter leaves where these are few, which
// SQLite cannot tell, and sorts them.

// membersOf keeps users t who belong to any of the included and none of the excluded
// organizations. The counters know how many the included have at most.
func (tx *Tx) membersOf(c *clause, s roster.Selection) error {
	if len(s.Include) > 0 {
		few := false
		if tx.serial() {
			members, _, err := tx.countSelected(roster.Selection{Include: s.Include})
			if err != nil {
				return err
			}
			few = members <= fewTerms
		}
		c.whom(few, "select m.user_id from memberships m where m.instance_id = ? and m.organization_id in ("+marks(len(s.Include))+")",
			append([]any{tx.Instance}, texts(s.Include)...)...)
	}
	if len(s.Exclude) > 0 {
		c.and("not exists (select 1 from memberships m where m.instance_id = t.instance_id and m.user_id = t.id").in("m.organization_id", s.Exclude).add(")")
	}
	return nil
}

// banned keeps users t who are banned, of whom there is an index, or are not.
func (tx *Tx) banned(c *clause, asked roster.Field[bool]) error {
	switch banned, given := asked.Get(); {
	case !given:
		return nil
	case !banned:
		c.and("not t.banned")
		return nil
	case tx.serial():
		n, err := tx.countFew((&clause{}).add("select 1 from users t where t.instance_id = ?", tx.Instance).and("t.banned"))
		if err != nil {
			return err
		}
		if n <= fewTerms {
			c.whom(true, "select b.id from users b where b.instance_id = ? and b.banned", tx.Instance)
			return nil
		}
	}
	c.and("t.banned")
	return nil
}

// whom keeps users t whose ids a query finds, which may be known to be few.
func (c *clause) whom(few bool, query string, args ...any) {
	c.few = c.few || few
	c.and("t.id in ("+query+")", args...)
}

// countFew counts the rows of a query, those behind the few as one.
func (tx *Tx) countFew(c *clause) (n int64, err error) {
	err = tx.one("select count(*)\nfrom (\n\t"+c.String()+"\n\tlimit "+strconv.Itoa(fewTerms+1)+") found", c.args, &n)
	return n, err
}

// userTimes are the filters by times, each of which users have an index of.
func userTimes(q roster.UserQuery) []timeFilter {
	active := q.LastActiveAtAfter.Ptr()
	if since, given := q.LastActiveAtSince.Get(); given {
		since = max(since, math.MinInt64+1) - 1
		if active == nil || *active < since {
			active = &since
		}
	}
	return slices.DeleteFunc([]timeFilter{
		{"t.last_active_at", active, q.LastActiveAtBefore.Ptr()},
		{"t.created_at", q.CreatedAtAfter.Ptr(), q.CreatedAtBefore.Ptr()},
		{"t.last_sign_in_at", q.LastSignInAtAfter.Ptr(), q.LastSignInAtBefore.Ptr()},
	}, func(f timeFilter) bool { return f.after == nil && f.before == nil })
}

// filterUserTimes adds filters by time to a list. Unless others have named a few rows, it
// starts with a filter that leaves few. Else PostgreSQL knows what each leaves about;
// SQLite, which does not, would start with any, and starts with a range of the time that
// the list is sorted by, if there is one: then it is ranged.
func (tx *Tx) filterUserTimes(where *clause, filters []timeFilter, by ordering) (ranged bool, err error) {
	start := -1
	for i, f := range filters {
		if where.few || f.column == by.column {
			continue
		}
		n, err := tx.countFew((&clause{}).add("select 1 from users t where t.instance_id = ?", tx.Instance).between(f.column, f.after, f.before))
		if err != nil {
			return false, err
		}
		if n <= fewTerms {
			start, where.few = i, true
		}
	}
	if !where.few {
		start = slices.IndexFunc(filters, func(f timeFilter) bool { return f.column == by.column })
		ranged = start >= 0
	}
	for i, f := range filters {
		if i != start && (where.few || tx.serial()) {
			f.column += " + 0"
		}
		where.between(f.column, f.after, f.before)
	}
	return ranged, nil
}
