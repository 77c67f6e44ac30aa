package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestPooler_conforms(t *testing.T) {
	t.Parallel()
	storetest.Run(t, storetest.Engine{Name: "pgbouncer", URL: storetest.Pooled})
}

// Nodes that start at once behind a pooler migrate once, and leave no lock behind.
func TestPooler_migrates(t *testing.T) {
	t.Parallel()
	through := storetest.Pooled(t)
	c, err := pgx.Connect(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Exec(t.Context(), `drop schema public cascade; create schema public`); err != nil {
		t.Fatal(err)
	}
	var nodes sync.WaitGroup
	for range 8 {
		nodes.Go(func() {
			st, err := store.Open(t.Context(), through)
			if err != nil {
				t.Error(err)
				return
			}
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	nodes.Wait()
	var locks int
	err = c.QueryRow(t.Context(), `select count(*) from pg_locks l join pg_database d on d.oid = l.database
where l.locktype = 'advisory' and d.datname = current_database()`).Scan(&locks)
	if err != nil || locks != 0 {
		t.Errorf("%d locks are left; %v", locks, err)
	}
	if err := c.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

// Behind a pooler, which takes no parameters of sessions, the time-outs hold all the
// same.
func TestPooler_bounds_transactions(t *testing.T) {
	t.Parallel()
	through := storetest.Pooled(t)
	st, err := store.Open(t.Context(), through+"&statement_timeout=100ms")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	c, err := pgx.Connect(t.Context(), through)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if _, err := c.Exec(t.Context(), `begin; lock table unique_values`); err != nil {
		t.Fatal(err)
	}
	err = st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error { return tx.Claim(store.KindSlug, "acme", "org_1") })
	var canceled *pgconn.PgError
	if !errors.Is(err, store.ErrUnavailable) || !errors.As(err, &canceled) || canceled.Code != "57014" {
		t.Errorf("%v", err)
	}
}
