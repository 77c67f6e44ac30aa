package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// Of indexes that serve alike SQLite takes the newest.
func TestDeferIndexes_are_made_again_in_the_order_of_the_schema(t *testing.T) {
	t.Parallel()
	for name, restore := range map[string]func(ctx context.Context, st *Store, url string) error{
		"at the end of the import": func(ctx context.Context, st *Store, _ string) error {
			for done := false; !done; {
				err := st.Bulk(ctx, "ins_1", 1, func(tx *Tx) (err error) {
					done, err = tx.RestoreIndex()
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
		// which may change an index, or rest on it
		"before the next step of the schema": func(ctx context.Context, _ *Store, url string) error {
			return withMigrator(url, true, func(m *migrator) error { return m.restoreIndexes(ctx) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "roster.db")
			st, err := Open(t.Context(), "sqlite:"+path)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = st.Close() }()
			migrated := indexNames(t, path)
			if err := st.Bulk(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.DeferIndexes() }); err != nil {
				t.Fatal(err)
			}
			kept := indexNames(t, path)
			deferred := slices.DeleteFunc(migrated, func(name string) bool { return slices.Contains(kept, name) })
			if len(deferred) < 2 {
				t.Fatalf("left away: %q", deferred)
			}
			want := append(kept, deferred...)
			for range 2 {
				if err := restore(t.Context(), st, "sqlite:"+path); err != nil {
					t.Fatal(err)
				}
				if got := indexNames(t, path); !slices.Equal(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
}

// indexNames are the file's indexes, in the order in which they were made.
func indexNames(t *testing.T, path string) (names []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), "select name from sqlite_master where type = 'index' and name not like '%deferred_indexes%' order by rowid")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return names
}
