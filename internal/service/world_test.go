package service_test

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

const day = 24 * 60 * 60 * 1000 // ms

// morning is when the clock of a new world starts: 2026-03-01T08:00:00Z.
const morning int64 = 1772352000000

// clock stands still between settings. It is in Unix milliseconds.
type clock struct{ atomic.Int64 }

func (c *clock) time() time.Time { return time.UnixMilli(c.Load()).UTC() }

// world is a service with one instance, on a clock that tests set.
type world struct {
	*service.Service
	store  *store.Store
	caller service.Caller
	clock  *clock
}

// openStore makes an empty store that lives as long as the test, in memory where
// the machine has a file system there.
func openStore(t testing.TB) *store.Store {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "roster-")
	if err != nil {
		folder = t.TempDir()
	}
	st, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return st
}

// newWorld makes a world with a store of its own.
func newWorld(t testing.TB) *world {
	t.Helper()
	return newInstance(t, openStore(t), service.Options{})
}

// tester is what testing.T and rapid.T have in common, as far as it is needed.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(...any)
}

// newInstance makes a world on a store that others use too. Its clock replaces the
// options'.
func newInstance(t tester, st *store.Store, o service.Options) *world {
	t.Helper()
	w := &world{store: st, clock: &clock{}}
	w.clock.Store(morning)
	o.Now = w.clock.time
	w.Service = service.New(st, o)
	// The instance itself is made with true randomness, for worlds share a store.
	in, _, err := service.New(st, service.Options{Now: w.clock.time}).CreateInstance(t.Context(), "test", service.Development, "")
	if err != nil {
		t.Fatal(err)
	}
	w.caller = service.Caller{
		InstanceID: in.ID, Environment: in.Environment, OrganizationsEnabled: true,
		Version: roster.VersionMetadataEndpoints, ClientIP: "127.0.0.1", UserAgent: "test",
	}
	return w
}
