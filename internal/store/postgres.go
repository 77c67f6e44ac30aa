package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rosterhq/roster"
)

// What the pool does where the database's URL says nothing else.
const (
	postgresConnectTimeout = 5 * time.Second
	postgresAcquireTimeout = 5 * time.Second
	postgresCommitTimeout  = 10 * time.Second
	// A statement or an idle transaction that outlives its request is of no use to
	// anybody.
	postgresStatementTimeout = "30000" // ms
)

// postgres is the engine for production. A write runs at read committed and locks
// the rows its rules rest on; a read runs on one snapshot.
type postgres struct{ pool *pgxpool.Pool }

func openPostgres(ctx context.Context, url string) (*postgres, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = postgresConnectTimeout
	}
	for name, value := range map[string]string{
		"application_name":                    "roster",
		"statement_timeout":                   postgresStatementTimeout,
		"idle_in_transaction_session_timeout": postgresStatementTimeout,
	} {
		if _, given := config.ConnConfig.RuntimeParams[name]; !given {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &postgres{pool: pool}, nil
}

func (e *postgres) read(ctx context.Context, fn func(conn) error) error {
	return e.run(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, fn)
}

func (e *postgres) write(ctx context.Context, fn func(conn) error) error {
	return e.run(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}, fn)
}

func (e *postgres) run(ctx context.Context, o pgx.TxOptions, fn func(conn) error) error {
	c, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	tx, err := c.BeginTx(ctx, o)
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
	if err := fn(&postgresConn{ctx: ctx, tx: tx}); err != nil {
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
		return nil, fmt.Errorf("%w: no connection within %s: %w", ErrUnavailable, postgresAcquireTimeout, err)
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
	ctx context.Context
	tx  pgx.Tx
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
