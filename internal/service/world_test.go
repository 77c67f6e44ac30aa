package service_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const day = 24 * 60 * 60 * 1000 // ms

// morning is when the clock of a new world starts: 2026-03-01T08:00:00Z.
const morning int64 = 1772352000000

// clock stands still between settings. It is in Unix milliseconds.
type clock struct{ atomic.Int64 }

func (c *clock) time() time.Time { return time.UnixMilli(c.Load()).UTC() }

// world is a service with one instance, on a clock that tests set.
type world struct {
	*service.Service
	store  *store.Store
	caller service.Caller
	secret string
	clock  *clock
	serial int
}

// newWorld makes a world with a store of its own.
func newWorld(t testing.TB, e storetest.Engine) *world {
	t.Helper()
	return newInstance(t, e.Open(t), service.Options{})
}

// tester is what testing.T and rapid.T have in common, as far as it is needed.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(...any)
}

// newInstance makes a world on a store that others use too. Its clock replaces the
// options'.
func newInstance(t tester, st *store.Store, o service.Options) *world {
	t.Helper()
	w := &world{store: st, clock: &clock{}}
	w.clock.Store(morning)
	o.Now = w.clock.time
	w.Service = service.New(st, o)
	// The instance itself is made with true randomness, for worlds share a store.
	in, secret, err := service.New(st, service.Options{Now: w.clock.time}).CreateInstance(t.Context(), "test", service.Development, "")
	if err != nil {
		t.Fatal(err)
	}
	w.secret = secret
	w.caller = service.Caller{
		InstanceID: in.ID, Environment: in.Environment, OrganizationsEnabled: true,
		Version: roster.VersionMetadataEndpoints, ClientIP: "127.0.0.1", UserAgent: "test",
	}
	return w
}

// user makes a user, who gets an email address when nothing else identifies them.
func (w *world) user(t tester, in roster.CreateUser) *roster.User {
	t.Helper()
	if len(in.EmailAddress)+len(in.PhoneNumber)+len(in.Web3Wallet) == 0 && in.Username.Or("") == "" {
		w.serial++
		in.EmailAddress = []string{fmt.Sprintf("user%d@example.com", w.serial)}
	}
	u, err := w.CreateUser(t.Context(), w.caller, in)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (w *world) organization(t tester, in roster.CreateOrganization) *roster.Organization {
	t.Helper()
	if in.Name == "" {
		in.Name = "Acme"
	}
	o, err := w.CreateOrganization(t.Context(), w.caller, in)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// member makes a new user a member.
func (w *world) member(t tester, o *roster.Organization, role string) *roster.User {
	t.Helper()
	u := w.user(t, roster.CreateUser{})
	w.join(t, o, u, role)
	return u
}

func (w *world) join(t tester, o *roster.Organization, u *roster.User, role string) {
	t.Helper()
	if _, err := w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: u.ID, Role: role}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) session(t tester, u *roster.User) *roster.Session {
	t.Helper()
	s, err := w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: u.ID})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (w *world) permission(t tester, key string) roster.Permission {
	t.Helper()
	p, err := w.CreatePermission(t.Context(), w.caller, roster.CreatePermission{Name: "Permission " + key, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// role makes a role that holds the permissions, which members of every organization
// may have that has the initial role set.
func (w *world) role(t tester, key string, permissions ...roster.Permission) roster.Role {
	t.Helper()
	in := roster.CreateRole{Name: "Role " + key, Key: key, IncludeInInitialRoleSet: roster.Value(true)}
	for _, p := range permissions {
		in.Permissions = append(in.Permissions, p.ID)
	}
	r, err := w.CreateRole(t.Context(), w.caller, in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// roleSet makes a role set of roles by their keys: the first is the creator role, the
// second the default role.
func (w *world) roleSet(t tester, name string, keys ...string) roster.RoleSet {
	t.Helper()
	s, err := w.CreateRoleSet(t.Context(), w.caller, roster.CreateRoleSet{Name: name, Roles: keys, CreatorRoleKey: keys[0], DefaultRoleKey: keys[1]})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// settings changes the instance.
func (w *world) settings(t tester, change func(*store.Instance)) {
	t.Helper()
	err := w.store.Write(t.Context(), w.caller.InstanceID, w.clock.Load(), func(tx *store.Tx) error {
		in, err := tx.Settings()
		if err != nil {
			return err
		}
		change(&in)
		return tx.SaveSettings(in)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// refused compares an error with the failures that are due.
func refused(t testing.TB, what string, err error, want ...*roster.Error) {
	t.Helper()
	var got roster.Errors
	var one *roster.Error
	switch {
	case errors.As(err, &got):
	case errors.As(err, &one):
		got = roster.Errors{one}
	case err != nil:
		t.Errorf("%s: %v is no failure of the catalogue", what, err)
		return
	}
	if diff := cmp.Diff(roster.Errors(want), got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: -want +got:\n%s", what, diff)
	}
}
