package service

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// maxGrants bounds the keys that are remembered.
const maxGrants = 10_000

// grants remembers what keys grant, by their hash. Nobody is let in by memory alone:
// what is remembered is confirmed in the transaction that rests on it.
type grants struct {
	mu     sync.RWMutex
	byHash map[string]store.Grant
}

func (g *grants) of(hash string) (store.Grant, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	found, ok := g.byHash[hash]
	return found, ok
}

func (g *grants) keep(found store.Grant) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.byHash == nil {
		g.byHash = map[string]store.Grant{}
	}
	for other := range g.byHash { // any will do: it is looked up again
		if len(g.byHash) < maxGrants {
			break
		}
		delete(g.byHash, other)
	}
	g.byHash[found.Hash] = found
}

func (g *grants) forget(hash string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.byHash, hash)
}

// Authenticate finds the instance a secret key belongs to. The edge fills in the
// rest of the Caller.
func (s *Service) Authenticate(ctx context.Context, secretKey string) (Caller, error) {
	return s.lookUp(ctx, hashKey(secretKey))
}

// Recall is Authenticate for the edge, which calls Confirm before it answers: of a key
// that was used before, what it granted then is taken to hold until a transaction
// looks. Any other is not known.
func (s *Service) Recall(secretKey string) (c Caller, known bool) {
	g, known := s.grants.of(hashKey(secretKey))
	if !known || s.store.HasReplica() {
		return Caller{}, false
	}
	return callerOf(g, false), true
}

func (s *Service) lookUp(ctx context.Context, hash string) (Caller, error) {
	g, err := s.store.Authenticate(ctx, hash)
	if errors.Is(err, store.ErrNotFound) || err == nil && subtle.ConstantTimeCompare([]byte(hash), []byte(g.Hash)) != 1 {
		s.grants.forget(hash)
		return Caller{}, roster.ErrKeyInvalid.New()
	}
	if err != nil {
		return Caller{}, err
	}
	s.grants.keep(g)
	return callerOf(g, true), nil
}

func callerOf(g store.Grant, confirmed bool) Caller {
	c := Caller{grant: g, confirmed: &confirmed}
	c.granted(g)
	return c
}

// granted takes over what a key grants.
func (c *Caller) granted(g store.Grant) {
	c.grant, c.InstanceID, c.Environment = g, g.InstanceID, g.Environment
	c.OrganizationsEnabled, c.ElevatedMemberRequired, c.Restrictions = g.OrganizationsEnabled, g.ElevatedMemberRequired, g.Restrictions
}

// Confirmed reports whether a transaction of the caller's has found the key valid.
func (c Caller) Confirmed() bool { return c.confirmed == nil || *c.confirmed }

// Confirm makes sure that the key of a caller without transaction is valid: 401 when it
// is not.
func (s *Service) Confirm(ctx context.Context, c Caller) error {
	_, err := s.lookUp(ctx, c.grant.Hash)
	return err
}

// toConfirm is the grant that a transaction of the caller's has to confirm.
func (c Caller) toConfirm() store.Grant {
	if c.Confirmed() {
		return store.Grant{InstanceID: c.InstanceID}
	}
	return c.grant
}

// note remembers that a transaction has confirmed the grant.
func (c Caller) note(t *store.Tx) {
	if c.confirmed != nil && t.Confirmed() {
		*c.confirmed = true
	}
}

// confirming runs a transaction of the caller's. Where the key grants something else
// by now, it runs again with that.
func (s *Service) confirming(ctx context.Context, c Caller, run func(Caller) error) error {
	const tries = 3 // changes of the settings meanwhile
	for range tries {
		err := run(c)
		if !errors.Is(err, store.ErrRevoked) {
			return err
		}
		now, err := s.lookUp(ctx, c.grant.Hash)
		if err != nil {
			return err
		}
		c.granted(now.grant)
		c.confirmed = now.confirmed // its own: whoever else has the caller has the old grant
	}
	return fmt.Errorf("%w: the key's instance changes all the time", store.ErrUnavailable)
}

// hashKey is how a secret key is stored: it is random, so a plain hash is enough.
func hashKey(secretKey string) string {
	sum := sha256.Sum256([]byte(secretKey))
	var text [2 * sha256.Size]byte
	hex.Encode(text[:], sum[:])
	return string(text[:])
}
