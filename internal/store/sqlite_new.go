package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// NewFile makes an embedded database at path, with the schema and nothing in it.
// Where many are made, as in tests, that is much faster than to open each and so
// migrate it: they are copies of one.
func NewFile(path string) error {
	content, err := newFile()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

var newFile = sync.OnceValues(func() (content []byte, err error) {
	folder, err := os.MkdirTemp("", "roster-new-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "roster.db")
	st, err := Open(context.Background(), "sqlite:"+path)
	if err != nil {
		return nil, err
	}
	if err := st.Close(); err != nil { // which empties the log beside the file
		return nil, err
	}
	return os.ReadFile(path)
})
