package storetest

import (
	"testing"

	"github.com/rosterhq/roster/internal/store"
)

// Engine is a kind of database that tests run on.
type Engine struct {
	Name string
	// URL is that of a new empty database, which lives as long as the test.
	URL func(testing.TB) string
}

// Engines are all there are.
var Engines = []Engine{{"sqlite", SQLite}, {"postgres", Postgres}}

// Each runs a test on every engine, side by side, each named after its engine.
func Each(t *testing.T, test func(*testing.T, Engine)) {
	t.Helper()
	for _, e := range Engines {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			test(t, e)
		})
	}
}

// Open opens a new empty store, which is closed when the test ends.
func (e Engine) Open(t testing.TB) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), e.URL(t))
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
