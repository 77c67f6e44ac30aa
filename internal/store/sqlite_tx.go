package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
)

// open reports whether a transaction is under way that can take a write more.
func (c *sqliteConn) open() bool { return !c.broken && !c.db.GetAutocommit() }

// look begins a snapshot: what is read until leave is one state of the database. SQLite
// holds it while a statement has more to say, and this one tells which state it is.
func (c *sqliteConn) look() (err error) {
	if c.version == nil {
		if c.version, err = c.compile("pragma data_version"); err != nil {
			return sqliteError(err)
		}
	}
	if !c.version.Step() {
		return sqliteError(cmp.Or(c.version.Err(), errVersionless))
	}
	c.kept.stands(c.version.ColumnInt64(0))
	return nil
}

// errVersionless cannot happen: the statement has a row.
var errVersionless = errors.New("database has no version")

// leave ends a snapshot, if one was begun. What kept it from beginning was reported then.
func (c *sqliteConn) leave() error {
	if c.version == nil {
		return nil
	}
	reported, err := c.version.Err(), c.version.Reset()
	if reported != nil {
		err = nil
	}
	return sqliteError(err)
}

// begin starts a transaction that writes.
func (c *sqliteConn) begin() error {
	c.ctx = context.Background()
	_, err := c.exec("begin immediate")
	if err == nil {
		err = errors.Join(c.look(), c.leave()) // whether somebody else has written
	}
	c.broken = err != nil && !c.db.GetAutocommit()
	return err
}

// commit ends the transaction. SQLite may have rolled all of it back by itself,
// on a full disk for example; nothing of the batch is durable then.
func (c *sqliteConn) commit() error {
	if c.db.GetAutocommit() {
		c.kept.drop()
		return fmt.Errorf("%w: transaction was rolled back", ErrUnavailable)
	}
	c.ctx = context.Background()
	_, err := c.exec("commit")
	if err == nil {
		return nil
	}
	c.kept.drop()
	if !c.db.GetAutocommit() {
		err = errors.Join(err, sqliteError(c.db.Exec("rollback")))
	}
	return err
}

// savepoint runs one write so that its failure undoes it alone.
func (c *sqliteConn) savepoint(w *sqliteWrite) {
	if w.err = w.ctx.Err(); w.err != nil {
		return
	}
	c.ctx = context.Background() // a savepoint that was begun is ended, whoever is out of time
	if _, w.err = c.exec("savepoint w"); w.err != nil {
		return
	}
	w.panicked = caught(func() {
		c.ctx = w.ctx
		w.err = w.fn(c)
	})
	c.ctx = context.Background()
	if w.err == nil && w.panicked == nil {
		_, w.err = c.exec("release w")
		return
	}
	c.kept.drop() // what it changed it may have read
	// A write that cannot be undone alone must take the whole transaction with it.
	undone := false
	_ = caught(func() { undone = c.db.Exec("rollback to w; release w") == nil })
	c.broken = w.panicked != nil || !undone && !c.db.GetAutocommit()
}

// caught runs do and returns its panic, if any.
func caught(do func()) (p *writePanic) {
	defer func() {
		if value := recover(); value != nil {
			p = &writePanic{value, debug.Stack()}
		}
	}()
	do()
	return nil
}
