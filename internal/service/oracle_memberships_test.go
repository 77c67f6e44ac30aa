package service_test

import (
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// askedMembers is a query of memberships in the oracle's words.
type askedMembers struct {
	ofPeople
	of    roster.Selection
	role  []string
	terms []roster.MetadataTerm
	order roster.Order
	page  roster.Paging
}

func (q askedMembers) holds(m *member) bool {
	return q.ofPeople.holds(m.who) && selected(q.of, m.of.id) && anyOf(q.role, []string{m.role}, asIs) && fulfils(m.public, q.terms)
}

func (q askedMembers) wire() roster.MembershipQuery {
	return roster.MembershipQuery{
		OrderBy: q.order, Paging: q.page, UserID: q.id, OrganizationID: q.of, Role: q.role,
		EmailAddress: q.email, PhoneNumber: q.phone, Username: q.username, Web3Wallet: q.wallet,
		Query: q.query.raw, EmailAddressQuery: q.emailQ.raw, PhoneNumberQuery: q.phoneQ.raw,
		UsernameQuery: q.usernameQ.raw, NameQuery: q.nameQ.raw,
		LastActiveAtAfter: q.activeAfter, LastActiveAtBefore: q.activeBefore,
		CreatedAtAfter: q.createdAfter, CreatedAtBefore: q.createdBefore, PublicMetadata: q.terms,
	}
}

func (a *asker) members(scope []*member, anywhere bool) (q askedMembers) {
	q.ofPeople = a.ofPeople()
	if a.wants("role") {
		q.role = pick(a.T, "role", [][]string{{roster.RoleAdmin}, {roster.RoleMember}, {"org:nobody"}, {"admin", roster.RoleMember}})
	}
	q.terms = a.terms()
	if anywhere {
		q.of = a.selection("organization_id", a.companyIDs())
	}
	q.order = a.order(roster.MembershipOrders)
	var cursors []string
	for _, m := range scope {
		cursors = append(cursors, m.id)
	}
	q.page = a.paging(cursors)
	return q
}

// memberRow is what the oracle knows of a membership.
type memberRow struct {
	ID, OrganizationID, Slug, UserID, Role string
	FirstName, LastName, Username, Named   string
	Banned                                 bool
	Public                                 string
	Created, Updated                       int64
}

func (m *member) row() memberRow {
	p := m.who
	named := "none"
	for _, s := range []string{p.wallet(), p.username, p.phone(), p.email()} {
		if s != "" {
			named = s
		}
	}
	return memberRow{m.id, m.of.id, m.of.slug, p.id, m.role, orNone(p.first.raw), orNone(p.last.raw), orNone(p.username), named,
		p.banned, m.public, m.created, m.updated}
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// opt is a nullable text; an empty one is not the same as none.
func opt(s *string) string {
	if s == nil {
		return "none"
	}
	return *s
}

func memberRows(list []roster.Membership) (out []memberRow) {
	for _, m := range list {
		u := m.PublicUserData
		out = append(out, memberRow{m.ID, m.Organization.ID, m.Organization.Slug, u.UserID, m.Role, opt(u.FirstName), opt(u.LastName), opt(u.Username), opt(u.Identifier),
			u.Banned, m.PublicMetadata.String(), m.CreatedAt, m.UpdatedAt})
	}
	return out
}

func sameMembers(t *rapid.T, what string, q askedMembers, got roster.Page[roster.Membership], scope []*member) {
	t.Helper()
	page, total := expect(scope, q.order, q.page, q.holds)
	var want []memberRow
	for _, m := range page {
		want = append(want, m.row())
	}
	same(t, what, q, memberRows(got.Data), want, got.TotalCount, total)
}

func compareMembers(t *rapid.T, w *world, d *directory) {
	if len(d.companies) == 0 {
		return
	}
	c := pick(t, "organization", d.companies)
	var scope []*member
	for _, m := range d.members {
		if m.of == c {
			scope = append(scope, m)
		}
	}
	q := ask(t, "members", d, func(a *asker) askedMembers { return a.members(scope, false) })
	got, err := w.Memberships(t.Context(), w.caller, c.id, q.wire())
	if err != nil {
		t.Fatal(err)
	}
	sameMembers(t, "members of "+c.id, q, got, scope)
}

func compareInstanceMembers(t *rapid.T, w *world, d *directory) {
	q := ask(t, "all members", d, func(a *asker) askedMembers { return a.members(d.members, true) })
	got, err := w.InstanceMemberships(t.Context(), w.caller, q.wire())
	if err != nil {
		t.Fatal(err)
	}
	sameMembers(t, "all members", q, got, d.members)
}

func compareMembershipsOfUser(t *rapid.T, w *world, d *directory) {
	if len(d.people) == 0 {
		return
	}
	p := pick(t, "user", d.people)
	var scope []*member
	var cursors []string
	for _, m := range d.members {
		if m.who == p {
			scope = append(scope, m)
			cursors = append(cursors, m.id)
		}
	}
	q := ask(t, "memberships", d, func(a *asker) askedMembers {
		return askedMembers{order: roster.Desc("created_at"), page: a.paging(cursors)}
	})
	got, err := w.UserMemberships(t.Context(), w.caller, p.id, q.page)
	if err != nil {
		t.Fatal(err)
	}
	sameMembers(t, "memberships of "+p.id, q, got, scope)
}
