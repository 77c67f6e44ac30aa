package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	sqlite "github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// dumpSQLite is a file as the statements that make it again. The tables behind the
// full-text table come with it; what is in them replaces what they come with.
func dumpSQLite(t *testing.T, path string) string {
	t.Helper()
	db := openRaw(t, "sqlite3", "file:"+path)
	var out strings.Builder
	const behind = `name glob 'user_search_*' and name <> 'user_search_rows'`
	for _, s := range rawTexts(t, db, `select sql from sqlite_master where sql is not null and name not like 'sqlite_%' and not (`+behind+`) order by type = 'index', name`) {
		out.WriteString(s + ";\n")
	}
	for _, table := range rawTexts(t, db, `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'user_search' order by name`) {
		columns := rawTexts(t, db, fmt.Sprintf(`select 'quote(' || name || ')' from pragma_table_info('%s')`, table))
		verb := "insert"
		if strings.HasPrefix(table, "user_search_") {
			verb = "replace"
		}
		rows := rawTexts(t, db, fmt.Sprintf(`select '%s into %s values (' || %s || ');' from %s order by 1`, verb, table, strings.Join(columns, `|| ',' ||`), table))
		out.WriteString(strings.Join(append(rows, ""), "\n"))
	}
	return out.String()
}

func openRaw(t testing.TB, driver, dsn string) *sql.DB {
	t.Helper()
	open := func() (*sql.DB, error) { return sql.Open(driver, dsn) }
	if driver == "sqlite3" {
		open = func() (*sql.DB, error) { return sqlite.Open(dsn, fts5.Register) }
	}
	db, err := open()
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

// loadSQLite makes a file of a stored database.
func loadSQLite(t *testing.T, dir string) (url string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roster.db")
	if _, err := openRaw(t, "sqlite3", "file:"+path).ExecContext(t.Context(), readFile(t, filepath.Join(dir, "sqlite.sql"))); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// loadPostgres makes a database of a stored one; what is psql's own in it is left
// out.
func loadPostgres(t *testing.T, dir string) (url string) {
	t.Helper()
	var script strings.Builder
	for line := range strings.Lines(readFile(t, filepath.Join(dir, "postgres.sql"))) {
		if !strings.HasPrefix(line, `\`) && line != "--\n" && !strings.HasPrefix(line, "-- ") {
			script.WriteString(line)
		}
	}
	url = emptyPostgres(t)
	execute(t, url, script.String())
	return url
}
