package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"
)

const (
	sqliteMaxBatch   = 64   // writes committed together
	sqliteMaxQueue   = 1024 // writes waiting before callers wait to queue
	sqliteBusy       = 5 * time.Second
	sqlitePragmas    = `pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma temp_store=memory; pragma cache_size=-16384;`
	sqliteStatements = 256 // prepared statements a connection keeps
)

// sqlite is the embedded engine: one writer that commits waiting writes together,
// and a pool of readers, each on a snapshot of its own.
type sqlite struct {
	path    string
	readers chan *sqliteConn // nil entries are connections not opened yet
	queue   chan *sqliteWrite
	writer  *sqliteConn
	stop    chan struct{}
	done    chan struct{}
	once    sync.Once
}

type sqliteWrite struct {
	ctx      context.Context
	fn       func(conn) error
	err      error
	panicked any
	done     chan struct{}
}

func openSQLite(path string) (*sqlite, error) {
	writer, err := openSQLiteConn(path)
	if err != nil {
		return nil, err
	}
	n := max(4, 2*runtime.GOMAXPROCS(0))
	e := &sqlite{
		path:    path,
		readers: make(chan *sqliteConn, n),
		queue:   make(chan *sqliteWrite, sqliteMaxQueue),
		writer:  writer,
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	for range n {
		e.readers <- nil
	}
	go e.run()
	return e, nil
}

func (e *sqlite) read(ctx context.Context, fn func(conn) error) (err error) {
	var c *sqliteConn
	select {
	case c = <-e.readers:
	case <-e.stop:
		return fmt.Errorf("%w: closed", ErrUnavailable)
	case <-ctx.Done():
		return ctx.Err()
	}
	if c == nil {
		if c, err = openSQLiteConn(e.path); err == nil {
			err = c.db.Exec("pragma query_only=on")
		}
		if err != nil {
			e.readers <- nil
			return sqliteError(err)
		}
	}
	defer func() { e.readers <- c }()
	if err := c.db.Exec("begin deferred"); err != nil {
		return sqliteError(err)
	}
	defer func() {
		c.db.SetInterrupt(context.Background())
		if rollback := c.db.Exec("rollback"); err == nil && rollback != nil {
			err = sqliteError(rollback)
		}
	}()
	c.db.SetInterrupt(ctx)
	if err := fn(c); err != nil {
		if ctx.Err() != nil { // the statement says only that it was interrupted
			return ctx.Err()
		}
		return err
	}
	return nil
}

func (e *sqlite) write(ctx context.Context, fn func(conn) error) error {
	w := &sqliteWrite{ctx: ctx, fn: fn, done: make(chan struct{})}
	select {
	case e.queue <- w:
	case <-e.stop:
		return fmt.Errorf("%w: closed", ErrUnavailable)
	case <-ctx.Done():
		return ctx.Err()
	}
	// Once queued the outcome is awaited whatever happens to ctx: a caller must
	// never believe that a write which was committed was not.
	select {
	case <-w.done:
	case <-e.done:
		select {
		case <-w.done:
		default:
			return fmt.Errorf("%w: closed", ErrUnavailable)
		}
	}
	if w.panicked != nil {
		panic(w.panicked)
	}
	return w.err
}

// run commits writes until the engine closes; what is queued by then is served.
func (e *sqlite) run() {
	defer close(e.done)
	for {
		select {
		case w := <-e.queue:
			e.commit(w)
		case <-e.stop:
			for {
				select {
				case w := <-e.queue:
					e.commit(w)
				default:
					return
				}
			}
		}
	}
}

// commit runs w and whatever else is waiting in one transaction, each write in a
// savepoint of its own, and answers all of them after the one fsync.
func (e *sqlite) commit(w *sqliteWrite) {
	batch := []*sqliteWrite{w}
	defer func() {
		for _, w := range batch {
			close(w.done)
		}
	}()
	if err := e.writer.db.Exec("begin immediate"); err != nil {
		w.err = sqliteError(err)
		return
	}
	e.writer.savepoint(w)
	for waiting := true; waiting && len(batch) < sqliteMaxBatch && !e.writer.db.GetAutocommit(); {
		select {
		case w := <-e.queue:
			batch = append(batch, w)
			e.writer.savepoint(w)
		default:
			waiting = false
		}
	}
	if err := e.writer.commit(); err != nil {
		for _, w := range batch {
			if w.err == nil {
				w.err = err
			}
		}
	}
}

func (e *sqlite) close() error {
	var errs []error
	e.once.Do(func() {
		close(e.stop)
		<-e.done
		for range cap(e.readers) {
			if c := <-e.readers; c != nil {
				errs = append(errs, c.close())
			}
		}
		errs = append(errs, e.writer.close())
	})
	return errors.Join(errs...)
}

// sqliteConn is one connection with its prepared statements.
type sqliteConn struct {
	db         *sqlite3.Conn
	statements map[string]*sqliteStmt
}

type sqliteStmt struct {
	*sqlite3.Stmt
	params []int // which argument each parameter takes
}

func openSQLiteConn(path string) (*sqliteConn, error) {
	db, err := sqlite3.Open(path)
	if err != nil {
		return nil, err
	}
	err = db.BusyTimeout(sqliteBusy)
	if err == nil {
		err = db.Exec(sqlitePragmas)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqliteConn{db: db, statements: map[string]*sqliteStmt{}}, nil
}

func (c *sqliteConn) close() error {
	c.forget()
	return c.db.Close()
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

// commit ends the transaction. SQLite may have rolled all of it back by itself,
// on a full disk for example; nothing of the batch is durable then.
func (c *sqliteConn) commit() error {
	if c.db.GetAutocommit() {
		return fmt.Errorf("%w: transaction was rolled back", ErrUnavailable)
	}
	err := c.db.Exec("commit")
	if err == nil {
		return nil
	}
	if !c.db.GetAutocommit() {
		err = errors.Join(err, c.db.Exec("rollback"))
	}
	return sqliteError(err)
}

// savepoint runs one write so that its failure undoes it alone.
func (c *sqliteConn) savepoint(w *sqliteWrite) {
	if w.err = w.ctx.Err(); w.err != nil {
		return
	}
	if w.err = c.db.Exec("savepoint w"); w.err != nil {
		return
	}
	defer func() {
		w.panicked = recover()
		if w.err == nil && w.panicked == nil {
			w.err = c.db.Exec("release w")
			return
		}
		w.err = errors.Join(w.err, c.db.Exec("rollback to w; release w"))
	}()
	w.err = w.fn(c)
}

func (c *sqliteConn) serial() bool { return true }

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

func (c *sqliteConn) query(sql string, args []any, each func(row) error) error {
	st, err := c.prepare(sql, args)
	if err != nil {
		return err
	}
	for st.Step() {
		if err := each(st); err != nil {
			return errors.Join(err, st.Reset())
		}
	}
	if err := errors.Join(st.Err(), st.Reset()); err != nil {
		return sqliteError(err)
	}
	return nil
}

func (c *sqliteConn) prepare(sql string, args []any) (*sqliteStmt, error) {
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
	return st, nil
}

// compile prepares a statement and finds which argument each of its parameters
// takes: SQLite numbers $1, $2, … by first appearance, not by their digits.
func (c *sqliteConn) compile(sql string) (*sqliteStmt, error) {
	raw, tail, err := c.db.Prepare(sql)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", sql, err)
	}
	if strings.TrimSpace(tail) != "" {
		return nil, errors.Join(fmt.Errorf("more than one statement: %s", sql), raw.Close())
	}
	st := &sqliteStmt{Stmt: raw, params: make([]int, raw.BindCount())}
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
	for _, code := range []sqlite3.ErrorCode{sqlite3.BUSY, sqlite3.LOCKED, sqlite3.FULL, sqlite3.IOERR} {
		if errors.Is(err, code) {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
	}
	return err
}
