package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

var errStop = errors.New("stop")

func brokenTextIsRefused(t *testing.T, b *bench) {
	for _, broken := range []string{"nul\x00", "half\xff", "\xed\xa0\x80"} {
		err := b.write("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindExternalID, broken, "user_1") })
		if err == nil {
			t.Errorf("%q was stored", broken)
		}
	}
	b.member("user_1", nil) // the engine lives on
}

func valueHasOneOwner(t *testing.T, b *bench) {
	claim := func(owner string) error {
		return b.write("ins_1", func(tx *store.Tx) error { return tx.Claim(store.KindUsername, "anna", owner) })
	}
	if err := errors.Join(claim("user_1"), claim("user_1")); err != nil {
		t.Errorf("own value: %v", err)
	}
	if err := claim("user_2"); !errors.Is(err, store.ErrTaken) {
		t.Errorf("value of another: %v", err)
	}
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.Release(store.KindUsername, "anna") })
	if err := claim("user_2"); err != nil {
		t.Errorf("value given up: %v", err)
	}
}

func claimsHaveOneWinner(t *testing.T, b *bench) {
	errs := b.together(32, func(i int, tx *store.Tx) error {
		return tx.Claim(store.KindSlug, "acme", fmt.Sprint("org_", i))
	})
	won := 0
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, store.ErrTaken):
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d winners", won)
	}
}

// together runs n writes at once and returns their errors.
func (b *bench) together(n int, fn func(i int, tx *store.Tx) error) []error {
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			errs[i] = b.store.Write(context.Background(), "ins_1", 1000, func(tx *store.Tx) error { return fn(i, tx) })
		})
	}
	wg.Wait()
	return errs
}

func (b *bench) exists(userID string) bool {
	b.t.Helper()
	err := b.store.Read(context.Background(), "ins_1", func(tx *store.Tx) error { return tx.UserExists(userID) })
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		b.t.Fatal(err)
	}
	return err == nil
}

func failedWriteLeavesNothing(t *testing.T, b *bench) {
	err := b.write("ins_1", func(tx *store.Tx) error {
		return errors.Join(insertUser(tx, "user_1", named("x")), errStop)
	})
	if !errors.Is(err, errStop) || b.exists("user_1") {
		t.Errorf("err %v, user there: %v", err, b.exists("user_1"))
	}
}

func panicLeavesNothing(t *testing.T, b *bench) {
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was lost")
			}
		}()
		_ = b.write("ins_1", func(tx *store.Tx) error {
			_ = insertUser(tx, "user_1", nil)
			panic("stop")
		})
	}()
	if b.exists("user_1") {
		t.Error("the change stayed")
	}
	b.member("user_2", nil) // the writer lives on
}

func writesFailAlone(t *testing.T, b *bench) {
	const n = 64
	errs := b.together(n, func(i int, tx *store.Tx) error {
		if err := insertUser(tx, fmt.Sprint("user_", i), nil); err != nil {
			return err
		}
		if i%3 == 0 {
			return errStop
		}
		return nil
	})
	for i, err := range errs {
		failed := i%3 == 0
		if errors.Is(err, errStop) != failed || b.exists(fmt.Sprint("user_", i)) == failed {
			t.Errorf("write %d: err %v", i, err)
		}
	}
}

func canceledWrite(t *testing.T, b *bench) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := b.store.Write(ctx, "ins_1", 1, func(tx *store.Tx) error { return insertUser(tx, "user_1", nil) })
	if !errors.Is(err, context.Canceled) || b.exists("user_1") {
		t.Errorf("err %v, user there: %v", err, b.exists("user_1"))
	}
}

func canceledAtItsEnd(t *testing.T, b *bench) {
	for _, slug := range []string{"first", "second"} { // the connection lives on
		ctx, cancel := context.WithCancel(context.Background())
		failed := b.store.Write(ctx, "ins_1", 1, func(tx *store.Tx) error {
			defer cancel()
			return tx.Claim(store.KindSlug, slug, "org_1")
		})
		b.mustRead("ins_1", func(tx *store.Tx) error {
			_, err := tx.Owner(store.KindSlug, slug)
			if there := err == nil; there != (failed == nil) || !there && !errors.Is(failed, context.Canceled) {
				t.Errorf("%s is there: %t, and %v was said", slug, there, failed)
			}
			return nil
		})
	}
}

func canceledRead(t *testing.T, b *bench) {
	ctx, cancel := context.WithCancel(context.Background())
	err := b.store.Read(ctx, "ins_1", func(tx *store.Tx) error {
		cancel()
		_, err := tx.CountMembers("org_1")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("canceled while reading: %v", err)
	}
	if err := b.store.Read(ctx, "ins_1", func(*store.Tx) error { return nil }); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("canceled before: %v", err)
	}
	b.exists("user_1") // the connection lives on
}

func readSeesSnapshot(t *testing.T, b *bench) {
	b.mustRead("ins_1", func(tx *store.Tx) error {
		if err := tx.UserExists("user_1"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("before: %v", err)
		}
		b.member("user_1", nil)
		if err := tx.UserExists("user_1"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a later write showed in the snapshot: %v", err)
		}
		return nil
	})
	if !b.exists("user_1") {
		t.Error("a finished write is not seen")
	}
}

func readCannotWrite(t *testing.T, b *bench) {
	err := b.store.Read(context.Background(), "ins_1", func(tx *store.Tx) error { return insertUser(tx, "user_1", nil) })
	if err == nil || b.exists("user_1") {
		t.Errorf("err %v, user there: %v", err, b.exists("user_1"))
	}
}

func countersEqualRows(t *testing.T, b *bench) {
	errs := b.together(40, func(i int, tx *store.Tx) error {
		id := fmt.Sprint("user_", i)
		if err := insertUser(tx, id, nil); err != nil {
			return err
		}
		if err := tx.InsertMembership("orgmem_"+id, "org_1", id, "role_member", nil, nil); err != nil {
			return err
		}
		switch i % 4 {
		case 0:
			return errStop
		case 1:
			return tx.DeleteMembership("org_1", id)
		case 2:
			return tx.SetMembershipRole("org_1", id, "role_admin")
		}
		return nil
	})
	for i, err := range errs {
		if err != nil && i%4 != 0 {
			t.Error(err)
		}
	}
	b.counted("org_1", map[string]int64{"role_member": 10, "role_admin": 10})
	for i, err := range b.together(40, countsAgain) {
		if err != nil && i%4 != 0 {
			t.Error(err)
		}
	}
	b.counted("org_1", map[string]int64{"role_member": 10, "role_admin": 10})
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return tx.ReassignRoles("org_1", map[string]string{"role_member": "role_admin", "role_admin": "role_member"}, func([]roster.Membership) error { return nil })
	})
	b.counted("org_1", map[string]int64{"role_member": 10, "role_admin": 10})
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return tx.ReassignRoles("org_1", map[string]string{"role_member": "role_admin"}, func([]roster.Membership) error { return nil })
	})
	b.counted("org_1", map[string]int64{"role_admin": 20})
}

// countsAgain changes the members that countersEqualRows left: every other gets the
// other role, by transactions that give them both ways.
func countsAgain(i int, tx *store.Tx) error {
	id, to := fmt.Sprint("user_", i), "role_admin"
	if i%4 == 2 {
		to = "role_member"
	}
	if i%4 < 2 {
		return nil
	}
	if err := tx.HoldInstance(); err != nil {
		return err
	}
	if err := tx.LockUser(id); err != nil {
		return err
	}
	return tx.SetMembershipRole("org_1", id, to)
}

// counted expects the counters of an organization, and its rows, to be so many by role.
func (b *bench) counted(organizationID string, want map[string]int64) {
	b.t.Helper()
	b.mustRead("ins_1", func(tx *store.Tx) error {
		total, err := tx.CountMembers(organizationID)
		byRole, err2 := tx.CountMembersByRole(organizationID)
		rows := map[string]int64{}
		err3 := tx.EachMembership(organizationID, "", func(list []roster.Membership) error {
			for _, m := range list {
				rows["role_"+strings.TrimPrefix(m.Role, "org:")]++
			}
			return nil
		})
		var sum int64
		for _, n := range want {
			sum += n
		}
		if total != sum || !maps.Equal(byRole, want) || !maps.Equal(rows, want) {
			b.t.Errorf("counted %d, %v, rows %v, want %v", total, byRole, rows, want)
		}
		return errors.Join(err, err2, err3)
	})
}

func copiesFollowUser(t *testing.T, b *bench) {
	b.member("user_1", named("Old"))
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		u, err := tx.User("user_1")
		if err != nil {
			return err
		}
		name := "New"
		if err := tx.Claim(store.KindUsername, store.Fold(name), u.ID); err != nil {
			return err
		}
		u.FirstName, u.Username, u.Banned = &name, &name, true
		return tx.UpdateUser(u)
	})
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.TouchUser("user_1", 86_400_000, 90_000_000) })
	want(t, "old name", b.list(roster.MembershipQuery{NameQuery: "old"}))
	want(t, "new name", b.list(roster.MembershipQuery{NameQuery: "new", Username: []string{"New"},
		LastActiveAtAfter: roster.Value[int64](86_399_999), LastActiveAtBefore: roster.Value[int64](86_400_001)}), "user_1")
	b.mustRead("ins_1", func(tx *store.Tx) error {
		m, err := tx.Membership("org_1", "user_1")
		if err == nil && (*m.PublicUserData.Identifier != "New" || !m.PublicUserData.Banned) {
			t.Errorf("public user data %+v", m.PublicUserData)
		}
		return err
	})
}

func deleteClearsSessions(t *testing.T, b *bench) {
	b.member("user_1", nil)
	organization := "org_1"
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		s := &roster.Session{ID: "sess_1", UserID: "user_1", ClientID: "client_1", Status: roster.SessionActive,
			LastActiveOrganizationID: &organization, ExpireAt: 1 << 40, AbandonAt: 1 << 40, CreatedAt: tx.Now}
		return errors.Join(tx.InsertSession(s), tx.SetActiveOrganization("user_1", organization))
	})
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		o, err := tx.Organization("org_1")
		if err != nil {
			return err
		}
		return tx.DeleteOrganization(o)
	})
	b.mustRead("ins_1", func(tx *store.Tx) error {
		s, err := tx.Session("sess_1", 1)
		if err != nil {
			return err
		}
		active, err := tx.ActiveOrganization("user_1")
		if s.LastActiveOrganizationID != nil || active != "" {
			t.Errorf("session %v, user %q", s.LastActiveOrganizationID, active)
		}
		return err
	})
}

func instancesAreApart(t *testing.T, b *bench) {
	b.instance("ins_2")
	b.member("user_1", named("one"))
	b.memberOf("ins_2", "org_1", "user_1", named("two"))
	b.memberOf("ins_2", "org_1", "user_2", named("two"))
	b.mustWrite("ins_2", func(tx *store.Tx) error { return tx.DeleteMembership("org_1", "user_1") })
	want(t, "first instance", b.list(roster.MembershipQuery{}), "user_1")
	want(t, "names", b.list(roster.MembershipQuery{NameQuery: "two"}))
	if b.exists("user_2") {
		t.Error("another instance's user is seen")
	}
}

func eventsInOrder(t *testing.T, b *bench) {
	for i := range 3 {
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			return tx.AppendEvents(store.Event{ID: fmt.Sprint("evt_", i), Type: "user.created", Payload: fmt.Sprint(`{"n":`, i, `}`)})
		})
	}
	_ = b.write("ins_1", func(tx *store.Tx) error {
		return errors.Join(tx.AppendEvents(store.Event{ID: "evt_9", Type: "user.created", Payload: "{}"}), errStop)
	})
	got, err := b.store.Events(context.Background(), "ins_1", 10)
	if diff := cmp.Diff([]string{`{"n":0}`, `{"n":1}`, `{"n":2}`}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func revokedKey(t *testing.T, b *bench) {
	ctx := context.Background()
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.InsertKey(store.Key{ID: "key_1", Hash: "h", Name: "n", Hint: "x"}) })
	if g, err := b.store.Authenticate(ctx, "h"); err != nil || g.InstanceID != "ins_1" || g.Environment != "development" {
		t.Fatal(g, err)
	}
	if err := b.write("ins_1", func(tx *store.Tx) error { return tx.InsertKey(store.Key{ID: "key_2", Hash: "h"}) }); !errors.Is(err, store.ErrTaken) {
		t.Errorf("same secret again: %v", err)
	}
	if _, err := b.store.RevokeKey(ctx, "key_1", 7); err != nil {
		t.Fatal(err)
	}
	if k, err := b.store.RevokeKey(ctx, "key_1", 9); err != nil || *k.RevokedAt != 7 {
		t.Errorf("revoked again: %+v %v", k, err)
	}
	if _, err := b.store.Authenticate(ctx, "h"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("revoked: %v", err)
	}
	if _, err := b.store.RevokeKey(ctx, "key_none", 9); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
}
