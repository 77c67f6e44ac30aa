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
var readsWhole = regexp.MustCompile(`SCAN (t|u|r)\b|SEARCH [tu] USING .*\(instance_id=\?( AND organization_id=\?)?\)|Seq Scan on (memberships|users|user_search)|Rows Removed by .*: \d{5}`)

// What few have is found by an index, in whichever list it is asked for; what many
// have is not, and is counted on a walk.
func TestSearchPlans_of_what_few_have_read_nothing_whole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := openBig(t, e, 100_000)
		for _, q := range []roster.MembershipQuery{
			{Query: "nick10000"}, {UsernameQuery: "K19999"}, {EmailAddressQuery: "10000@example.com"}, {NameQuery: "nobody"},
			{NameQuery: "family7"}, {Query: "nick10000", EmailAddressQuery: "example"}, {Query: "nick10000", NameQuery: "gi"},
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
		for _, q := range []roster.MembershipQuery{
			{CreatedAtAfter: roster.Value[int64](99_800)}, {CreatedAtBefore: roster.Value[int64](100)}, {LastActiveAtAfter: roster.Value[int64](98)},
			{CreatedAtAfter: roster.Value[int64](9000), CreatedAtBefore: roster.Value[int64](9100)},
			{CreatedAtAfter: roster.Value[int64](99_000), LastActiveAtBefore: roster.Value[int64](1)},
			{PublicMetadata: []roster.MetadataTerm{{Path: "group", Value: "some"}}},
			{LastActiveAtAfter: roster.Value[int64](98), Role: []string{"org:member"}, NameQuery: "g", OrganizationID: roster.Only("org_1")},
		} {
			for _, plan := range memberPlans(t, st, q, "org_1") {
				if readsWhole.MatchString(plan) {
					t.Errorf("%+v:\n%s", q, plan)
				}
			}
		}
		for _, q := range []roster.MembershipQuery{{CreatedAtBefore: roster.Value[int64](45_000)}, {LastActiveAtAfter: roster.Value[int64](49)}} {
			for _, plan := range memberPlans(t, st, q, "org_1") {
				if e.Name == "sqlite" && readsWhole.MatchString(plan) { // PostgreSQL may rather read a half of the table in its own order
					t.Errorf("%+v:\n%s", q, plan)
				}
			}
		}
	})
}

// openBig is a store of seedBig.
func openBig(t *testing.T, e storetest.Engine, n int) *store.Store {
	t.Helper()
	url := e.URL(t)
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		if err := reopen(t, path).Close(); err != nil {
			t.Fatal(err)
		}
	}
	seedBig(t, url, n)
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

// memberPlans are the plans of a list of memberships in different orders.
func memberPlans(t *testing.T, st *store.Store, q roster.MembershipQuery, organization string) (plans []string) {
	t.Helper()
	for _, by := range []string{"created_at", "last_name"} {
		q.OrderBy = roster.Desc(by)
		list, err := st.Explain(t.Context(), "ins_1", func(tx *store.Tx) error {
			_, err := tx.Memberships(organization, q)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, list...)
	}
	return plans
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
		plans = append(plans, memberPlans(t, st, q, organization)...)
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
