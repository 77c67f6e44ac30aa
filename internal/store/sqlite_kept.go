package store

import (
	"strconv"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// What a connection keeps of rows, in bytes and arguments.
const (
	keptBytes = 256 << 10 // of all queries
	keptMost  = 16 << 10  // of one query
	keptArgs  = 4         // that a query has at most
	keptValue = 48        // beside its text
)

// sqliteKept is what a connection found with common queries, as of one state of the
// database. Whose organization it is and how many members that has nearly every request
// asks, and most find the state of the last.
type sqliteKept struct {
	version int64 // that others have committed
	bytes   int
	found   map[keptKey]keptRows
}

// keptKey is a query with its arguments.
type keptKey struct {
	sql  string
	args [keptArgs]string
}

// keptRows were found in tables of an age, which the connection's own changes add to.
type keptRows struct {
	rows []sqliteRow
	used tablesUsed
	age  int64
	size int
}

// keptKeyOf is the key of a query whose rows may be kept.
func keptKeyOf(q query) (key keptKey, ok bool) {
	if !q.common || len(q.args) > keptArgs {
		return key, false
	}
	key.sql = q.sql
	for i, arg := range q.args {
		if key.args[i], ok = arg.(string); !ok {
			return key, false
		}
	}
	return key, true
}

// stands says which state of the database is read now: what was found of another is gone.
func (k *sqliteKept) stands(version int64) {
	if version != k.version {
		k.version = version
		k.drop()
	}
}

func (k *sqliteKept) drop() {
	if k != nil {
		k.bytes = 0
		clear(k.found)
	}
}

// common runs a query whose rows are kept.
func (c *sqliteConn) common(key keptKey, q query) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	found, known := c.kept.found[key]
	if !known || found.age != c.tables.age(found.used) {
		var rows []sqliteRow
		if err := c.query(query{sql: q.sql, args: q.args, each: func(r row) error {
			rows = append(rows, r.(*sqliteStmt).forLater())
			return nil
		}}); err != nil {
			return err
		}
		st := c.statements[q.sql]
		found = keptRows{rows: rows, used: st.used, age: c.tables.age(st.used)}
		key.sql = st.SQL() // which is there anyway
		c.kept.keep(key, found)
	}
	for _, r := range found.rows {
		if err := q.each(r); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps what was found, unless that is large.
func (k *sqliteKept) keep(key keptKey, found keptRows) {
	found.size = keptValue * keptArgs
	for i, arg := range key.args {
		key.args[i] = strings.Clone(arg) // of the request's, perhaps
		found.size += len(arg)
	}
	for _, r := range found.rows {
		for _, v := range r {
			found.size += keptValue + len(v.text)
		}
	}
	if found.size > keptMost {
		return
	}
	if k.bytes+found.size > keptBytes {
		k.drop()
	}
	if k.found == nil {
		k.found = map[keptKey]keptRows{}
	}
	k.bytes += found.size - k.found[key].size
	k.found[key] = found
}

// sqliteRow is a row for later, when its statement has gone on.
type sqliteRow []sqliteValue

// sqliteValue is a column as SQLite makes it an integer and a text.
type sqliteValue struct {
	kind sqlite3.Datatype
	n    int64
	text string
}

func (s *sqliteStmt) forLater() sqliteRow {
	r := make(sqliteRow, s.ColumnCount())
	for i := range r {
		r[i] = sqliteValue{kind: s.ColumnType(i), n: s.ColumnInt64(i), text: s.ColumnText(i)}
	}
	return r
}

func (r sqliteRow) scan(dest ...any) error { return scanColumns(r, dest) }

func (r sqliteRow) raw(column int) []byte {
	if r[column].kind == sqlite3.NULL {
		return nil
	}
	return []byte(r[column].text)
}

func (r sqliteRow) integer(column int) int64 { return r[column].n }

func (r sqliteRow) flag(column int) bool { return r[column].n != 0 }

func (r sqliteRow) ColumnCount() int                        { return len(r) }
func (r sqliteRow) ColumnName(column int) string            { return strconv.Itoa(column) }
func (r sqliteRow) ColumnType(column int) sqlite3.Datatype  { return r[column].kind }
func (r sqliteRow) ColumnText(column int) string            { return r[column].text }
func (r sqliteRow) ColumnInt64(column int) int64            { return r[column].n }
func (r sqliteRow) ColumnBool(column int) bool              { return r[column].n != 0 }
func (r sqliteRow) ColumnBlob(column int, to []byte) []byte { return append(to[:0], r[column].text...) }
