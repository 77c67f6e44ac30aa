package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"github.com/rosterhq/roster"
)

// shared are stores of one file, as of several processes, with an organization.
func shared(t *testing.T, n int) []*Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "roster.db")
	stores := make([]*Store, n)
	for i := range stores {
		st, err := Open(t.Context(), "sqlite:"+path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
		stores[i] = st
	}
	if err := stores[0].Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
		return errors.Join(tx.InsertInstance(Instance{Name: "n", Environment: "development"}),
			tx.InsertOrganization(&roster.Organization{ID: "org_1", Name: "0", Slug: "one"}))
	}); err != nil {
		t.Fatal(err)
	}
	return stores
}

// named gives the organization a name.
func (tx *Tx) named(name string) error {
	o, err := tx.Organization("org_1")
	if err != nil {
		return err
	}
	renamed := *o
	renamed.Name = name
	return tx.UpdateOrganization(&renamed)
}

// nameIn is the name a transaction finds.
func nameIn(tx *Tx) (string, error) {
	o, err := tx.Organization("org_1")
	if err != nil {
		return "", err
	}
	return o.Name, nil
}

// Whoever changed a row, and however that ended: what a connection kept of it is not
// handed out any more.
func TestSQLiteKept_is_what_stands(t *testing.T) {
	t.Parallel()
	errUndone := errors.New("undone")
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	stores := shared(t, 2)
	stands := "0"
	for step := range 1000 {
		st, next := stores[random.IntN(len(stores))], fmt.Sprint("name ", step)
		found := ""
		read := func(tx *Tx) (err error) {
			found, err = nameIn(tx)
			return err
		}
		rename := func(tx *Tx) error { return errors.Join(read(tx), tx.named(next)) }
		var err error
		switch what := random.IntN(8); what {
		case 0:
			err = st.Write(t.Context(), "ins_1", 1, rename)
		case 1:
			err = st.Bulk(t.Context(), "ins_1", 1, rename)
		case 2, 3: // undone behind a read that found the new name
			err = []func(context.Context, string, int64, func(*Tx) error) error{st.Write, st.Bulk}[what-2](t.Context(), "ins_1", 1, func(tx *Tx) error {
				if err := rename(tx); err != nil {
					return err
				}
				if name, err := nameIn(tx); name != next {
					t.Errorf("step %d: %q within the change to %q, %v", step, name, next, err)
				}
				return errUndone
			})
			if next = stands; errors.Is(err, errUndone) {
				err = nil
			}
		case 4, 5:
			next, err = stands, st.Read(t.Context(), "ins_1", read)
		default:
			next, err = stands, st.Write(t.Context(), "ins_1", 1, read)
		}
		if err != nil || found != stands {
			t.Fatalf("step %d: %q, not %q: %v", step, found, stands, err)
		}
		stands = next
	}
}

// What a transaction found of its own changes goes with it where it does not come to its
// end.
func TestSQLiteKept_goes_with_its_transaction(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*sqliteConn) error{
		"refused": func(c *sqliteConn) error {
			c.db.CommitHook(func() bool {
				c.db.CommitHook(nil)
				return false
			})
			return nil
		},
		"rolled back by itself": func(c *sqliteConn) error { return c.db.Exec("rollback") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := shared(t, 1)[0]
			if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
				err := tx.named("lost")
				if found, err := nameIn(tx); found != "lost" || err != nil {
					t.Errorf("%q, %v", found, err)
				}
				return errors.Join(err, end(tx.conn.(*sqliteConn)))
			}); err == nil {
				t.Error("no error")
			}
			if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
				found, err := nameIn(tx)
				if found != "0" {
					t.Errorf("%q is still there", found)
				}
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

// What stands still is not read again, and what is kept of a request is no more than it
// asked for.
func TestSQLiteKept_is_used(t *testing.T) {
	t.Parallel()
	st := shared(t, 1)[0]
	id := strings.Repeat("org_1", 1000)[:5] // of something large
	kept := func() (row *sqliteValue) {
		t.Helper()
		if err := st.engine.lookup(t.Context(), func(c conn) error {
			_, err := st.snapshot(c, "ins_1").Organization(id)
			for key, found := range c.(*sqliteConn).kept.found {
				if i := slices.Index(key.args[:], id); i >= 0 && len(found.rows) == 1 {
					row = &found.rows[0][0]
					if unsafe.StringData(key.args[i]) == unsafe.StringData(id) {
						t.Error("the argument is the request's")
					}
				}
			}
			return err
		}); err != nil || row == nil {
			t.Fatalf("nothing is kept, %v", err)
		}
		return row
	}
	first := kept()
	if kept() != first {
		t.Error("read again")
	}
	if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.named("new") }); err != nil {
		t.Fatal(err)
	}
	if kept() == first {
		t.Error("kept beyond a change")
	}
}

// A read finds at least what was durable when it began, while others write.
func TestSQLiteKept_is_never_behind(t *testing.T) {
	t.Parallel()
	stores := shared(t, 2)
	var durable atomic.Int64
	var writers, readers sync.WaitGroup
	for _, st := range stores {
		writers.Go(func() {
			for range 100 {
				n := int64(0)
				if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
					name, err := nameIn(tx)
					n, _ = strconv.ParseInt(name, 10, 64)
					n++
					return errors.Join(err, tx.named(strconv.FormatInt(n, 10)))
				}); err != nil {
					t.Error(err)
				}
				for seen := durable.Load(); seen < n && !durable.CompareAndSwap(seen, n); seen = durable.Load() {
				}
			}
		})
	}
	for i := range 6 {
		st := stores[i%len(stores)]
		readers.Go(func() {
			for at := int64(0); at < 200 && !t.Failed(); {
				at = durable.Load()
				var name string
				err := st.Read(t.Context(), "ins_1", func(tx *Tx) (err error) {
					name, err = nameIn(tx)
					return err
				})
				if n, _ := strconv.ParseInt(name, 10, 64); err != nil || n < at {
					t.Errorf("%q behind %d, %v", name, at, err)
				}
			}
		})
	}
	writers.Wait()
	if durable.Load() != 200 {
		t.Errorf("%d changes, one was lost or missed", durable.Load())
		durable.Store(200)
	}
	readers.Wait()
}

// What is kept takes little memory, however much is asked for.
func TestSQLiteKept_is_bounded(t *testing.T) {
	t.Parallel()
	st := shared(t, 1)[0]
	const many = 2000
	if err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
		for i := range many {
			name := strings.Repeat("n", 100)
			if i%10 == 0 {
				name = strings.Repeat("n", keptMost)
			}
			if err := tx.InsertOrganization(&roster.Organization{ID: fmt.Sprint("org_x", i), Name: name, Slug: fmt.Sprint(i)}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	check := func(c *sqliteConn) {
		t.Helper()
		size := 0
		for key, found := range c.kept.found {
			size += found.size
			if strings.HasSuffix(key.args[1], "0") {
				t.Errorf("%s is kept, of %d bytes", key.args[1], found.size)
			}
		}
		if size != c.kept.bytes || size > keptBytes || size == 0 {
			t.Errorf("%d bytes are kept, counted as %d", size, c.kept.bytes)
		}
	}
	for _, run := range []func(context.Context, string, func(*Tx) error) error{
		st.Read,
		func(ctx context.Context, instance string, fn func(*Tx) error) error {
			return st.Write(ctx, instance, 1, fn)
		},
	} {
		if err := run(t.Context(), "ins_1", func(tx *Tx) error {
			for i := range many {
				if _, err := tx.Organization(fmt.Sprint("org_x", i)); err != nil {
					return err
				}
				if i%100 == 99 {
					check(tx.conn.(*sqliteConn))
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
}
