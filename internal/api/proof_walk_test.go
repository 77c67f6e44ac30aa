package api_test

import (
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// crowd makes n users with few different names, some with none, and makes them all
// members of one organization and every third of a second.
func crowd(t *testing.T, c *client.Client, n int) (first, second *roster.Organization, users []*roster.User) {
	t.Helper()
	ctx := t.Context()
	first = must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "First"}))(t)
	second = must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Second"}))(t)
	for i := range n {
		u := newcomer(t, c, i)
		users = append(users, u)
		in := roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember}
		must(c.OrganizationMemberships.Create(ctx, first.ID, in))(t)
		if i%3 == 0 {
			must(c.OrganizationMemberships.Create(ctx, second.ID, in))(t)
		}
	}
	return first, second, users
}

// newcomer makes a user whose attributes tie with those of others, or are missing.
func newcomer(t tester, c *client.Client, i int) *roster.User {
	t.Helper()
	in := roster.CreateUser{Username: roster.Value(fmt.Sprintf("user%04d", i))}
	if i%3 > 0 {
		in.FirstName = roster.Value([]string{"ann", "Ann", "änn", "a"}[i%4])
	}
	if i%4 > 0 {
		in.LastName = roster.Value([]string{"lee", "li"}[i%2])
	}
	if i%2 > 0 {
		in.EmailAddress = []string{fmt.Sprintf("u%d@x.io", i)}
	}
	if i%5 > 0 {
		in.PhoneNumber = []string{fmt.Sprintf("+1555555%04d", i)}
	}
	return must(c.Users.Create(context.Background(), in))(t)
}

func bothWays(by ...string) (out []roster.Order) {
	for _, b := range by {
		out = append(out, roster.Asc(b), roster.Desc(b))
	}
	return out
}

// collect reads a walk to its end as ids.
func collect[T any](t tester, walk iter.Seq2[T, error], id func(T) string) (ids []string) {
	t.Helper()
	for e, err := range walk {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id(e))
	}
	return ids
}

// walks compares walks of several page sizes with the one page that holds all.
func walks[T any](t *testing.T, what string, n int, id func(T) string, walk func(roster.Paging) iter.Seq2[T, error]) {
	t.Helper()
	want := collect(t, walk(roster.Paging{Limit: 500}), id)
	if sorted := slices.Sorted(slices.Values(want)); len(want) != n || len(slices.Compact(sorted)) != n {
		t.Errorf("%s: %d elements, want %d", what, len(want), n)
	}
	for _, limit := range []int{3, 10} {
		if got := collect(t, walk(roster.Paging{Limit: limit}), id); !slices.Equal(got, want) {
			t.Errorf("%s, %d at a time:\n got %q\nwant %q", what, limit, got, want)
		}
	}
}

func membershipID(m roster.Membership) string { return m.ID }

// The client's iterators, by offset and by cursor, over every list of a directory
// that stands still.
func TestWalks_are_complete(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		const n, all = 21, 21 + 21/3
		first, _, users := crowd(t, p.Client(), n)
		for range 7 {
			must(p.Client().Sessions.Create(t.Context(), roster.CreateSession{UserID: users[0].ID}))(t)
		}
		for name, c := range map[string]*client.Client{"by offset": p.Client(), "by cursor": p.Client(client.WithCursor())} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				ctx := t.Context()
				for _, o := range bothWays(roster.MembershipOrders...) {
					walks(t, "members "+o.String(), n, membershipID, func(p roster.Paging) iter.Seq2[roster.Membership, error] {
						return c.OrganizationMemberships.All(ctx, first.ID, roster.MembershipQuery{OrderBy: o, Paging: p})
					})
					walks(t, "all members "+o.String(), all, membershipID, func(p roster.Paging) iter.Seq2[roster.Membership, error] {
						return c.OrganizationMemberships.AllInstance(ctx, roster.MembershipQuery{OrderBy: o, Paging: p})
					})
				}
				walks(t, "memberships of a user", 2, membershipID, func(p roster.Paging) iter.Seq2[roster.Membership, error] {
					return c.OrganizationMemberships.AllForUser(ctx, users[0].ID, p)
				})
				for _, o := range bothWays(roster.UserOrders...) {
					walks(t, "users "+o.String(), n, func(u roster.User) string { return u.ID }, func(p roster.Paging) iter.Seq2[roster.User, error] {
						return c.Users.All(ctx, roster.UserQuery{OrderBy: o, Paging: p})
					})
				}
				for _, o := range bothWays(roster.OrganizationOrders...) {
					walks(t, "organizations "+o.String(), 2, func(o roster.Organization) string { return o.ID }, func(p roster.Paging) iter.Seq2[roster.Organization, error] {
						return c.Organizations.All(ctx, roster.OrganizationQuery{OrderBy: o, Paging: p})
					})
				}
				walks(t, "sessions", 7, func(s roster.Session) string { return s.ID }, func(p roster.Paging) iter.Seq2[roster.Session, error] {
					return c.Sessions.All(ctx, roster.SessionQuery{UserID: users[0].ID, Paging: p})
				})
			})
		}
	})
}

// An offset beyond any list is beyond every one, however far.
func TestPages_beyond_all_are_empty(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		first, _, users := crowd(t, p.Client(), 7)
		c, ctx := p.Client(), t.Context()
		for _, offset := range []int64{7, 1000, 1 << 40, 1 << 61, 1 << 62, math.MaxInt64} {
			paging := roster.Paging{Offset: offset}
			for _, o := range bothWays(roster.MembershipOrders...) {
				for _, q := range []roster.MembershipQuery{{}, {CreatedAtAfter: roster.Value[int64](1)}, {Role: []string{roster.RoleMember}}, {NameQuery: "a"}, {UserID: roster.Only(users[0].ID)}} {
					q.OrderBy, q.Paging = o, paging
					if page := must(c.OrganizationMemberships.List(ctx, first.ID, q))(t); len(page.Data) > 0 || page.TotalCount == 0 {
						t.Errorf("members %v: %d of %d", q.Values(), len(page.Data), page.TotalCount)
					}
				}
			}
			if list := must(c.Users.List(ctx, roster.UserQuery{Paging: paging}))(t); len(list) > 0 {
				t.Errorf("users from %d: %d", offset, len(list))
			}
		}
	})
}
