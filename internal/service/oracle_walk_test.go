package service_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const walkBudget = 5 * time.Second

// TestWalksAreComplete walks all pages of every list of random directories, in every
// order and direction, by offset and by cursor: no gap, no repeat, and the order
// the oracle predicts.
func TestWalksAreComplete(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(walkBudget)
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			w := randomWorld(t, st)
			d := drawDirectory(t, w)
			for _, desc := range []bool{false, true} {
				for _, by := range roster.MembershipOrders {
					walkMembers(t, w, d, roster.Order{By: by, Desc: desc})
				}
				for _, by := range roster.UserOrders {
					walkPeople(t, w, d, roster.Order{By: by, Desc: desc})
				}
				for _, by := range roster.OrganizationOrders {
					walkCompanies(t, w, d, roster.Order{By: by, Desc: desc})
				}
			}
			walkVisits(t, w, d)
		})
	})
}

// fetch answers with the ids of a page and with the total.
type fetch func(roster.Paging) (ids []string, total int64, err error)

// walkThrough reads all pages of a list and compares the ids with those predicted.
func walkThrough[T element](t *rapid.T, what string, want []T, byCursor bool, next fetch) {
	t.Helper()
	var got []string
	p := roster.Paging{Limit: pick(t, "page size", []int{2, 3, 7, 16, 40})}
	for range len(want) + 2 { // one page more than there can be
		ids, total, err := next(p)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if len(ids) == 0 {
			break
		}
		if total != int64(len(want)) {
			t.Fatalf("%s: total_count = %d, want %d", what, total, len(want))
		}
		got = append(got, ids...)
		if p.Offset = int64(len(got)); byCursor {
			p.Offset, p.StartingAfter = 0, ids[len(ids)-1]
		}
	}
	if keys := keysOf(want); !slices.Equal(got, keys) {
		t.Fatalf("%s, %d at a time, by cursor %t:\n got %q\nwant %q", what, p.Limit, byCursor, got, keys)
	}
}

func keysOf[T element](list []T) []string {
	var out []string
	for _, e := range list {
		out = append(out, e.key())
	}
	return out
}

func inOrder[T element](list []T, order roster.Order) []T {
	sorted, _ := expect(list, order, roster.Paging{Limit: len(list) + 1}, func(T) bool { return true })
	return sorted
}

func membershipIDs(p roster.Page[roster.Membership], err error) ([]string, int64, error) {
	var ids []string
	for _, m := range p.Data {
		ids = append(ids, m.ID)
	}
	return ids, p.TotalCount, err
}

// walkMembers walks the instance, an organization and, in their only order, the
// memberships of a user.
func walkMembers(t *rapid.T, w *world, d *directory, order roster.Order) {
	q := roster.MembershipQuery{OrderBy: order}
	for _, byCursor := range []bool{false, true} {
		walkThrough(t, "all members by "+order.String(), inOrder(d.members, order), byCursor, func(p roster.Paging) ([]string, int64, error) {
			q.Paging = p
			return membershipIDs(w.InstanceMemberships(t.Context(), w.caller, q))
		})
		if len(d.companies) > 0 {
			c := pick(t, "organization", d.companies)
			of := slices.DeleteFunc(slices.Clone(d.members), func(m *member) bool { return m.of != c })
			walkThrough(t, "members by "+order.String(), inOrder(of, order), byCursor, func(p roster.Paging) ([]string, int64, error) {
				q.Paging = p
				return membershipIDs(w.Memberships(t.Context(), w.caller, c.id, q))
			})
		}
		if order == roster.Desc("created_at") && len(d.people) > 0 {
			who := pick(t, "user", d.people)
			of := slices.DeleteFunc(slices.Clone(d.members), func(m *member) bool { return m.who != who })
			walkThrough(t, "memberships of a user", inOrder(of, order), byCursor, func(p roster.Paging) ([]string, int64, error) {
				return membershipIDs(w.UserMemberships(t.Context(), w.caller, who.id, p))
			})
		}
	}
}

// walkPeople walks the users; the edge knows a cursor with order created_at only.
func walkPeople(t *rapid.T, w *world, d *directory, order roster.Order) {
	for _, byCursor := range []bool{false, order.By == "created_at"} {
		walkThrough(t, "users by "+order.String(), inOrder(d.people, order), byCursor, func(p roster.Paging) ([]string, int64, error) {
			var ids []string
			users, err := w.Users(t.Context(), w.caller, roster.UserQuery{OrderBy: order, Paging: p})
			for _, u := range users {
				ids = append(ids, u.ID)
			}
			return ids, int64(len(d.people)), err // this list does not tell
		})
	}
}

func walkCompanies(t *rapid.T, w *world, d *directory, order roster.Order) {
	walkThrough(t, "organizations by "+order.String(), inOrder(d.headed(), order), false, func(p roster.Paging) ([]string, int64, error) {
		var ids []string
		page, err := w.Organizations(t.Context(), w.caller, roster.OrganizationQuery{OrderBy: order, Paging: p})
		for _, o := range page.Data {
			ids = append(ids, o.ID)
		}
		return ids, page.TotalCount, err
	})
}

func walkVisits(t *rapid.T, w *world, d *directory) {
	walkThrough(t, "sessions", inOrder(d.visits, roster.Desc("created_at")), false, func(p roster.Paging) ([]string, int64, error) {
		var ids []string
		page, err := w.Sessions(t.Context(), w.caller, roster.SessionQuery{Paging: p})
		for _, s := range page.Data {
			ids = append(ids, s.ID)
		}
		return ids, page.TotalCount, err
	})
}
