package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

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
	case len(roles) == 1 && of.organizationID != "" && !by.nullable: // which an index has in order
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
