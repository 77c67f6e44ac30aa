package store

import (
	"database/sql"
	"errors"
	"path/filepath"
	"slices"
	"testing"
)

// derivedColumns are made anew when an instance arrives, or belong to the place it
// is in.
var derivedColumns = map[string][]string{
	"users":           {"email_address", "phone_number", "web3_wallet", "search_email", "search_phone", "search_username", "search_name", "search"},
	"identifications": {"user_id"},
	"organizations":   {"search"},
	"memberships":     copies(copied),
	"instances":       {"id", "revision"},
}

// derivedTables hold nothing that travels, like the index of search texts.
var derivedTables = []string{"goose_db_version", "imports", "mails", "member_counts", "member_spans", "member_totals", "membership_terms", "tombstones", "unique_values", "verifications"}

func TestTransfer_leaves_no_column_behind(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "roster.db")
	if err := Migrate(t.Context(), "sqlite:"+path, func(Migration) {}); err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, k := range append(slices.Clone(Kinds), identificationKind) {
		for _, c := range k.Columns {
			want[k.table] = append(want[k.table], c.Name)
		}
		want[k.table] = append(want[k.table], derivedColumns[k.table]...)
		if k.table != "instances" {
			want[k.table] = append(want[k.table], "instance_id")
		}
	}
	got := tableColumns(t, path)
	for _, table := range derivedTables {
		if got[table] == nil {
			t.Errorf("derivedTables names %s, which is gone", table)
		}
		delete(got, table)
	}
	for table, columns := range got {
		slices.Sort(columns)
		slices.Sort(want[table])
		if !slices.Equal(columns, want[table]) {
			t.Errorf("%s:\nhas     %q\ntravels %q", table, columns, want[table])
		}
		if _, listed := importedTables[table]; !listed && table != "instances" {
			t.Errorf("%s is not removed with an unfinished import", table)
		}
	}
}

func tableColumns(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows, err := db.QueryContext(t.Context(), `select m.name, c.name
from sqlite_master m, pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'user_search%'`)
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		columns[table] = append(columns[table], column)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return columns
}
