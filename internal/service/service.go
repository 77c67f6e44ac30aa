// Package service holds the rules of the directory, one file per resource. Each
// operation opens one transaction, checks, changes and appends its events there.
// It knows nothing of HTTP and writes no SQL.
package service

import (
	"crypto/rand"
	"io"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Caller is who asks: the instance the secret key belongs to, the API version the
// request chose and the client behind it. Every operation is bound to its
// instance.
type Caller struct {
	InstanceID  string
	Environment string // development or production
	Version     roster.Version
	ClientIP    string
	UserAgent   string
}

// Service carries out the operations on a store.
type Service struct {
	store *store.Store
	now   func() time.Time
	rand  io.Reader
}

// Options replace the clock and the source of randomness, for tests and
// deterministic directories.
type Options struct {
	Now  func() time.Time
	Rand io.Reader
}

// New makes a Service on a store.
func New(st *store.Store, o Options) *Service {
	s := &Service{store: st, now: time.Now, rand: rand.Reader}
	if o.Now != nil {
		s.now = o.Now
	}
	if o.Rand != nil {
		s.rand = o.Rand
	}
	return s
}
