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
	importBatch      = 1000     // lines of one transaction
	importBatchBytes = 4 << 20  // and their bytes, about
	maxExportLine    = 16 << 20 // bytes
)

// ImportOptions say what to do about an unfinished import of the same instance:
// go on behind its last batch, or remove what it left and begin anew. Progress, if
// not nil, is called after each batch with the lines done, those of a resumed
// import included. Batch is the lines of one transaction, 0 for 1,000.
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
// confirms that.
func (s *Service) Import(ctx context.Context, r io.Reader, o ImportOptions) (Transfer, error) {
	if o.Batch == 0 {
		o.Batch = importBatch
	}
	m := &importer{service: s, in: bufio.NewReaderSize(r, 1<<16), digest: sha256.New(), options: o, rows: map[string]int64{}}
	err := m.begin(ctx)
	for more := true; more && err == nil; {
		more, err = m.next(ctx)
	}
	return Transfer{Instance: m.caller.InstanceID, Rows: m.rows, Resumed: m.resumed}, err
}

// importer is an import under way.
type importer struct {
	service *Service
	in      *bufio.Reader
	options ImportOptions
	caller  Caller
	version int64     // of the format
	digest  hash.Hash // of the lines read
	line    int64     // the last one read
	rows    map[string]int64
	kind    int               // of the last row, in store.Kinds
	batch   []store.Row       // read and not yet written
	numbers []int64           // their lines
	bytes   int               // of them
	state   store.ImportState // what the database has
	resumed int64
}

// failure is what is wrong with a line.
func failure(line int64, err error) error { return fmt.Errorf("%w: line %d: %w", ErrImport, line, err) }

// read reads a line with its end; false at the end of all.
func (m *importer) read() ([]byte, bool, error) {
	var line []byte
	for {
		part, err := m.in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxExportLine:
			return nil, false, failure(m.line+1, fmt.Errorf("longer than %d bytes", maxExportLine))
		case err == nil:
			m.line++
			return line, true, nil
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil, false, nil
		case errors.Is(err, io.EOF):
			return nil, false, failure(m.line+1, errors.New("it does not end: the export was cut short"))
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, fmt.Errorf("read export: %w", err)
		}
	}
}

// begin reads the header and finds out what the database has of the instance.
func (m *importer) begin(ctx context.Context) error {
	line, there, err := m.read()
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
		if err != nil {
			return err
		}
	}
	return nil
}

// next takes one more line; false once the trailer has confirmed all.
func (m *importer) next(ctx context.Context) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	line, there, err := m.read()
	if err != nil {
		return false, err
	}
	if !there {
		return false, failure(m.line+1, errors.New("the trailer is missing: the export was cut short"))
	}
	parsed, err := parseLine(line, m.version)
	switch {
	case err != nil:
		return false, failure(m.line, err)
	case parsed.header != nil:
		return false, failure(m.line, errors.New("a second header"))
	case parsed.trailer != nil:
		return false, m.finish(ctx, parsed.trailer)
	}
	if err := m.take(*parsed.row, line); err != nil {
		return false, err
	}
	// The instance waits for the trailer.
	if (len(m.batch) >= m.options.Batch || m.bytes >= importBatchBytes) && parsed.row.Kind.Name != "instance" {
		return true, m.flush(ctx, false)
	}
	return true, nil
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
func (m *importer) finish(ctx context.Context, t *trailerLine) error {
	if _, err := m.in.ReadByte(); !errors.Is(err, io.EOF) {
		return failure(m.line, errors.New("more follows on the trailer"))
	}
	want := maps.Clone(t.Rows)
	maps.DeleteFunc(want, func(_ string, n int64) bool { return n == 0 })
	switch {
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
	return m.flush(ctx, true)
}

// flush writes the batch and moves the import on.
func (m *importer) flush(ctx context.Context, last bool) error {
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
	err := m.service.write(ctx, m.caller, func(t *tx) error {
		for i := range m.batch {
			if err := m.importKind(t, m.batch[i:i+1]); err != nil {
				return failure(m.numbers[i], err)
			}
		}
		return failure(m.line, rejected)
	})
	return err
}
