package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Environments of an instance.
const (
	Development = "development"
	Production  = "production"
)

// Failures of the owner's operations.
var (
	ErrKeyMalformed     = errors.New("a secret key is sk_test_ or sk_live_ and 42 letters and digits")
	ErrKeyInUse         = errors.New("that secret key exists already")
	ErrKeyEnvironment   = errors.New("the key's prefix does not fit the instance: sk_test_ is for development, sk_live_ for production")
	ErrInstanceNotFound = errors.New("no such instance")
	ErrNotFirst         = errors.New("the database has an instance already")
	ErrKeyNotFound      = errors.New("no such key")
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

const secretLength = 42 // characters behind the prefix

var secretPattern = regexp.MustCompile(fmt.Sprintf(`^sk_(test|live)_[0-9A-Za-z]{%d}$`, secretLength))

// prefixes are what the secret keys of an environment start with.
var prefixes = map[string]string{Development: "sk_test_", Production: "sk_live_"}

// Instance is one tenant of the server. Times are Unix milliseconds.
type Instance struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment_type"`
	CreatedAt   int64  `json:"created_at"`
}

// Key is a secret key without its secret: Hint is its prefix and last four
// characters.
type Key struct {
	ID         string `json:"id"`
	InstanceID string `json:"instance_id"`
	Name       string `json:"name"`
	Hint       string `json:"hint"`
	CreatedAt  int64  `json:"created_at"`
	RevokedAt  int64  `json:"revoked_at,omitzero"`
}

// EnvironmentOf is the environment a secret key's prefix stands for, or
// ErrKeyMalformed.
func EnvironmentOf(secretKey string) (string, error) {
	switch {
	case !secretPattern.MatchString(secretKey):
		return "", ErrKeyMalformed
	case strings.HasPrefix(secretKey, prefixes[Production]):
		return Production, nil
	}
	return Development, nil
}

// CreateInstance makes an instance with the system roles and a first key. With a
// secretKey its prefix decides the environment; without one a key is made, and
// environment "" means development. The secret is returned once and never again.
func (s *Service) CreateInstance(ctx context.Context, name, environment, secretKey string) (inst Instance, secret string, err error) {
	return s.createInstance(ctx, name, environment, secretKey, func(*tx) error { return nil })
}

// CreateFirstInstance is CreateInstance for a database that has no instance yet,
// and ErrNotFirst on any other, whoever else is starting on it.
func (s *Service) CreateFirstInstance(ctx context.Context, name, secretKey string) (inst Instance, secret string, err error) {
	return s.createInstance(ctx, name, Development, secretKey, func(t *tx) error {
		n, err := t.LockInstances()
		if err == nil && n > 0 {
			err = ErrNotFirst
		}
		return err
	})
}

func (s *Service) createInstance(ctx context.Context, name, environment, secretKey string, allowed func(*tx) error) (inst Instance, secret string, err error) {
	if environment == "" {
		environment = Development
	}
	if secretKey != "" {
		if environment, err = EnvironmentOf(secretKey); err != nil {
			return inst, "", err
		}
	}
	if prefixes[environment] == "" {
		return inst, "", fmt.Errorf("unknown environment %q: use development or production", environment)
	}
	now := s.now()
	id, err := s.ids.next(roster.PrefixInstance, now)
	if err != nil {
		return inst, "", err
	}
	err = s.write(ctx, Caller{InstanceID: id}, func(t *tx) error {
		if err := allowed(t); err != nil {
			return err
		}
		initial, err := t.insertSystemRoles()
		if err != nil {
			return err
		}
		if err := t.InsertInstance(store.Instance{
			Name: name, Environment: environment, InitialRoleSetID: initial,
			TestMode:             environment == Development,
			OrganizationsEnabled: true, SlugsEnabled: true, AdminDeleteEnabled: true,
			MaxAllowedRoles: roster.DefaultMaxRoles, MaxRoleSetsAllowed: roster.DefaultMaxRoleSets, MaxAllowedDomains: roster.DefaultMaxDomains,
			DomainsEnabled: true, DomainsEnrollmentModes: roster.SettableEnrollmentModes,
		}); err != nil {
			return err
		}
		inst = Instance{ID: id, Name: name, Environment: environment, CreatedAt: t.Now}
		_, secret, err = t.insertKey("default", environment, secretKey)
		return err
	})
	return inst, secret, err
}

// insertSystemRoles adds the roles and permissions every instance starts with, in
// its initial role set, whose id it returns.
func (t *tx) insertSystemRoles() (initial string, err error) {
	byKey := map[string]roster.Permission{}
	for _, p := range roster.SystemPermissions {
		byKey[p.Key] = roster.Permission{ID: t.id(roster.PrefixPermission), Key: p.Key, Name: p.Name, Description: p.Description, Type: roster.PermissionSystem}
		if err := t.InsertPermission(byKey[p.Key]); err != nil {
			return "", err
		}
	}
	set := roster.RoleSet{ID: t.id(roster.PrefixRoleSet), Key: roster.InitialRoleSetKey, Name: roster.InitialRoleSetName}
	for _, r := range roster.SystemRoles {
		role := roster.Role{ID: t.id(roster.PrefixRole), Key: r.Key, Name: r.Name, Description: &r.Description, IsCreatorEligible: r.CreatorEligible}
		for _, key := range r.Permissions {
			role.Permissions = append(role.Permissions, byKey[key])
		}
		if err := t.InsertRole(role); err != nil {
			return "", err
		}
		set.Roles = append(set.Roles, roster.RoleSetItem{ID: role.ID, Key: role.Key})
	}
	// The order of SystemRoles: org:admin, org:member.
	set.CreatorRole, set.DefaultRole = &set.Roles[0], &set.Roles[1]
	return set.ID, t.InsertRoleSet(set)
}

// insertKey adds a given secret key, or makes one.
func (t *tx) insertKey(name, environment, secretKey string) (Key, string, error) {
	if secretKey == "" {
		made, err := t.service.secret(environment)
		if err != nil {
			return Key{}, "", err
		}
		secretKey = made
	}
	k := store.Key{ID: t.id(roster.PrefixKey), InstanceID: t.Instance, Name: name, Hash: hashKey(secretKey), CreatedAt: t.Now,
		Hint: prefixes[environment] + "…" + secretKey[len(secretKey)-4:]}
	err := t.InsertKey(k)
	if errors.Is(err, store.ErrTaken) {
		err = ErrKeyInUse
	}
	return key(k), secretKey, err
}

// secret makes a secret key. Bytes that would favour some characters are skipped.
func (s *Service) secret(environment string) (string, error) {
	out := make([]byte, 0, secretLength)
	var b [1]byte
	for len(out) < secretLength {
		if _, err := io.ReadFull(s.rand, b[:]); err != nil {
			return "", fmt.Errorf("make secret key: %w", err)
		}
		if n := int(b[0]); n < len(base62)*(256/len(base62)) {
			out = append(out, base62[n%len(base62)])
		}
	}
	return prefixes[environment] + string(out), nil
}

// Instances lists all instances of the server, oldest first.
func (s *Service) Instances(ctx context.Context) ([]Instance, error) {
	list, err := s.store.Instances(ctx)
	out := make([]Instance, len(list))
	for i, in := range list {
		out[i] = Instance{ID: in.ID, Name: in.Name, Environment: in.Environment, CreatedAt: in.CreatedAt}
	}
	return out, err
}

// CreateKey adds a key to an instance, the given one or a new one. The secret is
// returned once and never again.
func (s *Service) CreateKey(ctx context.Context, instanceID, name, secretKey string) (k Key, secret string, err error) {
	err = s.write(ctx, Caller{InstanceID: instanceID}, func(t *tx) error {
		settings, err := t.Settings()
		if errors.Is(err, store.ErrNotFound) {
			err = fmt.Errorf("%w: %s", ErrInstanceNotFound, instanceID)
		}
		if err != nil {
			return err
		}
		if secretKey != "" {
			environment, err := EnvironmentOf(secretKey)
			if err != nil {
				return err
			}
			if environment != settings.Environment {
				return ErrKeyEnvironment
			}
		}
		k, secret, err = t.insertKey(name, settings.Environment, secretKey)
		return err
	})
	return k, secret, err
}

// Keys lists the keys of an instance, or of all for "", oldest first.
func (s *Service) Keys(ctx context.Context, instanceID string) ([]Key, error) {
	list, err := s.store.Keys(ctx, instanceID)
	out := make([]Key, len(list))
	for i, k := range list {
		out[i] = key(k)
	}
	return out, err
}

// RevokeKey makes a key useless from now on. Revoking again changes nothing.
func (s *Service) RevokeKey(ctx context.Context, keyID string) (Key, error) {
	k, err := s.store.RevokeKey(ctx, keyID, s.now().UnixMilli())
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("%w: %s", ErrKeyNotFound, keyID)
	}
	return key(k), err
}

func key(k store.Key) Key {
	out := Key{ID: k.ID, InstanceID: k.InstanceID, Name: k.Name, Hint: k.Hint, CreatedAt: k.CreatedAt}
	if k.RevokedAt != nil {
		out.RevokedAt = *k.RevokedAt
	}
	return out
}
