package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/ncruces/go-sqlite3"
)

const (
	sqliteMaxBatch   = 64   // writes committed together
	sqliteMaxQueue   = 1024 // writes waiting before callers wait to queue
	sqliteBusy       = 5 * time.Second
	sqlitePragmas    = `pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma cache_size=-16384;`
	sqliteStatements = 256 // prepared statements a connection keeps
)

// sqlite is the embedded engine: one writer that commits waiting writes together,
// and a pool of readers, each on a snapshot of its own.
type sqlite struct {
	path    string
	readers chan *sqliteConn // nil entries are connections not opened yet
	keys    chan *sqliteConn // of lookup, likewise
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
	panicked *writePanic
	done     chan struct{}
}

// writePanic is a panic of a write on its way to the goroutine that asked for it.
type writePanic struct {
	value any
	stack []byte
}

func (p *writePanic) Error() string { return fmt.Sprintf("%v, in a write at\n%s", p.value, p.stack) }

func openSQLite(path string) (*sqlite, error) {
	writer, err := openSQLiteConn(path)
	if err != nil {
		return nil, err
	}
	n := max(4, 2*runtime.GOMAXPROCS(0))
	e := &sqlite{
		path:    path,
		readers: make(chan *sqliteConn, n),
		keys:    make(chan *sqliteConn, 1),
		queue:   make(chan *sqliteWrite, sqliteMaxQueue),
		writer:  writer,
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	for range n {
		e.readers <- nil
	}
	e.keys <- nil
	go e.run()
	return e, nil
}

func (e *sqlite) read(ctx context.Context, fn func(conn) error) error {
	return e.snapshot(ctx, e.readers, fn)
}

func (e *sqlite) lookup(ctx context.Context, fn func(conn) error) error {
	return e.snapshot(ctx, e.keys, fn)
}

// snapshot runs fn on a connection of a pool. One on which something panicked,
// for want of memory perhaps, is not used again.
func (e *sqlite) snapshot(ctx context.Context, pool chan *sqliteConn, fn func(conn) error) (err error) {
	c, err := e.take(ctx, pool)
	if err != nil {
		return err
	}
	sound := false
	defer func() {
		if !sound {
			c.discard()
			c = nil
		}
		pool <- c
	}()
	if err := c.db.Exec("begin deferred"); err != nil {
		return sqliteError(err)
	}
	c.ctx = ctx
	c.db.SetInterrupt(ctx)
	err = fn(c)
	c.db.SetInterrupt(context.Background())
	rollback := c.db.Exec("rollback")
	sound = rollback == nil
	switch {
	case err != nil && ctx.Err() != nil: // the statement says only that it was interrupted
		return ctx.Err()
	case err != nil:
		return err
	}
	return sqliteError(rollback)
}

// take takes a connection out of a pool, and opens it if need be.
func (e *sqlite) take(ctx context.Context, pool chan *sqliteConn) (c *sqliteConn, err error) {
	select {
	case c = <-pool:
	case <-e.stop:
		return nil, fmt.Errorf("%w: closed", ErrUnavailable)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if c != nil {
		return c, nil
	}
	if c, err = openSQLiteConn(e.path); err == nil {
		err = c.db.Exec("pragma query_only=on")
	}
	if err != nil {
		pool <- nil
		return nil, sqliteError(err)
	}
	return c, nil
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
	err := e.begin()
	if err == nil {
		e.writer.savepoint(w)
		for waiting := true; waiting && len(batch) < sqliteMaxBatch && e.writer.open(); {
			select {
			case w := <-e.queue:
				batch = append(batch, w)
				e.writer.savepoint(w)
			default:
				waiting = false
			}
		}
		err = e.end()
	}
	for _, w := range batch {
		if err != nil && w.err == nil {
			w.err = err
		}
		close(w.done)
	}
}

// begin starts a transaction, on a new connection where the last one broke.
func (e *sqlite) begin() (err error) {
	if e.writer == nil {
		if e.writer, err = openSQLiteConn(e.path); err != nil {
			e.writer = nil
			return sqliteError(err)
		}
	}
	return sqliteError(e.writer.db.Exec("begin immediate"))
}

// end commits the transaction. Where the connection broke, nothing of it stays.
func (e *sqlite) end() error {
	if e.writer.broken {
		e.writer.discard()
		e.writer = nil
		return fmt.Errorf("%w: another write broke the connection", ErrUnavailable)
	}
	return e.writer.commit()
}

func (e *sqlite) close() error {
	var errs []error
	e.once.Do(func() {
		close(e.stop)
		<-e.done
		for _, pool := range []chan *sqliteConn{e.keys, e.readers} {
			for range cap(pool) {
				if c := <-pool; c != nil {
					errs = append(errs, c.close())
				}
			}
		}
		if e.writer != nil {
			errs = append(errs, e.writer.close())
		}
	})
	return errors.Join(errs...)
}

// sqliteConn is one connection with its prepared statements.
type sqliteConn struct {
	db         *sqlite3.Conn
	ctx        context.Context // of whoever uses it now
	statements map[string]*sqliteStmt
	broken     bool // not to be used again
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
	return &sqliteConn{db: db, ctx: context.Background(), statements: map[string]*sqliteStmt{}}, nil
}

func (c *sqliteConn) close() error {
	c.forget()
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
	quietly(c.db.Close)
}

// open reports whether a transaction is under way that can take a write more.
func (c *sqliteConn) open() bool { return !c.broken && !c.db.GetAutocommit() }

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
	if w.err = sqliteError(c.db.Exec("savepoint w")); w.err != nil {
		return
	}
	w.panicked = caught(func() {
		c.ctx = w.ctx
		w.err = w.fn(c)
	})
	if w.err == nil && w.panicked == nil {
		w.err = sqliteError(c.db.Exec("release w"))
		return
	}
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

func (c *sqliteConn) query(sql string, args []any, each func(row) error) (err error) {
	st, err := c.prepare(sql, args)
	if err != nil {
		return err
	}
	defer func() {
		if reset := st.Reset(); err == nil {
			err = sqliteError(reset)
		}
	}()
	for st.Step() {
		if err := each(st); err != nil {
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
