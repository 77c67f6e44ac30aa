package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
)

// flaky is an engine whose commits fail in chosen ways, one a write.
type flaky struct {
	engine
	failures []failure
	writes   int
}

type failure struct {
	err    error
	commit bool // whether the write happens all the same
}

func (f *flaky) write(ctx context.Context, fn func(conn) error) error {
	f.writes++
	if len(f.failures) == 0 {
		return f.engine.write(ctx, fn)
	}
	next := f.failures[0]
	f.failures = f.failures[1:]
	if next.commit {
		return errors.Join(f.engine.write(ctx, fn), next.err)
	}
	err := f.engine.write(ctx, func(c conn) error { return errors.Join(fn(c), errUndo) })
	if !errors.Is(err, errUndo) {
		return err
	}
	return next.err
}

func openFlaky(t *testing.T, failures ...failure) (*Store, *flaky) {
	t.Helper()
	st, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	f := &flaky{engine: st.engine, failures: failures}
	st.engine = f
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st, f
}

var (
	errLostCommit = fmt.Errorf("%w: %w", ErrUnavailable, errUnknown)
	errMet        = fmt.Errorf("%w: %w", ErrUnavailable, errConflict)
)

func TestWriteHappensOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failures []failure
		fails    bool
	}{
		"commit_unknown_but_done":             {failures: []failure{{errLostCommit, true}}},
		"commit_unknown_and_not_done":         {failures: []failure{{errLostCommit, false}}},
		"commit_unknown_and_settling_fails":   {failures: []failure{{errLostCommit, true}, {ErrUnavailable, false}, {errLostCommit, false}}},
		"conflict":                            {failures: []failure{{errMet, false}, {errMet, false}, {errMet, false}}},
		"unavailable_once":                    {failures: []failure{{ErrUnavailable, false}}},
		"unavailable_for_good":                {failures: []failure{{ErrUnavailable, false}, {ErrUnavailable, false}}, fails: true},
		"commit_unknown_twice_after_not_done": {failures: []failure{{errLostCommit, false}, {errUndo, false}, {errLostCommit, true}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, _ := openFlaky(t, c.failures...)
			runs := 0
			err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error {
				runs++
				return errors.Join(tx.AppendEvents(Event{fmt.Sprint("evt_", runs), "user.created", "{}"}), tx.Claim(KindSlug, "acme", fmt.Sprint(runs)))
			})
			if c.fails != errors.Is(err, ErrUnavailable) {
				t.Errorf("err %v", err)
			}
			events, err := st.Events(t.Context(), "ins_1", 10)
			want := 1
			if c.fails {
				want = 0
			}
			if err != nil || len(events) != want {
				t.Errorf("%d events, want %d; %v", len(events), want, err)
			}
		})
	}
}

func TestUnknownCommitWithoutEventIsNotRepeated(t *testing.T) {
	t.Parallel()
	st, f := openFlaky(t, failure{errLostCommit, true})
	err := st.Write(t.Context(), "ins_1", 1, func(tx *Tx) error { return tx.Claim(KindSlug, "acme", "org_1") })
	if !errors.Is(err, ErrUnavailable) || f.writes != 1 {
		t.Errorf("%d writes, err %v", f.writes, err)
	}
}

// claimless is an engine on which settling cannot claim anything.
type claimless struct {
	engine
	commits int
}

func (e *claimless) write(ctx context.Context, fn func(conn) error) error {
	if e.commits++; e.commits == 1 {
		return errLostCommit
	}
	return e.engine.write(ctx, func(c conn) error { return fn(failing{c}) })
}

type failing struct{ conn }

func (failing) exec(string, ...any) (int64, error) { return 0, context.DeadlineExceeded }

func TestUnknownCommitIsNotTakenForDone(t *testing.T) {
	t.Parallel()
	st, _ := openFlaky(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := &Store{engine: &claimless{engine: st.engine}, slots: st.slots}
	if err := s.settle(ctx, &Tx{Instance: "ins_1", event: "evt_1"}, errLostCommit); !errors.Is(err, errUnknown) {
		t.Errorf("err %v", err)
	}
}

func TestTransactionsAreBounded(t *testing.T) {
	t.Parallel()
	st, _ := openFlaky(t)
	for range maxTransactions {
		st.slots <- struct{}{}
	}
	if err := st.Ping(t.Context()); err != nil {
		t.Errorf("health needs no slot: %v", err)
	}
	if err := st.Read(t.Context(), "ins_1", func(*Tx) error { return nil }); !errors.Is(err, ErrUnavailable) {
		t.Errorf("one too many: %v", err)
	}
}
