package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// What is remembered of a key decides nothing that has changed since, in none of the
// transactions of a request.
func TestRecalled_grants_are_found_anew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w, ctx := newWorld(t, e), t.Context()
		authenticate := func() {
			if c, err := w.Authenticate(ctx, w.secret); err != nil || !c.Confirmed() {
				t.Fatal(c, err)
			}
		}
		recall := func() service.Caller {
			c, known := w.Recall(w.secret)
			if !known {
				t.Fatal("a key that was used is not remembered")
			}
			return c
		}
		if _, known := w.Recall(w.secret); known {
			t.Error("a key that nobody has used is remembered")
		}
		authenticate()
		c := recall()
		if c.Confirmed() || !c.OrganizationsEnabled {
			t.Errorf("caller %+v, want what the key granted, unconfirmed", c)
		}
		w.settings(t, func(in *store.Instance) { in.OrganizationsEnabled = false })
		for _, transaction := range []string{"first", "second"} {
			_, err := w.Organizations(ctx, c, roster.OrganizationQuery{})
			refused(t, "the "+transaction+" read", err, roster.ErrOrganizationNotEnabled.New())
			_, err = w.CreateOrganization(ctx, c, roster.CreateOrganization{Name: "Acme"})
			refused(t, "the "+transaction+" write", err, roster.ErrOrganizationNotEnabled.New())
		}
		c = recall()
		keys, err := w.Keys(ctx, w.caller.InstanceID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.RevokeKey(ctx, keys[0].ID); err != nil {
			t.Fatal(err)
		}
		refused(t, "a caller without transaction", w.Confirm(ctx, c), roster.ErrKeyInvalid.New())
		if _, known := w.Recall(w.secret); known {
			t.Error("a revoked key is remembered")
		}
		_, err = w.Authenticate(ctx, w.secret)
		refused(t, "a revoked key", err, roster.ErrKeyInvalid.New())
	})
}
