package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
)

// In a database that holds no instance nobody looks for anything by an index, so an
// import does without those that only make lists fast, and makes each at its end in
// one go: adding to them row by row, in no order, writes most of a large database
// anew with every batch. What they were is kept in a table beside them, in the
// transaction that drops them, and an instance comes to be only in one that makes
// all of them: where there is an instance no index is missing, whatever became of
// the import. Keys and unique indexes stay.
//
// Of indexes that serve alike SQLite takes the newest. There they are kept, and made
// again, in the order in which the schema made them, so that lists of an imported file
// are read by the same indexes as those of any other; the rowids of the table tell it.

// What engines list of their schema, and how the next index comes out of the table.
const (
	sqliteHasDeferred = `select count(*)
from sqlite_master
where type = 'table' and name = 'deferred_indexes'`
	sqliteIndexes = `select name, sql
from sqlite_master
where type = 'index' and lower(sql) like 'create index %' and tbl_name in (`
	sqliteIndexOrder = ")\norder by rowid"
	sqliteNextIndex  = `delete from deferred_indexes
where rowid = (select min(rowid) from deferred_indexes)
returning sql`
	postgresHasDeferred = `select count(*)
from pg_tables
where schemaname = current_schema() and tablename = 'deferred_indexes'`
	postgresIndexes = `select indexname, indexdef
from pg_indexes
where schemaname = current_schema() and lower(indexdef) like 'create index %' and tablename in (`
	postgresIndexOrder = ")\norder by indexname"
	postgresNextIndex  = `delete from deferred_indexes
where name = (select min(name) from deferred_indexes)
returning sql`
)

// lockInstances makes others wait who drop indexes, make them, or add an instance.
const lockInstances = "lock table instances in share row exclusive mode"

// index is an index and the statement that makes it.
type index struct{ name, sql string }

// DeferIndexes drops indexes, where no instance needs them.
func (tx *Tx) DeferIndexes() error {
	if err := tx.lockIndexes(); err != nil {
		return err
	}
	var n int64
	if err := tx.one("select count(*)\nfrom instances", nil, &n); err != nil || n > 0 {
		return err
	}
	if deferred, err := tx.deferred(); err != nil || deferred {
		return err
	}
	indexes, err := tx.indexes()
	if err == nil {
		_, err = tx.exec("create table deferred_indexes (name text not null primary key, sql text not null)")
	}
	for _, i := range indexes {
		if err == nil {
			_, err = tx.exec("insert into deferred_indexes (name, sql)\nvalues ($1, $2)", i.name, i.sql)
		}
		if err == nil {
			_, err = tx.exec("drop index " + i.name)
		}
	}
	return err
}

// lockIndexes keeps others from the indexes; these look for missing ones then.
func (tx *Tx) lockIndexes() error {
	if tx.serial() {
		return nil
	}
	_, err := tx.exec(lockInstances)
	return err
}

// RestoreIndex makes the next index that was dropped, and reports whether all are there.
func (tx *Tx) RestoreIndex() (done bool, err error) {
	if deferred, err := tx.deferred(); err != nil || !deferred {
		return true, err
	}
	if err := tx.lockIndexes(); err != nil {
		return false, err
	}
	if deferred, err := tx.deferred(); err != nil || !deferred {
		return true, err
	}
	next, create := postgresNextIndex, ""
	if tx.serial() {
		next = sqliteNextIndex
	}
	err = tx.one(next, nil, &create)
	if errors.Is(err, ErrNotFound) {
		_, err = tx.exec("drop table deferred_indexes")
		return true, err
	}
	if err == nil && !tx.serial() { // many rows take their time
		_, err = tx.exec("set local statement_timeout = 0")
	}
	if err == nil {
		_, err = tx.exec(create)
	}
	return false, err
}

// restoreIndexes makes all of them.
func (tx *Tx) restoreIndexes() error {
	for {
		if done, err := tx.RestoreIndex(); err != nil || done {
			return err
		}
	}
}

// deferred reports whether indexes are missing.
func (tx *Tx) deferred() (bool, error) {
	sql := postgresHasDeferred
	if tx.serial() {
		sql = sqliteHasDeferred
	}
	var n int64
	err := tx.one(sql, nil, &n)
	return n > 0, err
}

// indexes are those that an import can do without, in the order to make them in.
func (tx *Tx) indexes() (list []index, err error) {
	tables, marks := make([]any, 0, len(importedTables)), make([]string, 0, len(importedTables))
	for table := range importedTables {
		tables = append(tables, table)
		marks = append(marks, "$"+strconv.Itoa(len(tables)))
	}
	sql, order := postgresIndexes, postgresIndexOrder
	if tx.serial() {
		sql, order = sqliteIndexes, sqliteIndexOrder
	}
	err = tx.query(sql+strings.Join(marks, ", ")+order, tables, func(r row) error {
		var i index
		err := r.scan(&i.name, &i.sql)
		list = append(list, i)
		return err
	})
	return list, err
}

// restoreIndexes makes what an unfinished import left away, in the order of RestoreIndex:
// the next step of the schema may rest on it.
func (m *migrator) restoreIndexes(ctx context.Context) (err error) {
	var tables int
	if err := m.db.QueryRowContext(ctx, m.deferred).Scan(&tables); err != nil || tables == 0 {
		return err
	}
	tx, err := m.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing, once it is committed
	next := sqliteNextIndex
	if m.deferred == postgresHasDeferred {
		next = postgresNextIndex
		if _, err := tx.ExecContext(ctx, lockInstances); err != nil {
			return err
		}
	}
	for {
		var create string
		err := tx.QueryRowContext(ctx, next).Scan(&create)
		if errors.Is(err, sql.ErrNoRows) {
			break
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, create)
		}
		if err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "drop table deferred_indexes"); err != nil {
		return err
	}
	return tx.Commit()
}
