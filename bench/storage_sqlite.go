package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// embedded is SQLite.
type embedded struct {
	bare
	path  string
	first *sqlite3.Conn
	queue chan *job
	done  chan error
}

// job is writes that wait for their commit: each a statement and its arguments.
type job struct {
	writes   []bound
	finished chan error
}

func openEmbedded(path string, d directory) (*embedded, error) {
	e := &embedded{bare: bare{d: d}, path: path, queue: make(chan *job, 1024), done: make(chan error, 1)}
	c, err := sqlite3.Open(path)
	if err != nil {
		return nil, err
	}
	e.first = c
	if err := c.Exec("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 10000"); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	var failed error
	e.membership, err = e.learn("memberships", copiedMembership)
	e.person, failed = e.learn("users", copiedPerson)
	if err = errors.Join(err, failed); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return e, nil
}

// learn reads a row.
func (e *embedded) learn(table, sql string) (row, error) {
	r := row{table: table}
	stmt, _, err := e.first.Prepare(sql)
	if err != nil {
		return r, err
	}
	defer func() { _ = stmt.Close() }() // only read
	if !stmt.Step() {
		return r, errors.Join(errors.New("the directory has no members"), stmt.Err())
	}
	for i := range stmt.ColumnCount() {
		var value any
		switch stmt.ColumnType(i) {
		case sqlite3.INTEGER:
			value = stmt.ColumnInt64(i)
		case sqlite3.TEXT:
			value = stmt.ColumnText(i)
		}
		r.columns, r.values = append(r.columns, stmt.ColumnName(i)), append(r.values, value)
	}
	return r, nil
}

func (e *embedded) reader(r reading) (func(int) error, func() error, error) {
	c, err := sqlite3.Open(e.path)
	if err != nil {
		return nil, nil, err
	}
	stmt, _, err := c.Prepare(r.sql())
	if err != nil {
		return nil, nil, errors.Join(err, c.Close())
	}
	instance := e.instance()
	do := func(n int) error {
		if err := errors.Join(stmt.BindText(1, instance), stmt.BindText(2, bigID), stmt.BindText(3, userID(somebody(e.d, n)))); err != nil {
			return err
		}
		got := 0
		for ; stmt.Step(); got++ {
			for i := range stmt.ColumnCount() {
				if i == 5 || i == 6 {
					_ = stmt.ColumnInt64(i)
				} else {
					_ = stmt.ColumnRawText(i)
				}
			}
		}
		return errors.Join(stmt.Err(), stmt.Reset(), r.check(got))
	}
	return do, func() error { return errors.Join(stmt.Close(), c.Close()) }, nil
}

// check reports whether a page was read.
func (r reading) check(got int) error {
	if got == r.rows || r.rows == upTo10 && got > 0 {
		return nil
	}
	return fmt.Errorf("read %d rows, want %d", got, r.rows)
}

// writer hands jobs to the one connection that writes: it commits together what
// waits together, as the server does.
func (e *embedded) writer(w writing) (func(int) error, func() error, error) {
	j := &job{finished: make(chan error, 1)}
	do := func(writes []bound) error {
		j.writes = writes
		e.queue <- j
		return <-j.finished
	}
	if err := do(e.lacking(w)); err != nil {
		return nil, nil, err
	}
	return func(n int) error { return do(append(e.write(w, n), e.event())) }, func() error { return nil }, nil
}

const most = 64 // jobs of one commit

// commits commits jobs until the queue is closed.
func (e *embedded) commits() (err error) {
	defer func() { e.done <- err }()
	statements := map[string]*sqlite3.Stmt{}
	defer func() {
		for _, s := range statements {
			err = errors.Join(err, s.Close())
		}
	}()
	for j := range e.queue {
		batch := []*job{j}
		for more := true; more && len(batch) < most; {
			select {
			case j, open := <-e.queue:
				if more = open; open {
					batch = append(batch, j)
				}
			default:
				more = false
			}
		}
		err := e.commit(batch, statements)
		for _, j := range batch {
			j.finished <- err
		}
	}
	return nil
}

func (e *embedded) commit(batch []*job, statements map[string]*sqlite3.Stmt) error {
	if err := e.first.Exec("begin immediate"); err != nil {
		return err
	}
	for _, j := range batch {
		for _, w := range j.writes {
			if err := e.run(statements, w); err != nil {
				return errors.Join(err, e.first.Exec("rollback"))
			}
		}
	}
	return e.first.Exec("commit")
}

func (e *embedded) run(statements map[string]*sqlite3.Stmt, w bound) (err error) {
	s := statements[w.sql]
	if s == nil {
		// To SQLite $2 is a name, and the first name that comes is the first argument.
		if s, _, err = e.first.Prepare(strings.ReplaceAll(w.sql, "$", "?")); err != nil {
			return err
		}
		statements[w.sql] = s
	}
	if err := run1(s, w.args); err != nil {
		return err
	}
	return w.check(e.first.Changes())
}

func run1(s *sqlite3.Stmt, args []any) error {
	for i, a := range args {
		var err error
		switch a := a.(type) {
		case nil:
			err = s.BindNull(i + 1)
		case int64:
			err = s.BindInt64(i+1, a)
		case string:
			err = s.BindText(i+1, a)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(s.Exec(), s.Reset())
}

func (e *embedded) close() error {
	close(e.queue)
	err := <-e.done
	for _, table := range written {
		err = errors.Join(err, e.first.Exec("delete from "+table+" where instance_id = '"+floorInstance+"'"))
	}
	return errors.Join(err, e.first.Close())
}
