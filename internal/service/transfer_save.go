package service

import (
	"context"
	"errors"
	"time"

	"github.com/rosterhq/roster/internal/store"
)

// A database that does not answer is asked again for some seconds: nobody waits for
// an import as for a request.
const (
	importTries = 8
	importPause = 50 * time.Millisecond // before the second try, doubled before each more
)

// save writes the batch and moves the import on, in one transaction. Where its
// outcome is unknown the next try finds out: from where the import stood, it can
// move once only.
func (m *importer) save(ctx context.Context, to store.ImportState) error {
	doubt := false
	pause := importPause
	for try := 1; ; try++ {
		err := m.trySave(ctx, to)
		if doubt && errors.Is(err, store.ErrTaken) {
			err = m.arrived(ctx, to)
		}
		if !errors.Is(err, store.ErrUnavailable) || try == importTries {
			return err
		}
		doubt = true
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause *= 2
	}
}

func (m *importer) trySave(ctx context.Context, to store.ImportState) error {
	return m.service.write(ctx, m.caller, func(t *tx) error {
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
