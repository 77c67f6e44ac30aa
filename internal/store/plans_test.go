package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// recorder notes the queries that run on a connection.
type recorder struct {
	conn
	seen []query
}

func (r *recorder) run(queries ...query) error {
	r.seen = append(r.seen, queries...)
	return r.conn.run(queries...)
}

// plansOf are the plans of the queries on memberships that fn runs, as SQLite tells
// them.
func plansOf(t *testing.T, st *Store, fn func(*Tx) error) (plans []string) {
	t.Helper()
	err := st.engine.read(t.Context(), func(c conn) error {
		r := &recorder{conn: c}
		if err := fn(st.snapshot(r, "ins_1")); err != nil {
			return err
		}
		for _, q := range r.seen {
			if !strings.Contains(q.sql, "from memberships t") || strings.Contains(q.sql, "count(*)") {
				continue
			}
			plan := ""
			err := c.run(query{sql: "explain query plan " + q.sql, args: q.args, each: func(r row) error {
				var id, parent, unused int64
				var detail string
				err := r.scan(&id, &parent, &unused, &detail)
				plan += detail + "\n"
				return err
			}})
			if err != nil {
				return fmt.Errorf("explain %s: %w", q.sql, err)
			}
			plans = append(plans, plan)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return plans
}

// Every order of an organization's members is a walk along an index, and what many
// members may share is sorted by the index too.
func TestPlans_of_orders_walk_an_index(t *testing.T) {
	t.Parallel()
	st, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range roster.MembershipOrders {
		for _, order := range []roster.Order{roster.Asc(name), roster.Desc(name)} {
			plans := plansOf(t, st, func(tx *Tx) error {
				_, err := tx.Memberships("org_1", roster.MembershipQuery{OrderBy: order})
				return err
			})
			if len(plans) == 0 {
				t.Fatalf("%s: no plan", order)
			}
			for _, plan := range plans {
				shared := name == "first_name" || name == "last_name"
				if !strings.HasPrefix(plan, "SEARCH t USING INDEX memberships_of_organization_by_"+name) ||
					strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || shared && strings.Contains(plan, "TEMP B-TREE") {
					t.Errorf("%s:\n%s", order, plan)
				}
			}
		}
	}
}

// What a filter names is found by the name, whatever the order.
func TestPlans_of_filters_find_what_they_name(t *testing.T) {
	t.Parallel()
	st, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range roster.MembershipOrders {
		plans := plansOf(t, st, func(tx *Tx) error {
			_, err := tx.Memberships("org_1", roster.MembershipQuery{OrderBy: roster.Desc(name), UserID: roster.Selection{Include: []string{"user_1", "user_2"}}})
			return err
		})
		for _, plan := range plans {
			if !strings.Contains(plan, "(instance_id=? AND organization_id=? AND user_id=?)") {
				t.Errorf("user_id, by %s:\n%s", name, plan)
			}
		}
	}
}

// A list with a filter by metadata starts with those who have the value, whatever the
// order and the other filters are.
func TestPlans_of_metadata_start_with_its_terms(t *testing.T) {
	t.Parallel()
	st, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, name := range roster.MembershipOrders {
		for _, organization := range []string{"org_1", ""} {
			for _, q := range []roster.MembershipQuery{
				{},
				{Role: []string{roster.RoleAdmin}, OrganizationID: roster.Only("org_1"), NameQuery: "a", CreatedAtAfter: roster.Value[int64](1)},
			} {
				q.OrderBy = roster.Desc(name)
				q.PublicMetadata = []roster.MetadataTerm{{Path: "plan", Value: "5"}, {Path: "seats", Value: "many"}}
				plans := plansOf(t, st, func(tx *Tx) error {
					tx.roles = map[string]*roleInfo{"role_1": {key: roster.RoleAdmin}}
					_, err := tx.Memberships(organization, q)
					return err
				})
				if len(plans) == 0 {
					t.Fatalf("%s: no plan", name)
				}
				for _, plan := range plans {
					if !strings.Contains(plan, "(instance_id=? AND organization_id=? AND user_id=?)") || !strings.Contains(plan, "SEARCH m USING PRIMARY KEY (instance_id=? AND term=?") {
						t.Errorf("%q by %s:\n%s", organization, name, plan)
					}
				}
			}
		}
	}
}
