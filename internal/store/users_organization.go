package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// memberColumns are the columns of memberships that are copies of what users sort by, each
// with an index of an organization's.
var memberColumns = map[string]string{
	"created_at":     "t.user_created_at",
	"email_address":  "t.email_address",
	"phone_number":   "t.phone_number",
	"first_name":     "t.first_name",
	"last_name":      "t.last_name",
	"username":       "t.username",
	"last_active_at": "t.last_active_at",
}

// byOrganization is the organization by which a list of users is filtered, and by nothing
// else, in an order that its memberships have; "" for every other list.
func byOrganization(q roster.UserQuery, order roster.Order) string {
	only := q.OrganizationID
	q.OrganizationID, q.OrderBy, q.Paging = roster.Selection{}, roster.Order{}, roster.Paging{}
	if len(only.Include) != 1 || len(only.Exclude) > 0 || memberColumns[order.By] == "" || len(q.Values()) > 0 {
		return ""
	}
	return only.Include[0]
}

// organizationUsers is one page of an organization's users, along its memberships.
func (tx *Tx) organizationUsers(organizationID string, by ordering, column string, p roster.Paging, behind *place) ([]roster.User, error) {
	by.column, by.id = column, "t.user_id"
	l := listing{table: "memberships", columns: "t.user_id", indexed: true,
		where: (&clause{}).add("t.instance_id = ?", tx.Instance).and("t.organization_id = ?", organizationID)}
	ids, err := pageOf(tx, l, by, p, behind, tx.ids)
	if err != nil || len(ids) == 0 {
		return []roster.User{}, err
	}
	c := (&clause{}).add("select "+userColumns+"\nfrom users t\nwhere t.instance_id = ?", tx.Instance)
	list, err := tx.userRows(c.among("t.id", ids))
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(list, func(a, b roster.User) int { return at[a.ID] - at[b.ID] })
	return list, err
}
