package service

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/rosterhq/roster/internal/store"
)

// A database that does not answer is asked again for some seconds: nobody waits for
// an import as for a request.
const (
	importTries    = 20
	importPause    = 50 * time.Millisecond // before the second try, doubled before each more
	importMaxPause = time.Second
)

// insist runs a change again while the database does not answer, or its outcome is
// unknown. The change finds out by itself whether it happened before.
func insist(ctx context.Context, change func() error) error {
	pause := importPause
	for try := 1; ; try++ {
		err := change()
		if !errors.Is(err, store.ErrUnavailable) || try == importTries {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause = min(2*pause, importMaxPause)
	}
}

// save writes the batch and moves the import on, in one transaction. Where its
// outcome is unknown the next try finds out: from where the import stood, it can
// move once only.
func (m *importer) save(ctx context.Context, to store.ImportState) error {
	doubt := false
	return insist(ctx, func() error {
		err := m.trySave(ctx, to)
		if doubt && errors.Is(err, store.ErrTaken) {
			err = m.arrived(ctx, to)
		}
		doubt = true
		return err
	})
}

func (m *importer) trySave(ctx context.Context, to store.ImportState) error {
	return m.service.bulk(ctx, m.caller, func(t *tx) error {
		if m.state.Lines == 0 {
			if err := t.BeginImport(); err != nil {
				return err
			}
		}
		if err := t.SaveImport(m.state.Lines, to); err != nil {
			return err
		}
		return m.importRows(t)
	})
}

// arrived returns nil when the import stands where it should, ErrTaken when somebody
// else moved it.
func (m *importer) arrived(ctx context.Context, to store.ImportState) error {
	return m.service.read(ctx, m.caller, func(t *tx) error {
		state, err := t.ImportState()
		if err == nil && state != to {
			err = store.ErrTaken
		}
		return err
	})
}

// importRows writes the batch, rows of one kind together.
func (m *importer) importRows(t *tx) error {
	for rows := m.batch; len(rows) > 0; {
		n := slices.IndexFunc(rows, func(r store.Row) bool { return r.Kind != rows[0].Kind })
		if n < 0 {
			n = len(rows)
		}
		if err := m.importKind(t, rows[:n]); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// blame finds the line of a rejected batch that is at fault, by trying each alone
// in a transaction that comes to nothing.
func (m *importer) blame(ctx context.Context, rejected error) error {
	err := m.service.bulk(ctx, m.caller, func(t *tx) error {
		for i := range m.batch {
			if err := m.importKind(t, m.batch[i:i+1]); err != nil {
				return failure(m.numbers[i], err)
			}
		}
		return failure(m.line, rejected)
	})
	return err
}

// deferIndexes leaves indexes away while there is no instance that would miss them.
func (m *importer) deferIndexes(ctx context.Context) error {
	return insist(ctx, func() error {
		return m.service.bulk(ctx, m.caller, func(t *tx) error { return t.DeferIndexes() })
	})
}

// restoreIndexes makes them, each in a transaction of its own.
func (m *importer) restoreIndexes(ctx context.Context) error {
	for done := false; !done; {
		err := insist(ctx, func() error {
			return m.service.bulk(ctx, m.caller, func(t *tx) (err error) {
				done, err = t.RestoreIndex()
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
