package client

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// list is a server's list in its order; change is called before each request but
// the first.
type list struct {
	ids      []string
	requests int
	largest  int // limit the server caps pages at, 0 none
	change   func(*list)
}

func (l *list) page(p roster.Paging) *roster.Page[roster.Membership] {
	if l.requests > 0 && l.change != nil {
		l.change(l)
	}
	l.requests++
	start := min(int(p.Offset), len(l.ids))
	if p.StartingAfter != "" {
		start = slices.Index(l.ids, p.StartingAfter) + 1
	}
	limit := p.PageLimit()
	if l.largest > 0 {
		limit = min(limit, l.largest)
	}
	page := &roster.Page[roster.Membership]{TotalCount: int64(len(l.ids))}
	for _, id := range l.ids[start:min(start+limit, len(l.ids))] {
		page.Data = append(page.Data, roster.Membership{ID: id})
	}
	return page
}

func (l *list) walk(limit int, steady bool) walk[roster.Membership] {
	return walk[roster.Membership]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Membership], error) {
			if p.Limit < 1 || p.Limit > roster.MaxLimit || p.Offset < 0 || p.StartingAfter != "" && p.Offset != 0 {
				return nil, fmt.Errorf("a request no server takes: %+v", p)
			}
			return l.page(p), ctx.Err()
		},
		id:     func(m *roster.Membership) string { return m.ID },
		paging: roster.Paging{Limit: limit},
		steady: steady,
	}
}

func numbered(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = "m" + strconv.Itoa(i)
	}
	return ids
}

func collect(t *testing.T, seq iter.Seq2[roster.Membership, error]) (ids []string, err error) {
	t.Helper()
	for m, e := range seq {
		if err != nil {
			t.Fatal("the walk went on after its error")
		}
		if err = e; err == nil {
			ids = append(ids, m.ID)
		}
		if len(ids) > 10_000 {
			t.Fatal("the walk does not end")
		}
	}
	return ids, err
}

func TestWalk_unchangedLists(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 499, 500, 501, 999, 1000} {
		for _, limit := range []int{0, 1, 2, 3, 5, 10, 499, 500} {
			for _, steady := range []bool{true, false} {
				for _, cursor := range []bool{true, false} {
					for _, total := range []bool{true, false} {
						l := &list{ids: numbered(n)}
						w := l.walk(limit, steady)
						w.cursor = cursor
						if !total {
							w = withoutTotal(w)
						}
						got, err := collect(t, w.all(t.Context()))
						if err != nil || !slices.Equal(got, l.ids) {
							t.Fatalf("%d elements, limit %d, steady %v, cursor %v, total %v: %d elements, %v", n, limit, steady, cursor, total, len(got), err)
						}
					}
				}
			}
		}
	}
}

// withoutTotal makes a list of the kind that /users is.
func withoutTotal[T any](w walk[T]) walk[T] {
	fetch := w.fetch
	w.fetch = func(ctx context.Context, p roster.Paging) (*roster.Page[T], error) {
		page, err := fetch(ctx, p)
		if page != nil {
			page.TotalCount = unknownTotal
		}
		return page, err
	}
	return w
}

func TestWalk_requests(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name              string
		n, limit, largest int
		cursor            bool
		want              int
	}{
		{"an empty list", 0, 10, 0, false, 1},
		{"one short page", 7, 10, 0, false, 1},
		{"one full page", 10, 10, 0, false, 1},
		{"the overlap costs nothing below the largest page", 30, 10, 0, false, 3},
		{"at the largest page it costs an element", 1000, 500, 0, false, 3},
		{"a server that gives less than asked", 30, 10, 4, false, 10},
		{"one short page by cursor", 7, 10, 0, true, 1},
		{"a full last page by cursor leaves a doubt", 20, 10, 0, true, 3},
		{"by cursor from a server that gives less", 30, 10, 4, true, 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := &list{ids: numbered(tt.n), largest: tt.largest}
			w := l.walk(tt.limit, true)
			w.cursor = tt.cursor
			if got, err := collect(t, w.all(t.Context())); err != nil || !slices.Equal(got, l.ids) {
				t.Errorf("%d elements, %v", len(got), err)
			}
			if l.requests != tt.want {
				t.Errorf("%d requests, want %d", l.requests, tt.want)
			}
		})
	}
}

// In a steady order, whatever comes and goes: each element that was there all the
// time is yielded exactly once and nothing twice, or the walk ends with an error.
func TestWalk_changingSteadyList(t *testing.T) {
	t.Parallel()
	failed := 0
	const rounds = 3000
	for seed := range uint64(rounds) {
		rng := rand.New(rand.NewPCG(seed, 1))
		l := &list{ids: numbered(rng.IntN(60))}
		removed, added := map[string]bool{}, 0
		busy := rng.IntN(4)
		l.change = func(l *list) {
			for range rng.IntN(busy + 1) {
				if at := 0; rng.IntN(2) == 0 {
					if rng.IntN(3) == 0 {
						at = rng.IntN(len(l.ids) + 1)
					}
					added++
					l.ids = slices.Insert(l.ids, at, "new"+strconv.Itoa(added))
				} else if len(l.ids) > 0 {
					at = rng.IntN(len(l.ids))
					removed[l.ids[at]] = true
					l.ids = slices.Delete(l.ids, at, at+1)
				}
			}
		}
		before := slices.Clone(l.ids)
		got, err := collect(t, l.walk(1+rng.IntN(12), true).all(t.Context()))
		if err != nil {
			if !errors.Is(err, ErrListChanged) {
				t.Fatalf("seed %d: %v", seed, err)
			}
			failed++
		}
		times := map[string]int{}
		for _, id := range got {
			if times[id]++; times[id] > 1 {
				t.Fatalf("seed %d: %s twice in %v", seed, id, got)
			}
		}
		for _, id := range before {
			if err == nil && !removed[id] && times[id] == 0 {
				t.Fatalf("seed %d: %s is missing in %v", seed, id, got)
			}
		}
	}
	if failed > rounds/10 {
		t.Errorf("%d of %d walks gave up", failed, rounds)
	}
}

// In any other order a change that shows ends the walk.
func TestWalk_changingUnsteadyList(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*list)
		ok     bool
	}{
		{"nothing", func(*list) {}, true},
		{"added before", func(l *list) { l.ids = slices.Insert(l.ids, 0, "new") }, false},
		{"added behind", func(l *list) { l.ids = append(l.ids, "new") }, false},
		{"removed before", func(l *list) { l.ids = l.ids[1:] }, false},
		{"removed behind", func(l *list) { l.ids = l.ids[:9] }, false},
		{"moved forward", func(l *list) { l.ids = slices.Insert(l.ids[:9:9], 0, "m9") }, false},
		{"moved back", func(l *list) { l.ids = append(l.ids[1:], "m0") }, false},
		{"the anchor moved back a place", func(l *list) { l.ids[2], l.ids[3] = l.ids[3], l.ids[2] }, false},
		{"two read elements swapped with the anchor in place", func(l *list) { l.ids[0], l.ids[1] = l.ids[1], l.ids[0] }, true},
		{"a read one and the next to come swapped", func(l *list) { l.ids[0], l.ids[3] = l.ids[3], l.ids[0] }, false},
		{"one added and one removed before", func(l *list) { l.ids = append([]string{"new", "m1"}, l.ids[2:]...) }, true},
		{"emptied", func(l *list) { l.ids = nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := &list{ids: numbered(10)}
			l.change = func(l *list) {
				if l.requests == 1 {
					tt.change(l)
				}
			}
			got, err := collect(t, l.walk(3, false).all(t.Context()))
			if tt.ok != (err == nil) || err != nil && !errors.Is(err, ErrListChanged) {
				t.Errorf("walk = %v, %v", got, err)
			}
			if want := numbered(10); tt.ok && !cmp.Equal(want, got) {
				t.Errorf("walk = %v, want %v", got, want)
			}
		})
	}
}

func TestWalk_cursor(t *testing.T) {
	t.Parallel()
	t.Run("what comes and goes elsewhere does not matter", func(t *testing.T) {
		t.Parallel()
		l := &list{ids: numbered(20)}
		l.change = func(l *list) { l.ids = slices.Insert(l.ids, 0, "new"+strconv.Itoa(l.requests)) }
		w := l.walk(3, false)
		w.cursor = true
		if got, err := collect(t, w.all(t.Context())); err != nil || !slices.Equal(got, numbered(20)) {
			t.Errorf("walk = %v, %v", got, err)
		}
	})
	t.Run("a server that ignores it is found out", func(t *testing.T) {
		t.Parallel()
		for _, grows := range []bool{false, true} {
			l := &list{ids: numbered(20)}
			l.change = func(l *list) {
				if grows {
					l.ids = slices.Insert(l.ids, 0, "new"+strconv.Itoa(l.requests))
				}
			}
			w := l.walk(5, true)
			w.cursor = true
			fetch := w.fetch
			w.fetch = func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Membership], error) {
				p.StartingAfter = ""
				return fetch(ctx, p)
			}
			if got, err := collect(t, w.all(t.Context())); !errors.Is(err, ErrCursorIgnored) {
				t.Errorf("walk = %v, %v", got, err)
			}
		}
	})
	t.Run("an element that grew out of the last page comes once", func(t *testing.T) {
		t.Parallel()
		l := &list{ids: numbered(9)}
		l.change = func(l *list) {
			if l.requests == 1 {
				l.ids = []string{"m0", "m2", "m3", "m1", "m4", "m5", "m6", "m7", "m8"}
			}
		}
		w := l.walk(4, false)
		w.cursor = true
		if got, err := collect(t, w.all(t.Context())); err != nil || !slices.Equal(got, numbered(9)) {
			t.Errorf("walk = %v, %v", got, err)
		}
	})
	t.Run("a walk can start behind an element", func(t *testing.T) {
		t.Parallel()
		l := &list{ids: numbered(10)}
		w := l.walk(4, false)
		w.paging.StartingAfter = "m6"
		if got, err := collect(t, w.all(t.Context())); err != nil || !slices.Equal(got, []string{"m7", "m8", "m9"}) {
			t.Errorf("walk = %v, %v", got, err)
		}
	})
}

func TestWalk_startsAtTheOffset(t *testing.T) {
	t.Parallel()
	for _, cursor := range []bool{false, true} {
		for _, offset := range []int64{0, 4, 10, 12} {
			l := &list{ids: numbered(10)}
			w := l.walk(3, true)
			w.cursor, w.paging.Offset = cursor, offset
			want := l.ids[min(offset, 10):]
			if got, err := collect(t, w.all(t.Context())); err != nil || !slices.Equal(got, want) {
				t.Errorf("cursor %v, offset %d: %v, %v", cursor, offset, got, err)
			}
		}
	}
}

func TestWalk_stopsWithItsConsumer(t *testing.T) {
	t.Parallel()
	l := &list{ids: numbered(20)}
	seq := l.walk(5, true).all(t.Context())
	for m, err := range seq {
		if err != nil {
			t.Fatal(err)
		}
		if m.ID == "m6" {
			break
		}
	}
	if l.requests != 2 {
		t.Errorf("%d requests, want 2", l.requests)
	}
	if got, err := collect(t, seq); err != nil || !slices.Equal(got, l.ids) {
		t.Errorf("walking again = %v, %v", got, err)
	}
}

func TestWalk_errors(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	l := &list{ids: numbered(20)}
	l.change = func(*list) { cancel() }
	if got, err := collect(t, l.walk(5, true).all(ctx)); !errors.Is(err, context.Canceled) || len(got) != 5 {
		t.Errorf("a cancelled walk = %v, %v", got, err)
	}
	w := (&list{ids: numbered(3)}).walk(5, true)
	w.fetch = func(context.Context, roster.Paging) (*roster.Page[roster.Membership], error) {
		return &roster.Page[roster.Membership]{TotalCount: 3}, nil
	}
	if got, err := collect(t, w.all(t.Context())); !errors.Is(err, ErrListChanged) {
		t.Errorf("a list that tells of elements but gives none = %v, %v", got, err)
	}
}

// The iterators send what their lists take: order and filters with every page.
func TestIterators(t *testing.T) {
	t.Parallel()
	var targets []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		targets = append(targets, r.URL.Path+"?"+r.URL.RawQuery)
		q := r.URL.Query()
		limit, _ := strconv.Atoi(q.Get("limit"))
		offset, _ := strconv.Atoi(q.Get("offset"))
		if after := q.Get("starting_after"); after != "" {
			offset, _ = strconv.Atoi(after)
		}
		data := []map[string]any{}
		for i := offset; i < 3 && len(data) < limit; i++ {
			data = append(data, map[string]any{"id": strconv.Itoa(i + 1)})
		}
		var body any = map[string]any{"data": data, "total_count": 3}
		if r.URL.Path == "/users" {
			body = data
		}
		if err := json.MarshalWrite(w, body); err != nil {
			t.Error(err)
		}
	}))
	defer srv.Close()
	plain, cursor := New(key, WithBaseURL(srv.URL)), New(key, WithBaseURL(srv.URL), WithCursor())
	ctx, two := t.Context(), roster.Paging{Limit: 2}
	tests := []struct {
		name string
		walk func() (int, error)
		want []string
	}{
		{"All", func() (int, error) {
			return count(plain.OrganizationMemberships.All(ctx, "org_1", roster.MembershipQuery{Paging: two, OrderBy: roster.Asc("username"), Role: []string{"org:admin"}}))
		}, []string{"/organizations/org_1/memberships?limit=2&order_by=username&role=org%3Aadmin", "/organizations/org_1/memberships?limit=3&offset=1&order_by=username&role=org%3Aadmin"}},
		{"All by cursor", func() (int, error) {
			return count(cursor.OrganizationMemberships.All(ctx, "org_1", roster.MembershipQuery{Paging: two, OrderBy: roster.Asc("username")}))
		}, []string{"/organizations/org_1/memberships?limit=2&order_by=username", "/organizations/org_1/memberships?limit=2&order_by=username&starting_after=2"}},
		{"AllInstance", func() (int, error) {
			return count(plain.OrganizationMemberships.AllInstance(ctx, roster.MembershipQuery{}))
		}, []string{"/organization_memberships?limit=500"}},
		{"AllInstance by cursor", func() (int, error) {
			return count(cursor.OrganizationMemberships.AllInstance(ctx, roster.MembershipQuery{Paging: two}))
		}, []string{"/organization_memberships?limit=2", "/organization_memberships?limit=2&starting_after=2"}},
		{"AllForUser", func() (int, error) {
			return count(plain.OrganizationMemberships.AllForUser(ctx, "user_1", two))
		}, []string{"/users/user_1/organization_memberships?limit=2", "/users/user_1/organization_memberships?limit=3&offset=1"}},
		{"AllForUser by cursor", func() (int, error) {
			return count(cursor.OrganizationMemberships.AllForUser(ctx, "user_1", two))
		}, []string{"/users/user_1/organization_memberships?limit=2", "/users/user_1/organization_memberships?limit=2&starting_after=2"}},
		{"organizations", func() (int, error) {
			return count(cursor.Organizations.All(ctx, roster.OrganizationQuery{Paging: two, Query: "a"}))
		}, []string{"/organizations?limit=2&query=a", "/organizations?limit=3&offset=1&query=a"}},
		{"users", func() (int, error) {
			return count(plain.Users.All(ctx, roster.UserQuery{Paging: two, Query: "a"}))
		}, []string{"/users?limit=2&query=a", "/users?limit=2&query=a&starting_after=2", "/users?limit=2&query=a&starting_after=3"}},
		{"users in an order without cursor", func() (int, error) {
			return count(plain.Users.All(ctx, roster.UserQuery{Paging: two, OrderBy: roster.Desc("username")}))
		}, []string{"/users?limit=2&order_by=-username", "/users?limit=3&offset=1&order_by=-username", "/users?limit=3&offset=2&order_by=-username"}},
		{"sessions", func() (int, error) {
			return count(plain.Sessions.All(ctx, roster.SessionQuery{Paging: two, UserID: "user_1"}))
		}, []string{"/sessions?limit=2&paginated=true&user_id=user_1", "/sessions?limit=3&offset=1&paginated=true&user_id=user_1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			targets = nil
			if n, err := tt.walk(); n != 3 || err != nil {
				t.Errorf("%d elements, %v", n, err)
			}
			if diff := cmp.Diff(tt.want, targets); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

func count[T any](seq iter.Seq2[T, error]) (n int, err error) {
	for _, e := range seq {
		if e != nil {
			return n, e
		}
		n++
	}
	return n, nil
}
