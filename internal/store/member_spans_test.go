package store_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// sortsOrScans is what plans say that read more than an organization's spans. SQLite
// keeps the one row it looks for in a tree.
var sortsOrScans = regexp.MustCompile(`SCAN member_spans|SCAN n\b|Sort|Seq Scan`)

// The spans before an offset are summed up along their index, in either direction.
func TestPlans_of_spans_walk_an_index(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		url := e.URL(t)
		driver, name := "pgx", url
		if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
			driver, name = "sqlite3", "file:"+path
		}
		db := openRaw(t, driver, name)
		for _, sql := range []string{
			`insert into member_counts (instance_id, organization_id, role_id, slot, members) values ('ins_1', 'org_1', 'role_1', 0, 10000)`,
			`with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
insert into member_spans (instance_id, organization_id, span, slot, members) select 'ins_1', 'org_1', i, 0, 5 from n`,
			`analyze`,
		} {
			if _, err := db.ExecContext(t.Context(), sql); err != nil {
				t.Fatal(err)
			}
		}
		st, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		}()
		for _, offset := range []int64{2000, 9000} {
			for _, order := range []roster.Order{roster.Asc("created_at"), roster.Desc("created_at")} {
				spans := 0
				plans, err := st.Explain(t.Context(), "ins_1", func(tx *store.Tx) error {
					_, err := tx.Memberships("org_1", roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{Offset: offset}})
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				for _, plan := range plans {
					if !strings.Contains(plan, "member_spans") {
						continue
					}
					if spans++; sortsOrScans.MatchString(plan) {
						t.Errorf("%s from %d:\n%s", order, offset, plan)
					}
				}
				if spans != 1 {
					t.Errorf("%s from %d: %d plans of spans", order, offset, spans)
				}
			}
		}
	})
}
