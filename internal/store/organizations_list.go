package store

import "github.com/rosterhq/roster"

const membersOfOrganization = `(select cast(coalesce(sum(n.members), 0) as bigint) from member_counts n where n.instance_id = t.instance_id and n.organization_id = t.id)`

// Organizations is one page of the instance's organizations.
func (tx *Tx) Organizations(q roster.OrganizationQuery) (page roster.Page[roster.Organization], err error) {
	where := &clause{}
	where.add("\nfrom organizations t\nwhere t.instance_id = ?", tx.Instance)
	where.selection("t.id", q.OrganizationID)
	where.havingMembers(tx, q.UserID)
	if q.Query != "" {
		where.and("(t.id = ? or instr(t.search, ?) > 0)", q.Query, fold(q.Query))
	}
	if err := tx.one("select count(*)"+where.String(), where.args, &page.TotalCount); err != nil {
		return page, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	column := "t." + order.By
	if order.By == "members_count" {
		column = membersOfOrganization
	}
	c := &clause{}
	c.add("select " + organizationColumns + ", " + membersOfOrganization).extend(where)
	by := ordering{column: column, integer: order.By != "name", desc: order.Desc}
	if where.few || q.Query != "" && page.TotalCount <= int64(q.PageLimit()) { // a walk to the last would read all others too
		by = by.sorted()
	}
	c.add(by.sql()).page(q.Paging)
	page.Data = []roster.Organization{}
	err = tx.query(c.String(), c.args, func(r row) error {
		var members int64
		o, err := tx.scanOrganization(r, &members)
		if q.MembersCount {
			o.MembersCount = &members
		}
		page.Data = append(page.Data, o)
		return err
	})
	if err == nil && q.MissingMemberWithElevatedPermissions {
		err = tx.IncludeMissingMember(page.Data)
	}
	return page, err
}

// havingMembers keeps organizations t with any of the included users as members
// and none of the excluded. The list starts with those that the included are in:
// by what the primary key does not have, or SQLite would look through all of it.
func (c *clause) havingMembers(tx *Tx, s roster.Selection) *clause {
	if len(s.Include) > 0 {
		open, closed := tx.oneOf("t.id")
		c.and(open+"select m.organization_id from memberships m where m.instance_id = ?", tx.Instance).in("m.user_id", s.Include).and("m.updated_at >= 0" + closed)
		c.few = true
	}
	if len(s.Exclude) > 0 {
		c.and("not exists (select 1 from memberships m where m.instance_id = t.instance_id and m.organization_id = t.id").in("m.user_id", s.Exclude).add(")")
	}
	return c
}

// IncludeMissingMember tells of each organization whether it lacks a member with
// all elevated permissions.
func (tx *Tx) IncludeMissingMember(list []roster.Organization) error {
	roles, err := tx.RolesHolding(roster.ElevatedPermissions)
	if err != nil || len(list) == 0 {
		return err
	}
	ids := make([]string, len(list))
	for i := range list {
		ids[i] = list[i].ID
	}
	c := &clause{}
	c.add("select distinct organization_id\nfrom memberships\nwhere instance_id = ?", tx.Instance)
	c.in("organization_id", ids).in("role_id", roles)
	led := map[string]bool{}
	if err := tx.query(c.String(), c.args, func(r row) error {
		var id string
		err := r.scan(&id)
		led[id] = true
		return err
	}); err != nil {
		return err
	}
	for i := range list {
		missing := !led[list[i].ID]
		list[i].MissingMemberWithElevatedPermissions = &missing
	}
	return nil
}
