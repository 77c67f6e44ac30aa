package storetest

import (
	"context"
	"errors"
	"testing"

	"github.com/rosterhq/roster/internal/store"
)

// changedGrant holds that a transaction stands and falls with what its key grants.
func changedGrant(t *testing.T, b *bench) {
	ctx := context.Background()
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.InsertKey(store.Key{ID: "key_1", Hash: "h", Name: "n", Hint: "x"}) })
	g, err := b.store.Authenticate(ctx, "h")
	if err != nil {
		t.Fatal(err)
	}
	read := func(tx *store.Tx) error { _, err := tx.Settings(); return err }
	blind := func(tx *store.Tx) error {
		return tx.AppendEvents(store.Event{ID: "evt_blind", Type: "user.created", Payload: "{}"})
	}
	swallowing := func(tx *store.Tx) error {
		_ = blind(tx)
		return nil
	}
	if err := b.store.ReadSeen(ctx, g, nil, read); err != nil {
		t.Errorf("read: %v", err)
	}
	other := g
	other.OrganizationsEnabled = !g.OrganizationsEnabled
	elsewhere := g
	elsewhere.InstanceID = "ins_2"
	unknown := g
	unknown.Hash = "none"
	refused := map[string]store.Grant{"other settings": other, "another instance": elsewhere, "no key": unknown}
	check := func() {
		for name, g := range refused {
			if err := b.store.ReadSeen(ctx, g, nil, read); !errors.Is(err, store.ErrRevoked) {
				t.Errorf("%s: read: %v", name, err)
			}
			for _, write := range []func(*store.Tx) error{blind, swallowing} {
				if err := b.store.WriteSeen(ctx, g, 7, nil, write); !errors.Is(err, store.ErrRevoked) {
					t.Errorf("%s: write: %v", name, err)
				}
			}
		}
	}
	check()
	if _, err := b.store.RevokeKey(ctx, "key_1", 7); err != nil {
		t.Fatal(err)
	}
	refused["revoked"] = g
	check()
	for _, instance := range []string{"ins_1", "ins_2"} {
		if events, err := b.store.Events(ctx, instance, 10); err != nil || len(events) > 0 {
			t.Errorf("%s: %q %v, want no event", instance, events, err)
		}
	}
}

// failedTripIsNoAnswer holds that what was asked along with a query that failed is not
// taken for missing.
func failedTripIsNoAnswer(t *testing.T, b *bench) {
	b.member("user_1", nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := b.store.Read(ctx, "ins_1", func(tx *store.Tx) error {
		organization, user := tx.OrganizationAlong("org_1"), tx.UserExistsAlong("user_1")
		cancel()
		_, failed := tx.Membership("org_1", "user_1")
		if failed == nil {
			t.Error("the query did not fail")
		}
		_, err := organization()
		for name, err := range map[string]error{"organization": err, "user": user()} {
			if err == nil || errors.Is(err, store.ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		return failed
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// finishedImportStays holds that nothing of an import that somebody else finished is
// discarded.
func finishedImportStays(t *testing.T, b *bench) {
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		if err := tx.BeginImport(); err != nil {
			return err
		}
		return tx.SaveImport(0, store.ImportState{Lines: 1, Digest: "d", Finished: true})
	})
	if err := b.write("ins_1", func(tx *store.Tx) error {
		_, err := tx.DiscardImport()
		return err
	}); !errors.Is(err, store.ErrTaken) {
		t.Errorf("discarded: %v", err)
	}
	b.mustRead("ins_1", func(tx *store.Tx) error {
		_, err := tx.Settings()
		return err
	})
}
