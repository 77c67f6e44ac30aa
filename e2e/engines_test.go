package e2e

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"       // looks at the database behind the servers' backs
	_ "github.com/ncruces/go-sqlite3/driver" // and at the file

	"github.com/rosterhq/roster/internal/store/storetest"
)

// engines are the two kinds of database, by the name of a subtest. Each call makes
// a new empty one and returns its URL.
var engines = []struct {
	name string
	open func(t testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "roster.db") }},
	{"postgres", func(t testing.TB) string {
		database := storetest.Postgres(t)
		// Deadlocks are part of some tests and cost this long.
		if _, err := look(t, database).Exec("do $$ begin execute format('alter database %I set deadlock_timeout = ''100ms''', current_database()); end $$"); err != nil {
			t.Fatal(err)
		}
		return database
	}},
}

// onEngines runs a test on each engine.
func onEngines(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	t.Parallel()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			test(t, e.open(t))
		})
	}
}

func isPostgres(database string) bool { return strings.HasPrefix(database, "postgres") }

// look opens a database for a test to read, whichever engine has it.
func look(t testing.TB, database string) *sql.DB {
	t.Helper()
	driver, dsn := "pgx", database
	if path, ok := strings.CutPrefix(database, "sqlite:"); ok {
		driver, dsn = "sqlite3", (&url.URL{Scheme: "file", Opaque: path, RawQuery: "_pragma=busy_timeout(10000)"}).String()
	}
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
