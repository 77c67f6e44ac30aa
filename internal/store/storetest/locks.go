package storetest

import (
	"context"
	"slices"
	"testing"

	"github.com/rosterhq/roster/internal/store"
)

// Whoever has a user and then needs organizations does not wait for those who have these
// while it keeps the user from them.
func organizationsBehindUsers(t *testing.T, b *bench) {
	for _, id := range []string{"org_2", "org_3"} {
		b.organization("ins_1", id)
	}
	b.member("user_1", nil)
	if b.waits.db == nil {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			held, err := tx.HoldOrganizationsBehind("org_2", "org_3")
			if !slices.Equal(held, []string{"org_2", "org_3"}) {
				t.Errorf("held %v", held)
			}
			return err
		})
		return
	}
	deletes := b.hold(func(tx *store.Tx) error {
		if err := tx.LockOrganization("org_2"); err != nil {
			return err
		}
		o, err := tx.Organization("org_2")
		if err != nil {
			return err
		}
		return tx.DeleteOrganization(o)
	})
	runs, held := 0, []string(nil)
	done := b.waits.Begin(t, func() error {
		return b.store.Write(context.Background(), "ins_1", 7, func(tx *store.Tx) (err error) {
			runs++
			if err := tx.LockUser("user_1"); err != nil {
				return err
			}
			held, err = tx.HoldOrganizationsBehind("org_1", "org_2", "org_3", "org_4")
			return err
		})
	})
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.LockUser("user_1") }) // who is free meanwhile
	changes := b.hold(func(tx *store.Tx) error { return tx.LockOrganization("org_3") })
	deletes()
	changes()
	if err := <-done; err != nil || runs != 2 || !slices.Equal(held, []string{"org_1", "org_3"}) {
		t.Errorf("held %v in %d runs, %v", held, runs, err)
	}
}

func freeUsers(t *testing.T, b *bench) {
	for _, id := range []string{"user_1", "user_2", "user_3"} {
		b.member(id, nil)
	}
	want := []string{"user_1", "user_2", "user_3"}
	if b.waits.db != nil {
		want = slices.Delete(want, 1, 2)
		defer b.hold(func(tx *store.Tx) error { return tx.LockUser("user_2") })()
	}
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		got, err := tx.LockFreeUsers([]string{"user_3", "user_2", "user_1"})
		if !slices.Equal(got, want) {
			t.Errorf("locked %v", got)
		}
		return err
	})
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		got, err := tx.LockFreeUsers(nil)
		if len(got) > 0 {
			t.Errorf("locked %v of none", got)
		}
		return err
	})
}

func (b *bench) hold(do func(*store.Tx) error) (release func()) {
	b.t.Helper()
	return Hold(b.t, b.store, "ins_1", 7, do)
}
