package store

import "github.com/rosterhq/roster"

// userOrder maps an order_by name to its column and whether it may be null.
var userOrder = map[string]struct {
	column   string
	nullable bool
}{
	"created_at":      {"created_at", false},
	"updated_at":      {"updated_at", false},
	"email_address":   {"email_address", true},
	"web3wallet":      {"web3_wallet", true},
	"first_name":      {"first_name", true},
	"last_name":       {"last_name", true},
	"phone_number":    {"phone_number", true},
	"username":        {"username", true},
	"last_active_at":  {"last_active_at", true},
	"last_sign_in_at": {"last_sign_in_at", true},
}

// Users is one page of the instance's users. ErrNotFound means the cursor is
// unknown.
func (tx *Tx) Users(q roster.UserQuery) ([]roster.User, error) {
	c := &clause{}
	c.add("select "+userColumns+"\nfrom users t\nwhere t.instance_id = ?", tx.Instance)
	if err := tx.filterUsers(c, q); err != nil {
		return nil, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := userOrder[order.By]
	if q.StartingAfter != "" {
		key, err := tx.placeOfUser(q.StartingAfter)
		if err != nil {
			return nil, err
		}
		c.after("t.created_at", false, order.Desc, key, q.StartingAfter)
	}
	c.orderBy("t."+by.column, by.nullable, order.Desc).page(q.Paging)
	return tx.userRows(c)
}

// CountUsers is how many users the filters leave.
func (tx *Tx) CountUsers(q roster.UserQuery) (n int64, err error) {
	c := &clause{}
	c.add("select count(*)\nfrom users t\nwhere t.instance_id = ?", tx.Instance)
	if err := tx.filterUsers(c, q); err != nil {
		return 0, err
	}
	err = tx.one(c.String(), c.args, &n)
	return n, err
}

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
		users, err := tx.owners(f.kind, f.values)
		if err != nil {
			return err
		}
		c.in("t.id", users)
	}
	if len(q.Username) > 0 {
		c.in("t.username", q.Username)
	}
	if q.Provider != "" {
		c.and("1 = 0") // no user has an external account yet
	}
	c.selection("t.id", q.UserID).selection("t.external_id", q.ExternalID)
	c.membersOf(q.OrganizationID)
	c.contains("t.search", q.Query).
		contains("t.search_email", q.EmailAddressQuery).
		contains("t.search_phone", q.PhoneNumberQuery).
		contains("t.search_username", q.UsernameQuery).
		contains("t.search_name", q.NameQuery)
	if banned, ok := q.Banned.Get(); ok {
		c.and("t.banned = ?", banned)
	}
	if since, ok := q.LastActiveAtSince.Get(); ok {
		c.and("t.last_active_at >= ?", since)
	}
	c.between("t.last_active_at", q.LastActiveAtAfter.Ptr(), q.LastActiveAtBefore.Ptr())
	c.between("t.created_at", q.CreatedAtAfter.Ptr(), q.CreatedAtBefore.Ptr())
	c.between("t.last_sign_in_at", q.LastSignInAtAfter.Ptr(), q.LastSignInAtBefore.Ptr())
	return nil
}

// membersOf keeps users t who belong to any of the included and none of the
// excluded organizations.
func (c *clause) membersOf(s roster.Selection) *clause {
	const of = `exists (select 1 from memberships m where m.instance_id = t.instance_id and m.user_id = t.id and m.organization_id in (`
	if len(s.Include) > 0 {
		c.and(of+marks(len(s.Include))+"))", texts(s.Include)...)
	}
	if len(s.Exclude) > 0 {
		c.and("not "+of+marks(len(s.Exclude))+"))", texts(s.Exclude)...)
	}
	return c
}
