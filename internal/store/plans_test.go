package store

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// plansOf are the plans of the pages of memberships that fn reads, as SQLite tells them.
func plansOf(t *testing.T, st *Store, fn func(*Tx) error) []string {
	t.Helper()
	plans, err := st.explained(t.Context(), "ins_1", func(sql string) bool {
		return strings.Contains(sql, "from memberships t") && !strings.Contains(sql, "count(*)")
	}, fn)
	if err != nil || len(plans) == 0 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	return plans
}

func openFile(t *testing.T) *Store {
	t.Helper()
	st, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
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

// Every order of an organization's members is a walk along an index, and what many
// members may share is sorted by the index too.
func TestPlans_of_orders_walk_an_index(t *testing.T) {
	t.Parallel()
	st := openFile(t)
	for _, name := range roster.MembershipOrders {
		for _, order := range []roster.Order{roster.Asc(name), roster.Desc(name)} {
			plans := plansOf(t, st, func(tx *Tx) error {
				_, err := tx.Memberships("org_1", roster.MembershipQuery{OrderBy: order})
				return err
			})
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
	st := openFile(t)
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
	st := openFile(t)
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
				for _, plan := range plans {
					if !strings.Contains(plan, "(instance_id=? AND organization_id=? AND user_id=?)") || !strings.Contains(plan, "SEARCH m USING PRIMARY KEY (instance_id=? AND term=?") {
						t.Errorf("%q by %s:\n%s", organization, name, plan)
					}
				}
			}
		}
	}
}

// A filter by role starts with the few who have it, and otherwise walks the order; by
// time of creation the role's own index has the order.
func TestPlans_of_roles_follow_how_many_have_them(t *testing.T) {
	t.Parallel()
	st := counted(t)
	for _, tt := range []struct {
		role  string
		order roster.Order
		want  string
	}{
		{"org:rare", roster.Desc("email_address"), "INDEX memberships_by_role (instance_id=? AND role_id=? AND organization_id=?)"},
		{"org:common", roster.Desc("email_address"), "INDEX memberships_of_organization_by_email_address (instance_id=? AND organization_id=?"},
		{"org:common", roster.Desc("created_at"), "INDEX memberships_by_role (instance_id=? AND role_id=? AND organization_id=?)"},
		{"org:rare", roster.Desc("created_at"), "INDEX memberships_by_role (instance_id=? AND role_id=? AND organization_id=?)"},
		{"org:common org:gone", roster.Desc("created_at"), "INDEX memberships_by_role (instance_id=? AND role_id=? AND organization_id=?)"},
	} {
		for _, plan := range plansOf(t, st, func(tx *Tx) error {
			tx.roles = map[string]*roleInfo{"role_rare": {id: "role_rare", key: "org:rare"}, "role_common": {id: "role_common", key: "org:common"}}
			_, err := tx.Memberships("org_1", roster.MembershipQuery{Role: strings.Fields(tt.role), OrderBy: tt.order})
			return err
		}) {
			if sorts := strings.Contains(plan, "TEMP B-TREE"); !strings.Contains(plan, tt.want) || sorts != (tt.role == "org:rare" && tt.order.By != "created_at") {
				t.Errorf("%s by %s:\n%s", tt.role, tt.order, plan)
			}
		}
	}
}

// The instance's memberships are found along their users where these are as many, and
// sorted where they are few.
func TestPlans_of_all_organizations_follow_how_many_memberships_there_are(t *testing.T) {
	t.Parallel()
	for want, st := range map[string]*Store{
		"SEARCH u USING COVERING INDEX users_by_email_address (instance_id=? AND email_address>?)":   counted(t),
		"SEARCH t USING COVERING INDEX memberships_of_organization_by_email_address (instance_id=?)": openFile(t),
	} {
		plans := plansOf(t, st, func(tx *Tx) error {
			_, err := tx.Memberships("", roster.MembershipQuery{OrderBy: roster.Asc("email_address")})
			return err
		})
		if !strings.Contains(plans[0], want) {
			t.Errorf("not %s:\n%s", want, plans[0])
		}
	}
}

// What a large offset skips is not read: spans are summed up in their order, and
// within one an index alone tells where the page begins.
func TestPlans_of_offsets_walk_an_index_alone(t *testing.T) {
	t.Parallel()
	st := counted(t)
	for offset, bound := range map[int64]string{deepOffset: "<", 9000: ">"} {
		plans := plansOf(t, st, func(tx *Tx) error {
			_, err := tx.Memberships("org_1", roster.MembershipQuery{Paging: roster.Paging{Offset: offset}})
			return err
		})
		for _, plan := range plans {
			if !strings.Contains(plan, "COVERING INDEX memberships_of_organization_by_created_at (instance_id=? AND organization_id=? AND created_at"+bound+"?)") {
				t.Errorf("from %d:\n%s", offset, plan)
			}
		}
	}
}

// counted is a store whose counters say that many have one role and few another.
func counted(t *testing.T) *Store {
	t.Helper()
	st := openFile(t)
	if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
		tx.countMembers("org_1", "role_common", 10_000)
		tx.countMembers("org_1", "role_rare", 3)
		for span := range int64(100) {
			tx.countSpan("org_1", span, 100)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return st
}
