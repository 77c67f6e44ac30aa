package store

import "github.com/rosterhq/roster"

// totalAlong counts, along with the next query, what the filters leave; without
// filters the counters know.
func (tx *Tx) totalAlong(of scope, where *clause, filtered bool, n *int64) {
	if !filtered && of.userID == "" {
		c := tx.counted("cast(coalesce(sum(members), 0) as bigint)", of.organizationID)
		tx.commonAlong(c.String(), c.args, func(r row) error { return r.scan(n) })
		return
	}
	tx.along("select count(*)\nfrom memberships t\nwhere "+where.String(), where.args, func(r row) error { return r.scan(n) })
}

// totalCount is how a list's total is found where nothing else has told it.
type totalCount struct {
	tx       *Tx
	of       scope
	where    *clause
	filtered bool
	n        *int64
	fits     bool // all of the list on its page
	pending  bool // until the page has been read
}

func (t *totalCount) along() { t.tx.totalAlong(t.of, t.where, t.filtered, t.n) }

// byPage reports whether the first page comes before the total: as a rule it is not full,
// and tells. Where the database is far away that is so only where the page is known to
// hold all that a list has, since to count behind it would take a trip more.
func (t *totalCount) byPage(q roster.MembershipQuery) bool {
	named := len(q.UserID.Include)
	t.fits = t.of.organizationID != "" && named > 0 && named <= q.PageLimit()
	t.pending = q.Offset == 0 && q.StartingAfter == "" && (t.fits || t.tx.serial() && (t.filtered || t.of.userID != ""))
	return t.pending
}

// behind finds the total behind a page of so many, if it has waited for that.
func (t *totalCount) behind(rows int, q roster.MembershipQuery) error {
	switch {
	case !t.pending:
	case t.fits || rows < q.PageLimit():
		*t.n = int64(rows)
	default:
		t.along()
		return t.tx.flush()
	}
	return nil
}

// supposedUsers is how many users an instance is supposed to have where memberships are
// found along them: with more a walk may be longer than to sort would be, with fewer it is
// the other way round.
const supposedUsers = 1_000_000

// walksUsers reports whether a page of the instance's memberships, whose total is on its
// way, is found sooner along the users, of whom some may have none. PostgreSQL sees for
// itself.
func (tx *Tx) walksUsers(p roster.Paging, total *int64) (bool, error) {
	if !tx.serial() {
		return true, nil
	}
	err := tx.flush()
	return *total**total/supposedUsers > reach(p), err
}
