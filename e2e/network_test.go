package e2e

import (
	"context"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// longest is how long any request may take, whatever the network does; unreachable,
// where nothing at all comes back: the silence is noticed, a second try fails to
// connect, and a commit is looked for.
const (
	longest     = 31 * time.Second
	unreachable = 22 * time.Second
)

// TestBad_network_is_told_and_survived damages the connection between the server
// and PostgreSQL in the ways networks have. Every request must be answered in time,
// with success or with 503 and Retry-After in the envelope, and when the damage
// goes the server must find back by itself, nothing lost and nothing done twice.
func TestBad_network_is_told_and_survived(t *testing.T) {
	t.Parallel()
	pg, binary := sharedCluster(t), build(t, source)
	for i, c := range []struct {
		damage
		fails bool          // nothing can succeed under it
		limit time.Duration // of any request under it
	}{
		{damage{Name: "latency", Type: "latency", Attributes: map[string]any{"latency": 150, "jitter": 100}}, false, longest},
		{damage{Name: "long latency", Type: "latency", Attributes: map[string]any{"latency": 8000}}, true, unreachable},
		{damage{Name: "reset", Type: "reset_peer", Attributes: map[string]any{"timeout": 0}}, true, 5 * time.Second},
		{damage{Name: "reset after a while", Type: "reset_peer", Attributes: map[string]any{"timeout": 300}}, true, 8 * time.Second},
		{damage{Name: "half open", Type: "timeout", Attributes: map[string]any{"timeout": 0}}, true, unreachable},
		{damage{Name: "half open to the database", Type: "timeout", Stream: "upstream", Attributes: map[string]any{"timeout": 0}}, true, unreachable},
		{damage{Name: "silence, then end", Type: "timeout", Attributes: map[string]any{"timeout": 500}}, true, 8 * time.Second},
		{damage{Name: "narrow", Type: "bandwidth", Attributes: map[string]any{"rate": 20}}, false, longest}, // KB/s
		{damage{Name: "slow close", Type: "slow_close", Attributes: map[string]any{"delay": 1000}}, false, longest},
		{damage{Name: "cut after some bytes", Type: "limit_data", Attributes: map[string]any{"bytes": 20_000}}, false, longest},
		{damage{Name: "some connections reset", Type: "reset_peer", Toxicity: 0.3, Attributes: map[string]any{"timeout": 100}}, false, longest},
	} {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			name := fmt.Sprintf("network_%d", i)
			pg.database(t, name)
			w := newWire(t, pg)
			if c.Toxicity == 0 {
				c.Toxicity = 1
			}
			if c.Stream == "" {
				c.Stream = "downstream"
			}
			weather(t, serve(t, binary, pg.url(w.port(), name)), w, pg.url(pg.port, name), c.damage, c.fails, c.limit)
		})
	}
}

// weather runs writers and readers through a damage and the time after it.
func weather(t *testing.T, n *node, w *wire, direct string, d damage, fails bool, limit time.Duration) {
	t.Helper()
	to := n.client(t)
	l, err := newLedger(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	u := &underway{t: t, l: l, to: to, limit: limit}
	u.run("before", 4, func() bool { return u.done >= 40 })
	if u.refused > 0 {
		t.Fatalf("%d requests refused before the damage", u.refused)
	}
	done := u.done
	w.add(d)
	u.run("under", 4, func() bool { return u.refused >= 4 || u.done-done >= 40 })
	if succeeded := u.done - done; fails && succeeded > 4 { // those under way when it began
		t.Errorf("%d requests succeeded under a damage that lets none", succeeded)
	}
	refused, slowest := u.refused, u.slowest
	w.heal()
	healed := time.Now()
	if !until(patience, func() bool { _, err := to.Users.Count(t.Context(), roster.UserQuery{}); return err == nil }) {
		t.Fatal("the server does not find back to its database")
	}
	back := time.Since(healed)
	done, before := u.done, u.refused
	u.run("after", 4, func() bool { return u.done-done >= 100 })
	// A connection that was cut while idle shows when it is used.
	if u.refused-before > 4 {
		t.Errorf("%d requests refused after the damage", u.refused-before)
	}
	v := l.check(t, look(t, direct))
	report(t, "refused with 503", refused, "slowest", slowest.Round(time.Millisecond), "back after", back.Round(time.Millisecond),
		"acknowledged writes", v.acknowledged, "lost", v.lost, "repeated", v.repeated, "in doubt", v.inDoubt, "of them happened", v.happened)
}

// underway sends writes and lists, and judges each answer.
type underway struct {
	t       *testing.T
	l       *ledger
	to      *client.Client
	limit   time.Duration // for one answer
	mu      sync.Mutex
	done    int
	refused int
	slowest time.Duration
}

// run lets n clients work until enough says so.
func (u *underway) run(tag string, n int, enough func() bool) {
	u.t.Helper()
	stop := func() bool {
		u.mu.Lock()
		defer u.mu.Unlock()
		return enough()
	}
	var all sync.WaitGroup
	for w := range n {
		all.Go(func() {
			for i := 1; !stop(); i++ {
				p := u.l.person(fmt.Sprintf("%s-w%d-n%d", tag, w, i), i)
				for ok := true; ok && p.stage < last && !stop(); {
					ok = u.judge(func() error { return u.l.write(context.WithoutCancel(u.t.Context()), u.to, p) })
				}
				if !stop() {
					u.judge(func() error {
						_, err := u.to.OrganizationMemberships.List(context.WithoutCancel(u.t.Context()), u.l.home, roster.MembershipQuery{})
						return err
					})
				}
			}
		})
	}
	all.Wait()
}

// judge sends one request and holds its answer to the rules.
func (u *underway) judge(send func() error) bool {
	began := time.Now()
	err := send()
	took := time.Since(began)
	if took > u.limit {
		u.t.Errorf("an answer took %s, at most %s: %v", took, u.limit, err)
	}
	refused := 0
	if err != nil {
		refused = wantUnavailable(u.t, err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.slowest = max(u.slowest, took)
	u.refused += refused
	if err == nil {
		u.done++
	}
	return err == nil
}

// TestCut_commits_are_settled cuts connections at the very moment of their commits,
// before the database hears of one and before its answer comes back. The server
// must find out what happened: no write twice, and none denied that was done.
func TestCut_commits_are_settled(t *testing.T) {
	t.Parallel()
	registerCut()
	pg := sharedCluster(t)
	pg.database(t, "cut")
	w := newWire(t, pg)
	n := serve(t, build(t, source), pg.url(w.port(), "cut"))
	l, err := newLedger(t.Context(), n.client(t))
	if err != nil {
		t.Fatal(err)
	}
	u := &underway{t: t, l: l, to: n.client(t), limit: longest}
	w.add(damage{Name: "cut", Type: cutCommitType, Stream: "upstream", Toxicity: 1, Attributes: map[string]any{"before": 0.05, "after": 0.15}})
	most := bounded(1000)
	u.run("cut", 8, func() bool { return u.done+u.refused >= most })
	w.heal()
	v := l.check(t, look(t, pg.url(pg.port, "cut")))
	if v.happened > 0 {
		t.Errorf("%d writes were done and answered with 503", v.happened)
	}
	if cutBefore.Load() == 0 || cutAfter.Load() == 0 {
		t.Error("no commit was cut")
	}
	report(t, "commits cut before", cutBefore.Load(), "after", cutAfter.Load(), "acknowledged writes", v.acknowledged,
		"lost", v.lost, "repeated", v.repeated, "refused", u.refused, "refused and yet done", v.happened,
		"slowest", u.slowest.Round(time.Millisecond), "share answered", math.Round(100*float64(u.done)/float64(u.done+u.refused)))
}

// TestSlow_answers_are_waited_for keeps a request waiting for longer than a silent
// connection is left alone: its database is within reach, so it must be answered.
func TestSlow_answers_are_waited_for(t *testing.T) {
	t.Parallel()
	pg := sharedCluster(t)
	pg.database(t, "slow")
	to := serve(t, build(t, source), pg.url(pg.port, "slow")).client(t)
	busy, err := look(t, pg.url(pg.port, "slow")).BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := busy.ExecContext(t.Context(), "lock table users"); err != nil {
		t.Fatal(err)
	}
	answered := make(chan error, 1)
	go func() {
		_, err := to.Users.Count(t.Context(), roster.UserQuery{})
		answered <- err
	}()
	if _, err := busy.ExecContext(t.Context(), "select pg_sleep(8)"); err != nil { // two silences and a probe
		t.Fatal(err)
	}
	select {
	case err := <-answered:
		t.Errorf("answered while the table was locked: %v", err)
	default:
	}
	if err := busy.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-answered; err != nil {
		t.Error(err)
	}
}
