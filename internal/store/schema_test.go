package store_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A new schema needs its stored database, made once, by the program that brings it:
//
//	go test ./internal/store -run TestStoredSchema_generate -generate
//
// writes testdata/schema-NNNNN of the newest schema: both engines' dumps of one
// directory, and its export. What was written before stays as it is; to renew the
// exports for a new format, remove them first.
var generate = flag.Bool("generate", false, "write the stored database of the newest schema")

func TestStoredSchema_generate(t *testing.T) {
	if !*generate {
		t.Skip("writes files: see -generate")
	}
	dir := filepath.Join("testdata", fmt.Sprintf("schema-%05d", newestSchema(t)))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "roster.db")
	fillURL(t, "sqlite:"+path)
	writeFile(t, filepath.Join(dir, "sqlite.sql"), dumpSQLite(t, path))
	url := storetest.Postgres(t)
	fillURL(t, url)
	out, err := exec.Command(filepath.Join(storetest.PostgresPrograms(t), "pg_dump"), "--inserts", "--no-owner", "--no-privileges", url).Output()
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "postgres.sql"), string(out))
	for _, dir := range schemas(t) {
		golden := filepath.Join(dir, "export.jsonl")
		if _, err := os.Stat(golden); err != nil {
			writeFile(t, golden, exportURL(t, loadSQLite(t, dir)))
		}
	}
}

func TestStoredSchema_has_the_newest(t *testing.T) {
	t.Parallel()
	want := filepath.Join("testdata", fmt.Sprintf("schema-%05d", newestSchema(t)))
	if !slices.Contains(schemas(t), want) {
		t.Errorf("%s is missing: see -generate", want)
	}
}

// schemas are the folders of the stored databases.
func schemas(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("testdata/schema-*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no stored databases", err)
	}
	return dirs
}

// A database of every schema there was is brought up to date with every row of it.
func TestStoredSchema_opens(t *testing.T) {
	t.Parallel()
	for _, dir := range schemas(t) {
		for name, load := range map[string]func(*testing.T, string) string{"sqlite": loadSQLite, "postgres": loadPostgres} {
			t.Run(filepath.Base(dir)+"/"+name, func(t *testing.T) {
				t.Parallel()
				url := load(t, dir)
				before := countRows(t, url)
				if diff := cmp.Diff(readFile(t, filepath.Join(dir, "export.jsonl")), exportURL(t, url)); diff != "" {
					t.Errorf("its export: -want +got:\n%s", diff)
				}
				storetest.CheckTerms(t, url)
				after := countRows(t, url)
				for table, n := range before {
					if after[table] != n || n == 0 {
						t.Errorf("%s: %d rows, then %d", table, n, after[table])
					}
				}
				if wrong := rawTexts(t, open(t, url), miscounted); len(wrong) > 0 {
					t.Errorf("members are miscounted in %q", wrong)
				}
			})
		}
	}
}

// exportURL opens a database, migrating it, and exports its instance.
func exportURL(t *testing.T, url string) string {
	t.Helper()
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	svc := service.New(st, service.Options{})
	c, err := svc.Authenticate(t.Context(), filledKey)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	_, err = svc.Export(t.Context(), c.InstanceID, &out, nil)
	if err = errors.Join(err, st.Close()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// miscounted are the organizations whose counters of members differ from the rows.
const miscounted = `select organization_id
from (select instance_id, organization_id, role_id, members from member_counts
	union all select instance_id, organization_id, role_id, -1 from memberships) c
group by instance_id, organization_id, role_id
having sum(members) <> 0
union all select organization_id
from (select instance_id, organization_id, span, members from member_spans
	union all select instance_id, organization_id, created_at >> 22, -1 from memberships) c
group by instance_id, organization_id, span
having sum(members) <> 0
union all select role_id
from (select instance_id, role_id, members from member_totals
	union all select instance_id, role_id, -1 from memberships) c
group by instance_id, role_id
having sum(members) <> 0`

// open opens a database past the store.
func open(t *testing.T, url string) *sql.DB {
	t.Helper()
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		return openRaw(t, "sqlite3", "file:"+path)
	}
	return openRaw(t, "pgx", url)
}

// countRows counts the rows of each table of the directory.
func countRows(t *testing.T, url string) map[string]int {
	t.Helper()
	tables := `select tablename from pg_tables where schemaname = 'public' and tablename <> 'goose_db_version'`
	if strings.HasPrefix(url, "sqlite:") {
		tables = `select name from sqlite_master where type = 'table' and name <> 'goose_db_version' and name not like 'sqlite_%' and (name not like 'user_search%' or name = 'user_search_rows')`
	}
	db := open(t, url)
	counts := map[string]int{}
	for _, table := range rawTexts(t, db, tables) {
		var n int
		what := "count(*)"
		if table == "member_counts" || table == "member_spans" || table == "member_totals" { // whose rows are as many as there are roles, or times
			what = "cast(sum(members) as bigint)"
		}
		if err := db.QueryRowContext(t.Context(), "select "+what+" from "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	return counts
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func fillURL(t *testing.T, url string) {
	t.Helper()
	st, err := store.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, st)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// newestSchema is the version that this program brings a database to.
func newestSchema(t *testing.T) int64 {
	t.Helper()
	list, err := store.Migrations(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "none.db"))
	if err == nil || list != nil {
		t.Fatal("a file that is not there has migrations:", list, err)
	}
	path := filepath.Join(t.TempDir(), "roster.db")
	reopen(t, path)
	if list, err = store.Migrations(t.Context(), "sqlite:"+path); err != nil {
		t.Fatal(err)
	}
	return list[len(list)-1].Version
}
