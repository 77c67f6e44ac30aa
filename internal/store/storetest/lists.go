package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

func want(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(want, got) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func sortsByBytes(t *testing.T, b *bench) {
	for id, first := range map[string]string{"user_1": "a", "user_2": "B", "user_3": "Z", "user_4": "é", "user_5": "e\u0301", "user_6": "aa", "user_7": "a b"} {
		b.member(id, named(first))
	}
	asc := b.list(roster.MembershipQuery{OrderBy: roster.Asc("first_name")})
	want(t, "ascending", asc, "user_2", "user_3", "user_1", "user_7", "user_6", "user_5", "user_4")
	slices.Reverse(asc)
	want(t, "descending", b.list(roster.MembershipQuery{OrderBy: roster.Desc("first_name")}), asc...)
}

func nullSortsLast(t *testing.T, b *bench) {
	b.member("user_1", nil)
	b.member("user_2", named("b"))
	b.member("user_3", named("a"))
	b.member("user_4", nil)
	want(t, "ascending", b.list(roster.MembershipQuery{OrderBy: roster.Asc("first_name")}), "user_3", "user_2", "user_4", "user_1")
	want(t, "descending", b.list(roster.MembershipQuery{OrderBy: roster.Desc("first_name")}), "user_2", "user_3", "user_4", "user_1")
}

func tiesFallByID(t *testing.T, b *bench) {
	for _, id := range []string{"user_1", "user_3", "user_2"} {
		b.member(id, named("same"))
	}
	for _, o := range []roster.Order{roster.Asc("first_name"), roster.Desc("first_name"), roster.Asc("username")} {
		want(t, o.String(), b.list(roster.MembershipQuery{OrderBy: o}), "user_3", "user_2", "user_1")
	}
}

func matchIsLiteral(t *testing.T, b *bench) {
	b.member("user_1", named(`50%_of\it`))
	b.member("user_2", named(`50xyof/it`))
	for _, q := range []string{"%", "_", `\`, "0%_", `f\i`} {
		want(t, q, b.list(roster.MembershipQuery{NameQuery: q}), "user_1")
	}
	want(t, "[a-z]", b.list(roster.MembershipQuery{NameQuery: "[a-z]"}))
	want(t, "*", b.list(roster.MembershipQuery{Query: "*"}))
}

func matchFolds(t *testing.T, b *bench) {
	b.member("user_1", named("STRASSE Ångström"))
	b.member("user_2", named("straße A\u030angstro\u0308m"))
	b.member("user_3", named("ΣΊΣΥΦΟΣ"))
	for _, q := range []string{"strasse", "STRASSE", "straße", "ångström", "A\u030aNGSTRÖM"} {
		want(t, q, b.list(roster.MembershipQuery{NameQuery: q}), "user_2", "user_1")
	}
	want(t, "final sigma", b.list(roster.MembershipQuery{NameQuery: "σίσυφος"}), "user_3")
}

func matchStaysInValue(t *testing.T, b *bench) {
	b.member("user_1", func(u *roster.User) {
		u.EmailAddresses = []roster.EmailAddress{{EmailAddress: "ab@x.io"}, {EmailAddress: "cd@x.io"}}
		name := "tail\x1fhead"
		u.FirstName = &name
	})
	want(t, "second address", b.list(roster.MembershipQuery{EmailAddressQuery: "cd@"}), "user_1")
	for _, q := range []string{"iocd", "io\x1fcd", "io cd", "io\ncd", "x.iotail"} {
		want(t, q, b.list(roster.MembershipQuery{Query: q}))
		want(t, q, b.list(roster.MembershipQuery{EmailAddressQuery: q}))
	}
	want(t, "separator within a value", b.list(roster.MembershipQuery{NameQuery: "l\x1fh"}), "user_1")
}

func exactIsBytes(t *testing.T, b *bench) {
	b.member("user_1", func(u *roster.User) { s := "Name"; u.Username = &s })
	want(t, "same", b.list(roster.MembershipQuery{Username: []string{"Name", "none"}}), "user_1")
	for _, v := range []string{"name", "Name ", "Nam", "%", ""} {
		want(t, v, b.list(roster.MembershipQuery{Username: []string{v}}))
	}
}

func longTextSurvives(t *testing.T, b *bench) {
	long := strings.Repeat("ü€😀x", 20_000)
	b.member("user_1", named(long))
	b.mustRead("ins_1", func(tx *store.Tx) error {
		u, err := tx.User("user_1")
		if err == nil && *u.FirstName != long {
			t.Error("text came back changed")
		}
		return err
	})
	want(t, "match", b.list(roster.MembershipQuery{NameQuery: long[len(long)-40:]}), "user_1")
}

func walksAreComplete(t *testing.T, b *bench) {
	for i := range 23 {
		b.member("user_"+string(rune('a'+i)), func(u *roster.User) {
			names := []string{"x", "x", "y", "z"}
			if i%5 != 0 {
				u.FirstName = &names[i%4]
			}
			if i%3 == 0 {
				username := "name" + string(rune('a'+i))
				u.Username = &username
			}
		})
	}
	for _, by := range roster.MembershipOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			all := b.list(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: 100}})
			for _, limit := range []int{1, 4, 23} {
				var offset, cursor []string
				after := ""
				for len(offset) < 23 {
					offset = append(offset, b.list(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: limit, Offset: int64(len(offset))}})...)
					page := b.list(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: limit, StartingAfter: after}})
					if len(page) == 0 {
						break
					}
					cursor = append(cursor, page...)
					after = "orgmem_" + page[len(page)-1]
				}
				want(t, order.String()+" by offset", offset, all...)
				want(t, order.String()+" by cursor", cursor, all...)
			}
		}
	}
}

func removedCursor(t *testing.T, b *bench) {
	for _, id := range []string{"user_1", "user_2", "user_3"} {
		b.member(id, named("name "+id))
	}
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_2") })
	for _, by := range []string{"first_name", "created_at", "username"} {
		q := roster.MembershipQuery{OrderBy: roster.Desc(by), Paging: roster.Paging{StartingAfter: "orgmem_user_2", Limit: 5}}
		want(t, by, b.list(q), "user_1")
	}
	err := b.store.Read(context.Background(), "ins_1", func(tx *store.Tx) error {
		_, err := tx.Memberships("org_1", roster.MembershipQuery{Paging: roster.Paging{StartingAfter: "orgmem_none"}})
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown cursor: %v", err)
	}
}

func tombstonesExpire(t *testing.T, b *bench) {
	const hour = 60 * 60 * 1000
	b.member("user_1", nil)
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_1") })
	for _, age := range []int64{hour - 1, hour + 1} {
		found := age < hour
		if err := b.store.ClearTombstones(context.Background(), b.clock+age); err != nil {
			t.Fatal(err)
		}
		err := b.store.Read(context.Background(), "ins_1", func(tx *store.Tx) error {
			_, err := tx.Memberships("org_1", roster.MembershipQuery{Paging: roster.Paging{StartingAfter: "orgmem_user_1"}})
			return err
		})
		if found != (err == nil) || !found && !errors.Is(err, store.ErrNotFound) {
			t.Errorf("cursor after %d ms: %v", age, err)
		}
	}
}

// The list of all, filtered by organizations and by nothing else, is what the others
// leave of it: in every order, page by page, from an offset and behind a cursor.
func organizationsAreSelected(t *testing.T, b *bench) {
	for id, n := range map[string]int{"org_1": 12, "org_2": 3, "org_3": 1} {
		if id != "org_1" {
			b.organization("ins_1", id)
		}
		for i := range n {
			b.memberOf("ins_1", id, fmt.Sprint("user_", id, i), func(u *roster.User) {
				u.CreatedAt = int64(i % 5)
				if name := fmt.Sprint("name", i%4); i%3 > 0 {
					u.FirstName = &name
				}
			})
		}
	}
	b.instance("ins_2")
	b.memberOf("ins_2", "org_1", "user_elsewhere", nil)
	read := func(q roster.MembershipQuery) (page roster.Page[roster.Membership]) {
		b.mustRead("ins_1", func(tx *store.Tx) (err error) {
			page, err = tx.Memberships("", q)
			return err
		})
		return page
	}
	for _, order := range []roster.Order{roster.Desc("created_at"), roster.Asc("created_at"), roster.Asc("first_name"), roster.Desc("first_name")} {
		everybody := read(roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Limit: 500}}).Data
		for _, s := range []roster.Selection{
			{Include: []string{"org_1", "org_2"}}, {Include: []string{"org_2", "org_3"}}, {Include: []string{"org_3", "org_none"}}, {Include: []string{"org_none", "org_no"}},
			{Exclude: []string{"org_1"}}, {Exclude: []string{"org_3", "org_none"}}, {Exclude: []string{"org_1", "org_2", "org_3"}},
			{Include: []string{"org_1", "org_2"}, Exclude: []string{"org_1", "org_3"}}, {Include: []string{"org_2", "org_3"}, Exclude: []string{"org_3", "org_2"}},
		} {
			want := slices.DeleteFunc(slices.Clone(everybody), func(m roster.Membership) bool {
				id := m.Organization.ID
				return len(s.Include) > 0 && !slices.Contains(s.Include, id) || slices.Contains(s.Exclude, id)
			})
			for _, limit := range []int{1, 4, 500} {
				q := roster.MembershipQuery{OrderBy: order, OrganizationID: s, Paging: roster.Paging{Limit: limit}}
				var from, behind []string
				for {
					page := read(q)
					if page.TotalCount != int64(len(want)) {
						t.Fatalf("%+v: total_count = %d for %d rows", q, page.TotalCount, len(want))
					}
					from = append(from, userIDs(page.Data)...)
					if len(page.Data) == 0 {
						break
					}
					q.Offset += int64(limit)
				}
				q.Offset = 0
				for {
					page := read(q)
					if len(page.Data) == 0 {
						break
					}
					behind = append(behind, userIDs(page.Data)...)
					q.StartingAfter = page.Data[len(page.Data)-1].ID
				}
				if ids := userIDs(want); !slices.Equal(from, ids) || !slices.Equal(behind, ids) {
					t.Errorf("%+v: from offsets %v, behind cursors %v, want %v", q, from, behind, ids)
				}
			}
		}
	}
}
