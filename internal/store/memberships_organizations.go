package store

import (
	"reflect"
	"slices"

	"github.com/rosterhq/roster"
)

// byOrganizations reports whether a list of the instance's is filtered by organizations,
// and by nothing else.
func (of scope) byOrganizations(q roster.MembershipQuery) bool {
	selected := len(q.OrganizationID.Include)+len(q.OrganizationID.Exclude) > 0
	q.OrganizationID, q.OrderBy, q.Paging = roster.Selection{}, roster.Order{}, roster.Paging{}
	return of == scope{} && selected && reflect.ValueOf(q).IsZero()
}

// organizationsMemberships is one page of the members of some organizations, whom the
// counters know. As with roles, the list starts from few, and walks its order to a page
// of many.
func (tx *Tx) organizationsMemberships(q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	var all int64
	if page.TotalCount, all, err = tx.countSelected(q.OrganizationID); err != nil {
		return page, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := membershipOrder[order.By]
	by.desc = order.Desc
	l := listing{table: "memberships", columns: membershipColumns, where: (&clause{}).add("t.instance_id = ?", tx.Instance)}
	column := "t.organization_id"
	if l.where.few = page.TotalCount*page.TotalCount <= int64(q.PageLimit())*all; !l.where.few {
		l.indexed = !by.nullable
		column += " || ''"
	}
	l.where.selection(column, q.OrganizationID)
	page.Data, err = tx.membershipPage(scope{}, l, by, q.Paging, &page.TotalCount)
	return page, err
}

// countSelected counts the members of selected organizations, and all there are.
func (tx *Tx) countSelected(s roster.Selection) (selected, all int64, err error) {
	tx.totalAlong(scope{}, nil, false, &all)
	ids := s.Exclude
	if len(s.Include) > 0 {
		ids = slices.DeleteFunc(slices.Clone(s.Include), func(id string) bool { return slices.Contains(s.Exclude, id) })
	}
	c := (&clause{}).add("select cast(coalesce(sum(members), 0) as bigint)\nfrom member_counts t\nwhere t.instance_id = ?", tx.Instance)
	c.in("t.organization_id", ids)
	err = tx.one(c.String(), c.args, &selected)
	if len(s.Include) == 0 {
		selected = all - selected
	}
	return selected, all, err
}
