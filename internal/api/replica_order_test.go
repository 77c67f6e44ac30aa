package api_test

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Whoever passes positions on sees no less than was seen before, by writer or
// reader, whichever server answers, while the replica stops and goes.
func TestReplica_positions_order_what_is_seen(t *testing.T) {
	t.Parallel()
	s := newReplicated(t, "")
	s.settle()
	h := &history{replicated: s}
	base, position := h.count("")
	h.learn(base, position)
	done := make(chan struct{})
	var others sync.WaitGroup
	for range 3 {
		others.Go(func() { h.read(t, done) })
	}
	others.Go(func() {
		defer close(done)
		for range 10 {
			s.Pause()
			s.awaitList(false)
			s.Resume()
			s.awaitList(true)
		}
	})
	for running := true; running; {
		_, position := s.createUser("user." + strconv.FormatInt(h.writes.Add(1), 10))
		h.learn(base+int(h.writes.Load()), position)
		select {
		case <-done:
			running = false
		default:
		}
	}
	others.Wait()
	t.Logf("%d writes, %d reads", h.writes.Load(), h.reads.Load())
}

// history is how many users somebody is known to have seen, and at which position.
type history struct {
	*replicated
	writes, reads atomic.Int64

	mu       sync.Mutex
	users    int
	position string
}

func (h *history) known() (int, string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.users, h.position
}

func (h *history) learn(users int, position string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if users > h.users {
		h.users, h.position = users, position
	}
}

// count counts the users for one who has seen a position.
func (h *history) count(seen string) (users int, position string) {
	positions := []string{seen}
	if seen == "" {
		positions = nil
	}
	a := h.send("GET", "/v1/users/count", "", positions...)
	_, number, _ := strings.Cut(a.body, `"total_count":`)
	n, err := strconv.Atoi(strings.TrimSuffix(number, "}"))
	if err != nil || a.status != http.StatusOK || a.position == "" {
		h.t.Errorf("%v: %d at %q: %s", err, a.status, a.position, a.body)
	}
	return n, a.position
}

func (h *history) read(t *testing.T, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		least, seen := h.known()
		users, position := h.count(seen)
		if users < least {
			t.Errorf("%d users at %s, after %d at %s", users, position, least, seen)
		}
		h.learn(users, position)
		h.reads.Add(1)
	}
}
