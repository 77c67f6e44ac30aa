package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// times are in ascending order.
var times = []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, math.MaxInt32 + 1, 1 << 53, 1<<53 + 1, math.MaxInt64 - 1, math.MaxInt64}

func bigIntegersSurvive(t *testing.T, b *bench) {
	var ids []string
	for i, at := range times {
		id := fmt.Sprint("user_", i)
		ids = append(ids, id)
		b.member(id, func(u *roster.User) { u.CreatedAt, u.UpdatedAt = at, at })
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.TouchUser(id, at, at) })
		b.mustRead("ins_1", func(tx *store.Tx) error {
			u, err := tx.User(id)
			if err == nil && (u.CreatedAt != at || u.LastSignInAt == nil || *u.LastSignInAt != at) {
				t.Errorf("%d came back as %d and %v", at, u.CreatedAt, u.LastSignInAt)
			}
			return err
		})
	}
	order := roster.Asc("created_at")
	want(t, "by time", b.users(roster.UserQuery{OrderBy: order}), ids...)
	for i, at := range times {
		after, before := roster.UserQuery{OrderBy: order, CreatedAtAfter: roster.Value(at)}, roster.UserQuery{OrderBy: order, CreatedAtBefore: roster.Value(at)}
		want(t, fmt.Sprint("after ", at), b.users(after), ids[i+1:]...)
		want(t, fmt.Sprint("before ", at), b.users(before), ids[:i]...)
		behind := roster.UserQuery{OrderBy: order, Paging: roster.Paging{StartingAfter: ids[i]}}
		want(t, "behind "+ids[i], b.users(behind), ids[i+1:]...)
		since := roster.MembershipQuery{LastActiveAtAfter: roster.Value(at), OrderBy: order}
		want(t, fmt.Sprint("active after ", at), b.list(since), ids[i+1:]...)
	}
	want(t, "beyond every end", b.users(roster.UserQuery{Paging: roster.Paging{Offset: math.MaxInt64}}))
	want(t, "beyond the end", b.list(roster.MembershipQuery{OrderBy: roster.Asc("username"), Paging: roster.Paging{Offset: math.MaxInt64}}))
}

// users is the ids of a list of users, and holds the count against it.
func (b *bench) users(q roster.UserQuery) (ids []string) {
	b.t.Helper()
	b.mustRead("ins_1", func(tx *store.Tx) error {
		users, err := tx.Users(q)
		for _, u := range users {
			ids = append(ids, u.ID)
		}
		n, err2 := tx.CountUsers(q)
		if q.Paging == (roster.Paging{}) && int(n) != len(ids) {
			b.t.Errorf("count = %d for %d rows", n, len(ids))
		}
		return errors.Join(err, err2)
	})
	return ids
}

// bytesSurvive keeps bytes that are no text, one image after another in the place of
// the first.
func bytesSurvive(t *testing.T, b *bench) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, data := range map[string][]byte{"nul": {0}, "all": every, "broken": {0xff, 0xfe, 'x', 0}} {
		image := store.Image{ID: "img_" + name, OwnerID: "user_1", ContentType: "image/png", Size: int64(len(data)), Digest: name}
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.InsertImage(image, bytes.NewReader(data)) })
		b.mustRead("ins_1", func(tx *store.Tx) error {
			got, first, err := tx.ImageBytes(image.ID, int64(len(data)-1))
			if err == nil && (first != 0 || !slices.Equal(got, data)) {
				t.Errorf("%s came back as % x at %d", name, got, first)
			}
			of, err2 := tx.ImageOf("user_1")
			if err2 == nil && of != image {
				t.Errorf("%s came back as %v", name, of)
			}
			return errors.Join(err, err2)
		})
		for _, elsewhere := range []string{"ins_2", ""} {
			err := b.store.Read(t.Context(), elsewhere, func(tx *store.Tx) error {
				_, _, err := tx.ImageBytes(image.ID, 0)
				return err
			})
			if !errors.Is(err, store.ErrNotFound) {
				t.Errorf("in %q: %v", elsewhere, err)
			}
		}
	}
}

func booleansSurvive(t *testing.T, b *bench) {
	b.member("user_1", func(u *roster.User) { u.Banned, u.DeleteSelfEnabled = true, true })
	b.member("user_2", func(u *roster.User) { u.CreateOrganizationEnabled, u.BypassClientTrust = true, true })
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.SetLock("user_2", true, nil) })
	for banned, id := range map[bool]string{true: "user_1", false: "user_2"} {
		want(t, fmt.Sprint("banned ", banned), b.users(roster.UserQuery{Banned: roster.Value(banned)}), id)
	}
	b.mustRead("ins_1", func(tx *store.Tx) error {
		one, err := tx.User("user_1")
		two, err2 := tx.User("user_2")
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		flags := func(u *roster.User) []bool {
			return []bool{u.Banned, u.DeleteSelfEnabled, u.Locked, u.CreateOrganizationEnabled, u.BypassClientTrust}
		}
		if diff := cmp.Diff([][]bool{{true, true, false, false, false}, {false, false, true, true, true}}, [][]bool{flags(one), flags(two)}); diff != "" {
			t.Error(diff)
		}
		return nil
	})
	for _, on := range []bool{false, true} {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			in, err := tx.Settings()
			in.OrganizationsEnabled, in.SlugsEnabled, in.AdminDeleteEnabled = on, !on, on
			return errors.Join(err, tx.SaveSettings(in))
		})
		b.mustRead("ins_1", func(tx *store.Tx) error {
			in, err := tx.Settings()
			if in.OrganizationsEnabled != on || in.SlugsEnabled == on || in.AdminDeleteEnabled != on {
				t.Errorf("settings %+v", in)
			}
			return err
		})
	}
}

func manyValuesAtOnce(t *testing.T, b *bench) {
	const n = 500 // of every filter; the edge takes 100
	b.member("user_1", func(u *roster.User) {
		s := "name1"
		u.Username, u.EmailAddresses = &s, []roster.EmailAddress{{EmailAddress: "a@x.io"}}
	})
	b.member("user_2", nil)
	many := func(one string) []string {
		values := make([]string, n)
		for i := range values {
			values[i] = fmt.Sprint("none", i)
		}
		values[n-1] = one
		return values
	}
	all := roster.MembershipQuery{
		UserID: roster.Only(many("user_1")...), OrganizationID: roster.Only(many("org_1")...), Role: many("org:member"),
		Username: many("name1"), EmailAddress: many("a@x.io"),
	}
	want(t, "all filters", b.list(all), "user_1")
	want(t, "all but", b.list(roster.MembershipQuery{UserID: roster.Except(many("user_1")...)}), "user_2")
	users := roster.UserQuery{UserID: roster.Only(many("user_1")...), Username: all.Username, EmailAddress: all.EmailAddress, OrganizationID: all.OrganizationID, ExternalID: roster.Except(many("x")...)}
	want(t, "users", b.users(users), "user_1")
	b.mustRead("ins_1", func(tx *store.Tx) error {
		page, err := tx.Organizations(roster.OrganizationQuery{UserID: roster.Only(many("user_2")...), OrganizationID: roster.Except(many("org_2")...)})
		if err == nil && (page.TotalCount != 1 || page.Data[0].ID != "org_1") {
			t.Errorf("organizations %+v", page)
		}
		return err
	})
}

func totalsFollowFilters(t *testing.T, b *bench) {
	b.organization("ins_1", "org_2")
	for i := range 12 {
		b.memberOf("ins_1", fmt.Sprint("org_", 1+i%3/2), fmt.Sprint("user_", string(rune('a'+i))), named([]string{"ann", "bob"}[i%2]))
	}
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_a") })
	for _, tt := range []struct {
		name, organization string
		q                  roster.MembershipQuery
		total              int64
	}{
		{"one organization", "org_1", roster.MembershipQuery{}, 7},
		{"the other", "org_2", roster.MembershipQuery{}, 4},
		{"none", "org_3", roster.MembershipQuery{}, 0},
		{"everywhere", "", roster.MembershipQuery{}, 11},
		{"a name", "org_1", roster.MembershipQuery{NameQuery: "ann"}, 3},
		{"a name everywhere", "", roster.MembershipQuery{NameQuery: "ann"}, 5},
		{"no such name", "", roster.MembershipQuery{NameQuery: "zoe"}, 0},
		{"beyond the end", "org_1", roster.MembershipQuery{Paging: roster.Paging{Offset: 100}}, 7},
		{"a role nobody has", "", roster.MembershipQuery{Role: []string{"org:admin"}}, 0},
	} {
		b.mustRead("ins_1", func(tx *store.Tx) error {
			tt.q.Limit = 3
			page, err := tx.Memberships(tt.organization, tt.q)
			if err == nil && (page.TotalCount != tt.total || len(page.Data) != int(min(3, max(0, tt.total-tt.q.Offset)))) {
				t.Errorf("%s: total %d and %d rows, want %d", tt.name, page.TotalCount, len(page.Data), tt.total)
			}
			return err
		})
	}
	if ids := b.users(roster.UserQuery{NameQuery: "bob", OrganizationID: roster.Only("org_2"), Paging: roster.Paging{Limit: 50}}); len(ids) != 2 || slices.Contains(ids, "user_a") {
		t.Errorf("users %q", ids)
	}
}
