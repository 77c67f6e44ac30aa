package store_test

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A new schema needs its stored database, made once, by the program that brings it:
//
//	go test ./internal/store -run TestStoredSchema_generate -generate
//
// writes testdata/schema-NNNNN of the newest schema: both engines' dumps of one
// directory. What was written before stays as it is.
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

// dumpSQLite is a file as the statements that make it again.
func dumpSQLite(t *testing.T, path string) string {
	t.Helper()
	db := openRaw(t, "sqlite3", "file:"+path)
	var out strings.Builder
	for _, s := range rawTexts(t, db, `select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type = 'index', name`) {
		out.WriteString(s + ";\n")
	}
	for _, table := range rawTexts(t, db, `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`) {
		columns := rawTexts(t, db, fmt.Sprintf(`select 'quote(' || name || ')' from pragma_table_info('%s')`, table))
		rows := rawTexts(t, db, fmt.Sprintf(`select 'insert into %s values (' || %s || ');' from %s order by 1`, table, strings.Join(columns, `|| ',' ||`), table))
		out.WriteString(strings.Join(append(rows, ""), "\n"))
	}
	return out.String()
}

func openRaw(t *testing.T, driver, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func rawTexts(t *testing.T, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// loadPostgres runs a dump of pg_dump in an empty database; what is psql's own is
// left out.
func loadPostgres(t *testing.T, url, dump string) {
	t.Helper()
	var script []string
	for line := range strings.Lines(dump) {
		if !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "--") {
			script = append(script, line)
		}
	}
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	if _, err := c.PgConn().Exec(t.Context(), strings.Join(script, "")).ReadAll(); err != nil {
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
