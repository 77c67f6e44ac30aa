package client

import (
	"net/http"
	"sync"

	"github.com/rosterhq/roster"
)

// WithReadYourWrites lets no call see less than the calls before it saw or wrote,
// also where the Roster server reads its lists from a replica that lags behind.
// The Client then remembers the position of the latest answer. To carry it from one
// process to another, pass the header roster.HeaderPosition on.
func WithReadYourWrites() Option { return func(c *config) { c.remember = true } }

// memory is what the answers so far have seen.
type memory struct {
	on   bool
	mu   sync.Mutex
	seen roster.Position
}

// recall sends what was seen along with a request, and returns it.
func (m *memory) recall(h http.Header) roster.Position {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.seen != 0 {
		h.Set(roster.HeaderPosition, m.seen.String())
	}
	return m.seen
}

// learn takes over what an answer has seen. Answers come in any order, so the later
// position wins, unless the server says that it never was where we were: it is
// another database then, or one that was restored.
func (m *memory) learn(h http.Header, sent roster.Position) {
	p, err := roster.ParsePosition(h.Get(roster.HeaderPosition))
	if !m.on || err != nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if p > m.seen || p < sent && sent == m.seen {
		m.seen = p
	}
}
