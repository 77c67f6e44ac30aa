package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// empty are databases without a schema, by engine.
var empty = map[string]func(t *testing.T) (url string){
	"sqlite":   func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "roster.db") },
	"postgres": emptyPostgres,
}

// emptyPostgres is a database of its own with nothing in it.
func emptyPostgres(t *testing.T) string {
	t.Helper()
	url := storetest.Postgres(t)
	execute(t, url, "drop schema public cascade; create schema public")
	return url
}

// execute runs statements on PostgreSQL, past the store.
func execute(t *testing.T, url, statements string) {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(context.Background()) }()
	if _, err := c.PgConn().Exec(t.Context(), statements).ReadAll(); err != nil {
		t.Fatal(err)
	}
}

func TestMigrate_by_many_at_once_is_done_once(t *testing.T) {
	t.Parallel()
	for name, make := range empty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := make(t)
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() {
					st, err := store.Open(t.Context(), url)
					if err != nil {
						t.Errorf("process %d: %v", i, err)
						return
					}
					if err := errors.Join(st.Ping(t.Context()), st.Close()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			pending(t, url, false)
		})
	}
}

// pending demands that all migrations are pending, or none.
func pending(t *testing.T, url string, want bool) {
	t.Helper()
	list, err := store.Migrations(t.Context(), url)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d migrations, %v", len(list), err)
	}
	for _, m := range list {
		if (m.AppliedAt == nil) != want {
			t.Errorf("%s: applied at %v", m.Name, m.AppliedAt)
		}
	}
}

func TestMigrate_tells_each_step(t *testing.T) {
	t.Parallel()
	for name, make := range empty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := make(t)
			if name == "postgres" { // where there may be a database without a schema
				pending(t, url, true)
				pending(t, url, true) // asking changes nothing
			}
			var told []string
			each := func(m store.Migration) { told = append(told, fmt.Sprint(m.Name, " ", m.AppliedAt != nil)) }
			if err := store.Migrate(t.Context(), url, each); err != nil {
				t.Fatal(err)
			}
			pending(t, url, false)
			list, err := store.Migrations(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, m := range list {
				want = append(want, m.Name+" false", m.Name+" true")
			}
			if fmt.Sprint(told) != fmt.Sprint(want) {
				t.Errorf("told %q, want %q", told, want)
			}
			told = nil
			if err := store.Migrate(t.Context(), url, each); err != nil || told != nil {
				t.Errorf("again: %q, %v", told, err)
			}
		})
	}
}

func TestMigrate_refuses_a_newer_database(t *testing.T) {
	t.Parallel()
	url := storetest.Postgres(t)
	execute(t, url, "insert into goose_db_version (version_id, is_applied) values (9999, true)")
	_, list := store.Migrations(t.Context(), url)
	up := store.Migrate(t.Context(), url, func(m store.Migration) { t.Error(m) })
	_, open := store.Open(t.Context(), url)
	for _, err := range []error{list, up, open} {
		if !errors.Is(err, store.ErrNewer) {
			t.Error(err)
		}
	}
}

func TestMigrate_takes_the_parameters_of_the_pool(t *testing.T) {
	t.Parallel()
	url := emptyPostgres(t)
	st, err := store.Open(t.Context(), url+"&pool_max_conns=2&default_query_exec_mode=exec")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(st.Ping(t.Context()), st.Close()); err != nil {
		t.Error(err)
	}
}

// The index of search texts is each engine's own.
func TestMigrate_ends_in_the_same_columns_on_both_engines(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "roster.db")
	reopen(t, path)
	file := rawTexts(t, openRaw(t, "sqlite3", "file:"+path), `select m.name || '.' || c.name || case when c."notnull" then '' else '?' end
from sqlite_master m, pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> 'goose_db_version' and m.name not like 'user_search%'
order by m.name, c.cid`)
	server := rawTexts(t, openRaw(t, "pgx", storetest.Postgres(t)), `select table_name || '.' || column_name || case is_nullable when 'NO' then '' else '?' end
from information_schema.columns
where table_schema = 'public' and table_name <> 'goose_db_version' and table_name <> 'user_search'
order by table_name collate "C", ordinal_position`)
	if diff := cmp.Diff(file, server); diff != "" {
		t.Errorf("-sqlite +postgres:\n%s", diff)
	}
}
