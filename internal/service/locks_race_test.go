package service_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A member whose sessions start in another organization gets an invited address while the
// organization is deleted: both take memberships first, then the invitation.
func TestDeleteOrganization_meets_who_is_invited_there(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		if e.Name == "sqlite" {
			t.Skip("has one writer at a time")
		}
		e, waits := e.Watch(t)
		w := newWorld(t, e)
		o, elsewhere := w.organization(t, roster.CreateOrganization{}), w.organization(t, roster.CreateOrganization{})
		u, other := w.member(t, o, roster.RoleMember), w.member(t, o, roster.RoleMember)
		w.join(t, elsewhere, u, roster.RoleMember)
		w.join(t, elsewhere, other, roster.RoleMember)
		had := roster.Metadata(`{"a":1}`)
		if _, err := w.MergeMembershipMetadata(t.Context(), w.caller, o.ID, other.ID, roster.UpdateMetadata{PublicMetadata: had}); err != nil {
			t.Fatal(err)
		}
		s := &seated{T: t, world: w, o: o, u: u}
		w.invite(t, o, roster.CreateInvitation{EmailAddress: "x@new.example"})
		release := s.hold(t, func(tx *store.Tx) error { // the terms of the other, which go with the organization
			if err := tx.SetMembershipMetadata(o.ID, other.ID, had, roster.Metadata(`{"b":1}`), nil); err != nil {
				return err
			}
			_, err := tx.Membership(o.ID, other.ID)
			return err
		})
		deleted := waits.Begin(t, func() error {
			_, err := w.DeleteOrganization(t.Context(), w.caller, o.ID)
			return err
		})
		got := waits.Begin(t, func() error { return s.get("x@new.example") })
		release()
		if x, y := <-deleted, <-got; x != nil || y != nil {
			t.Error(x, y)
		}
	})
}

// A user is deleted whose organizations others change all the time, and users are
// enrolled at some of whom there is always somebody at work.
func TestUsers_among_many_who_are_busy(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		s := twoDomains{t, w, w.organization(t, roster.CreateOrganization{})}
		var organizations, users []string
		for i := range 30 {
			o := w.organization(t, roster.CreateOrganization{})
			w.join(t, o, u, roster.RoleMember)
			organizations, users = append(organizations, o.ID), append(users, s.person(fmt.Sprintf("p%d@a.example", i)).ID)
		}
		s.add("a.example", roster.AutomaticSuggestion)
		s.clock.Add(2 * 60 * 1000)
		w.beside(t, func(tx *store.Tx) (err error) {
			for from := rand.N(20); err == nil && from < 30; from += 5 {
				err = tx.LockOrganization(organizations[from])
			}
			return err
		}, func() error {
			_, err := w.DeleteUser(t.Context(), w.caller, u.ID)
			return err
		})
		w.beside(t, func(tx *store.Tx) error { return tx.LockUser(users[rand.N(30)]) }, func() error { return s.EnrolRest(t.Context()) })
	})
}

// beside makes a change while others lock something again and again.
func (w *world) beside(t *testing.T, lock func(*store.Tx) error, change func() error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	begun := make(chan struct{}, 1)
	var others sync.WaitGroup
	for range 3 {
		others.Go(func() {
			for ctx.Err() == nil {
				if err := w.store.Write(t.Context(), w.caller.InstanceID, morning, lock); err != nil {
					t.Error(err)
				}
				select {
				case begun <- struct{}{}:
				default:
				}
			}
		})
	}
	<-begun
	if err := change(); err != nil {
		t.Error(err)
	}
	stop()
	others.Wait()
}
