package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// roleMemberships is one page of those members of an organization who have a role, which
// an index has in the usual order. Whose key it is was known to the last who asked, as a
// rule: then all of it takes one trip, and that it is another's by now shows.
func (tx *Tx) roleMemberships(of scope, l listing, by ordering, q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	key := q.Role[0]
	id := roleWith(key, tx.cache.last(tx.Instance))
	assumed := tx.roles == nil && id != "" && q.Offset < deepOffset && tx.once(true)
	if !assumed {
		if err := tx.loadRoles(); err != nil {
			return page, err
		}
		id = roleWith(key, tx.roles)
	}
	total := tx.counted("cast(coalesce(sum(members), 0) as bigint)", of.organizationID).and("t.role_id = ?", id)
	tx.commonAlong(total.String(), total.args, func(r row) error { return r.scan(&page.TotalCount) })
	l.where.and("t.role_id = ?", id)
	if !tx.serial() {
		l.where.apart("t.role_id", id)
	}
	l.indexed, l.walk = true, true
	page.Data, err = tx.membershipPage(of, l, by, q.Paging, &page.TotalCount)
	if err == nil && assumed && id != roleWith(key, tx.roles) {
		err = errMore
	}
	return page, err
}

// filterRoles adds the filter by role to a list and finds its total, which the
// counters know where nothing else filters. Many or few may have a role, and engines
// cannot tell: with few the list starts from them, with many it walks its order until
// the page is full.
func (tx *Tx) filterRoles(of scope, l *listing, by ordering, q roster.MembershipQuery, total *int64, filtered bool) error {
	roles, err := tx.roleIDs(func(r *roleInfo) bool { return slices.Contains(q.Role, r.key) })
	if err != nil {
		return err
	}
	if filtered || of.userID != "" || len(roles) == 0 {
		l.where.in(l.where.beside("t.role_id"), roles)
		l.indexed = l.indexed && l.where.few
		tx.totalAlong(of, l.where, true, total)
		return nil
	}
	counts, err := tx.CountMembersByRole(of.organizationID)
	if err != nil {
		return err
	}
	var all int64
	for role, n := range counts {
		all += n
		if slices.Contains(roles, role) {
			*total += n
		}
	}
	switch few := *total**total <= int64(q.PageLimit())*all; {
	case len(roles) == 1 && of.organizationID != "" && !by.nullable: // of several keys one is there
		l.where.and("t.role_id = ?", roles[0])
		l.indexed = true
	case few:
		l.where.among("t.role_id", roles)
		l.indexed = of.organizationID != ""
	default:
		l.where.in("t.role_id || ''", roles)
		l.indexed = of.organizationID != "" || !by.nullable
	}
	return nil
}
