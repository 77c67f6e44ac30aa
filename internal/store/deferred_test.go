package store

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// The next step of the schema may change an index, or rest on it.
func TestMigrate_makes_indexes_first_that_an_import_left_away(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "roster.db")
	st, err := Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	want := indexNames(t, path)
	if err := st.Bulk(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.DeferIndexes() }); err != nil {
		t.Fatal(err)
	}
	if got := indexNames(t, path); len(got) >= len(want) {
		t.Fatalf("left away: %d of %d", len(want)-len(got), len(want))
	}
	for range 2 {
		err := withMigrator("sqlite:"+path, true, func(m *migrator) error { return m.restoreIndexes(t.Context()) })
		if err != nil {
			t.Fatal(err)
		}
		if got := indexNames(t, path); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func indexNames(t *testing.T, path string) (names []string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), "select name from sqlite_master where type = 'index' order by name")
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
