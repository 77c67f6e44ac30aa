package api_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"       // looks at the database behind the server's back
	_ "github.com/ncruces/go-sqlite3/driver" // likewise

	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// proven is a server whose database a test can look into. When the test ends, the
// whole database is audited.
type proven struct {
	*rostertest.Server
	db     *sql.DB // reads only
	tables string  // a query for the tables that have rows of instances
}

func prove(t testing.TB, e storetest.Engine, options ...rostertest.Option) *proven {
	t.Helper()
	url := e.URL(t)
	p := &proven{Server: rostertest.New(t, append(options, rostertest.WithDatabase(url))...)}
	driver := "pgx"
	p.tables = "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'instance_id' order by 1"
	if path, isFile := strings.CutPrefix(url, "sqlite:"); isFile {
		driver, url = "sqlite3", "file:"+path+"?mode=ro&_pragma=busy_timeout(10000)"
		p.tables = "select name from sqlite_schema where type = 'table' and sql like '%instance_id%' order by 1"
	}
	var err error
	if p.db, err = sql.Open(driver, url); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.audit(t)
		if err := p.db.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// tester is what testing.T and rapid.T have in common, as far as it is needed.
type tester interface {
	Helper()
	Errorf(string, ...any)
	Fatal(...any)
	Fatalf(string, ...any)
}

// rows are what a query finds, each row as its columns in quotes.
func (p *proven) rows(t tester, query string, args ...any) []string {
	t.Helper()
	found, err := p.db.Query(query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() {
		if err := found.Close(); err != nil {
			t.Fatal(err)
		}
	}()
	columns, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for found.Next() {
		cells := make([]sql.NullString, len(columns))
		dest := make([]any, len(columns))
		for i := range cells {
			dest[i] = &cells[i]
		}
		if err := found.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		var row strings.Builder
		for i, c := range cells {
			if c.Valid {
				row.WriteString(columns[i] + "=" + c.String + " ")
			}
		}
		out = append(out, row.String())
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// scalar is the single value a query finds.
func scalar[T any](t tester, p *proven, query string, args ...any) (v T) {
	t.Helper()
	if err := p.db.QueryRow(query, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// texts is the only column of what a query finds.
func (p *proven) texts(t tester, query string, args ...any) (out []string) {
	t.Helper()
	for _, row := range p.rows(t, query, args...) {
		_, text, _ := strings.Cut(strings.TrimSuffix(row, " "), "=")
		out = append(out, text)
	}
	return out
}
