package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// What the pool does where the database's URL says nothing else.
const (
	postgresConns          = 16 // at least, and four a processor
	postgresConnectTimeout = 5 * time.Second
	postgresAcquireTimeout = 5 * time.Second
	postgresCommitTimeout  = 5 * time.Second
	// What is left of a request's time when its statements must be done, so that its
	// commit, and the search for what became of it, fit into it. At most a third.
	postgresReserve = postgresCommitTimeout + settleTimeout
	// A statement or an idle transaction that outlives its request is of no use to
	// anybody.
	postgresStatementTimeout = 30 * time.Second
)

// readIsolation gives what a read sends at once one snapshot. Writes name their own.
const readIsolation = "repeatable read"

const (
	beginRead  = "begin isolation level repeatable read read only"
	beginWrite = "begin isolation level read committed read write"
	commit     = "commit"

	// currentTransaction and transactionOver name a transaction, and tell whether one
	// is over.
	currentTransaction = "select cast(pg_current_xact_id() as text)"
	transactionOver    = "select pg_visible_in_snapshot(cast(cast($1 as text) as xid8), pg_current_snapshot())"
)

// postgres is the engine for production. A write runs at read committed and locks
// the rows its rules rest on; a read runs on one snapshot.
type postgres struct {
	pool  *pgxpool.Pool
	begin []string // follow every begin
}

func openPostgres(ctx context.Context, url string) (*postgres, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	return newPostgres(ctx, config)
}

func newPostgres(ctx context.Context, config *pgxpool.Config) (*postgres, error) {
	if !strings.Contains(config.ConnString(), "pool_max_conns") {
		config.MaxConns = max(postgresConns, 4*int32(runtime.GOMAXPROCS(0)))
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = postgresConnectTimeout
	}
	e := &postgres{begin: limitSessions(config.ConnConfig)}
	watch(config.ConnConfig, func() { e.pool.Reset() })
	var err error
	e.pool, err = pgxpool.NewWithConfig(ctx, config)
	return e, err
}

// limitSessions makes the server end what outlives its request. A pooler between,
// which shares sessions out by the transaction, refuses such parameters at the
// start of a session; there the statements returned have to follow every begin.
func limitSessions(config *pgx.ConnConfig) (begin []string) {
	params := config.RuntimeParams
	if _, given := params["application_name"]; !given {
		params["application_name"] = "roster"
	}
	if !pooled(config) {
		params["default_transaction_isolation"] = readIsolation
	}
	for _, name := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		value, given := params[name]
		if !given {
			value = strconv.FormatInt(postgresStatementTimeout.Milliseconds(), 10)
		}
		params[name] = value
		if pooled(config) {
			delete(params, name)
			begin = append(begin, "set local "+name+" = '"+strings.ReplaceAll(value, "'", "''")+"'")
		}
	}
	return begin
}

// pooled reports whether the URL asks for a way to run statements that leaves
// nothing behind in the session: whoever does has a pooler between.
func pooled(config *pgx.ConnConfig) bool {
	return config.DefaultQueryExecMode == pgx.QueryExecModeExec || config.DefaultQueryExecMode == pgx.QueryExecModeSimpleProtocol
}

// read has its answer once fn is done: how its transaction ends changes nothing.
func (e *postgres) read(ctx context.Context, fn func(conn) error) error {
	c, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	return e.readOn(ctx, c, fn)
}

// readOn reads on a connection, which it releases.
func (e *postgres) readOn(ctx context.Context, c *pgxpool.Conn, fn func(conn) error) error {
	if len(e.begin) > 0 { // what follows has to end before its session is another's
		defer c.Release()
		err := e.runOn(ctx, c, []string{beginRead}, fn)
		if errors.Is(err, errUnknown) {
			return nil
		}
		return err
	}
	pc := &postgresConn{ctx: ctx, q: c.Conn(), begin: []string{beginRead}}
	done := false
	defer func() {
		if !done { // fn panicked
			e.end(ctx, c)
		}
	}()
	err := fn(pc)
	if errors.Is(err, errMore) {
		pc = &postgresConn{ctx: ctx, q: c.Conn(), begin: []string{beginRead}, stage: unwanted}
		err = fn(pc)
	}
	err = postgresError(ctx, err)
	done = true
	if pc.seen != nil {
		rollback(ctx, c.Conn())
		*pc.seen = positionOf(ctx, c)
		c.Release()
		return err
	}
	if c.Conn().PgConn().TxStatus() == 'I' {
		c.Release()
		return err
	}
	go e.end(ctx, c) // for which nobody needs to wait
	return err
}

// end ends a transaction that only read, and releases its connection.
func (e *postgres) end(ctx context.Context, c *pgxpool.Conn) {
	rollback(ctx, c.Conn())
	c.Release()
}

// rollback ends a transaction if there is one. A connection that cannot roll back is
// closed by the pool.
func rollback(ctx context.Context, c *pgx.Conn) {
	if c.PgConn().TxStatus() == 'I' {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), postgresCommitTimeout)
	defer cancel()
	if planningOf(c) != unclear {
		_, _ = c.Exec(ctx, "rollback")
		return
	}
	if _, err := c.Exec(ctx, "rollback; "+strings.Join(resume, "; ")); err == nil {
		setPlanning(c, usual)
	}
}

// lookup is one statement and needs no transaction. It tries again at once: that a
// connection was cut while nobody used it shows at its next use.
func (e *postgres) lookup(ctx context.Context, fn func(conn) error) error {
	err := e.lookUp(ctx, fn)
	if errors.Is(err, ErrUnavailable) && !errors.Is(err, errCrowded) && ctx.Err() == nil {
		err = e.lookUp(ctx, fn)
	}
	return err
}

func (e *postgres) lookUp(ctx context.Context, fn func(conn) error) error {
	if len(e.begin) > 0 {
		return e.read(ctx, fn)
	}
	c, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	return postgresError(ctx, fn(&postgresConn{ctx: ctx, q: c.Conn()}))
}

func (e *postgres) write(ctx context.Context, fn func(conn) error) error {
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-min(postgresReserve, time.Until(deadline)/3)))
		defer cancel()
	}
	return e.run(ctx, []string{beginWrite}, fn)
}

func (e *postgres) run(ctx context.Context, begin []string, fn func(conn) error) error {
	c, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	return e.runOn(ctx, c, begin, fn)
}

// runOn runs a transaction on a connection, then notes what it may have seen for who
// asked.
func (e *postgres) runOn(ctx context.Context, c *pgxpool.Conn, begin []string, fn func(conn) error) error {
	pc := &postgresConn{ctx: ctx, q: c.Conn(), begin: slices.Concat(begin, e.begin), stage: unwanted}
	err := e.transact(ctx, pc, fn)
	if pc.seen != nil {
		*pc.seen = positionOf(ctx, c)
	}
	return err
}

func (e *postgres) transact(ctx context.Context, pc *postgresConn, fn func(conn) error) error {
	defer rollback(ctx, pc.q) // unless it is over
	err := fn(pc)
	if err == nil && len(pc.begin) > 0 && len(pc.last) == 0 {
		return nil // nothing was asked
	}
	if err == nil && len(pc.begin) > 0 { // until it has begun nobody could tell what became of it
		err = pc.run(pc.last...)
		pc.last = nil
	}
	if err != nil {
		return postgresError(ctx, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err = pc.commit()
	if err == nil && planningOf(pc.q) == unclear {
		setPlanning(pc.q, usual)
	}
	return err
}

// acquire takes a connection, and gives up early: a database that has none free
// for so long will not answer in time either.
func (e *postgres) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, postgresAcquireTimeout)
	defer cancel()
	c, err := e.pool.Acquire(wait)
	if err != nil && ctx.Err() == nil && wait.Err() != nil {
		return nil, fmt.Errorf("%w: %w: no connection within %s: %w", ErrUnavailable, errCrowded, postgresAcquireTimeout, err)
	}
	return c, postgresError(ctx, err)
}

// commit ends a transaction, behind the last of its statements. The caller's going away
// must not leave the outcome open; where the connection does, the error says so.
func (c *postgresConn) commit() error {
	until := time.Now()
	if len(c.last) > 0 { // they may have to wait for others
		until = until.Add(postgresStatementTimeout)
	}
	if deadline, ok := c.ctx.Deadline(); ok && deadline.Before(until) {
		until = deadline
	}
	ctx, cancel := context.WithDeadline(context.WithoutCancel(c.ctx), until.Add(postgresCommitTimeout))
	defer cancel()
	err := c.runAll(ctx, append(c.last, query{sql: commit}))
	var server *pgconn.PgError
	if err == nil || errors.As(err, &server) && !ends(server) || errors.Is(err, pgx.ErrTxCommitRollback) {
		return postgresError(ctx, err)
	}
	return fmt.Errorf("%w: %w: %w", ErrUnavailable, errUnknown, err)
}

// ends reports whether an error is the server's good-bye, which may come at any time,
// and not its answer to a statement.
func ends(e *pgconn.PgError) bool { return e.Code[:2] == "57" && e.Code != "57014" }

func (e *postgres) close() error {
	e.pool.Close()
	return nil
}

// postgresError marks what may pass as ErrUnavailable: conflicts between
// transactions, a server that is full, stopping or out of reach.
func postgresError(ctx context.Context, err error) error {
	if err == nil || errors.Is(err, ErrUnavailable) {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		if server.Code == "23505" { // a key was taken since it was looked for
			return fmt.Errorf("%w: %w: %w: %w", ErrUnavailable, errConflict, ErrTaken, err)
		}
		switch server.Code[:2] {
		case "40": // serialization failure, deadlock
			return fmt.Errorf("%w: %w: %w", ErrUnavailable, errConflict, err)
		case "53", "57", "08", "55": // resources, operator, connection, lock
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		return err
	}
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || pgconn.SafeToRetry(err) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}
