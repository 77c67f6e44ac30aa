package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	// maxTransactions bounds what runs or waits for the database at once, and so the
	// memory a slow database can make the server hold. One more is refused.
	maxTransactions = 1024

	// A conflict with another transaction is repeated this often, any other failure
	// that may pass once: who asked should learn of it soon.
	maxConflicts = 10
	maxFailures  = 2

	// Transactions that met others this often go on one at a time: together they
	// would only go on meeting each other.
	crowdedConflicts = 2

	firstPause = 10 * time.Millisecond
	maxPause   = 200 * time.Millisecond

	// settleTimeout bounds the search for the outcome of a commit.
	settleTimeout = 5 * time.Second
)

// retry runs a whole transaction again that failed without effect: bounded, with
// growing jittered pauses.
func (s *Store) retry(ctx context.Context, do func() error) error {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		return fmt.Errorf("%w: %d transactions are under way", ErrUnavailable, maxTransactions)
	}
	pause := firstPause
	for conflicts, failures := 0, 0; ; {
		err := do()
		switch {
		case err == nil, !errors.Is(err, ErrUnavailable), errors.Is(err, errUnknown), errors.Is(err, errCrowded):
			return err
		case errors.Is(err, errAgain): // each time it knows more
			if ctx.Err() == nil {
				continue
			}
			return err
		case errors.Is(err, errConflict):
			if conflicts++; conflicts == crowdedConflicts {
				select {
				case s.lane <- struct{}{}:
					defer func() { <-s.lane }()
				case <-ctx.Done():
					return err
				}
			}
		default:
			failures++
		}
		if conflicts == maxConflicts || failures == maxFailures {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause/2 + rand.N(pause)):
		}
		pause = min(2*pause, maxPause)
	}
}

var errUndo = errors.New("undo")

// settle finds out whether a commit happened whose answer was lost, by the event
// that the transaction appended: once the transaction is over, whose last statements may
// have been on their way still, the event's id is taken exactly if it committed. The
// claim that finds out is undone. settle returns nil when the commit happened, an error
// that allows a repetition when it did not, and one that forbids it when the
// outcome stays unknown.
func (s *Store) settle(ctx context.Context, tx *Tx, cause error) error {
	if tx.event == "" { // nothing was changed that anybody is told of
		return cause
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	for {
		var free int64
		over := true
		err := s.engine.write(ctx, func(c conn) (err error) {
			if t, ok := tx.conn.(*postgresConn); ok {
				err = c.run(query{sql: transactionOver, args: []any{t.xid}, each: func(r row) error { return r.scan(&over) }})
			}
			if err != nil {
				return err
			}
			if !over {
				return errUndo
			}
			if free, err = c.exec(insertEvent, tx.Instance, tx.event, "", "{}", tx.Now); err != nil {
				return err // which says nothing about the commit
			}
			return errUndo
		})
		switch {
		case !over:
		case errors.Is(err, errUndo) && free == 0:
			return nil
		case errors.Is(err, errUndo):
			return fmt.Errorf("%w: commit did not happen", ErrUnavailable) // not cause: that says it may have
		}
		select {
		case <-ctx.Done():
			return cause
		case <-time.After(maxPause/2 + rand.N(maxPause)):
		}
	}
}
