package store

import (
	"github.com/rosterhq/roster"
)

// membershipOrder is what an order_by name sorts by.
var membershipOrder = map[string]ordering{
	"created_at":    {column: "t.created_at"},
	"phone_number":  {column: "t.phone_number", nullable: true},
	"email_address": {column: "t.email_address", nullable: true},
	"first_name":    {column: "t.first_name", nullable: true},
	"last_name":     {column: "t.last_name", nullable: true},
	"username":      {column: "t.username", nullable: true},
}

// Memberships is one page of an organization's members, or of all the instance's
// for organization "". ErrNotFound means the cursor is unknown.
func (tx *Tx) Memberships(organizationID string, q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	if err := tx.loadRoles(); err != nil {
		return page, err
	}
	where := &clause{}
	where.add("\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
	if organizationID != "" {
		where.and("t.organization_id = ?", organizationID)
	}
	scope := where.conditions
	if err := tx.filterMemberships(where, q); err != nil {
		return page, err
	}
	if page.TotalCount, err = tx.totalMemberships(organizationID, where, where.conditions > scope); err != nil {
		return page, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := membershipOrder[order.By]
	by.desc = order.Desc
	var behind *place
	if q.StartingAfter != "" {
		if behind, err = tx.placeOfMembership(organizationID, q.StartingAfter, by); err != nil {
			return page, err
		}
	}
	page.Data, err = pageOf(tx, membershipColumns, where, by, q.Paging, behind, tx.membershipRows)
	return page, err
}

// totalMemberships counts what the filters leave; without filters the counters
// know.
func (tx *Tx) totalMemberships(organizationID string, where *clause, filtered bool) (n int64, err error) {
	if filtered {
		err = tx.one("select count(*)"+where.String(), where.args, &n)
		return n, err
	}
	if organizationID != "" {
		return tx.CountMembers(organizationID)
	}
	err = tx.one(`select cast(coalesce(sum(members), 0) as bigint)
from member_counts
where instance_id = $1`, []any{tx.Instance}, &n)
	return n, err
}

// filterMemberships adds the query's filters. Exact identifiers are looked up
// first, so that the rows of one organization are all the list itself reads.
func (tx *Tx) filterMemberships(c *clause, q roster.MembershipQuery) error {
	for _, f := range []struct {
		kind   string
		values []string
	}{
		{KindEmailAddress, q.EmailAddress},
		{KindPhoneNumber, q.PhoneNumber},
		{KindWeb3Wallet, q.Web3Wallet},
	} {
		if len(f.values) == 0 {
			continue
		}
		users, err := tx.owners(f.kind, f.values)
		if err != nil {
			return err
		}
		c.in("t.user_id", users)
	}
	if len(q.Username) > 0 {
		users, err := tx.owners(KindUsername, folded(q.Username))
		if err != nil {
			return err
		}
		c.in("t.user_id", users).in("t.username", q.Username)
	}
	if len(q.Role) > 0 {
		roles, err := tx.roleIDs(func(r *roleInfo) bool { return contains(q.Role, r.key) })
		if err != nil {
			return err
		}
		c.in("t.role_id", roles)
	}
	c.selection("t.user_id", q.UserID).selection("t.organization_id", q.OrganizationID)
	c.contains("t.search", q.Query).
		contains("t.search_email", q.EmailAddressQuery).
		contains("t.search_phone", q.PhoneNumberQuery).
		contains("t.search_username", q.UsernameQuery).
		contains("t.search_name", q.NameQuery)
	c.between("t.last_active_at", q.LastActiveAtAfter.Ptr(), q.LastActiveAtBefore.Ptr())
	c.between("t.user_created_at", q.CreatedAtAfter.Ptr(), q.CreatedAtBefore.Ptr())
	return nil
}

// UserMemberships is one page of a user's memberships, newest first.
func (tx *Tx) UserMemberships(userID string, p roster.Paging) (page roster.Page[roster.Membership], err error) {
	return tx.Memberships("", roster.MembershipQuery{Paging: p, UserID: roster.Only(userID)})
}

// EachMembership calls fn with every membership of an organization, or of a user,
// oldest first, reading a bounded number at a time. fn may change memberships.
func (tx *Tx) EachMembership(organizationID, userID string, fn func(roster.Membership) error) error {
	const chunk = 500
	var last roster.Membership
	for {
		c := &clause{}
		c.add("select "+membershipColumns+"\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
		if organizationID != "" {
			c.and("t.organization_id = ?", organizationID)
		}
		if userID != "" {
			c.and("t.user_id = ?", userID)
		}
		if last.ID != "" {
			c.and("(t.created_at, t.id) > (?, ?)", last.CreatedAt, last.ID)
		}
		c.add("\norder by t.created_at, t.id\nlimit ?", chunk)
		list, err := tx.membershipRows(c)
		if err != nil {
			return err
		}
		for _, m := range list {
			if err := fn(m); err != nil {
				return err
			}
		}
		if len(list) < chunk {
			return nil
		}
		last = list[len(list)-1]
	}
}

func contains(values []string, v string) bool {
	for _, s := range values {
		if s == v {
			return true
		}
	}
	return false
}
