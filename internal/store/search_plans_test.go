package store_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// readsWhole is what plans say that read an organization, or all there is, from end
// to end: SQLite's by what they bound, PostgreSQL's by what they met.
var readsWhole = regexp.MustCompile(`SCAN (t|u|r)\b|SEARCH [tu] USING .*\(instance_id=\?( AND organization_id=\?)?\)|Seq Scan on (memberships|users|user_search)|Rows Removed by .*: \d{4}`)

// What few users have is found by the index, in whichever list it is asked for; what
// many have is not, and is counted on a walk.
func TestSearchPlans_of_what_few_have_read_nothing_whole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		url := e.URL(t)
		if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
			if err := reopen(t, path).Close(); err != nil {
				t.Fatal(err)
			}
		}
		seedBig(t, url, 20_000)
		st, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
		for _, q := range []roster.MembershipQuery{
			{Query: "nick10000"}, {UsernameQuery: "K19999"}, {EmailAddressQuery: "10000@example.com"}, {NameQuery: "nobody"},
			{Query: "nick10000", EmailAddressQuery: "example"}, {Query: "nick10000", NameQuery: "gi"},
		} {
			for _, plan := range searchPlans(t, st, q) {
				if readsWhole.MatchString(plan) {
					t.Errorf("%+v:\n%s", q, plan)
				}
			}
		}
		if !readsWhole.MatchString(strings.Join(searchPlans(t, st, roster.MembershipQuery{Query: "example"}), "")) {
			t.Error("what everybody has is not seen to be looked through")
		}
	})
}

// searchPlans are the plans of all lists with a query's partial matches.
func searchPlans(t *testing.T, st *store.Store, q roster.MembershipQuery) (plans []string) {
	t.Helper()
	explained := func(fn func(*store.Tx) error) {
		list, err := st.Explain(t.Context(), "ins_1", fn)
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, list...)
	}
	for _, organization := range []string{"org_1", ""} {
		for _, by := range []string{"created_at", "last_name"} {
			q.OrderBy = roster.Desc(by)
			explained(func(tx *store.Tx) error {
				_, err := tx.Memberships(organization, q)
				return err
			})
		}
	}
	uq := roster.UserQuery{Query: q.Query, UsernameQuery: q.UsernameQuery, EmailAddressQuery: q.EmailAddressQuery, NameQuery: q.NameQuery}
	explained(func(tx *store.Tx) error {
		_, err := tx.CountUsers(uq)
		return err
	})
	explained(func(tx *store.Tx) error {
		_, err := tx.Users(uq)
		return err
	})
	return plans
}
