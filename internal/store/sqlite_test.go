package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rosterhq/roster/internal/store"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func reopen(t *testing.T, path string) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

func insertKey(st *store.Store, hash string) error {
	return st.Write(context.Background(), "ins_1", 1, func(tx *store.Tx) error {
		return errors.Join(
			tx.InsertInstance(store.Instance{Name: "n", Environment: "development"}),
			tx.InsertKey(store.Key{ID: "key_" + hash, Hash: hash}))
	})
}

func TestSQLiteKeepsWritesAcrossReopening(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "with space #1?.db")
	st := reopen(t, path)
	if err := insertKey(st, "h"); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := reopen(t, path).Authenticate(t.Context(), "h"); err != nil {
		t.Error(err)
	}
}

func TestSQLiteSharesAFileBetweenProcesses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "roster.db")
	stores := make([]*store.Store, 4)
	var wg sync.WaitGroup
	for i := range stores { // all of them find the file empty and want to migrate it
		wg.Go(func() {
			st, err := store.Open(context.Background(), "sqlite:"+path)
			if err != nil {
				t.Error(err)
				return
			}
			stores[i] = st
		})
	}
	wg.Wait()
	for _, st := range stores {
		if st != nil {
			t.Cleanup(func() { _ = st.Close() })
		}
	}
	if t.Failed() {
		return
	}
	if err := insertKey(stores[0], "h"); err != nil {
		t.Fatal(err)
	}
	for i, st := range stores {
		if _, err := st.Authenticate(t.Context(), "h"); err != nil {
			t.Errorf("store %d: %v", i, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notDatabase := filepath.Join(dir, "text")
	if err := os.WriteFile(notDatabase, []byte(strings.Repeat("not a database\n", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	if err := reopen(t, newer).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+newer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("insert into goose_db_version (version_id, is_applied) values (9999, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for url, part := range map[string]string{
		"":                              "sqlite:PATH",
		"roster.db":                     "sqlite:PATH",
		"mysql://root:secret@localhost": "sqlite:PATH",
		"sqlite:":                       "names no file",
		"sqlite::memory:":               "names no file",
		"sqlite:" + dir + "/none/x.db":  "does not exist",
		"sqlite:" + dir:                 "it is a folder",
		"sqlite:" + notDatabase:         "not a database",
		"sqlite:" + newer:               "newer than this program",
	} {
		st, err := store.Open(t.Context(), url)
		if err == nil {
			t.Errorf("%s: opened", url)
			_ = st.Close()
			continue
		}
		if !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q", url, err)
		}
	}
	if _, err := store.Open(t.Context(), "sqlite:"+newer); !errors.Is(err, store.ErrNewer) {
		t.Errorf("newer database: %v", err)
	}
}

func TestCloseRefusesLaterWork(t *testing.T) {
	t.Parallel()
	st := reopen(t, filepath.Join(t.TempDir(), "roster.db"))
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if err := insertKey(st, "h"); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("write: %v", err)
	}
	if err := st.Ping(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("read: %v", err)
	}
}
