package service_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestInstanceEnvironment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		test, live := "sk_test_"+strings.Repeat("a", 42), "sk_live_"+strings.Repeat("b", 42)
		for _, tt := range []struct{ environment, key, want, prefix string }{
			{"", "", service.Development, "sk_test_"},
			{service.Production, "", service.Production, "sk_live_"},
			{"", live, service.Production, live},
			{service.Production, test, service.Development, test}, // the key decides
		} {
			in, secret, err := w.CreateInstance(t.Context(), "n", tt.environment, tt.key)
			if err != nil || in.Environment != tt.want || !strings.HasPrefix(secret, tt.prefix) {
				t.Errorf("%+v: %+v, %q, %v", tt, in, secret, err)
			}
			c, err := w.Authenticate(t.Context(), secret)
			if err != nil || c.InstanceID != in.ID || c.Environment != tt.want || !c.OrganizationsEnabled {
				t.Errorf("%+v: caller %+v, %v", tt, c, err)
			}
		}
		if _, _, err := w.CreateInstance(t.Context(), "n", "staging", ""); err == nil {
			t.Error("environment staging was taken")
		}
		if _, _, err := w.CreateInstance(t.Context(), "n", "", "sk_test_short"); !errors.Is(err, service.ErrKeyMalformed) {
			t.Errorf("malformed key: %v", err)
		}
		if _, _, err := w.CreateInstance(t.Context(), "n", "", test); !errors.Is(err, service.ErrKeyInUse) {
			t.Errorf("key in use: %v", err)
		}
		list, err := w.Instances(t.Context())
		if err != nil || len(list) != 5 { // a refused one leaves nothing
			t.Errorf("%d instances, %v", len(list), err)
		}
	})
}

func TestKeysComeAndGo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		id := w.caller.InstanceID
		w.clock.Add(1)
		k, secret, err := w.CreateKey(t.Context(), id, "ci", "")
		if err != nil || k.Name != "ci" || k.InstanceID != id || k.Hint != "sk_test_…"+secret[len(secret)-4:] {
			t.Fatalf("key %+v, %v", k, err)
		}
		for _, s := range []string{secret, w.secret} {
			if c, err := w.Authenticate(t.Context(), s); err != nil || c.InstanceID != id {
				t.Errorf("caller %+v, %v", c, err)
			}
		}
		for range 2 {
			revoked, err := w.RevokeKey(t.Context(), k.ID)
			if err != nil || revoked.RevokedAt != morning+1 {
				t.Errorf("revoke: %+v, %v", revoked, err)
			}
			w.clock.Add(day)
		}
		_, err = w.Authenticate(t.Context(), secret)
		refused(t, "a revoked key", err, roster.ErrKeyInvalid.New())
		for _, unknown := range []string{"", "x", w.secret + "x", strings.ToUpper(w.secret), w.secret[:len(w.secret)-1]} {
			_, err := w.Authenticate(t.Context(), unknown)
			refused(t, "an unknown key", err, roster.ErrKeyInvalid.New())
		}
		keys, err := w.Keys(t.Context(), id)
		if err != nil || len(keys) != 2 || keys[1].RevokedAt == 0 {
			t.Errorf("keys %+v, %v", keys, err)
		}
		for _, k := range keys {
			if strings.Contains(w.secret+secret, k.Hint) {
				t.Errorf("hint %q is a whole secret", k.Hint)
			}
		}
	})
}

func TestKeysRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		id := w.caller.InstanceID
		for name, tt := range map[string]struct {
			instance, key string
			want          error
		}{
			"unknown instance": {"ins_none", "", service.ErrInstanceNotFound},
			"malformed":        {id, "sk_test_x", service.ErrKeyMalformed},
			"environment":      {id, "sk_live_" + strings.Repeat("k", 42), service.ErrKeyEnvironment},
			"in use":           {id, w.secret, service.ErrKeyInUse},
		} {
			if _, _, err := w.CreateKey(t.Context(), tt.instance, "n", tt.key); !errors.Is(err, tt.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := w.RevokeKey(t.Context(), "key_none"); !errors.Is(err, service.ErrKeyNotFound) {
			t.Errorf("unknown key: %v", err)
		}
	})
}

// Every instance starts with the system roles.
func TestSystemRoles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		for _, role := range roster.SystemRoles {
			u := w.member(t, o, role.Key)
			m, err := w.Membership(t.Context(), w.caller, o.ID, u.ID)
			if err != nil || m.RoleName != role.Name || strings.Join(m.Permissions, " ") != strings.Join(role.Permissions, " ") {
				t.Errorf("%s: %q with %q, %v", role.Key, m.RoleName, m.Permissions, err)
			}
		}
	})
}
