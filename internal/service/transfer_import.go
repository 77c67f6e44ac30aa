package service

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"

	"github.com/rosterhq/roster/internal/store"
)

// Failures of an import. ErrImport is a mistake in what is read; its message has
// the line.
var (
	ErrImport           = errors.New("cannot import")
	ErrInstanceExists   = errors.New("that instance exists already")
	ErrImportUnfinished = errors.New("an import of that instance was not finished")
	ErrImportDiffers    = errors.New("not the export that the unfinished import read")
	ErrImportRival      = errors.New("another import of that instance is under way")
)

const (
	importBatch      = 5000    // lines of one transaction
	importBatchBytes = 8 << 20 // and their bytes, about
)

// ImportOptions say what to do about an unfinished import of the same instance:
// go on behind its last batch, or remove what it left and begin anew. Progress, if
// not nil, is called after each batch with the lines done, those of a resumed
// import included. Batch is the lines of one transaction, 0 for 5,000.
type ImportOptions struct {
	Resume   bool
	Restart  bool
	Batch    int
	Progress func(lines int64)
}

// Import reads what Export wrote into a database that does not have the instance.
// Lines are checked and written in batches that are durable one by one, so that an
// import can be resumed; the instance, and with it its keys, exists only once the
// trailer has confirmed that all is there. Resuming an import that was finished
// confirms that. Lines are read and checked ahead of those being written; where
// Import fails, a Read of r may still be under way when it returns.
func (s *Service) Import(ctx context.Context, r io.Reader, o ImportOptions) (Transfer, error) {
	if o.Batch == 0 {
		o.Batch = importBatch
	}
	m := &importer{service: s, digest: sha256.New(), options: o, rows: map[string]int64{}}
	err := m.run(ctx, &lineReader{in: bufio.NewReaderSize(r, 1<<16)})
	return Transfer{Instance: m.caller.InstanceID, Rows: m.rows, Resumed: m.resumed}, err
}

// importer is an import under way.
type importer struct {
	service *Service
	options ImportOptions
	caller  Caller
	version int64     // of the format
	digest  hash.Hash // of the lines taken
	line    int64     // the last one taken
	rows    map[string]int64
	kind    int               // of the last row, in store.Kinds
	batch   []store.Row       // read and not yet written
	numbers []int64           // their lines
	bytes   int               // of them
	state   store.ImportState // what the database has
	resumed int64
	begun   bool // a batch was written
}

// run takes line after line until the trailer has confirmed all.
func (m *importer) run(ctx context.Context, lines *lineReader) error {
	if err := m.begin(ctx, lines); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ahead := make(chan []readLine, readAhead)
	go lines.run(ctx, m.version, ahead)
	for some := range ahead {
		for _, line := range some {
			if done, err := m.next(ctx, line); done || err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// failure is what is wrong with a line.
func failure(line int64, err error) error { return fmt.Errorf("%w: line %d: %w", ErrImport, line, err) }

// next takes one more line; true once the trailer has confirmed all.
func (m *importer) next(ctx context.Context, line readLine) (done bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if line.err != nil {
		return false, line.err
	}
	m.line++
	switch {
	case line.header != nil:
		return false, failure(m.line, errors.New("a second header"))
	case line.trailer != nil:
		return true, m.finish(ctx, line)
	}
	if err := m.take(*line.row, line.text); err != nil {
		return false, err
	}
	// The instance waits for the trailer.
	if (len(m.batch) >= m.options.Batch || m.bytes >= importBatchBytes) && line.row.Kind.Name != "instance" {
		return false, m.flush(ctx, false)
	}
	return false, nil
}

// take adds a row to the batch, unless an import that is resumed wrote it.
func (m *importer) take(r store.Row, line []byte) error {
	kind := slices.Index(store.Kinds, r.Kind)
	switch {
	case kind < m.kind:
		return failure(m.line, fmt.Errorf("a %s behind a %s", r.Kind.Name, store.Kinds[m.kind].Name))
	case kind == len(store.Kinds)-1 && m.rows[r.Kind.Name] > 0:
		return failure(m.line, errors.New("a second instance"))
	}
	m.kind = kind
	m.rows[r.Kind.Name]++
	m.digest.Write(line)
	switch {
	case m.line > m.state.Lines && m.state.Finished:
		return fmt.Errorf("%w: %s", ErrImportDiffers, m.caller.InstanceID)
	case m.line > m.state.Lines:
		m.batch = append(m.batch, r)
		m.numbers = append(m.numbers, m.line)
		m.bytes += len(line)
	case m.line == m.state.Lines && m.sum() != m.state.Digest:
		return fmt.Errorf("%w: %s, up to line %d", ErrImportDiffers, m.caller.InstanceID, m.line)
	}
	return nil
}

func (m *importer) sum() string { return hex.EncodeToString(m.digest.Sum(nil)) }

// finish holds what was read against the trailer and completes the instance.
func (m *importer) finish(ctx context.Context, line readLine) error {
	t := line.trailer
	want := maps.Clone(t.Rows)
	maps.DeleteFunc(want, func(_ string, n int64) bool { return n == 0 })
	switch {
	case line.more:
		return failure(m.line, errors.New("more follows on the trailer"))
	case !maps.Equal(want, m.rows):
		return failure(m.line, errors.New("lines are missing: the trailer counts other rows"))
	case t.SHA256 != m.sum():
		return failure(m.line, errors.New("the lines were changed: their SHA-256 is not the trailer's"))
	case m.rows["instance"] == 0:
		return failure(m.line, errors.New("the instance itself is missing"))
	case m.line-1 < m.state.Lines, m.state.Finished && m.state.Digest != m.sum():
		return fmt.Errorf("%w: %s", ErrImportDiffers, m.caller.InstanceID)
	case m.state.Finished:
		return nil
	}
	m.line-- // the trailer is not part of what is kept
	if err := m.restoreIndexes(ctx); err != nil {
		return err
	}
	return m.flush(ctx, true)
}

// flush writes the batch and moves the import on.
func (m *importer) flush(ctx context.Context, last bool) error {
	if !m.begun && !last {
		if err := m.deferIndexes(ctx); err != nil {
			return err
		}
	}
	m.begun = true
	to := store.ImportState{Lines: m.line, Digest: m.sum(), Finished: last}
	err := m.save(ctx, to)
	switch {
	case errors.Is(err, store.ErrTaken):
		return fmt.Errorf("%w: %s", ErrImportRival, m.caller.InstanceID)
	case errors.Is(err, store.ErrRejected):
		return m.blame(ctx, err)
	case err != nil:
		return err
	}
	m.state, m.batch, m.numbers, m.bytes = to, m.batch[:0], m.numbers[:0], 0
	if m.options.Progress != nil {
		m.options.Progress(m.line)
	}
	return nil
}
