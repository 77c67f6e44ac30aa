package store_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

var update = flag.Bool("update", false, "write testdata/plans.*.golden anew")

// planCase is a list whose plans are looked at.
type planCase struct {
	name string
	list func(*store.Tx) error
	// page bounds the rows that a statement of the list may read on the way to a page, and
	// total those that it counts for the total; -1 where no index serves, so that all that
	// a filter leaves, or looks at, is read.
	page, total int
	sorts       bool // a few rows that are found in another order, or in none
}

// all bounds nothing: total counts are exact, and no order has an index everywhere.
const all = -1

// Whatever is listed, of 100,000 rows no more are read than a page needs where an index
// can tell, and the golden files say which does.
func TestPlans_of_all_lists(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, url := openListed(t, e)
		got := &strings.Builder{}
		for _, c := range slices.Concat(memberCases(), memberFilterCases(), directoryCases(), otherCases()) {
			list, err := st.ExplainAll(t.Context(), "ins_1", c.list)
			if err != nil {
				t.Fatal(c.name, err)
			}
			var lines []string
			for _, s := range list {
				if aside.MatchString(s.SQL) {
					continue
				}
				bound, kind := c.page, "page: "
				if counts.MatchString(s.SQL) {
					bound, kind = c.total, "total: "
				}
				plan := planOnSQLite
				if e.Name == "postgres" {
					plan = planOnPostgres
				}
				lines = append(lines, kind+plan(t, c, s, bound))
			}
			fmt.Fprintf(got, "%s\n\t%s\n", c.name, strings.Join(slices.Compact(lines), "\n\t"))
		}
		comparePlans(t, "plans."+e.Name+".golden", got.String())
		if e.Name == "postgres" {
			pagesKeepPlansThatWalk(t, url)
		}
	})
}

var (
	// aside are statements on what there is little of, that go a bounded way along an
	// index, or that complete a page with organizations.
	aside = regexp.MustCompile(`(?m)^\t*from (roles|role_permissions|instances|permissions|member_counts|member_totals|member_spans|pg_stats)\b|limit 1 offset|from organizations t\nwhere t.instance_id = \$1\n\tand t.id in \([^)]*\)$`)
	// counts are those for the total.
	counts = regexp.MustCompile(`^select (count\(|\(select count\(|cast\()`)
)

var (
	sqliteUses  = regexp.MustCompile(`(SEARCH|SCAN) (\w+)(?: USING)?(?: (?:COVERING )?(?:INDEX (\w+)|(PRIMARY KEY)|INTEGER (PRIMARY KEY)))?(?: (\(.*\)))?`)
	sqliteSorts = "USE TEMP B-TREE FOR ORDER BY"
)

// planOnSQLite is what an index is told of a statement.
func planOnSQLite(t *testing.T, c planCase, s store.Explained, bound int) string {
	t.Helper()
	var uses []string
	sorts := strings.Contains(s.Plan, sqliteSorts)
	for _, m := range sqliteUses.FindAllStringSubmatch(s.Plan, -1) {
		index := strings.TrimPrefix(m[3]+m[4]+m[5], "sqlite_autoindex_")
		if m[1] == "SCAN" {
			index = strings.TrimSpace("all of " + m[2] + " " + index)
		}
		bounds := strings.NewReplacer("=?", "", "?", "", " AND ", " ", "instance_id ", "", "(instance_id)", "(all)").Replace(m[6])
		uses = append(uses, strings.TrimSpace(index+" "+bounds))
	}
	uses = slices.Compact(uses)
	if bound != all && sorts && !c.sorts || bound != all && strings.Contains(s.Plan, "SCAN t") {
		t.Errorf("%s:\n%s\n%s", c.name, s.SQL, s.Plan)
	}
	if sorts {
		uses = append(uses, "sorts")
	}
	return strings.Join(uses, ", ")
}

var (
	postgresNode    = regexp.MustCompile(`(?:using|Index Scan on) (\w+).*\(actual rows=([\d.]+) loops=(\d+)\)`)
	postgresWhole   = regexp.MustCompile(`Seq Scan on (memberships|users|user_search|identifications|unique_values|organizations|organization_invitations|organization_domains|sessions|listed_identifiers)\b`)
	postgresRemoved = regexp.MustCompile(`Rows Removed by [\w ]+: (\d+)`)
	postgresLoops   = regexp.MustCompile(`actual rows=.* loops=(\d+)`)
	postgresBuffers = regexp.MustCompile(`Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?`)
)

// planOnPostgres is the indexes that a bounded statement uses which finds its rows in
// order. How else it goes about it depends on the version and on the sample that analyze
// took; so does which of several indexes finds a few rows, and all of what reads
// thousands. Of these only the bounds are looked at.
func planOnPostgres(t *testing.T, c planCase, s store.Explained, bound int) string {
	t.Helper()
	if bound == all {
		return "reads all"
	}
	var uses []string
	rows, loops := 0, 0
	for line := range strings.Lines(s.Plan) {
		if m := postgresLoops.FindStringSubmatch(line); m != nil {
			loops = number(m[1])
		}
		if m := postgresRemoved.FindStringSubmatch(line); m != nil {
			rows = max(rows, number(m[1])*loops)
		}
		if m := postgresNode.FindStringSubmatch(line); m != nil {
			uses = append(uses, m[1])
			rows = max(rows, number(m[2])*number(m[3]))
		}
	}
	// An index that is read from end to end for what its first columns do not say shows in
	// what else is read.
	blocks := 0
	if m := postgresBuffers.FindStringSubmatch(s.Plan); m != nil {
		blocks = number(m[1]) + number(m[2])
	}
	if rows > bound || blocks > 100+8*bound || postgresWhole.MatchString(s.Plan) {
		t.Errorf("%s: %d rows, %d blocks\n%s\n%s", c.name, rows, blocks, s.SQL, s.Plan)
	}
	if c.sorts {
		return "finds a few"
	}
	slices.Sort(uses)
	return strings.Join(slices.Compact(uses), ", ")
}

// number is one of a plan, of which newer versions tell fractions.
func number(s string) int {
	n, _ := strconv.ParseFloat(s, 64)
	return int(n + 0.99)
}

func comparePlans(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(strings.Split(readFile(t, path), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", name, diff)
	}
}
