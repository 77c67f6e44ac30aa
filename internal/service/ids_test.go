package service

import (
	"crypto/rand"
	"errors"
	"regexp"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/segmentio/ksuid"
)

func TestIDsGrowAndAreUnique(t *testing.T) {
	t.Parallel()
	const n = 100_000
	form := regexp.MustCompile(`^user_[0-9A-Za-z]{27}$`)
	g := &ids{rand: rand.Reader}
	made := make([]string, n)
	now := time.Unix(1772352000, 0)
	for i := range made {
		if i%1000 == 0 { // seconds pass, and once the clock is put back
			now = now.Add(time.Second)
		}
		if i == n/2 {
			now = now.Add(-time.Hour)
		}
		id, err := g.next("user_", now)
		if err != nil {
			t.Fatal(err)
		}
		made[i] = id
	}
	if !slices.IsSorted(made) {
		t.Error("ids do not sort as they were made")
	}
	if len(slices.Compact(slices.Clone(made))) != n {
		t.Error("ids repeat")
	}
	for _, id := range made {
		if !form.MatchString(id) {
			t.Fatalf("id %q", id)
		}
	}
	first, err := ksuid.Parse(made[0][len("user_"):])
	if err != nil || !first.Time().Equal(time.Unix(1772352001, 0)) {
		t.Errorf("an id tells %v, %v; want the second it was made in", first.Time(), err)
	}
}

func TestIDsAreUniqueUnderConcurrency(t *testing.T) {
	t.Parallel()
	g := &ids{rand: rand.Reader}
	now := time.Unix(1772352000, 0)
	made := make([][]string, 8)
	var wg sync.WaitGroup
	for i := range made {
		wg.Go(func() {
			for range 1000 {
				id, err := g.next("", now)
				if err != nil {
					t.Error(err)
				}
				made[i] = append(made[i], id)
			}
		})
	}
	wg.Wait()
	for _, own := range made {
		if !slices.IsSorted(own) {
			t.Error("ids of one caller do not grow")
		}
	}
	all := slices.Concat(made...)
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != 8000 {
		t.Errorf("%d different ids of 8000", n)
	}
}

func TestIDsNeedRandomness(t *testing.T) {
	t.Parallel()
	broken := errors.New("no randomness")
	g := &ids{rand: iotest.ErrReader(broken)}
	if id, err := g.next("user_", time.Now()); !errors.Is(err, broken) || id != "" {
		t.Errorf("got %q, %v", id, err)
	}
}

func TestStartOfDay(t *testing.T) {
	t.Parallel()
	for at, want := range map[int64]int64{
		0: 0, 1: 0, day - 1: 0, day: day, day + 1: day,
		-1: -day, -day: -day, -day - 1: -2 * day,
		1772352000000: 1772323200000, // 2026-03-01T08:00Z
	} {
		if got := startOfDay(at); got != want {
			t.Errorf("startOfDay(%d) = %d, want %d", at, got, want)
		}
	}
}
