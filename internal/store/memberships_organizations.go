package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// byOrganizations reports whether a list of the instance's is filtered by organizations,
// and by nothing else.
func (of scope) byOrganizations(q roster.MembershipQuery) bool {
	selected := len(q.OrganizationID.Include)+len(q.OrganizationID.Exclude) > 0
	q.OrganizationID, q.OrderBy, q.Paging = roster.Selection{}, roster.Order{}, roster.Paging{}
	return of == scope{} && selected && len(q.Values()) == 0
}

// rangesAtMost bounds the organizations of a list whose page is the first of the pages of
// each.
const rangesAtMost = 16

// organizationsMemberships is one page of the members of some organizations, whom the
// counters know. It starts from few, as with roles; else it is what comes first of each
// organization, or found on a walk where these are many, or the page is far.
func (tx *Tx) organizationsMemberships(q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	var all int64
	if page.TotalCount, all, err = tx.countSelected(q.OrganizationID); err != nil {
		return page, err
	}
	ids, by := included(q.OrganizationID), orderOfMemberships(q)
	l := listing{table: "memberships", columns: membershipColumns, where: (&clause{}).add("t.instance_id = ?", tx.Instance)}
	column := "t.organization_id || ''"
	switch {
	case page.TotalCount*page.TotalCount <= int64(q.PageLimit())*all:
		column, l.where.few = "t.organization_id", true
	case len(ids) > 0 && len(ids) <= rangesAtMost && q.Offset < deepOffset:
		l.organizations, l.indexed = ids, true
	default:
		l.indexed = !by.nullable
	}
	l.where.selection(column, q.OrganizationID)
	page.Data, err = tx.membershipPage(scope{}, l, by, q.Paging, &page.TotalCount)
	return page, err
}

// included are the values that a selection names and does not leave out.
func included(s roster.Selection) []string {
	return slices.DeleteFunc(inOrder(s.Include), func(id string) bool { return slices.Contains(s.Exclude, id) })
}

// countSelected counts the members of selected organizations, and all there are.
func (tx *Tx) countSelected(s roster.Selection) (selected, all int64, err error) {
	tx.totalAlong(scope{}, nil, false, &all)
	ids := included(s)
	if len(s.Include) == 0 {
		ids = s.Exclude
	}
	c := (&clause{}).add("select cast(coalesce(sum(members), 0) as bigint)\nfrom member_counts t\nwhere t.instance_id = ?", tx.Instance)
	c.in("t.organization_id", ids)
	err = tx.one(c.String(), c.args, &selected)
	if len(s.Include) == 0 {
		selected = all - selected
	}
	return selected, all, err
}
