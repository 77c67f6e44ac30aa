package api

import (
	"fmt"
	"testing"
	"time"
)

func TestRates_take(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	r := newRates()
	one, other := bucket{"ins_1", 10}, bucket{"ins_2", 10}
	for i := range 10 {
		if wait := r.take(one, now); wait != 0 {
			t.Fatalf("request %d waits %s", i, wait)
		}
	}
	if wait := r.take(one, now); wait != time.Second {
		t.Errorf("the request too many waits %s, want 1s", wait)
	}
	if wait := r.take(one, now); wait != time.Second {
		t.Errorf("a refused request was counted: the next waits %s", wait)
	}
	if wait := r.take(other, now); wait != 0 {
		t.Errorf("another bucket waits %s", wait)
	}
	if wait := r.take(one, now.Add(time.Second)); wait != 0 {
		t.Errorf("after the wait: %s", wait)
	}
}

func TestRates_forget(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	r := newRates()
	for i := range 10_000 {
		r.take(bucket{fmt.Sprint("key ", i), 10}, now)
	}
	now = now.Add(rateWindow)
	for i := range 1000 {
		r.take(bucket{fmt.Sprint("later ", i), 10}, now)
	}
	held := 0
	for i := range r.shards {
		held += len(r.shards[i].buckets)
	}
	if held != 1000 {
		t.Errorf("%d buckets held, want the 1000 in use", held)
	}
}
