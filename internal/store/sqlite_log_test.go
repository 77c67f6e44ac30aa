package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// logged is a store whose log is copied early, and how long that is, in bytes.
func logged(t *testing.T) (st *Store, write func(n int), size func() int64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roster.db")
	st, err := Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	log := st.engine.(*sqlite).log
	log.enough, log.next = 50, 50
	written := 0
	write = func(n int) {
		t.Helper()
		for range n {
			written++
			if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.Claim(KindSlug, fmt.Sprint("slug-", written), "org_1") }); err != nil {
				t.Fatal(err)
			}
		}
	}
	return st, write, func() int64 {
		t.Helper()
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
}

const mebibyte = 1 << 20

// However much is written, and read between, the log stays short, and nothing of it is
// lost.
func TestSQLiteLog_stays_short(t *testing.T) {
	t.Parallel()
	st, write, size := logged(t)
	for range 200 {
		write(10)
		if owner := ownerOf(t, st, "slug-1"); owner != "org_1" {
			t.Fatalf("slug-1 is %q's", owner)
		}
	}
	if n := size(); n > 5*mebibyte { // of 20 MiB that were written
		t.Errorf("the log has %d bytes", n)
	}
	for i := range 2000 {
		if owner := ownerOf(t, st, fmt.Sprint("slug-", i+1)); owner != "org_1" {
			t.Fatalf("slug-%d is %q's", i+1, owner)
		}
	}
}

func ownerOf(t *testing.T, st *Store, slug string) (owner string) {
	t.Helper()
	if err := st.Read(t.Context(), "ins_1", func(tx *Tx) (err error) {
		owner, err = tx.Owner(KindSlug, slug)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return owner
}

// While a snapshot is held what came behind it stays in the log; it begins anew when
// that is over.
func TestSQLiteLog_begins_anew_behind_a_snapshot(t *testing.T) {
	t.Parallel()
	st, write, size := logged(t)
	write(1)
	if err := st.Read(t.Context(), "ins_1", func(tx *Tx) error {
		_, before := tx.Owner(KindSlug, "slug-2")
		write(500)
		if n := size(); n < mebibyte {
			t.Errorf("beside a snapshot the log has only %d bytes", n)
		}
		if _, now := tx.Owner(KindSlug, "slug-2"); !errors.Is(before, ErrNotFound) || !errors.Is(now, ErrNotFound) {
			t.Errorf("the snapshot showed %v, and shows %v", before, now)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	longest := size()
	write(1000)
	if n := size(); n > longest+mebibyte {
		t.Errorf("the log went on to grow from %d bytes to %d", longest, n)
	}
}
