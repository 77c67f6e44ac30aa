package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"github.com/pressly/goose/v3/lock"
)

// migrationLock lets one process migrate a PostgreSQL database at a time. The lock
// is a transaction's, held open beside those of the migration: one of the session
// would stay behind with a pooler that hands sessions out by the transaction.
type migrationLock struct {
	mu   sync.Mutex
	held *sql.Tx
}

// Lock waits for other processes, as long as migrationPatience.
func (l *migrationLock) Lock(ctx context.Context, db *sql.DB) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	// The transaction outlives this call: it ends in Unlock, or with the connection.
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	if _, err = tx.ExecContext(ctx, fmt.Sprintf(`set local idle_in_transaction_session_timeout = 0;
set local statement_timeout = 0;
set local lock_timeout = %d;
select pg_advisory_xact_lock(%d)`, migrationPatience.Milliseconds(), lock.DefaultLockID)); err != nil {
		return errors.Join(fmt.Errorf("wait for others that migrate: %w", err), tx.Rollback())
	}
	l.held = tx
	return nil
}

// Unlock lets the next one in.
func (l *migrationLock) Unlock(context.Context, *sql.DB) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		return nil
	}
	tx := l.held
	l.held = nil
	return tx.Rollback()
}
