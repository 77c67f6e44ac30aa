package store

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rosterhq/roster"
)

// position is up to where a server may have shown the history of changes to a
// transaction that is over: on the original no commit record lies behind the place
// where the log is written next, on a copy none that counts behind the last that
// was replayed.
const position = `select cast(coalesce(case when pg_is_in_recovery()
	then pg_last_wal_replay_lsn()
	else pg_current_wal_insert_lsn() end, '0/0') - '0/0' as bigint)`

func positionOf(ctx context.Context, c *pgxpool.Conn) roster.Position {
	var p int64
	if err := c.QueryRow(ctx, position).Scan(&p); err != nil {
		return roster.PositionUnknown // the reader is safe, though not fast
	}
	return roster.Position(p)
}

// ReadSeen is Read for one who is told what was read: seen becomes a position that
// the snapshot is no newer than, or 0 where there is no replica. A nil seen is
// Read.
func (s *Store) ReadSeen(ctx context.Context, g Grant, seen *roster.Position, fn func(*Tx) error) error {
	return s.Read(ctx, g.InstanceID, s.noting(seen, confirming(g, fn)))
}

// WriteSeen is Write likewise: seen becomes a position from which on the changes
// show.
func (s *Store) WriteSeen(ctx context.Context, g Grant, now int64, seen *roster.Position, fn func(*Tx) error) error {
	return s.Write(ctx, g.InstanceID, now, s.noting(seen, confirming(g, fn)))
}

func (s *Store) noting(seen *roster.Position, fn func(*Tx) error) func(*Tx) error {
	if s.replica == nil && seen != nil {
		*seen = 0
	}
	if s.replica == nil || seen == nil {
		return fn
	}
	return func(tx *Tx) error {
		if c, ok := tx.conn.(*postgresConn); ok {
			c.seen = seen
		}
		return fn(tx)
	}
}

// ReadReplica is ReadSeen on a snapshot that may be older than the latest, though
// never than seen. The replica answers for what succeeds; whatever fails there,
// because of its age or not, is up to the database.
func (s *Store) ReadReplica(ctx context.Context, g Grant, seen *roster.Position, fn func(*Tx) error) error {
	if s.replica == nil || seen == nil {
		return s.ReadSeen(ctx, g, seen, fn)
	}
	err := s.readReplica(ctx, g.InstanceID, seen, fn)
	if err != nil && ctx.Err() != nil {
		return err
	}
	s.replica.observe(err)
	if err == nil {
		return nil
	}
	return s.ReadSeen(ctx, g, seen, fn)
}

// HasReplica reports whether lists are read from a replica, which cannot confirm a
// grant: it may not know yet.
func (s *Store) HasReplica() bool { return s.replica != nil }

func (s *Store) readReplica(ctx context.Context, instance string, seen *roster.Position, fn func(*Tx) error) error {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		return ErrUnavailable
	}
	noting := s.noting(seen, fn)
	return s.replica.readAfter(ctx, *seen, func(c conn) error { return noting(s.snapshot(c, instance)) })
}
