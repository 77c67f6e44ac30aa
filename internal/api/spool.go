package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// spoolMemory is how much of a file that is sent is kept in memory: all of most
// pictures.
const spoolMemory = 256 << 10

// spool keeps a file that is sent until it is stored: a small one in memory, a large
// one in the folder for temporary files.
type spool struct {
	memory bytes.Buffer
	file   *os.File
	size   int64
}

func (s *spool) Write(p []byte) (int, error) {
	if s.file == nil && s.memory.Len()+len(p) > spoolMemory {
		if err := s.spill(); err != nil {
			return 0, err
		}
	}
	var w io.Writer = &s.memory
	if s.file != nil {
		w = s.file
	}
	n, err := w.Write(p)
	s.size += int64(n)
	return n, err
}

// spill goes on in a file.
func (s *spool) spill() (err error) {
	if s.file, err = os.CreateTemp("", "roster-upload-"); err != nil {
		return fmt.Errorf("keep an upload: %w", err)
	}
	_, err = s.memory.WriteTo(s.file)
	s.memory = bytes.Buffer{}
	return err
}

// content is what was written.
func (s *spool) content() *io.SectionReader {
	if s.file != nil {
		return io.NewSectionReader(s.file, 0, s.size)
	}
	return io.NewSectionReader(bytes.NewReader(s.memory.Bytes()), 0, s.size)
}

func (s *spool) close() error {
	if s == nil || s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
