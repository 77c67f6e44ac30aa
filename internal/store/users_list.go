package store

import "github.com/rosterhq/roster"

// userOrder is what an order_by name sorts by.
var userOrder = map[string]ordering{
	"created_at":      {column: "t.created_at", integer: true},
	"updated_at":      {column: "t.updated_at", integer: true},
	"email_address":   {column: "t.email_address", nullable: true},
	"web3wallet":      {column: "t.web3_wallet", nullable: true},
	"first_name":      {column: "t.first_name", nullable: true},
	"last_name":       {column: "t.last_name", nullable: true},
	"phone_number":    {column: "t.phone_number", nullable: true},
	"username":        {column: "t.username", nullable: true},
	"last_active_at":  {column: "t.last_active_at", nullable: true, integer: true},
	"last_sign_in_at": {column: "t.last_sign_in_at", nullable: true, integer: true},
}

// sharedOrders are those whose values many users may share, and in which direction an
// index has these newest first: as most ask. The other way ids are sorted, those of the
// page's values, before a user is read.
var sharedOrders = map[string]roster.Order{
	"updated_at":     roster.Desc("updated_at"),
	"first_name":     roster.Asc("first_name"),
	"last_name":      roster.Asc("last_name"),
	"last_active_at": roster.Desc("last_active_at"),
}

// Users is one page of the instance's users. ErrNotFound means the cursor is
// unknown.
func (tx *Tx) Users(q roster.UserQuery) (list []roster.User, err error) {
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := userOrder[order.By]
	by.desc = order.Desc
	var behind *place
	if q.StartingAfter != "" {
		if behind, err = tx.placeOfUser(q.StartingAfter, by); err != nil {
			return nil, err
		}
	}
	if of := byOrganization(q, order); of != "" {
		return tx.organizationUsers(of, by, memberColumns[order.By], q.Paging, behind)
	}
	where := (&clause{}).add("t.instance_id = ?", tx.Instance)
	if err := tx.filterUsers(where, q); err != nil {
		return nil, err
	}
	ranged, err := tx.filterUserTimes(where, userTimes(q), by)
	if err != nil {
		return nil, err
	}
	if tx.serial() && where.conditions > 0 && !where.few && !ranged && order.By != "created_at" {
		by = by.sorted() // SQLite would walk the order to its end for those whom filters leave
	}
	inOrder, shared := sharedOrders[order.By]
	l := listing{table: "users", columns: userColumns, where: where,
		indexed: where.few || where.conditions == 0 && (!shared || order == inOrder)}
	return pageOf(tx, l, by, q.Paging, behind, tx.userRows)
}

// CountUsers is how many users the filters leave.
func (tx *Tx) CountUsers(q roster.UserQuery) (n int64, err error) {
	if of := byOrganization(q, roster.Desc("created_at")); of != "" {
		return tx.CountMembers(of)
	}
	c := &clause{}
	c.add("select count(*)\nfrom users t\nwhere t.instance_id = ?", tx.Instance)
	if err := tx.filterUsers(c, q); err != nil {
		return 0, err
	}
	times := userTimes(q)
	if len(times) > 0 {
		by := ordering{column: times[0].column} // to start with, unless another leaves few
		if _, err := tx.filterUserTimes(c, times, by); err != nil {
			return 0, err
		}
	}
	err = tx.one(c.String(), c.args, &n)
	return n, err
}

// filterUsers adds the filters but those by time.
func (tx *Tx) filterUsers(c *clause, q roster.UserQuery) error {
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
		if err := tx.identified(c, "t.id", f.kind, f.values); err != nil {
			return err
		}
	}
	if len(q.Username) > 0 {
		users, err := tx.owners(KindUsername, folded(q.Username))
		if err != nil {
			return err
		}
		c.among("t.id", users).in("t.username", q.Username)
	}
	if len(q.ExternalID.Include) > 0 {
		users, err := tx.owners(KindExternalID, q.ExternalID.Include)
		if err != nil {
			return err
		}
		c.among("t.id", users)
	}
	if q.Provider != "" {
		c.and("1 = 0") // no user has an external account yet
	}
	c.few = c.few || len(q.UserID.Include) > 0
	c.selection("t.id", q.UserID).selection("t.external_id", q.ExternalID)
	c.holding("t", userPartials(q))
	if err := tx.membersOf(c, q.OrganizationID); err != nil {
		return err
	}
	if err := tx.banned(c, q.Banned); err != nil {
		return err
	}
	return tx.narrow(c, "t.id", "", userPartials(q))
}
