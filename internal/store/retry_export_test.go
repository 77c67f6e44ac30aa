package store

import "context"

// told is an engine that tells of every write that is over.
type told struct {
	engine
	over chan error
}

func (e told) write(ctx context.Context, fn func(conn) error) error {
	err := e.engine.write(ctx, fn)
	e.over <- err
	return err
}

// SettleUnderWay settles the commit of a write whose last statements are still on their
// way: they get there once settle has asked for the first time, unless they are lost.
func (s *Store) SettleUnderWay(ctx context.Context, instance string, lost bool, fn func(*Tx) error) (settled error) {
	asked := told{s.engine, make(chan error, 100)}
	settling := &Store{engine: asked, slots: s.slots, roles: s.roles}
	done := make(chan struct{})
	_ = s.engine.write(ctx, func(c conn) error { // the answer is what gets lost
		tx := s.snapshot(c, instance)
		tx.writes = true
		if err := fn(tx); err != nil {
			return err
		}
		go func() {
			defer close(done)
			settled = settling.settle(ctx, tx, errLostCommit)
		}()
		<-asked.over //nolint:errcheck // whatever came of it
		if lost {
			return errUndo
		}
		return tx.finish()
	})
	<-done
	return settled
}
