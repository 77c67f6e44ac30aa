package store

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Whoever is out of time, at whatever point of a read, leaves a connection that others
// can use.
func TestSQLite_keeps_the_connections_of_who_is_out_of_time(t *testing.T) {
	t.Parallel()
	st := shared(t, 1)[0]
	var first *sqliteConn
	read := func(ctx context.Context) error {
		return st.engine.lookup(ctx, func(c conn) error {
			if first == nil {
				first = c.(*sqliteConn)
			}
			if c != first {
				t.Error("the connection was given up")
			}
			_, err := st.snapshot(c, "ins_1").Organization("org_1")
			return err
		})
	}
	if err := read(t.Context()); err != nil {
		t.Fatal(err)
	}
	late := 0
	for i := range 400 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Microsecond)
		switch err := read(ctx); {
		case errors.Is(err, context.DeadlineExceeded):
			late++
		case err != nil:
			t.Errorf("after %d µs: %v", i, err)
		}
		cancel()
		if !first.db.GetAutocommit() || first.version.Busy() {
			t.Fatal("a snapshot is left")
		}
	}
	if late == 0 {
		t.Error("nobody was late")
	}
	if err := read(t.Context()); err != nil {
		t.Error(err)
	}
}
