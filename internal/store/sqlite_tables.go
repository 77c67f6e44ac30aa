package store

import (
	"slices"

	"github.com/ncruces/go-sqlite3"
)

// sqliteTables follows how often a connection has changed each table, so that it knows
// whether what it found in some of them still stands. A nil one follows nothing: nothing
// is changed there.
type sqliteTables struct {
	ids     map[string]int
	changes []int64 // by id
	used    tablesUsed
}

// tablesUsed are the tables that a statement reads and changes.
type tablesUsed struct{ reads, changes []int }

// followTables has SQLite tell what the statements use that a connection prepares.
func followTables(db *sqlite3.Conn) (*sqliteTables, error) {
	t := &sqliteTables{ids: map[string]int{}}
	return t, db.SetAuthorizer(func(action sqlite3.AuthorizerActionCode, table, _, _, _ string) sqlite3.AuthorizerReturnCode {
		switch action {
		case sqlite3.AUTH_READ:
			t.used.reads = t.add(t.used.reads, table)
		case sqlite3.AUTH_INSERT, sqlite3.AUTH_UPDATE, sqlite3.AUTH_DELETE:
			t.used.changes = t.add(t.used.changes, table)
		}
		return sqlite3.AUTH_OK
	})
}

func (t *sqliteTables) add(list []int, table string) []int {
	id, known := t.ids[table]
	if !known {
		id = len(t.changes)
		t.ids[table], t.changes = id, append(t.changes, 0)
	}
	if slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// take is what the statement uses that was prepared last.
func (t *sqliteTables) take() (used tablesUsed) {
	if t != nil {
		used, t.used = t.used, used
	}
	return used
}

// change counts that a statement changes its tables.
func (t *sqliteTables) change(used tablesUsed) {
	for _, id := range used.changes {
		t.changes[id]++
	}
}

// age is how often the tables that a statement reads have been changed.
func (t *sqliteTables) age(used tablesUsed) (age int64) {
	for _, id := range used.reads {
		age += t.changes[id]
	}
	return age
}
