package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/rosterhq/roster/internal/store"
)

// begin reads the header and finds out what the database has of the instance.
func (m *importer) begin(ctx context.Context, lines *lineReader) error {
	line, there, err := lines.read()
	if err != nil {
		return err
	}
	if !there {
		return failure(1, errors.New("nothing to read"))
	}
	parsed, err := parseLine(line, exportVersion)
	if err == nil && parsed.header == nil {
		err = errors.New("not the header of an export")
	}
	if err != nil {
		return failure(1, err)
	}
	m.line = 1
	m.digest.Write(line)
	m.caller.InstanceID, m.version = parsed.header.Instance, parsed.header.Version
	if err := m.look(ctx); err != nil {
		return err
	}
	if m.options.Restart && m.state.Lines != 0 {
		return m.discard(ctx)
	}
	return nil
}

// look finds what the database has and refuses what must not go on.
func (m *importer) look(ctx context.Context) error {
	return m.service.read(ctx, m.caller, func(t *tx) error {
		_, exists := t.Settings()
		state, begun := t.ImportState()
		for _, err := range []error{exists, begun} {
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
		}
		m.state = state
		switch {
		case exists == nil && (begun != nil || !m.options.Resume):
			return fmt.Errorf("%w: %s", ErrInstanceExists, t.Instance)
		case begun == nil && !m.options.Resume && !m.options.Restart,
			state.Discarding && !m.options.Restart:
			return fmt.Errorf("%w: %s", ErrImportUnfinished, t.Instance)
		}
		m.resumed = state.Lines
		return nil
	})
}

// discard removes what an unfinished import left.
func (m *importer) discard(ctx context.Context) error {
	m.state, m.resumed = store.ImportState{}, 0
	for done := false; !done; {
		err := m.service.write(ctx, m.caller, func(t *tx) (err error) {
			if _, err := t.Settings(); !errors.Is(err, store.ErrNotFound) {
				return errors.Join(fmt.Errorf("%w: %s", ErrInstanceExists, t.Instance), err)
			}
			done, err = t.DiscardImport()
			return err
		})
		if errors.Is(err, store.ErrTaken) { // finished by now
			err = fmt.Errorf("%w: %s", ErrImportRival, m.caller.InstanceID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
