package store_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Filters of users leave the same whether they leave few, with whom a list starts, or
// many, and whatever else is asked.
func TestUsers_with_filters_that_leave_few_or_many(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, all := openFiltered(t, e)
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 0))
		for range 300 {
			q := filteredQuery(random)
			var got []roster.User
			var n int64
			if err := st.Read(t.Context(), "ins_1", func(tx *store.Tx) (err error) {
				if n, err = tx.CountUsers(q); err == nil {
					got, err = tx.Users(q)
				}
				return err
			}); err != nil {
				t.Fatalf("%v: %v", q.Values(), err)
			}
			left := slices.DeleteFunc(slices.Clone(all), func(f filteredUser) bool { return !f.passes(q) })
			slices.SortFunc(left, func(u, v filteredUser) int { return u.before(v, q.OrderBy) })
			if int(n) != len(left) {
				t.Errorf("%v: %d, want %d", q.Values(), n, len(left))
			}
			page := left[min(int(q.Offset), len(left)):]
			page = page[:min(q.PageLimit(), len(page))]
			if !slices.EqualFunc(got, page, func(u roster.User, f filteredUser) bool { return u.ID == f.ID }) {
				t.Errorf("%v: got %d, want %d", q.Values(), len(got), len(page))
			}
		}
	})
}

// filteredUser is what filters and orders know of a user, the ith of openFiltered.
type filteredUser struct {
	ID                    string
	i, lastActive, signIn int64 // no sign-in is 0
	email                 string
}

// openFiltered is a store of 4,000 users. Of its organizations the first has all, the
// second half of them and the third one in fifty; a third is banned.
func openFiltered(t *testing.T, e storetest.Engine) (st *store.Store, all []filteredUser) {
	t.Helper()
	const n = 4000
	url := e.URL(t)
	path, isFile := strings.CutPrefix(url, "sqlite:")
	if isFile {
		if err := reopen(t, path).Close(); err != nil {
			t.Fatal(err)
		}
	}
	seed := bigSeed{n: n, phone: "cast(null as text)", wallet: "cast(null as text)", signedIn: "case when i % 2 = 0 then cast(i as bigint) end", joined: "created_at", role: "'role_1'", analyze: !isFile,
		more: []string{"update users set banned = true where created_at % 3 = 0"}}
	for organization, every := range map[string]string{"org_2": "2", "org_3": "50"} {
		const copied = "user_created_at, first_name, last_name, username, email_address, phone_number, web3_wallet, banned, last_active_at, search_email, search_phone, search_username, search_name, search"
		seed.more = append(seed.more, `insert into memberships (instance_id, organization_id, user_id, id, role_id, public_metadata, private_metadata, created_at, updated_at, `+copied+`)
select instance_id, '`+organization+`', user_id, id || '`+organization+`', role_id, '{}', '{}', created_at, updated_at, `+copied+`
from memberships
where organization_id = 'org_1' and created_at % `+every+` = 0`)
	}
	seed.write(t, url)
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	for i := range int64(n) {
		i++
		u := filteredUser{ID: "user_" + strconv.FormatInt(100_000_000+i*7919%99_999_989, 10)[1:], i: i, lastActive: i * 7919 % 100}
		u.email = "given" + strconv.FormatInt(i*13%25, 10) + ".family" + strconv.FormatInt(i*7%30, 10) + strconv.FormatInt(i, 10) + "@example.com"
		if i%2 == 0 {
			u.signIn = i
		}
		all = append(all, u)
	}
	return st, all
}

// filteredQuery asks for anything that openFiltered has.
func filteredQuery(random *rand.Rand) (q roster.UserQuery) {
	times := func(most int64) roster.Field[int64] {
		if random.IntN(3) > 0 {
			return roster.Field[int64]{}
		}
		return roster.Value([]int64{0, most / 8, most / 2, most * 9 / 10, most, math.MinInt64 + 1, math.MaxInt64}[random.IntN(7)])
	}
	for _, f := range []struct {
		field *roster.Field[int64]
		most  int64
	}{
		{&q.CreatedAtAfter, 4000}, {&q.CreatedAtBefore, 4000}, {&q.LastSignInAtAfter, 4000}, {&q.LastSignInAtBefore, 4000},
		{&q.LastActiveAtAfter, 100}, {&q.LastActiveAtBefore, 100}, {&q.LastActiveAtSince, 100},
	} {
		*f.field = times(f.most)
	}
	if random.IntN(3) == 0 {
		q.Banned = roster.Value(random.IntN(2) == 0)
	}
	for _, list := range []*[]string{&q.OrganizationID.Include, &q.OrganizationID.Exclude} {
		for _, id := range []string{"org_1", "org_2", "org_3"} {
			if random.IntN(6) == 0 {
				*list = append(*list, id)
			}
		}
	}
	if random.IntN(8) == 0 { // for a list along its memberships
		q = roster.UserQuery{OrganizationID: roster.Only([]string{"org_1", "org_2", "org_3"}[random.IntN(3)])}
	}
	if random.IntN(8) == 0 {
		q.NameQuery = "given7"
	}
	by := []string{"created_at", "updated_at", "email_address", "last_active_at", "last_sign_in_at"}[random.IntN(5)]
	q.OrderBy = roster.Order{By: by, Desc: random.IntN(2) == 0}
	q.Limit, q.Offset = 1+random.IntN(30), []int64{0, 3, 700}[random.IntN(3)]
	return q
}

// passes reports whether a query's filters leave a user.
func (u filteredUser) passes(q roster.UserQuery) bool {
	member := map[string]bool{"org_1": true, "org_2": u.i%2 == 0, "org_3": u.i%50 == 0}
	is := func(id string) bool { return member[id] }
	banned, asked := q.Banned.Get()
	since, given := q.LastActiveAtSince.Get()
	between := func(at int64, after, before roster.Field[int64]) bool {
		a, isAfter := after.Get()
		b, isBefore := before.Get()
		return (!isAfter || at > a) && (!isBefore || at < b)
	}
	signed := q.LastSignInAtAfter.Ptr() != nil || q.LastSignInAtBefore.Ptr() != nil
	return (len(q.OrganizationID.Include) == 0 || slices.ContainsFunc(q.OrganizationID.Include, is)) && !slices.ContainsFunc(q.OrganizationID.Exclude, is) &&
		(!asked || banned == (u.i%3 == 0)) && (!given || u.lastActive >= since) && between(u.lastActive, q.LastActiveAtAfter, q.LastActiveAtBefore) &&
		between(u.i, q.CreatedAtAfter, q.CreatedAtBefore) && (!signed || u.signIn > 0 && between(u.signIn, q.LastSignInAtAfter, q.LastSignInAtBefore)) &&
		(q.NameQuery == "" || strings.HasPrefix(u.email, q.NameQuery+".")) // of no other given name
}

// before compares users in an order, who have no value last and the newest id first.
func (u filteredUser) before(v filteredUser, order roster.Order) int {
	if order.By == "last_sign_in_at" && (u.signIn == 0) != (v.signIn == 0) {
		return cmp.Compare(v.signIn, u.signIn) // whatever the direction
	}
	compared := 0
	switch order.By {
	case "email_address":
		compared = cmp.Compare(u.email, v.email)
	case "last_active_at":
		compared = cmp.Compare(u.lastActive, v.lastActive)
	case "last_sign_in_at":
		compared = cmp.Compare(u.signIn, v.signIn)
	default:
		compared = cmp.Compare(u.i, v.i)
	}
	if order.Desc {
		compared = -compared
	}
	return cmp.Or(compared, cmp.Compare(v.ID, u.ID))
}
