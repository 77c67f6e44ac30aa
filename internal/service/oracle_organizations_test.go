package service_test

import (
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// askedCompanies is a query of organizations in the oracle's words.
type askedCompanies struct {
	roster.OrganizationInclude
	query text
	with  roster.Selection
	id    roster.Selection
	order roster.Order
	page  roster.Paging
}

func (q askedCompanies) wire() roster.OrganizationQuery {
	return roster.OrganizationQuery{OrderBy: q.order, Paging: q.page, OrganizationInclude: q.OrganizationInclude,
		Query: q.query.raw, UserID: q.with, OrganizationID: q.id}
}

func (a *asker) askCompanies() (q askedCompanies) {
	q.MembersCount = rapid.Bool().Draw(a.T, "include_members_count")
	q.MissingMemberWithElevatedPermissions = rapid.Bool().Draw(a.T, "include_missing")
	q.with = a.selection("user_id", a.ids())
	q.id = a.selection("organization_id", a.companyIDs())
	if len(a.companies) > 0 && a.wants("query") {
		c := pick(a.T, "company", a.companies)
		q.query = part(a.T, []text{c.name, plain(c.slug)})
		if chance(a.T, "by id", 3) {
			q.query = plain(c.id)
		}
	}
	q.order = a.order(roster.OrganizationOrders)
	q.page = a.paging(nil)
	return q
}

func (d *directory) headed() (out []*headed) {
	for _, c := range d.companies {
		h := &headed{company: c}
		for _, m := range d.members {
			if m.of == c {
				h.members++
			}
		}
		out = append(out, h)
	}
	return out
}

func (q askedCompanies) holds(d *directory) func(*headed) bool {
	return func(c *headed) bool {
		var users []string
		for _, m := range d.members {
			if m.of == c.company {
				users = append(users, m.who.id)
			}
		}
		return selected(q.id, c.id) && selected(q.with, users...) &&
			(c.id == q.query.raw || contains([]text{c.name, plain(c.slug)}, q.query))
	}
}

type companyRow struct {
	ID, Name, Slug          string
	Created, Updated, Limit int64
	Members                 *int64
	Missing                 *bool
}

func (c *headed) row(d *directory, q askedCompanies) companyRow {
	r := companyRow{ID: c.id, Name: c.name.raw, Slug: c.slug, Created: c.created, Updated: c.updated, Limit: c.limit}
	if q.MembersCount {
		r.Members = &c.members
	}
	if q.MissingMemberWithElevatedPermissions {
		missing := true
		for _, m := range d.members {
			missing = missing && (m.of != c.company || m.role != roster.RoleAdmin)
		}
		r.Missing = &missing
	}
	return r
}

func compareCompanies(t *rapid.T, w *world, d *directory) {
	q := ask(t, "organizations", d, (*asker).askCompanies)
	got, err := w.Organizations(t.Context(), w.caller, q.wire())
	if err != nil {
		t.Fatal(err)
	}
	var rows, want []companyRow
	for _, o := range got.Data {
		rows = append(rows, companyRow{o.ID, o.Name, o.Slug, o.CreatedAt, o.UpdatedAt, o.MaxAllowedMemberships, o.MembersCount, o.MissingMemberWithElevatedPermissions})
	}
	page, total := expect(d.headed(), q.order, q.page, q.holds(d))
	for _, c := range page {
		want = append(want, c.row(d, q))
	}
	same(t, "organizations", q, rows, want, got.TotalCount, total)
}
