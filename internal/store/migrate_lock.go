package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/pressly/goose/v3/lock"
)

// migrationLock lets one process migrate a PostgreSQL database at a time. The lock
// is a transaction's, held open beside those of the migration: one of the session
// would stay behind with a pooler that hands sessions out by the transaction.
type migrationLock struct {
	mu   sync.Mutex
	held *sql.Tx
}

// Lock waits for other processes, as long as migrationPatience. Who waits holds no
// transaction: a pooler with few sessions would have none left for who migrates.
func (l *migrationLock) Lock(ctx context.Context, db *sql.DB) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for deadline := time.Now().Add(migrationPatience); ; {
		tx, err := tryMigrationLock(ctx, db)
		if err != nil || tx != nil {
			l.held = tx
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%w: another process has been migrating it for %s", ErrUnavailable, migrationPatience)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(maxPause/2 + rand.N(maxPause)):
		}
	}
}

// tryMigrationLock is the transaction that has the lock, nil when another has it.
func tryMigrationLock(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	// It outlives this call: it ends in Unlock, or with the connection.
	tx, err := db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return nil, err
	}
	var got bool
	_, err = tx.ExecContext(ctx, `set local idle_in_transaction_session_timeout = 0`)
	if err == nil {
		err = tx.QueryRowContext(ctx, `select pg_try_advisory_xact_lock($1)`, lock.DefaultLockID).Scan(&got)
	}
	if err != nil || !got {
		return nil, errors.Join(err, tx.Rollback())
	}
	return tx, nil
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
