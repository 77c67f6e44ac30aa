package service

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/rosterhq/roster/internal/store"
)

// Transfer is what an export or import moved: rows by kind, a user's identifiers
// within the users.
type Transfer struct {
	Instance string           `json:"instance"`
	Rows     map[string]int64 `json:"rows"`
	// Resumed is the line behind which an import went on.
	Resumed int64 `json:"resumed,omitzero"`
}

// Total is the number of rows.
func (t Transfer) Total() (n int64) {
	for _, rows := range t.Rows {
		n += rows
	}
	return n
}

// exportProgress is how many rows are written between two words of them.
const exportProgress = 1000

// Export writes an instance as JSON Lines: a header, every row of one snapshot in
// an order of its own, and a trailer by which a file that was cut short is known.
// The same content is the same bytes, whatever the engine. The rows hold password
// hashes, the secrets of authenticators and private metadata. progress, if not nil, is called now and then with
// the rows written. ErrInstanceNotFound when there is no such instance.
func (s *Service) Export(ctx context.Context, instanceID string, w io.Writer, progress func(rows int64)) (Transfer, error) {
	out := Transfer{Instance: instanceID, Rows: map[string]int64{}}
	digest := sha256.New()
	buffer := bufio.NewWriterSize(w, 1<<16)
	lines := io.MultiWriter(buffer, digest)
	if _, err := s.exportedInstance(ctx, instanceID); err != nil {
		return out, err
	}
	line, err := appendHeader(nil, instanceID)
	if err != nil {
		return out, err
	}
	if _, err := lines.Write(line); err != nil {
		return out, fmt.Errorf("write export: %w", err)
	}
	total := int64(0)
	err = s.store.Export(ctx, instanceID, func(r store.Row) error {
		if line, err = appendRow(line[:0], r); err != nil {
			return fmt.Errorf("export %s: %w", r.Kind.Name, err)
		}
		if _, err := lines.Write(line); err != nil {
			return fmt.Errorf("write export: %w", err)
		}
		out.Rows[r.Kind.Name]++
		if total++; progress != nil && total%exportProgress == 0 {
			progress(total)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	if _, err := buffer.Write(appendTrailer(line[:0], out.Rows, hex.EncodeToString(digest.Sum(nil)))); err != nil {
		return out, fmt.Errorf("write export: %w", err)
	}
	if err := buffer.Flush(); err != nil {
		return out, fmt.Errorf("write export: %w", err)
	}
	return out, nil
}

func (s *Service) exportedInstance(ctx context.Context, id string) (in store.Instance, err error) {
	err = s.read(ctx, Caller{InstanceID: id}, func(t *tx) error {
		in, err = t.Settings()
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("%w: %s", ErrInstanceNotFound, id)
	}
	return in, err
}
