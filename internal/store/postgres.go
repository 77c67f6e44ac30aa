package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rosterhq/roster"
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
	postgresStatementTimeout = "30000" // ms
)

const (
	beginRead  = "begin isolation level repeatable read read only"
	beginWrite = "begin isolation level read committed read write"
)

// postgres is the engine for production. A write runs at read committed and locks
// the rows its rules rest on; a read runs on one snapshot.
type postgres struct {
	pool  *pgxpool.Pool
	begin string // follows every begin
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
func limitSessions(config *pgx.ConnConfig) (begin string) {
	params := config.RuntimeParams
	if _, given := params["application_name"]; !given {
		params["application_name"] = "roster"
	}
	for _, name := range []string{"statement_timeout", "idle_in_transaction_session_timeout"} {
		value, given := params[name]
		if !given {
			value = postgresStatementTimeout
		}
		params[name] = value
		if pooled(config) {
			delete(params, name)
			begin += "; set local " + name + " = '" + strings.ReplaceAll(value, "'", "''") + "'"
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
	err := e.run(ctx, beginRead, fn)
	if errors.Is(err, errUnknown) {
		return nil
	}
	return err
}

// lookup tries again at once: that a connection was cut while nobody used it shows
// at its next use.
func (e *postgres) lookup(ctx context.Context, fn func(conn) error) error {
	err := e.read(ctx, fn)
	if errors.Is(err, ErrUnavailable) && !errors.Is(err, errCrowded) && ctx.Err() == nil {
		err = e.read(ctx, fn)
	}
	return err
}

func (e *postgres) write(ctx context.Context, fn func(conn) error) error {
	if deadline, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-min(postgresReserve, time.Until(deadline)/3)))
		defer cancel()
	}
	return e.run(ctx, beginWrite, fn)
}

func (e *postgres) run(ctx context.Context, begin string, fn func(conn) error) error {
	c, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	return e.runOn(ctx, c, begin, fn)
}

// runOn runs a transaction on a connection, then notes what it may have seen for who
// asked.
func (e *postgres) runOn(ctx context.Context, c *pgxpool.Conn, begin string, fn func(conn) error) error {
	pc := &postgresConn{ctx: ctx}
	err := e.transact(ctx, c, begin+e.begin, pc, fn)
	if pc.seen != nil {
		*pc.seen = positionOf(ctx, c)
	}
	return err
}

func (e *postgres) transact(ctx context.Context, c *pgxpool.Conn, begin string, pc *postgresConn, fn func(conn) error) error {
	tx, err := c.BeginTx(ctx, pgx.TxOptions{BeginQuery: begin})
	if err != nil {
		return postgresError(ctx, err)
	}
	done := false
	defer func() {
		if !done { // fn failed or panicked
			rollback, cancel := context.WithTimeout(context.WithoutCancel(ctx), postgresCommitTimeout)
			defer cancel()
			_ = tx.Rollback(rollback) // a connection that cannot roll back is closed by the pool
		}
	}()
	pc.tx = tx
	if err := fn(pc); err != nil {
		return postgresError(ctx, err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	done = true
	return e.commit(ctx, tx)
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

// commit ends a transaction. The caller's going away must not leave the outcome
// open; where the connection does, the error says so.
func (e *postgres) commit(ctx context.Context, tx pgx.Tx) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), postgresCommitTimeout)
	defer cancel()
	err := tx.Commit(ctx)
	var server *pgconn.PgError
	if err == nil || errors.As(err, &server) && server.Code[:2] != "57" || errors.Is(err, pgx.ErrTxCommitRollback) {
		return postgresError(ctx, err)
	}
	return fmt.Errorf("%w: %w: %w", ErrUnavailable, errUnknown, err)
}

func (e *postgres) close() error {
	e.pool.Close()
	return nil
}

type postgresConn struct {
	ctx  context.Context
	tx   pgx.Tx
	seen *roster.Position // where to note, once tx is over, what it may have seen; or nil
}

func (c *postgresConn) serial() bool { return false }

func (c *postgresConn) exec(sql string, args ...any) (int64, error) {
	tag, err := c.tx.Exec(c.ctx, sql, args...)
	return tag.RowsAffected(), err
}

func (c *postgresConn) query(sql string, args []any, each func(row) error) error {
	rows, err := c.tx.Query(c.ctx, sql, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(postgresRow{rows}); err != nil {
			return err
		}
	}
	return rows.Err()
}

type postgresRow struct{ rows pgx.Rows }

func (r postgresRow) scan(dest ...any) error {
	for i, d := range dest {
		if m, ok := d.(*roster.Metadata); ok {
			dest[i] = (*[]byte)(m)
		}
	}
	return r.rows.Scan(dest...)
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
