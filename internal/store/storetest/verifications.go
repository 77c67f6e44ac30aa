package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// verification adds a verification of an address, good until the bench's clock is at
// 1000.
func (b *bench) verification(id, userID, identificationID string) {
	b.t.Helper()
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return tx.InsertVerification(store.Verification{ID: id, UserID: userID, IdentificationID: identificationID,
			Strategy: roster.StrategyEmailCode, Code: "digest", ExpiresAt: 1000})
	})
}

// attemptsAreCounted lets many codes come at once: as many are counted as there are
// attempts, and the right one is taken once.
func attemptsAreCounted(t *testing.T, b *bench) {
	const callers = 24
	for round, right := range []int{0, 1, callers} { // how many of them are right
		id := fmt.Sprint("v", round)
		b.verification(id, "user_1", "idn_1")
		var counted, verified, over atomic.Int64
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() {
				v := &store.Verification{ID: id}
				err := b.store.Write(context.Background(), "ins_1", 10, func(tx *store.Tx) error { return tx.AttemptVerification(v, i < right) })
				switch {
				case errors.Is(err, store.ErrNotFound):
					over.Add(1)
				case err != nil:
					t.Error(err)
				default:
					counted.Add(1)
				}
				if err == nil && v.Status == roster.IdentificationVerified {
					verified.Add(1)
				}
			})
		}
		all.Wait()
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			v, err := tx.Verification("idn_1", id)
			if err != nil {
				return err
			}
			want := map[bool]string{true: roster.IdentificationVerified, false: roster.VerificationFailed}[verified.Load() == 1]
			if v.Attempts != counted.Load() || v.Attempts > roster.MaxVerificationAttempts || v.Status != want || verified.Load() > 1 {
				t.Errorf("%d right: %+v after %d counted, %d verified, %d over", right, v, counted.Load(), verified.Load(), over.Load())
			}
			if right == 0 && v.Attempts != roster.MaxVerificationAttempts || right == callers && v.Attempts != 1 {
				t.Errorf("%d right: %d attempts", right, v.Attempts)
			}
			return nil
		})
	}
}

// verificationsGo deletes an address, then its user, with the codes on their way
// there, and lets what expired be forgotten.
func verificationsGo(t *testing.T, b *bench) {
	b.mustWrite("ins_1", func(tx *store.Tx) error {
		return insertUser(tx, "user_1", func(u *roster.User) {
			u.EmailAddresses = []roster.EmailAddress{{EmailAddress: "a@x.io"}, {EmailAddress: "b@x.io"}, {EmailAddress: "c@x.io"}}
		})
	})
	var u *roster.User
	b.mustRead("ins_1", func(tx *store.Tx) (err error) {
		u, err = tx.User("user_1")
		return err
	})
	for i, a := range u.EmailAddresses {
		id := fmt.Sprint("v", i)
		b.verification(id, u.ID, a.ID)
		b.mustWrite("ins_1", func(tx *store.Tx) error {
			return tx.AppendMail(store.Mail{ID: fmt.Sprint("mail_", i), Channel: store.ChannelEmail, Verification: &id, To: a.EmailAddress})
		})
	}
	left := func(want ...bool) {
		t.Helper()
		b.mustRead("ins_1", func(tx *store.Tx) error {
			for i, a := range u.EmailAddresses {
				_, err := tx.Verification(a.ID, fmt.Sprint("v", i))
				if there := err == nil; there != want[i] || !there && !errors.Is(err, store.ErrNotFound) {
					t.Errorf("verification %d is there: %t, %v", i, there, err)
				}
			}
			return nil
		})
	}
	left(true, true, true)
	after := *u
	after.EmailAddresses = u.EmailAddresses[1:]
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.UpdateIdentifications(u, &after) })
	left(false, true, true)
	const hour = 60 * 60 * 1000
	for _, now := range []int64{0, 1000 + hour} {
		if err := b.store.ClearVerifications(context.Background(), now); err != nil {
			t.Fatal(err)
		}
	}
	left(false, true, true)
	b.mustWrite("ins_1", func(tx *store.Tx) error { return tx.DeleteUser(&after) })
	left(false, false, false)
	if got := claimAll(t, b, 1<<40, 1<<41); len(got) != 0 {
		t.Errorf("%d codes are still to be sent", len(got))
	}
	b.verification("v9", "user_2", "idn_9")
	if err := b.store.ClearVerifications(context.Background(), 1001+hour); err != nil {
		t.Fatal(err)
	}
	b.mustRead("ins_1", func(tx *store.Tx) error {
		if _, err := tx.Verification("idn_9", "v9"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("an old one is left: %v", err)
		}
		return nil
	})
}
