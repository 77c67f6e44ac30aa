package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

const rounds = 12 // each with what it needs made anew

// Whoever claims a value beside a transaction that fails gets it, however long it
// had to wait for that.
func failedClaimGivesWay(t *testing.T, b *bench) {
	for i := range rounds {
		value := fmt.Sprint("value-", i)
		errs := b.together(4, func(i int, tx *store.Tx) error {
			err := tx.Claim(store.KindSlug, value, fmt.Sprint("org_", i))
			if err == nil && i > 0 {
				return errStop
			}
			return err
		})
		if errs[0] != nil {
			t.Errorf("the only lasting claim: %v", errs[0])
		}
		b.mustRead("ins_1", func(tx *store.Tx) error {
			owner, err := tx.Owner(store.KindSlug, value)
			if owner != "org_0" {
				t.Errorf("owner %q", owner)
			}
			return err
		})
	}
}

// A value changes hands while others want it: at no time it has two owners.
func releaseMeetsClaims(t *testing.T, b *bench) {
	for i := range rounds {
		value := fmt.Sprint("value-", i)
		b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindSlug, value, "org_0") })
		errs := b.together(5, func(i int, tx *store.Tx) error {
			if i == 0 {
				return tx.Release(store.KindSlug, value)
			}
			return tx.Claim(store.KindSlug, value, fmt.Sprint("org_", i))
		})
		winners := 0
		for _, err := range errs[1:] {
			switch {
			case err == nil:
				winners++
			case !errors.Is(err, store.ErrTaken):
				t.Error(err)
			}
		}
		if errs[0] != nil || winners > 1 {
			t.Errorf("release: %v, %d claims won", errs[0], winners)
		}
	}
}

// join is what a membership rests on: its organization and its user, held in that
// order until it is there.
func join(tx *store.Tx, organizationID, userID string) error {
	if err := tx.HoldOrganization(organizationID); err != nil {
		return err
	}
	if err := tx.LockUser(userID); err != nil {
		return err
	}
	if err := tx.UserExists(userID); err != nil {
		return err
	}
	if _, err := tx.Organization(organizationID); err != nil {
		return err
	}
	return tx.InsertMembership("orgmem_"+organizationID+userID, organizationID, userID, "role_member", nil, nil)
}

func deletedUserIsNoMember(t *testing.T, b *bench) {
	b.deletions(t, func(tx *store.Tx, organizationID, userID string) error {
		if err := tx.LockUser(userID); err != nil {
			return err
		}
		u, err := tx.User(userID)
		if err != nil {
			return err
		}
		page, err := tx.UserMemberships(userID, roster.Paging{})
		if err != nil {
			return err
		}
		for _, m := range page.Data {
			if err := tx.DeleteMembership(m.Organization.ID, userID); err != nil {
				return err
			}
		}
		return tx.DeleteUser(u)
	})
}

func deletedOrganizationHasNoMembers(t *testing.T, b *bench) {
	b.deletions(t, func(tx *store.Tx, organizationID, userID string) error {
		if err := tx.LockOrganization(organizationID); err != nil {
			return err
		}
		o, err := tx.Organization(organizationID)
		if err != nil {
			return err
		}
		return tx.DeleteOrganization(o)
	})
}

// deletions lets a membership be made while what it rests on is deleted: it goes
// too, or was never there.
func (b *bench) deletions(t *testing.T, remove func(tx *store.Tx, organizationID, userID string) error) {
	t.Helper()
	for i := range rounds {
		organizationID, userID := fmt.Sprint("org_round_", i), fmt.Sprint("user_round_", i)
		b.organization("ins_1", organizationID)
		b.mustWrite("ins_1", func(tx *store.Tx) error { return insertUser(tx, userID, nil) })
		errs := b.together(2, func(i int, tx *store.Tx) error {
			if i == 0 {
				return join(tx, organizationID, userID)
			}
			return remove(tx, organizationID, userID)
		})
		if errs[1] != nil || errs[0] != nil && !errors.Is(errs[0], store.ErrNotFound) {
			t.Errorf("join: %v, delete: %v", errs[0], errs[1])
		}
		b.mustRead("ins_1", func(tx *store.Tx) error {
			_, err := tx.MembershipRole(organizationID, userID)
			n, err2 := tx.CountMembers(organizationID)
			if !errors.Is(err, store.ErrNotFound) || n != 0 {
				t.Errorf("membership: %v, counted %d", err, n)
			}
			return err2
		})
	}
}

// Transactions that take two things each, in opposite order, all end, and all of
// their changes are there.
func oppositeOrdersEnd(t *testing.T, b *bench) {
	b.member("user_1", nil)
	b.member("user_2", nil)
	errs := b.together(8, func(i int, tx *store.Tx) error {
		first, second := "user_1", "user_2"
		if i%2 == 1 {
			first, second = second, first
		}
		for _, id := range []string{first, second} {
			if err := tx.LockUser(id); err != nil {
				return err
			}
			m, err := tx.Membership("org_1", id)
			if err != nil {
				return err
			}
			next, err := m.PublicMetadata.Merge(roster.Metadata(fmt.Sprintf(`{"k%d":%d}`, i, i)))
			if err != nil {
				return err
			}
			if err := tx.SetMembershipMetadata("org_1", id, m.PublicMetadata, next, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	b.mustRead("ins_1", func(tx *store.Tx) error {
		for _, id := range []string{"user_1", "user_2"} {
			m, err := tx.Membership("org_1", id)
			if err != nil {
				return err
			}
			all := map[string]int{}
			if err := m.PublicMetadata.Decode(&all); err != nil || len(all) != 8 {
				t.Errorf("%s: %d changes are left of 8 (%v)", id, len(all), err)
			}
		}
		return nil
	})
}

// Behind a lock that keeps the roles from changing, what they carry is what they carry
// then, whatever was found before there was the lock.
func rolesBehindTheLock(t *testing.T, b *bench) {
	behindTheLock(t, b, (*store.Tx).HoldInstance)
}

// The same is so of a lock that is taken ahead, along with other questions.
func rolesBehindTheLockAhead(t *testing.T, b *bench) {
	behindTheLock(t, b, func(tx *store.Tx) error {
		return tx.Ahead(func(a *store.Tx) { _ = a.HoldInstance() })
	})
}

func behindTheLock(t *testing.T, b *bench, hold func(*store.Tx) error) {
	t.Helper()
	permissions := []string{"org:sys_memberships:read"}
	holds := func(tx *store.Tx, want bool, when string) error {
		got, err := tx.RoleHolds("role_admin", permissions)
		if err == nil && got != want {
			t.Errorf("%s the role carries the permission: %t", when, got)
		}
		return err
	}
	b.mustRead("ins_1", func(tx *store.Tx) error { return holds(tx, true, "first") }) // which is remembered
	held, asked := make(chan struct{}), make(chan struct{})
	changed := make(chan error, 1)
	go func() {
		changed <- b.store.Write(context.Background(), "ins_1", 7, func(tx *store.Tx) error {
			if err := tx.LockInstance(); err != nil {
				return err
			}
			if err := tx.UpdateRole(roster.Role{ID: "role_admin", Key: "org:admin", Name: "admin"}); err != nil {
				return err
			}
			close(held)
			if !strings.HasPrefix(b.url, "sqlite:") { // which runs one after the other
				<-asked
			}
			return nil
		})
	}()
	<-held
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		if strings.HasPrefix(b.url, "sqlite:") {
			return holds(tx, false, "afterwards")
		}
		if err := holds(tx, true, "before the change is there"); err != nil {
			return err
		}
		close(asked)
		if err := hold(tx); err != nil {
			return err
		}
		return holds(tx, false, "behind the lock")
	})
	if err := <-changed; err != nil {
		t.Error(err)
	}
}

// A list by role shows who has the role whose key it is now, though another server gave
// that key to it, and whatever roles this one remembers.
func roleIsWhoseKeyItIs(t *testing.T, b *bench) {
	b.member("user_1", nil)
	b.member("user_2", nil)
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return tx.InsertRole(roster.Role{ID: "role_other", Key: "org:other", Name: "other"})
	})
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return errors.Join(insertUser(tx, "user_3", nil), tx.InsertMembership("orgmem_user_3", "org_1", "user_3", "role_other", nil, nil))
	})
	other := Engine{"other", func(testing.TB) string { return b.url }}.Open(t)
	give := func(keys map[string]string) {
		t.Helper()
		if err := other.Write(context.Background(), "ins_1", 7, func(tx *store.Tx) error {
			for id, key := range keys {
				if err := tx.UpdateRole(roster.Role{ID: id, Key: key, Name: key}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		give            map[string]string
		members, others []string
	}{
		{nil, []string{"user_2", "user_1"}, []string{"user_3"}},
		{map[string]string{"role_member": "org:gone"}, nil, []string{"user_3"}},
		{map[string]string{"role_other": "org:member"}, []string{"user_3"}, nil},
		{map[string]string{"role_member": "org:other"}, []string{"user_3"}, []string{"user_2", "user_1"}},
	} {
		give(step.give)
		for _, order := range []roster.Order{roster.Desc("created_at"), roster.Desc("username")} {
			for range 2 {
				want(t, order.String()+" org:member", b.list(roster.MembershipQuery{Role: []string{"org:member"}, OrderBy: order}), step.members...)
				want(t, order.String()+" org:other", b.list(roster.MembershipQuery{Role: []string{"org:other"}, OrderBy: order}), step.others...)
			}
		}
	}
}
