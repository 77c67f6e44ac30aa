package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// sqliteConn is one connection with its prepared statements.
type sqliteConn struct {
	db         *sqlite3.Conn
	ctx        context.Context // of whoever uses it now
	statements map[string]*sqliteStmt
	version    *sqliteStmt // holds a snapshot while it stands on its row
	kept       *sqliteKept // nil where nothing is kept
	tables     *sqliteTables
	broken     bool // not to be used again
}

type sqliteStmt struct {
	*sqlite3.Stmt
	params []int // which argument each parameter takes
	used   tablesUsed
}

// openSQLiteConn opens a connection that keeps nothing of what it reads.
func openSQLiteConn(path string) (*sqliteConn, error) {
	db, err := sqlite3.Open(path)
	if err != nil {
		return nil, err
	}
	err = db.BusyTimeout(sqliteBusy)
	if err == nil {
		err = db.Exec(sqlitePragmas)
	}
	if err == nil {
		err = fts5.Register(db)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqliteConn{db: db, ctx: context.Background(), statements: map[string]*sqliteStmt{}}, nil
}

func (c *sqliteConn) close() error {
	c.forget()
	if c.version != nil {
		_ = c.version.Close()
	}
	return c.db.Close()
}

// discard closes a connection that something went wrong on; what goes wrong now
// is of no interest any more.
func (c *sqliteConn) discard() {
	quietly := func(do func() error) {
		defer func() { _ = recover() }()
		_ = do()
	}
	for _, st := range c.statements {
		quietly(st.Close)
	}
	if c.version != nil {
		quietly(c.version.Close)
	}
	quietly(c.db.Close)
}

// forget closes the prepared statements that are not running.
func (c *sqliteConn) forget() {
	for sql, st := range c.statements {
		if !st.Busy() {
			_ = st.Close() // repeats the statement's last failure, reported when it ran
			delete(c.statements, sql)
		}
	}
}

func (c *sqliteConn) serial() bool { return true }

func (c *sqliteConn) fullText() bool { return true }

func (c *sqliteConn) once(bool) bool { return false }

func (c *sqliteConn) exec(sql string, args ...any) (int64, error) {
	st, err := c.prepare(sql, args)
	if err != nil {
		return 0, err
	}
	err = st.Exec()
	affected := c.db.Changes()
	if err != nil {
		return 0, sqliteError(err)
	}
	return affected, nil
}

func (c *sqliteConn) run(queries ...query) error {
	for _, q := range queries {
		if err := c.query(q); err != nil {
			return err
		}
	}
	return nil
}

func (c *sqliteConn) finish(statements ...query) error { return c.run(statements...) }

func (c *sqliteConn) query(q query) (err error) {
	if q.each == nil {
		n, err := c.exec(q.sql, q.args...)
		if q.affected != nil {
			*q.affected = n
		}
		return err
	}
	if key, ok := keptKeyOf(q); ok && c.kept != nil {
		return c.common(key, q)
	}
	st, err := c.prepare(q.sql, q.args)
	if err != nil {
		return err
	}
	defer func() {
		if reset := st.Reset(); err == nil {
			err = sqliteError(reset)
		}
	}()
	for st.Step() {
		if err := q.each(st); err != nil {
			return err
		}
	}
	return sqliteError(st.Err())
}

// prepare readies a statement. A request whose time is up gets no further, whether
// it reads or writes.
func (c *sqliteConn) prepare(sql string, args []any) (*sqliteStmt, error) {
	if err := c.ctx.Err(); err != nil {
		return nil, err
	}
	st, ok := c.statements[sql]
	if ok && st.Busy() {
		return nil, fmt.Errorf("statement runs inside itself: %s", sql)
	}
	if !ok {
		if len(c.statements) >= sqliteStatements {
			c.forget()
		}
		var err error
		if st, err = c.compile(sql); err != nil {
			return nil, err
		}
		c.statements[sql] = st
	}
	for i, arg := range st.params {
		if arg >= len(args) {
			return nil, fmt.Errorf("statement has no argument $%d: %s", arg+1, sql)
		}
		if err := st.bind(i+1, args[arg]); err != nil {
			return nil, fmt.Errorf("bind $%d: %w", arg+1, err)
		}
	}
	c.tables.change(st.used)
	return st, nil
}

// compile prepares a statement and finds which argument each of its parameters
// takes: SQLite numbers $1, $2, … by first appearance, not by their digits.
func (c *sqliteConn) compile(sql string) (*sqliteStmt, error) {
	c.tables.take() // of one that failed
	raw, tail, err := c.db.Prepare(sql)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", sql, err)
	}
	if strings.TrimSpace(tail) != "" {
		return nil, errors.Join(fmt.Errorf("more than one statement: %s", sql), raw.Close())
	}
	st := &sqliteStmt{Stmt: raw, params: make([]int, raw.BindCount()), used: c.tables.take()}
	for i := range st.params {
		var n int
		if _, err := fmt.Sscanf(raw.BindName(i+1), "$%d", &n); err != nil || n < 1 {
			return nil, errors.Join(fmt.Errorf("parameter %q: %s", raw.BindName(i+1), sql), raw.Close())
		}
		st.params[i] = n - 1
	}
	return st, nil
}

// sqliteError marks what may pass as ErrUnavailable.
func sqliteError(err error) error {
	if err == nil {
		return nil
	}
	for _, code := range []sqlite3.ErrorCode{sqlite3.BUSY, sqlite3.LOCKED, sqlite3.FULL, sqlite3.IOERR, sqlite3.NOMEM} {
		if errors.Is(err, code) {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
	}
	return err
}
