package store

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rosterhq/roster"
)

const (
	// replicaPatience bounds the wait for a connection and for the changes a reader
	// has seen elsewhere.
	replicaPatience = 200 * time.Millisecond
	// replicaTimeout bounds the whole transaction: the database may do better.
	replicaTimeout = 5 * time.Second
	// replicaRest is how long a replica that failed is left alone, and one that came
	// too late is not waited for.
	replicaRest = time.Second

	firstPoll = time.Millisecond
	maxPoll   = 16 * time.Millisecond
)

// ErrBehind says that the replica lacks changes the reader has seen.
var ErrBehind = errors.New("replica is behind what was seen")

// Replica is a streaming copy of a PostgreSQL database.
type Replica struct {
	URL string
	// Observe, if set, is told of every ReadReplica: nil where the replica served it,
	// else why the database did: ErrBehind, ErrUnavailable, or what fn returned there.
	Observe func(error)
}

// OpenWithReplica is Open for a PostgreSQL database that has a replica to read
// from. The replica need not be up.
func OpenWithReplica(ctx context.Context, url string, r Replica) (*Store, error) {
	s, err := Open(ctx, url)
	if err != nil {
		return nil, err
	}
	if s.replica, err = newReplica(ctx, s.engine, r); err != nil {
		return nil, errors.Join(fmt.Errorf("read database %s: %w", redact(r.URL), err), s.Close())
	}
	return s, nil
}

// replica is the copy that lists may be read from.
type replica struct {
	*postgres
	observe func(error)
	resting until // it failed
	hurried until // it came too late
}

// until is a time before which something holds.
type until struct{ nanoseconds atomic.Int64 }

func (u *until) set()        { u.nanoseconds.Store(time.Now().Add(replicaRest).UnixNano()) }
func (u *until) holds() bool { return time.Now().UnixNano() < u.nanoseconds.Load() }

func newReplica(ctx context.Context, of engine, r Replica) (*replica, error) {
	primary, ok := of.(*postgres)
	if !ok {
		return nil, errors.New("only a PostgreSQL database has one")
	}
	var original string
	if err := primary.pool.QueryRow(ctx, identity).Scan(&original); err != nil {
		return nil, postgresError(ctx, err)
	}
	config, err := pgxpool.ParseConfig(r.URL)
	if err != nil {
		return nil, err
	}
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		var found string
		if err := c.QueryRow(ctx, identity).Scan(&found); err != nil {
			return err
		}
		if found != original {
			return fmt.Errorf("it holds database %s, which is no copy of %s", found, original)
		}
		return nil
	}
	e, err := newPostgres(ctx, config)
	if err != nil {
		return nil, err
	}
	if r.Observe == nil {
		r.Observe = func(error) {}
	}
	return &replica{postgres: e, observe: r.Observe}, nil
}

// identity is the same on a database and its copies, and nowhere else.
const identity = `select system_identifier::text || '/' || current_database()
from pg_control_system()`

// readAfter runs fn on a snapshot that is not older than seen.
func (r *replica) readAfter(ctx context.Context, seen roster.Position, fn func(conn) error) error {
	if seen == roster.PositionUnknown {
		return ErrBehind
	}
	if r.resting.holds() {
		return fmt.Errorf("%w: the replica failed just now", ErrUnavailable)
	}
	began := time.Now()
	c, err := r.take(ctx)
	if err != nil {
		return err
	}
	work, cancel := context.WithTimeout(ctx, replicaTimeout)
	defer cancel()
	if err = r.await(work, c, seen, began.Add(replicaPatience)); err == nil {
		err = r.readOn(work, c, fn)
	} else {
		c.Release()
	}
	if late := work.Err(); late != nil && err != nil {
		err = fmt.Errorf("%w: %w: %w", ErrUnavailable, late, err)
	}
	if errors.Is(err, ErrUnavailable) && !errors.Is(err, errConflict) && ctx.Err() == nil {
		r.resting.set()
	}
	return err
}

// take takes a connection, or finds soon that there is none. That all are in use is
// no failure of the replica.
func (r *replica) take(ctx context.Context) (*pgxpool.Conn, error) {
	wait, cancel := context.WithTimeout(ctx, replicaPatience)
	defer cancel()
	c, err := r.pool.Acquire(wait)
	if err == nil {
		return c, nil
	}
	if stat := r.pool.Stat(); ctx.Err() == nil && stat.AcquiredConns() < stat.MaxConns() {
		r.resting.set()
	}
	return nil, fmt.Errorf("%w: connect to the replica: %w", ErrUnavailable, err)
}

// await returns once the replica has replayed what was seen, before a deadline.
// The snapshot must be taken later than it returns, on the same connection: behind
// an address there may be several replicas.
func (r *replica) await(ctx context.Context, c *pgxpool.Conn, seen roster.Position, deadline time.Time) error {
	if seen == 0 {
		return nil
	}
	for pause := firstPoll; ; pause = min(2*pause, maxPoll) {
		switch at := positionOf(ctx, c); {
		case at == roster.PositionUnknown:
			return fmt.Errorf("%w: the replica does not tell its position", ErrUnavailable)
		case at >= seen:
			return nil
		case r.hurried.holds() || time.Now().Add(pause).After(deadline):
			if !r.hurried.holds() {
				r.hurried.set()
			}
			return ErrBehind
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
