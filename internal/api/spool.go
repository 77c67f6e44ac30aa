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
// one in the folder for temporary files. There it has no name, so that it goes with
// the process, however that ends; but on systems that remove no open file.
type spool struct {
	memory bytes.Buffer
	file   *os.File
	named  bool // whether the file is to be removed yet
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
	s.named = os.Remove(s.file.Name()) != nil
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
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}
