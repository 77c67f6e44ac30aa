package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever panics on a connection, later requests find a sound one, and nothing of
// the write that panicked stays.
func TestSQLiteOutlivesPanics(t *testing.T) {
	t.Parallel()
	url := "sqlite:" + filepath.Join(t.TempDir(), "roster.db")
	open := func() *Store {
		st, err := Open(t.Context(), url)
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
	st, other := open(), open()
	half := func(tx *Tx) error { // panics while a statement is half run
		return tx.query("select 1 union all select 2", nil, func(row) error { panic("half run") })
	}
	for i := range 12 { // more often than there are connections
		if p := panicOf(func() { _ = st.Read(context.Background(), "ins_1", half) }); p != "half run" {
			t.Fatalf("read: %q", p)
		}
		p := panicOf(func() {
			_ = st.Write(context.Background(), "ins_1", 1, func(tx *Tx) error {
				if err := tx.Claim(KindSlug, "lost", "org_1"); err != nil {
					return err
				}
				return half(tx)
			})
		})
		if !strings.HasPrefix(p, "half run") || !strings.Contains(p, "sqlite_panic_test.go") {
			t.Fatalf("a write's panic should tell where it began: %.200q", p)
		}
		for n, s := range []*Store{other, st} {
			slug := fmt.Sprint("kept-", i, "-", n)
			if err := s.Write(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.Claim(KindSlug, slug, slug) }); err != nil {
				t.Fatalf("write after panics: %v", err)
			}
		}
	}
	err := st.Read(t.Context(), "ins_1", func(tx *Tx) error {
		if owner, err := tx.Owner(KindSlug, "lost"); err == nil {
			t.Errorf("a write that panicked left its change, to %s", owner)
		}
		_, err := tx.Owner(KindSlug, "kept-11-1")
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func panicOf(do func()) (text string) {
	defer func() { text = fmt.Sprint(recover()) }()
	do()
	return ""
}
