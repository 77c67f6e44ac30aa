package storetest

import (
	"context"
	"database/sql"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // looks at the database behind the store's back

	"github.com/rosterhq/roster/internal/store"
)

// Waits tells which changes of a database wait for locks of others, so that a test can
// let them meet as it wants. An engine with one writer has no such locks.
type Waits struct {
	db      *sql.DB // nil with one writer
	running atomic.Int64
}

// Watch is the engine with one new database, and what waits there. When the test has
// ended and nobody uses the database any more, it fails a test in which the engine had to
// end a transaction because two waited for each other.
func (e Engine) Watch(t testing.TB) (Engine, *Waits) {
	t.Helper()
	url := e.URL(t)
	e.URL = func(testing.TB) string { return url }
	w := newWaits(t, url)
	t.Cleanup(func() {
		if w.db == nil {
			return
		}
		if left := w.left(); left != 0 {
			t.Errorf("%d connections are left", left)
		}
		if n := w.count(t, `select deadlocks
from pg_stat_database
where datname = current_database()`); n != 0 {
			t.Errorf("%d times two transactions waited for each other", n)
		}
	})
	return e, w
}

func newWaits(t testing.TB, url string) *Waits {
	t.Helper()
	if strings.HasPrefix(url, "sqlite:") {
		return &Waits{}
	}
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // which is not one of the others that are looked for
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Waits{db: db}
}

// left is how many others use the database: what they did is counted once they are gone.
func (w *Waits) left() (n int64) {
	until(func() bool {
		err := w.db.QueryRowContext(context.Background(), `select count(*)
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`).Scan(&n)
		return err == nil && n == 0
	})
	return n
}

// Begin runs a change up to its end, or to where it has to wait.
func (w *Waits) Begin(t testing.TB, change func() error) <-chan error {
	t.Helper()
	done := make(chan error, 1)
	w.running.Add(1)
	go func() {
		defer w.running.Add(-1)
		done <- change()
	}()
	w.Settle(t)
	return done
}

// Settle waits until all changes that were begun have ended or wait for a lock.
func (w *Waits) Settle(t testing.TB) {
	t.Helper()
	if !until(func() bool { return w.running.Load() == w.waiting(t) }) {
		t.Errorf("%d changes run, and %d of them wait for others", w.running.Load(), w.waiting(t))
	}
}

// Hold does something on an instance in a transaction that ends when it is released, of
// which the locks are there by now.
func Hold(t testing.TB, st *store.Store, instance string, now int64, do func(*store.Tx) error) (release func()) {
	t.Helper()
	there, over, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	arrived := sync.OnceFunc(func() { close(there) }) // a transaction may run again
	go func() {
		done <- st.Write(context.Background(), instance, now, func(tx *store.Tx) error {
			err := do(tx)
			arrived()
			<-over
			return err
		})
	}()
	<-there
	return func() {
		t.Helper()
		close(over)
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// waiting is how many transactions wait for a row. Whoever gives a lock up grants it
// to those who waited at once.
func (w *Waits) waiting(t testing.TB) int64 {
	t.Helper()
	if w.db == nil {
		return 0
	}
	return w.count(t, `select count(distinct l.pid)
from pg_locks l
	join pg_stat_activity a on a.pid = l.pid
where not l.granted and l.locktype in ('transactionid', 'tuple') and a.datname = current_database()`)
}

func (w *Waits) count(t testing.TB, query string) (n int64) {
	t.Helper()
	if err := w.db.QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// until asks again and again, for as long as a busy machine may need.
func until(reached func() bool) bool {
	for over := time.Now().Add(30 * time.Second); time.Now().Before(over); time.Sleep(time.Millisecond) {
		if reached() {
			return true
		}
	}
	return reached()
}
