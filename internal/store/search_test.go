package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// searched is a directory whose organizations have the same members and differ in
// how they are searched: org_small is looked through, of org_big the index is asked
// first, and org_middle is in between, where few are fewer.
type searched struct {
	st     *store.Store
	users  []roster.User
	values []string // which users have, to take parts of
}

var searchedOrganizations = map[string]int{"org_small": 0, "org_middle": 1000, "org_big": 1_000_000} // members that are not there

// letters are what texts are made of.
var letters = []rune("aabbcAB. @0%_\\'\"\x1f\u0301eé日本語😀ßﬁ")

func openSearched(t *testing.T, e storetest.Engine) *searched {
	t.Helper()
	url := e.URL(t)
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &searched{st: st}
	text := rapid.Custom(func(t *rapid.T) string {
		return string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 9).Draw(t, "text"))
	})
	for i := range 150 {
		u := roster.User{ID: fmt.Sprintf("user_%03d", i), CreatedAt: int64(i / 4), UpdatedAt: 1}
		first, last, email := text.Example(i), text.Example(1000+i), fmt.Sprint(i, text.Example(2000+i), "@x.io")
		u.FirstName, u.LastName = &first, &last
		u.EmailAddresses = []roster.EmailAddress{{ID: "idn_" + u.ID, EmailAddress: email}}
		u.PrimaryEmailAddressID = &u.EmailAddresses[0].ID
		if i%3 == 0 {
			name := fmt.Sprint(text.Example(3000+i), i)
			u.Username = &name
			s.values = append(s.values, name)
		}
		s.users, s.values = append(s.users, u), append(s.values, first+" "+last, email, u.ID)
	}
	for _, instance := range []string{"ins_1", "ins_2"} {
		s.fill(t, instance)
	}
	for id, absent := range searchedOrganizations {
		sql := fmt.Sprintf("insert into member_counts (instance_id, organization_id, role_id, slot, members) values ('ins_1', '%s', 'role_1', 99, %d)", id, absent*2)
		if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
			executeFile(t, path, sql)
		} else {
			execute(t, url, sql)
		}
	}
	return s
}

func (s *searched) fill(t *testing.T, instance string) {
	t.Helper()
	err := s.st.Write(t.Context(), instance, 1, func(tx *store.Tx) error {
		for id := range searchedOrganizations {
			if err := tx.InsertOrganization(&roster.Organization{ID: id, Name: id, Slug: id}); err != nil {
				return err
			}
		}
		for _, u := range s.users {
			if err := tx.InsertUser(&u); err != nil {
				return err
			}
			for id := range searchedOrganizations {
				if err := tx.InsertMembership("orgmem_"+id+u.ID, id, u.ID, "role_1", nil, nil); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// texts draws what to look for: parts of what is there, or anything.
func (s *searched) texts(t *rapid.T) (q roster.MembershipQuery) {
	part := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
			return string(rapid.SliceOfN(rapid.SampledFrom(letters), 1, 5).Draw(t, "any"))
		}
		value := []rune(rapid.SampledFrom(s.values).Draw(t, "value"))
		if len(value) == 0 {
			return ""
		}
		from := rapid.IntRange(0, len(value)-1).Draw(t, "from")
		return string(value[from:min(len(value), from+rapid.IntRange(1, 8).Draw(t, "long"))])
	})
	for _, to := range []*string{&q.Query, &q.EmailAddressQuery, &q.UsernameQuery, &q.NameQuery} {
		if rapid.IntRange(0, 2).Draw(t, "filter") == 0 {
			*to = part.Draw(t, "part")
		}
	}
	return q
}

// matches are the users whom a query is to find.
func (s *searched) matches(q roster.MembershipQuery) (ids []string) {
	has := func(part string, values ...string) bool {
		return part == "" || slices.ContainsFunc(values, func(v string) bool { return strings.Contains(store.Fold(v), store.Fold(part)) })
	}
	for _, u := range s.users {
		name, email, username := *u.FirstName+" "+*u.LastName, u.EmailAddresses[0].EmailAddress, ""
		if u.Username != nil {
			username = *u.Username
		}
		if has(q.Query, name, email, username, u.ID) && has(q.EmailAddressQuery, email) && has(q.UsernameQuery, username) && has(q.NameQuery, name) {
			ids = append(ids, u.ID)
		}
	}
	return ids
}

func TestSearch_finds_what_looking_through_does(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := openSearched(t, e)
		rapid.Check(t, func(rt *rapid.T) {
			q := s.texts(rt)
			want := s.matches(q)
			q.OrderBy = roster.Order{By: rapid.SampledFrom(roster.MembershipOrders).Draw(rt, "by"), Desc: rapid.Bool().Draw(rt, "desc")}
			paging := roster.Paging{Limit: rapid.IntRange(1, 200).Draw(rt, "limit"), Offset: int64(rapid.IntRange(0, 3).Draw(rt, "offset"))}
			err := s.st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
				pages := map[string][]string{}
				for id := range searchedOrganizations {
					all, total, err := found(tx, id, q, roster.Paging{Limit: 500})
					if err != nil {
						return err
					}
					if total != int64(len(want)) || !same(all, want) {
						rt.Errorf("%s: %d of %q, want %q", id, total, all, want)
					}
					if pages[id], _, err = found(tx, id, q, paging); err != nil {
						return err
					}
					after := ""
					if len(all) > 1 {
						after = "orgmem_" + id + all[len(all)/2]
					}
					behind, _, err := found(tx, id, q, roster.Paging{Limit: paging.Limit, StartingAfter: after})
					if err != nil {
						return err
					}
					pages[id] = append(pages[id], behind...)
				}
				if diff := cmp.Diff(pages["org_small"], pages["org_big"]) + cmp.Diff(pages["org_small"], pages["org_middle"]); diff != "" {
					rt.Error(diff)
				}
				return s.acrossInstance(rt, tx, q, want)
			})
			if err != nil {
				rt.Fatal(err)
			}
		})
	})
}

// acrossInstance holds the lists of the instance's memberships and users against
// who is to be found.
func (s *searched) acrossInstance(t *rapid.T, tx *store.Tx, q roster.MembershipQuery, want []string) error {
	q.OrganizationID = roster.Only("org_small")
	all, total, err := found(tx, "", q, roster.Paging{Limit: 500})
	if err != nil {
		return err
	}
	if total != int64(len(want)) || !same(all, want) {
		t.Errorf("instance: %d of %q, want %q", total, all, want)
	}
	uq := roster.UserQuery{Query: q.Query, EmailAddressQuery: q.EmailAddressQuery, UsernameQuery: q.UsernameQuery, NameQuery: q.NameQuery, Paging: roster.Paging{Limit: 500}}
	users, err := tx.Users(uq)
	if err != nil {
		return err
	}
	ids := []string{}
	for _, u := range users {
		ids = append(ids, u.ID)
	}
	n, err := tx.CountUsers(uq)
	if err == nil && (n != int64(len(want)) || !same(ids, want)) {
		t.Errorf("users: %d of %q, want %q", n, ids, want)
	}
	return err
}

func found(tx *store.Tx, organization string, q roster.MembershipQuery, p roster.Paging) (ids []string, total int64, err error) {
	q.Paging = p
	page, err := tx.Memberships(organization, q)
	for _, m := range page.Data {
		ids = append(ids, m.PublicUserData.UserID)
	}
	total = page.TotalCount
	if !hasTexts(q) && organization != "" { // the counters say so, and were told otherwise
		total = int64(len(ids))
	}
	return ids, total, err
}

func hasTexts(q roster.MembershipQuery) bool {
	return q.Query+q.EmailAddressQuery+q.UsernameQuery+q.NameQuery != ""
}

func same(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}
