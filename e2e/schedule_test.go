package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rosterhq/roster"
)

// TestSchedules_end_as_one_after_the_other parks two requests in the middle of
// their work, the second behind the first, lets them go, and looks at what came of
// them and at the whole database.
func TestSchedules_end_as_one_after_the_other(t *testing.T) {
	onEngines(t, func(t *testing.T, database string) {
		st := newStage(t, source, database)
		for _, s := range schedules {
			for _, problem := range s.play(t, st) {
				t.Errorf("%s: %s", s.name, problem)
			}
		}
		sound(t, st.db)
		report(t, "schedules", len(schedules), "wrong", 0)
	})
}

// TestSchedules_at_random_end_as_one_after_the_other is the same without parking,
// many times: whatever the interleaving, the outcome is that of an order.
func TestSchedules_at_random_end_as_one_after_the_other(t *testing.T) {
	const workers = 4
	onEngines(t, func(t *testing.T, database string) {
		st := newStage(t, source, database)
		rounds := bounded(12)
		var all sync.WaitGroup
		for w := range workers {
			order := rand.New(rand.NewPCG(uint64(w), 3)).Perm(len(schedules))
			all.Go(func() {
				for range rounds {
					for _, i := range order {
						for _, problem := range schedules[i].race(t.Context(), st) {
							t.Errorf("%s: %s", schedules[i].name, problem)
						}
					}
				}
			})
		}
		all.Wait()
		sound(t, st.db)
		report(t, "rounds", workers*rounds*len(schedules), "wrong", 0)
	})
}

// TestSchedules_show_a_broken_guard proves that schedules see a guard's absence.
func TestSchedules_show_a_broken_guard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m        mutant
		schedule string
	}{
		{mutant{"locks-no-members", "internal/store/locks.go", "\nfor no key update`", "`"}, "quota‖quota"},
		{mutant{"holds-no-organization", "internal/store/locks.go", "\nfor key share`", "`"}, "create‖delete organization"},
		{mutant{"locks-no-user", "internal/store/locks.go",
			"from users\nwhere instance_id = $1 and id = $2\nfor update`",
			"from users\nwhere instance_id = $1 and id = $2`"}, "create‖update user"},
		{mutant{"holds-no-instance", "internal/store/locks.go", "return tx.lockInstance(\"key share\")", "return nil"}, "change role‖delete role"},
	} {
		t.Run(c.m.name, func(t *testing.T) {
			t.Parallel()
			st := newStage(t, c.m, engines[1].open(t))
			i := slices.IndexFunc(schedules, func(s schedule) bool { return s.name == c.schedule })
			problems := append(schedules[i].play(t, st), audit(t, st.db)...)
			if len(problems) == 0 {
				t.Errorf("%s passed", c.schedule)
			}
			t.Logf("seen: %q", problems)
		})
	}
}

// play runs the schedule with its first request ahead.
func (s schedule) play(t *testing.T, st *stage) (problems []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	sc, err := st.scene(ctx)
	if err == nil && s.prepare != nil {
		err = s.prepare(sc)
	}
	if err != nil {
		t.Fatalf("%s: prepare: %v", s.name, err)
	}
	release, err := st.park(sc, s.hold)
	if err != nil {
		t.Fatalf("%s: hold: %v", s.name, err)
	}
	var done [2]<-chan roster.Code
	for i, r := range []request{s.first, s.second} {
		var sent <-chan struct{}
		sent, done[i] = sc.send(r, i)
		select {
		case <-sent:
		case <-ctx.Done():
			problems = append(problems, "a request is not sent")
		}
		if !st.parked(i + 1) {
			problems = append(problems, fmt.Sprintf("request %d does not wait", i+1))
		}
	}
	if err := release(); err != nil {
		t.Fatalf("%s: release: %v", s.name, err)
	}
	got := codes{<-done[0], <-done[1]}
	// Both wait for the same transaction to end in this one, so either may win.
	either := !isPostgres(st.database) || s.name == "claim address‖claim address"
	if got != s.ahead && (!either || got != s.behind) {
		problems = append(problems, fmt.Sprintf("outcomes %q, want %q", got, s.ahead))
	}
	return append(problems, s.aftermath(sc)...)
}

// race runs both requests at once.
func (s schedule) race(ctx context.Context, st *stage) (problems []string) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	sc, err := st.scene(ctx)
	if err == nil && s.prepare != nil {
		err = s.prepare(sc)
	}
	if err != nil {
		return []string{"prepare: " + err.Error()}
	}
	began := time.Now()
	_, first := sc.send(s.first, 0)
	_, second := sc.send(s.second, 1)
	if got := (codes{<-first, <-second}); got != s.ahead && got != s.behind {
		problems = append(problems, fmt.Sprintf("outcomes %q after %s, want %q or %q", got, time.Since(began), s.ahead, s.behind))
	}
	return append(problems, s.aftermath(sc)...)
}

func (s schedule) aftermath(sc *scene) []string {
	if s.after == nil {
		return nil
	}
	if err := s.after(sc); err != nil {
		return []string{err.Error()}
	}
	return nil
}
