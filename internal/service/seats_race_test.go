package service_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// An address that becomes a member's while somebody invites it, whoever had it before,
// or while another invitation makes its user a member, does not end as a second seat
// either.
func TestMembers_are_not_invited_meanwhile(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		s := &seated{T: t, world: w}
		for n := range rounds {
			invited := fmt.Sprintf("n%d@x.io", n)
			s.o, s.u = w.organization(t, roster.CreateOrganization{}), w.user(t, roster.CreateUser{})
			first := w.invite(t, s.o, roster.CreateInvitation{EmailAddress: s.u.EmailAddresses[0].EmailAddress})
			w.invite(t, s.o, roster.CreateInvitation{EmailAddress: invited})
			get := func() error { return s.get(invited) }
			if x, y := both(func() error { return s.accept(first) }, get); x != nil || y != nil {
				t.Fatal(x, y)
			}
			s.nobodyInvited("accept and verify")

			invited = "again-" + invited
			x, y := both(get, func() error { return s.ask(invited) })
			if x != nil || y != nil {
				t.Fatal(x, y)
			}
			s.nobodyInvited("invite and verify")

			invited = "other-" + invited
			had := w.user(t, roster.CreateUser{EmailAddress: []string{"kept-" + invited, invited}})
			x, y = both(func() error {
				if _, err := w.DeleteEmailAddress(t.Context(), w.caller, had.EmailAddresses[1].ID); err != nil {
					return err
				}
				return get()
			}, func() error { return s.ask(invited) })
			if x != nil || y != nil {
				t.Fatal(x, y)
			}
			s.nobodyInvited("invite and move")
		}
	})
}

// Whoever invites waits for who changes an address, and then for who changes its
// organization. In between the address may have become anybody's, whatever it was
// before.
func TestMembers_are_not_invited_while_an_address_moves(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(s *moving) []func() error{
		"its user loses it": func(s *moving) []func() error {
			return []func() error{func() error {
				_, err := s.DeleteEmailAddress(s.Context(), s.caller, s.had.EmailAddresses[1].ID)
				return err
			}}
		},
		"its user is deleted": func(s *moving) []func() error {
			return []func() error{func() error {
				_, err := s.DeleteUser(s.Context(), s.caller, s.had.ID)
				return err
			}}
		},
		"its user has just got it and loses it": func(s *moving) []func() error {
			if err := s.lose(); err != nil {
				s.Fatal(err)
			}
			return []func() error{func() error {
				_, err := s.CreateEmailAddress(s.Context(), s.caller, roster.CreateEmailAddress{UserID: s.had.ID, EmailAddress: movingAddress, Verified: roster.Value(true)})
				return err
			}, s.lose}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, e storetest.Engine) {
				if e.Name == "sqlite" {
					t.Skip("has one writer at a time")
				}
				s := newMoving(t, e)
				s.move(leave(s))
			})
		})
	}
}

// Whoever gives those who are invited other roles keeps the instance to themselves and
// waits for nobody who waits for that: an engine would have to end one of the two.
func TestMembers_get_addresses_before_or_after_roles_are_exchanged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		if e.Name == "sqlite" {
			t.Skip("has one writer at a time")
		}
		s := newMoving(t, e)
		if err := s.lose(); err != nil {
			t.Fatal(err)
		}
		i := s.invite(t, s.o, roster.CreateInvitation{EmailAddress: movingAddress})
		set, err := s.RoleSet(t.Context(), s.caller, s.o.RoleSetKey)
		if err != nil {
			t.Fatal(err)
		}
		runs := 0
		var got <-chan error
		err = s.store.Write(t.Context(), s.caller.InstanceID, morning, func(tx *store.Tx) error {
			if err := tx.LockInstance(); err != nil {
				return err
			}
			if runs++; runs == 1 {
				got = s.Begin(s, func() error { return s.get(movingAddress) })
			}
			return tx.ReassignInvitations(set.ID, map[string]string{set.Role(roster.RoleMember).ID: set.Role(roster.RoleAdmin).ID})
		})
		if err = errors.Join(err, <-got); err != nil || runs != 1 {
			t.Errorf("%v, in %d runs", err, runs)
		}
		s.is(roster.InvitationRevoked, i)
	})
}

const movingAddress = "x@first.example"

// moving is an address that a user has, and a member of an organization shall get.
type moving struct {
	seated
	*storetest.Waits
	had       *roster.User
	elsewhere *roster.Organization // which that user belongs to
}

func newMoving(t *testing.T, e storetest.Engine) *moving {
	t.Helper()
	e, waits := e.Watch(t)
	w := newWorld(t, e)
	s := &moving{Waits: waits, seated: seated{T: t, world: w, o: w.organization(t, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](9)})}}
	s.u = w.member(t, s.o, roster.RoleMember)
	s.elsewhere = w.organization(t, roster.CreateOrganization{})
	w.domain(t, w.organization(t, roster.CreateOrganization{}), "first.example", roster.AutomaticSuggestion)
	s.had = w.user(t, roster.CreateUser{EmailAddress: []string{"kept@second.example", movingAddress}})
	w.join(t, s.elsewhere, s.had, roster.RoleMember)
	return s
}

// lose leaves the user with another address than the one that moves.
func (s *moving) lose() error {
	_, err := s.ReplaceEmailAddress(s.Context(), s.caller, s.had.ID, roster.ReplaceEmailAddress{EmailAddress: "kept@second.example"})
	return err
}

// move has the address invited while its user, whose membership cannot be changed yet,
// is about to leave it, and then given to the member while the invitation is about to
// be there.
func (s *moving) move(leave []func() error) {
	s.Helper()
	showing := s.hold(s.T, func(tx *store.Tx) error {
		if err := tx.SetMembershipMetadata(s.elsewhere.ID, s.had.ID, nil, roster.Metadata(`{"held":true}`), nil); err != nil {
			return err
		}
		_, err := tx.Membership(s.elsewhere.ID, s.had.ID) // and what was said before that is done
		return err
	})
	seats := s.hold(s.T, func(tx *store.Tx) error { return tx.LockMembers(s.o.ID) })
	var left []<-chan error
	for _, step := range leave {
		left = append(left, s.Begin(s, step))
	}
	invited := s.Begin(s, func() error { return s.ask(movingAddress) })
	showing()
	s.Settle(s)
	if slices.ContainsFunc(left, func(c <-chan error) bool { return len(c) == 0 }) { // waits for the invitation
		seats()
		seats = func() {}
	}
	got := s.Begin(s, func() error {
		for _, c := range left {
			if err := <-c; err != nil {
				return err
			}
		}
		return s.get(movingAddress)
	})
	seats()
	if err := <-invited; err != nil {
		s.Error(err)
	}
	err := <-got
	if errors.Is(err, roster.CodeIdentifierExists) { // its user lost it before they got it
		return
	}
	if err != nil {
		s.Error(err)
	}
	s.nobodyInvited("invite and move")
}

// hold takes locks until they are released.
func (w *world) hold(t *testing.T, lock func(*store.Tx) error) (release func()) {
	t.Helper()
	return storetest.Hold(t, w.store, w.caller.InstanceID, morning, lock)
}

// get makes an address the user's.
func (s *seated) get(address string) error {
	_, err := s.CreateEmailAddress(s.Context(), s.caller, roster.CreateEmailAddress{UserID: s.u.ID, EmailAddress: address, Verified: roster.Value(true)})
	return err
}

// ask invites an address unless it is a member's.
func (s *seated) ask(address string) error {
	_, err := s.CreateInvitation(s.Context(), s.caller, s.o.ID, roster.CreateInvitation{EmailAddress: address, Role: roster.RoleMember})
	if errors.Is(err, roster.CodeAlreadyAMember) {
		return nil
	}
	return err
}

func (s *seated) nobodyInvited(what string) {
	s.Helper()
	page, err := s.Invitations(s.Context(), s.caller, s.o.ID, roster.InvitationQuery{Status: []string{roster.InvitationPending}})
	if err != nil || page.TotalCount != 0 {
		s.Errorf("%s: %d invitations are left, %v", what, page.TotalCount, err)
	}
}
