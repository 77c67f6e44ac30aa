package service_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// kids are the ids of the keys that verify an instance's tokens.
func (w *world) kids(t testing.TB) []string {
	t.Helper()
	set, err := w.JWKS(t.Context(), w.caller)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, k := range set.Keys {
		out = append(out, k.Kid)
	}
	return out
}

func (w *world) forgetKeys(t testing.TB) {
	t.Helper()
	if err := w.store.ClearSigningKeys(t.Context(), w.clock.Load(), w.clock.Load()); err != nil {
		t.Fatal(err)
	}
}

// Servers that need an instance's first key at once agree on one.
func TestSigningKey_is_made_once(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		s := w.session(t, w.user(t, roster.CreateUser{}))
		tokens := make([]string, 4)
		var all sync.WaitGroup
		for i := range tokens {
			all.Go(func() {
				node := service.New(w.store, service.Options{Now: w.clock.time})
				got, err := node.SessionToken(t.Context(), w.caller, s.ID, roster.CreateToken{})
				if err != nil {
					t.Error(err)
					return
				}
				tokens[i] = got.JWT
			})
		}
		all.Wait()
		if t.Failed() {
			return
		}
		for _, token := range tokens {
			w.claims(t, token)
		}
		if kids := w.kids(t); len(kids) != 1 || kids[0] != w.caller.InstanceID {
			t.Errorf("keys %q, want one, named by the instance", kids)
		}
	})
}

// A key that was replaced verifies what it signed until the last of it expires, and
// is forgotten then.
func TestRotateSigningKey(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		id := w.caller.InstanceID
		if _, err := w.RotateSigningKey(t.Context(), id); !errors.Is(err, service.ErrNoSigningKey) {
			t.Errorf("rotate before the first token: %v", err)
		}
		if _, err := w.RotateSigningKey(t.Context(), "ins_none"); !errors.Is(err, service.ErrInstanceNotFound) {
			t.Errorf("rotate the key of nobody: %v", err)
		}
		s := w.session(t, w.user(t, roster.CreateUser{}))
		long, err := w.SessionToken(t.Context(), w.caller, s.ID, roster.CreateToken{ExpiresInSeconds: roster.Value[int64](100_000)})
		if err != nil {
			t.Fatal(err)
		}
		end := w.clock.Load() + 100_000_000
		w.clock.Add(1000)
		made, err := w.RotateSigningKey(t.Context(), id)
		if err != nil || made.ID == id || made.InstanceID != id {
			t.Fatalf("rotated to %+v, %v", made, err)
		}
		set, err := w.JWKS(t.Context(), w.caller)
		if err != nil {
			t.Fatal(err)
		}
		_, header := verified(t, set, w.token(t, s, "2026-05-12"))
		if header.KeyID != made.ID {
			t.Errorf("signed by %s after the rotation, want %s", header.KeyID, made.ID)
		}
		w.clock.Store(end)
		w.forgetKeys(t)
		w.claims(t, long.JWT)
		keys, err := w.SigningKeys(t.Context(), id)
		if err != nil || len(keys) != 2 || keys[0].ID != made.ID || keys[1].RetiredAt == 0 || keys[1].CoversUntil < end {
			t.Errorf("keys %+v, %v", keys, err)
		}
		w.clock.Store(end + 2*60*60*1000)
		w.forgetKeys(t)
		if kids := w.kids(t); len(kids) != 1 || kids[0] != made.ID {
			t.Errorf("keys %q when the last token has expired", kids)
		}
	})
}

// Who verifies one instance's tokens never takes another's.
func TestPublicJWKS(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		id := w.caller.InstanceID
		only, err := w.PublicJWKS(t.Context(), "")
		if err != nil || len(only.Keys) != 1 || only.Keys[0].Kid != id {
			t.Fatalf("the only instance's keys: %+v, %v", only, err)
		}
		other := newInstance(t, w.store, service.Options{})
		_, err = w.PublicJWKS(t.Context(), "")
		refused(t, "of two instances", err, roster.ErrKeySetNotFound.New("each of this server's instances has its own at /INSTANCE_ID/.well-known/jwks.json"))
		_, err = w.PublicJWKS(t.Context(), "ins_none")
		refused(t, "of none", err, roster.ErrKeySetNotFound.New("no instance has that id"))
		named, err := w.PublicJWKS(t.Context(), other.caller.InstanceID)
		if err != nil || len(named.Keys) != 1 || named.Keys[0].Kid != other.caller.InstanceID || named.Keys[0].N == only.Keys[0].N {
			t.Errorf("another's keys: %+v, %v", named, err)
		}
		below, err := w.PublicJWKS(t.Context(), strings.TrimPrefix(w.issuer(), publicURL+"/"))
		if diff := cmp.Diff(only, below); err != nil || diff != "" {
			t.Errorf("below the issuer: %v, -want +got:\n%s", err, diff)
		}
	})
}
