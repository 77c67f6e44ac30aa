package service

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// signingAlgorithm is what an instance's own key signs with.
const signingAlgorithm = "RS256"

// coverStep, in milliseconds, is how far ahead a key is said to sign: so a token
// costs a write to the database only once in that time.
const coverStep = 60 * 60 * 1000

// skewGrace, in milliseconds, is how long after its last token a retired key stays
// for verifiers whose clocks are behind.
const skewGrace = 10 * 60 * 1000

// ErrNoSigningKey says that an instance has no key to replace yet.
var ErrNoSigningKey = errors.New("the instance has signed nothing yet, so there is no key to replace")

// SigningKey is a key that verifies an instance's tokens, without its secret. Times
// are Unix milliseconds: nothing a retired one signed is valid after CoversUntil.
type SigningKey struct {
	ID          string `json:"id"`
	InstanceID  string `json:"instance_id"`
	CreatedAt   int64  `json:"created_at"`
	RetiredAt   int64  `json:"retired_at,omitzero"`
	CoversUntil int64  `json:"covers_until"`
}

// signingKey is the instance's key, and promises that the key set shows it until a
// time. An instance gets its first key when one is needed.
func (s *Service) signingKey(ctx context.Context, c Caller, until int64) (key *store.SigningKey, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		key, err = t.ActiveSigningKey()
		return err
	})
	if err == nil && covers(key, until) {
		return key, nil
	}
	var made string
	if errors.Is(err, store.ErrNotFound) {
		made, err = newSigningKey()
	}
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		key, err = t.ActiveSigningKey()
		if errors.Is(err, store.ErrNotFound) {
			if err := t.InsertSigningKey(t.Instance, made); err != nil {
				return err
			}
			key, err = t.ActiveSigningKey()
		}
		if err != nil {
			return err
		}
		return t.CoverSigningKey(key.ID, until-until%coverStep+coverStep)
	})
	return key, err
}

// covers reports whether there is a key and the key set shows it until a time.
func covers(key *store.SigningKey, until int64) bool { return key != nil && key.CoversUntil >= until }

// newSigningKey makes a key. It takes a tenth of a second of the processor, so no
// transaction waits for it.
func newSigningKey() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, minRSABits)
	if err != nil {
		return "", fmt.Errorf("make signing key: %w", err)
	}
	return marshalPrivateKey(key)
}

// RotateSigningKey makes a new key, which signs an instance's tokens from now on.
// The one before verifies what it signed until the last of it has expired.
func (s *Service) RotateSigningKey(ctx context.Context, instanceID string) (SigningKey, error) {
	var out SigningKey
	made, err := newSigningKey()
	if err != nil {
		return out, err
	}
	err = s.write(ctx, Caller{InstanceID: instanceID}, func(t *tx) error {
		if _, err := t.Settings(); errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("%w: %s", ErrInstanceNotFound, instanceID)
		} else if err != nil {
			return err
		}
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		if _, err := t.ActiveSigningKey(); errors.Is(err, store.ErrNotFound) {
			return ErrNoSigningKey
		} else if err != nil {
			return err
		}
		id, err := t.service.ids.next(instanceID+"_", t.time)
		if err != nil {
			return err
		}
		out = SigningKey{ID: id, InstanceID: instanceID, CreatedAt: t.Now, CoversUntil: t.Now}
		return t.InsertSigningKey(id, made)
	})
	return out, err
}

// SigningKeys lists the keys that verify an instance's tokens, the active one first.
func (s *Service) SigningKeys(ctx context.Context, instanceID string) (out []SigningKey, err error) {
	err = s.store.Read(ctx, instanceID, func(t *store.Tx) error {
		keys, err := t.SigningKeys()
		out = make([]SigningKey, len(keys))
		for i, k := range keys {
			out[i] = SigningKey{ID: k.ID, InstanceID: instanceID, CreatedAt: k.CreatedAt, CoversUntil: k.CoversUntil}
			if k.RetiredAt != nil {
				out[i].RetiredAt = *k.RetiredAt
			}
		}
		return err
	})
	return out, err
}

// JWKS are the keys that verify the tokens of the caller's instance.
func (s *Service) JWKS(ctx context.Context, c Caller) (*roster.JWKS, error) {
	if _, err := s.signingKey(ctx, c, 0); err != nil {
		return nil, err
	}
	var keys []store.SigningKey
	if err := s.read(ctx, c, func(t *tx) (err error) {
		keys, err = t.SigningKeys()
		return err
	}); err != nil {
		return nil, err
	}
	set := &roster.JWKS{Keys: []roster.JWK{}}
	for _, k := range keys {
		private, err := s.privateKeys.read(k.PrivateKey)
		if err != nil {
			return nil, fmt.Errorf("read signing key %s: %w", k.ID, err)
		}
		if public, ok := private.Public().(*rsa.PublicKey); ok {
			set.Keys = append(set.Keys, publicJWK(k.ID, public))
		}
	}
	return set, nil
}

func publicJWK(id string, key *rsa.PublicKey) roster.JWK {
	text := base64.RawURLEncoding.EncodeToString
	return roster.JWK{
		Use: "sig", Kty: "RSA", Kid: id, Alg: signingAlgorithm,
		N: text(key.N.Bytes()), E: text(big.NewInt(int64(key.E)).Bytes()),
	}
}

// PublicJWKS is JWKS for everybody. Each instance has a set of its own: who verified
// one's tokens with the keys of all would let any tenant in. Without an id it is that
// of the only instance; what an issuer has behind it may be there or not.
func (s *Service) PublicJWKS(ctx context.Context, instanceID string) (*roster.JWKS, error) {
	if instanceID == "" {
		list, err := s.store.Instances(ctx)
		if err != nil {
			return nil, err
		}
		if len(list) != 1 {
			return nil, roster.ErrKeySetNotFound.New("each of this server's instances has its own at /INSTANCE_ID/.well-known/jwks.json")
		}
		instanceID = list[0].ID
	}
	instanceID = strings.TrimSuffix(instanceID, issuerSuffix)
	err := s.store.Read(ctx, instanceID, func(t *store.Tx) error {
		_, err := t.Settings()
		return err
	})
	if err != nil {
		return nil, orNotFound(err, roster.ErrKeySetNotFound.New("no instance has that id"))
	}
	return s.JWKS(ctx, Caller{InstanceID: instanceID})
}
