package store_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// walkStore is a store with one connection, on a directory of one big organization.
func walkStore(t *testing.T) *store.Store {
	t.Helper()
	url := storetest.Postgres(t)
	seedBig(t, url, 5000)
	st, err := store.Open(t.Context(), url+"&pool_max_conns=1")
	if err == nil {
		err = st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error {
			return tx.InsertInstance(store.Instance{Name: "n", Environment: "development"})
		})
	}
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

func asked(t *testing.T, st *store.Store, sql string) []string {
	t.Helper()
	rows, err := st.Asked(t.Context(), sql)
	if err != nil {
		t.Fatal(sql, err)
	}
	return rows
}

// pagesKeepPlansThatWalk tells whether every page that an index holds in its order is
// read along it, by a plan that is made once: of a directory of listSeed, on one
// connection.
func pagesKeepPlansThatWalk(t *testing.T, url string) {
	t.Helper()
	st, err := store.Open(t.Context(), url+"&pool_max_conns=1")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	for _, q := range []roster.MembershipQuery{{}, {Paging: roster.Paging{StartingAfter: "orgmem_user_00609763"}}} {
		for _, key := range []string{"org:member", "org:rare"} {
			for _, q.OrderBy = range []roster.Order{roster.Asc("created_at"), roster.Desc("created_at")} {
				q.Role = []string{key}
				for range 3 {
					if err := st.Read(t.Context(), "ins_1", func(tx *store.Tx) error { return listed(tx.Memberships("org_1", q)) }); err != nil {
						t.Fatal(q, err)
					}
				}
			}
		}
	}
	for _, name := range append([]string{""}, roster.MembershipOrders...) {
		for _, order := range []roster.Order{roster.Asc(name), roster.Desc(name)} {
			for _, after := range []string{"", "orgmem_user_00609763"} {
				q := roster.MembershipQuery{Paging: roster.Paging{Limit: 2, StartingAfter: after}}
				if name != "" {
					q.OrderBy = order
				}
				for range 3 {
					err := st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
						_, err := tx.Memberships("org_1", q)
						return err
					})
					if err == nil && name == "" {
						err = st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
							_, err := tx.Memberships("", q)
							return err
						})
					}
					if err != nil {
						t.Fatal(order, err)
					}
				}
			}
		}
	}
	const kept = "from pg_prepared_statements where statement like '/* walk */ %from memberships t%order by%'"
	if again := asked(t, st, "select statement "+kept+" and custom_plans > 0"); len(again) > 0 {
		t.Errorf("planned anew: %s", again)
	}
	statements := asked(t, st, "select 'explain (costs off) execute ' || name || '(' || array_to_string(array(select quote_literal(1) from unnest(parameter_types)), ', ') || ')' "+kept)
	if len(statements) < 20 {
		t.Errorf("only %d pages walk", len(statements))
	}
	if mode := asked(t, st, "select current_setting('plan_cache_mode')"); mode[0] != "force_generic_plan" {
		t.Errorf("after walks: got plan_cache_mode %s", mode)
	}
	for _, statement := range statements {
		plan := strings.Join(asked(t, st, statement), "\n")
		if strings.Contains(plan, "role_id") != strings.Contains(plan, "using memberships_by_role") || strings.Contains(plan, "Filter: ((role_id") {
			t.Errorf("a role is found beside its index:\n%s", plan)
		}
		// where ties may be sorted, and a page of those with the same value
		if strings.Contains(plan, " Sort\n") && !strings.Contains(plan, "Incremental Sort\n") && !strings.Contains(plan, "Subquery Scan on same\n") || strings.Contains(plan, "Seq Scan") || !strings.Contains(plan, "using memberships_") || strings.Contains(plan, "Filter: ((organization_id") {
			name := strings.Fields(strings.ReplaceAll(statement, "(", " "))[4]
			t.Errorf("%s\n%s", asked(t, st, "select statement from pg_prepared_statements where name = '"+name+"'"), plan)
		}
	}
}

// Who does anything else finds the session as the server set it up.
func TestWalk_ends_with_it(t *testing.T) {
	t.Parallel()
	st := walkStore(t)
	walk := func(by string) func() error {
		return func() error {
			return st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
				_, err := tx.Memberships("org_1", roster.MembershipQuery{OrderBy: roster.Desc(by), Paging: roster.Paging{Limit: 3}})
				return err
			})
		}
	}
	inside := func(tx *store.Tx) error {
		sort, err := tx.Shown("enable_sort")
		if err == nil && sort != "on" {
			t.Errorf("beside walks: got enable_sort %s", sort)
		}
		return err
	}
	failure := errors.New("on purpose")
	claim := func(slug string, end error) func() error {
		return func() error {
			err := st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error {
				return errors.Join(tx.Claim(store.KindSlug, slug, "org_1"), inside(tx), end)
			})
			if errors.Is(err, failure) {
				err = nil
			}
			return err
		}
	}
	for _, step := range []struct {
		name string
		do   func() error
		is   string
	}{
		{"a walk", walk("created_at"), "off"},
		{"one that goes on among those without a value", walk("phone_number"), "off"},
		{"a filter", func() error {
			return st.Read(t.Context(), "ins_1", func(tx *store.Tx) error {
				_, err := tx.Memberships("org_1", roster.MembershipQuery{NameQuery: "given1"})
				return errors.Join(err, inside(tx))
			})
		}, "on"},
		{"a walk behind it", walk("email_address"), "off"},
		{"a change", claim("a", nil), "on"},
		{"a walk behind that", walk("created_at"), "off"},
		{"a change that fails", claim("b", failure), "on"},
	} {
		if err := step.do(); err != nil {
			t.Fatal(step.name, err)
		}
		for _, setting := range []string{"enable_sort", "enable_seqscan"} {
			if is := asked(t, st, "select current_setting('"+setting+"')"); is[0] != step.is {
				t.Errorf("after %s: got %s %s, want %s", step.name, setting, is[0], step.is)
			}
		}
	}
}
