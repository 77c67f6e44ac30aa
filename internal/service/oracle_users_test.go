package service_test

import (
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// askedPeople is a query of users in the oracle's words.
type askedPeople struct {
	ofPeople
	externalID, in            roster.Selection
	banned                    roster.Field[bool]
	activeSince               roster.Field[int64]
	signedAfter, signedBefore roster.Field[int64]
	order                     roster.Order
	page                      roster.Paging
}

func (q askedPeople) holds(d *directory) func(*person) bool {
	return func(p *person) bool {
		var in []string
		for _, m := range d.members {
			if m.who == p {
				in = append(in, m.of.id)
			}
		}
		banned, asked := q.banned.Get()
		since, bounded := q.activeSince.Get()
		return q.ofPeople.holds(p) && selected(q.externalID, some(p.externalID)...) && selected(q.in, in...) &&
			(!asked || p.banned == banned) &&
			(!bounded || p.active != nil && *p.active/day >= since/day) &&
			within(p.signedIn, q.signedAfter, q.signedBefore)
	}
}

func (q askedPeople) wire() roster.UserQuery {
	return roster.UserQuery{
		OrderBy: q.order, Paging: q.page, UserID: q.id, ExternalID: q.externalID, OrganizationID: q.in,
		EmailAddress: q.email, PhoneNumber: q.phone, Username: q.username, Web3Wallet: q.wallet,
		Query: q.query.raw, EmailAddressQuery: q.emailQ.raw, PhoneNumberQuery: q.phoneQ.raw,
		UsernameQuery: q.usernameQ.raw, NameQuery: q.nameQ.raw, Banned: q.banned,
		LastActiveAtAfter: q.activeAfter, LastActiveAtBefore: q.activeBefore, LastActiveAtSince: q.activeSince,
		CreatedAtAfter: q.createdAfter, CreatedAtBefore: q.createdBefore,
		LastSignInAtAfter: q.signedAfter, LastSignInAtBefore: q.signedBefore,
	}
}

func (a *asker) askPeople() (q askedPeople) {
	if len(a.companies) > 0 && chance(a.T, "of an organization alone", 4) {
		q.in = roster.Only(pick(a.T, "organization", a.companyIDs()))
		q.order, q.page = a.peopleInOrder()
		return q
	}
	q.ofPeople = a.ofPeople()
	var external []string
	for _, p := range a.people {
		external = append(external, some(p.externalID)...)
	}
	q.externalID = a.selection("external_id", external)
	q.in = a.selection("organization_id", a.companyIDs())
	if a.wants("banned") {
		q.banned = roster.Value(rapid.Bool().Draw(a.T, "banned"))
	}
	if a.wants("last_active_at_since") {
		q.activeSince = roster.Value(a.clock() + pick(a.T, "since", []int64{-2 * day, -day, -1, 0, 1}))
	}
	q.signedAfter, q.signedBefore = a.bounds("last_sign_in_at", func(p *person) *int64 { return p.signedIn })
	q.order, q.page = a.peopleInOrder()
	return q
}

func (a *asker) peopleInOrder() (roster.Order, roster.Paging) {
	var cursors []string
	order := a.order(roster.UserOrders)
	if order.By == "created_at" { // the edge takes a cursor with this order only
		for _, p := range a.people {
			cursors = append(cursors, p.id)
		}
	}
	return order, a.paging(cursors)
}

// clock is a time around which people were active.
func (a *asker) clock() int64 {
	if p := a.someone(); p.active != nil {
		return *p.active
	}
	return morning
}

type personRow struct {
	ID, ExternalID, Username, FirstName, LastName string
	Emails, Phones, Wallets                       []string
	Banned                                        bool
	Created, Updated                              int64
	Active, SignedIn                              *int64
}

func (p *person) row() personRow {
	return personRow{p.id, orNone(p.externalID), orNone(p.username), orNone(p.first.raw), orNone(p.last.raw),
		p.emails, p.phones, p.wallets, p.banned, p.created, p.updated, p.active, p.signedIn}
}

func personRows(list []roster.User) (out []personRow) {
	for _, u := range list {
		r := personRow{ID: u.ID, ExternalID: opt(u.ExternalID), Username: opt(u.Username), FirstName: opt(u.FirstName), LastName: opt(u.LastName),
			Banned: u.Banned, Created: u.CreatedAt, Updated: u.UpdatedAt, Active: u.LastActiveAt, SignedIn: u.LastSignInAt}
		for _, e := range u.EmailAddresses {
			r.Emails = append(r.Emails, e.EmailAddress)
		}
		for _, n := range u.PhoneNumbers {
			r.Phones = append(r.Phones, n.PhoneNumber)
		}
		for _, v := range u.Web3Wallets {
			r.Wallets = append(r.Wallets, v.Web3Wallet)
		}
		out = append(out, r)
	}
	return out
}

// comparePeople asks for a page of users, and for their number.
func comparePeople(t *rapid.T, w *world, d *directory) {
	q := ask(t, "users", d, (*asker).askPeople)
	got, err := w.Users(t.Context(), w.caller, q.wire())
	if err != nil {
		t.Fatal(err)
	}
	count, err := w.CountUsers(t.Context(), w.caller, q.wire())
	if err != nil {
		t.Fatal(err)
	}
	page, total := expect(d.people, q.order, q.page, q.holds(d))
	var want []personRow
	for _, p := range page {
		want = append(want, p.row())
	}
	same(t, "users", q, personRows(got), want, count.TotalCount, total)
}
