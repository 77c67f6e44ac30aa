package store_test

import (
	"testing"

	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func openPostgres(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), storetest.Postgres(t))
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

func TestPostgresConforms(t *testing.T) {
	t.Parallel()
	storetest.Run(t, openPostgres)
}
