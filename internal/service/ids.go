package service

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/segmentio/ksuid"
)

// ids makes KSUIDs that grow: within a second the payload of each exceeds the one
// before by a random step, so that ids made by one server sort as they were made.
type ids struct {
	rand io.Reader
	mu   sync.Mutex
	at   time.Time
	high uint64
	low  uint64
}

// next returns a new id with a prefix.
func (g *ids) next(prefix string, now time.Time) (string, error) {
	var b [16]byte
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, err := io.ReadFull(g.rand, b[:]); err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	high, low := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	if second := now.Truncate(time.Second); second.After(g.at) {
		g.at, g.high, g.low = second, high>>1, low
	} else {
		g.high, g.low = g.high+1+high>>44, low
	}
	binary.BigEndian.PutUint64(b[:8], g.high)
	binary.BigEndian.PutUint64(b[8:], g.low)
	id, err := ksuid.FromParts(g.at, b[:])
	if err != nil {
		return "", fmt.Errorf("make id: %w", err)
	}
	return prefix + id.String(), nil
}
