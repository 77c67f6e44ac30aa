package storetest

import (
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// timed is when one of the members of timesAreFiltered came and was active last, 0
// for never. The latter follows the order in which they became members, so that those
// whom a filter leaves lie together in it; the former does not.
type timed struct{ created, active int64 }

const timedMembers = 1200 // more than are few

func timedMember(i int64) timed {
	m := timed{created: 1 + i*7919%timedMembers}
	if i%10 != 0 {
		m.active = 1000 * (1 + i/12)
	}
	return m
}

// timesAreFiltered asks for ranges of times that few and many are in, one by one and
// beside other filters, in every order: the list is always the whole one less those
// outside of the range.
func timesAreFiltered(t *testing.T, b *bench) {
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		for i := range int64(timedMembers) {
			id := fmt.Sprintf("user_%04d", i)
			if err := insertUser(tx, id, func(u *roster.User) {
				m := timedMember(i)
				named(fmt.Sprintf("name %d", i%7))(u)
				u.CreatedAt, u.LastActiveAt = m.created, orNever(m.active)
			}); err != nil {
				return err
			}
			role := "role_member"
			if i%4 == 0 {
				role = "role_admin"
			}
			public := roster.Metadata(fmt.Sprintf(`{"group":%d}`, i%3))
			if err := tx.InsertMembership("orgmem_"+id, "org_1", id, role, public, nil); err != nil {
				return err
			}
		}
		return nil
	})
	b.memberOf("ins_1", "org_1", "user_late", func(u *roster.User) { u.CreatedAt = 5000 })
	b.organization("ins_1", "org_2")
	b.memberOf("ins_1", "org_2", "user_elsewhere", func(u *roster.User) { u.CreatedAt = 600 })
	if _, err := raw(t, b.url).ExecContext(t.Context(), "analyze"); err != nil { // of so many rows at once nobody knew yet
		t.Fatal(err)
	}
	n := func(n int64) roster.Field[int64] { return roster.Value(n) }
	for _, q := range []roster.MembershipQuery{
		{CreatedAtAfter: n(1190)}, {CreatedAtBefore: n(11)}, {CreatedAtAfter: n(600), CreatedAtBefore: n(605)},
		{CreatedAtAfter: n(200)}, {CreatedAtAfter: n(201)}, {CreatedAtBefore: n(1100)}, {CreatedAtAfter: n(0)},
		{CreatedAtAfter: n(5000)}, {CreatedAtAfter: n(700), CreatedAtBefore: n(700)}, {CreatedAtAfter: n(800), CreatedAtBefore: n(700)},
		{LastActiveAtAfter: n(98_000)}, {LastActiveAtBefore: n(3000)}, {LastActiveAtAfter: n(1)}, {LastActiveAtAfter: n(50_000), LastActiveAtBefore: n(52_000)},
		{CreatedAtAfter: n(100), LastActiveAtAfter: n(97_000)}, {CreatedAtBefore: n(100), LastActiveAtAfter: n(1000)}, {CreatedAtAfter: n(1), LastActiveAtBefore: n(99_000)},
		{CreatedAtBefore: n(100), Role: []string{"org:admin"}}, {CreatedAtAfter: n(100), Role: []string{"org:admin"}}, {CreatedAtAfter: n(100), Role: []string{"org:admin", "org:member"}},
		{CreatedAtBefore: n(500), NameQuery: "ame 3"}, {LastActiveAtAfter: n(1), NameQuery: "e 3"},
		{CreatedAtBefore: n(500), UserID: roster.Selection{Exclude: []string{"user_0007"}}},
		{CreatedAtBefore: n(900), UserID: roster.Only("user_0001", "user_0100", "user_0200")},
		{CreatedAtBefore: n(500), OrganizationID: roster.Only("org_1")}, {CreatedAtBefore: n(500), OrganizationID: roster.Only("org_2")},
		{CreatedAtBefore: n(500), PublicMetadata: asked(t, "group=1").PublicMetadata}, {LastActiveAtAfter: n(97_000), PublicMetadata: asked(t, "group=1", "group=2").PublicMetadata},
	} {
		for _, order := range []roster.Order{{}, roster.Asc("created_at"), roster.Desc("first_name"), roster.Asc("last_name")} {
			q.OrderBy = order
			b.filtered(t, q)
		}
	}
}

// filtered compares a list that filters by time with the list that does not, less
// those who do not pass: as a whole, and by pages.
func (b *bench) filtered(t *testing.T, q roster.MembershipQuery) {
	t.Helper()
	rest := q
	rest.CreatedAtAfter, rest.CreatedAtBefore, rest.LastActiveAtAfter, rest.LastActiveAtBefore = roster.Field[int64]{}, roster.Field[int64]{}, roster.Field[int64]{}, roster.Field[int64]{}
	rest.Limit = 2 * timedMembers
	var kept []string
	for _, id := range b.list(rest) {
		if passes(q, id) {
			kept = append(kept, id)
		}
	}
	what := fmt.Sprintf("%+v", q)
	page := func(p roster.Paging, from, to int) {
		q.Paging = p
		b.mustRead("ins_1", func(tx *store.Tx) error {
			got, err := tx.Memberships("org_1", q)
			if err != nil {
				return err
			}
			want(t, fmt.Sprintf("%s from %d", what, from), userIDs(got.Data), kept[min(from, len(kept)):min(to, len(kept))]...)
			if got.TotalCount != int64(len(kept)) {
				t.Errorf("%s: total_count = %d, want %d", what, got.TotalCount, len(kept))
			}
			return nil
		})
	}
	page(roster.Paging{Limit: 2 * timedMembers}, 0, len(kept))
	page(roster.Paging{Limit: 3}, 0, 3)
	page(roster.Paging{Limit: 3, Offset: 4}, 4, 7)
	page(roster.Paging{Limit: 3, Offset: 1003}, 1003, 1006)
	if len(kept) > 2 {
		page(roster.Paging{Limit: 3, StartingAfter: "orgmem_" + kept[1]}, 2, 5)
	}
}

// passes reports whether a member passes a query's filters by time.
func passes(q roster.MembershipQuery, id string) bool {
	m := timed{created: 5000} // user_late
	var i int64
	if _, err := fmt.Sscanf(id, "user_%d", &i); err == nil {
		m = timedMember(i)
	}
	within := func(at int64, after, before roster.Field[int64]) bool {
		a, lower := after.Get()
		z, upper := before.Get()
		return (!lower || at > a) && (!upper || at < z)
	}
	_, after := q.LastActiveAtAfter.Get()
	_, before := q.LastActiveAtBefore.Get()
	if (after || before) && m.active == 0 {
		return false
	}
	return within(m.created, q.CreatedAtAfter, q.CreatedAtBefore) && within(m.active, q.LastActiveAtAfter, q.LastActiveAtBefore)
}

func orNever(at int64) *int64 {
	if at == 0 {
		return nil
	}
	return &at
}
