package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
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
	log     *sqliteLog
	many    sqliteBulk
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
	n := max(4, 2*runtime.GOMAXPROCS(0))
	e := &sqlite{
		path:    path,
		readers: make(chan *sqliteConn, n),
		keys:    make(chan *sqliteConn, 1),
		queue:   make(chan *sqliteWrite, sqliteMaxQueue),
		log:     newSQLiteLog(path),
		stop:    make(chan struct{}),
		done:    make(chan struct{}),
	}
	if err := e.openWriter(); err != nil {
		e.log.close()
		return nil, err
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
	c.ctx = ctx
	c.db.SetInterrupt(ctx)
	if err = c.look(); err == nil {
		err = fn(c)
	}
	c.db.SetInterrupt(context.Background())
	c.ctx = context.Background()
	left := c.leave()
	sound = left == nil
	switch {
	case err != nil && ctx.Err() != nil: // the statement says only that it was interrupted
		return ctx.Err()
	case err != nil:
		return err
	}
	return left
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
		c.kept = &sqliteKept{}
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
	if e.writer != nil {
		e.log.shorten(e.writer)
	}
}

// openWriter opens the connection that writes, which keeps what it reads but for what it
// changes.
func (e *sqlite) openWriter() error {
	c, err := openSQLiteConn(e.path)
	if err != nil {
		return err
	}
	if c.tables, err = followTables(c.db); err != nil {
		return errors.Join(err, c.close())
	}
	c.kept = &sqliteKept{}
	e.log.watch(c)
	e.writer = c
	return nil
}

// begin starts a transaction, on a new connection where the last one broke.
func (e *sqlite) begin() error {
	if e.writer == nil {
		if err := e.openWriter(); err != nil {
			return sqliteError(err)
		}
	}
	err := e.writer.begin()
	if e.writer.broken {
		e.writer.discard()
		e.writer = nil
	}
	return err
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
		e.log.close()
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
		errs = append(errs, e.many.close())
	})
	return errors.Join(errs...)
}
