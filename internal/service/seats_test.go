package service_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Whoever is invited and then added by hand holds one seat: the invitations to their
// verified addresses are revoked, and nobody else's.
func TestCreateMembership_withdraws_invitations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		o := w.organization(t, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](3)})
		elsewhere := w.organization(t, roster.CreateOrganization{})
		w.join(t, o, w.user(t, roster.CreateUser{}), roster.RoleAdmin)
		u := w.user(t, roster.CreateUser{EmailAddress: []string{"m@x.io", "m@y.io"}})
		if _, err := w.CreateEmailAddress(t.Context(), w.caller, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: "m@z.io"}); err != nil {
			t.Fatal(err)
		}
		status := map[string]*roster.Invitation{"m@x.io": w.invite(t, o, roster.CreateInvitation{EmailAddress: "m@x.io"})}
		status["m@y.io elsewhere"] = w.invite(t, elsewhere, roster.CreateInvitation{EmailAddress: "m@y.io"})
		status["m@z.io"] = w.invite(t, o, roster.CreateInvitation{EmailAddress: "m@z.io"})
		before := len(w.told(t))
		_, err := w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{"m@x.io": roster.InvitationRevoked, "m@y.io elsewhere": roster.InvitationPending, "m@z.io": roster.InvitationPending} {
			i := status[name]
			got, err := w.Invitation(t.Context(), w.caller, i.OrganizationID, i.ID)
			if err != nil || got.Status != want {
				t.Errorf("the invitation of %s is %v, %v, want %s", name, got, err, want)
			}
		}
		events := w.told(t)[before:]
		if got, want := typesOf(events), []string{roster.EventInvitationRevoked, roster.EventMembershipCreated}; !slices.Equal(got, want) {
			t.Fatalf("events %v, want %v", got, want)
		}
		counted := asObject(t, events[1].Data)["organization"].(object)
		if counted["members_count"] != 2.0 || counted["pending_invitations_count"] != 1.0 {
			t.Errorf("it tells of %v members and %v invitations", counted["members_count"], counted["pending_invitations_count"])
		}
		for range 3 {
			if _, err := w.DeliverMail(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range p.sent {
			if m.To == "m@x.io" {
				t.Error("what was withdrawn is mailed")
			}
		}
		_, err = w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: w.user(t, roster.CreateUser{}).ID, Role: roster.RoleMember})
		refused(t, "the seat of another's invitation", err, roster.ErrMembershipQuotaExceeded.New(3))
	})
}

// A membership that is refused leaves the invitation as it was.
func TestCreateMembership_refused_withdraws_nothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		u := w.user(t, roster.CreateUser{})
		i := w.invite(t, o, roster.CreateInvitation{EmailAddress: u.EmailAddresses[0].EmailAddress})
		_, err := w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember, PublicMetadata: roster.Metadata("[]")})
		if err == nil {
			t.Fatal("metadata may be an array")
		}
		got, err := w.Invitation(t.Context(), w.caller, o.ID, i.ID)
		if err != nil || got.Status != roster.InvitationPending {
			t.Errorf("the invitation is %v, %v", got, err)
		}
	})
}

// Whoever is a member holds no second seat by an invitation, whichever way they joined
// and whenever the invited address has become theirs.
func TestMembers_are_not_invited(t *testing.T) {
	t.Parallel()
	joins := map[string]func(s *seated) error{
		"by one of two invitations": func(s *seated) error { return s.accept(s.first) },
		"by a domain's invitation":  func(s *seated) error { return s.accept(s.automatic()) },
		"by hand":                   (*seated).add,
	}
	for name, join := range joins {
		t.Run("joining "+name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, e storetest.Engine) {
				s := newSeated(t, e, roster.IdentificationVerified)
				if err := join(s); err != nil {
					t.Fatal(err)
				}
				s.check()
			})
		})
	}
	for name, c := range map[string]struct {
		status string // of the second address at first, none where it is empty
		get    func(s *seated) error
	}{
		"by adding it verified": {"", func(s *seated) error {
			_, err := s.CreateEmailAddress(s.Context(), s.caller, roster.CreateEmailAddress{UserID: s.u.ID, EmailAddress: secondAddress, Verified: roster.Value(true)})
			return err
		}},
		"in place of others": {"", func(s *seated) error {
			_, err := s.ReplaceEmailAddress(s.Context(), s.caller, s.u.ID, roster.ReplaceEmailAddress{EmailAddress: secondAddress})
			return err
		}},
		"by verifying it":                {roster.IdentificationUnverified, (*seated).verify},
		"by verifying what was reserved": {roster.IdentificationReserved, (*seated).verify},
		"by a code":                      {roster.IdentificationUnverified, (*seated).prove},
	} {
		t.Run("getting an address "+name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, e storetest.Engine) {
				s := newSeated(t, e, c.status)
				if err := s.accept(s.first); err != nil {
					t.Fatal(err)
				}
				s.is(roster.InvitationPending, s.second)
				if err := c.get(s); err != nil {
					t.Fatal(err)
				}
				s.check()
			})
		})
	}
}

const (
	firstAddress  = "first@a.example"
	secondAddress = "second+clerk_test@b.example"
	thirdAddress  = "third@c.example"
)

// seated is a user whom somebody has invited to an organization by two addresses, and
// a domain by a third. One more is invited; there are three seats.
type seated struct {
	*testing.T
	*world
	o             *roster.Organization
	u             *roster.User
	first, second *roster.Invitation
	others        []*roster.Invitation // that the user has no part in, or not there
	before        int                  // how many events there were
}

func newSeated(t *testing.T, e storetest.Engine, status string) *seated {
	t.Helper()
	w := newWorld(t, e)
	s := &seated{T: t, world: w, o: w.organization(t, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](3)})}
	w.domain(t, s.o, "c.example", roster.AutomaticInvitation)
	in := roster.CreateUser{EmailAddress: []string{firstAddress, thirdAddress}, EmailAddressStatus: []string{roster.IdentificationVerified, roster.IdentificationVerified}}
	if status == roster.IdentificationVerified || status == roster.IdentificationReserved {
		in.EmailAddress, in.EmailAddressStatus = append(in.EmailAddress, secondAddress), append(in.EmailAddressStatus, status)
	}
	s.u = w.user(t, in)
	if status == roster.IdentificationUnverified {
		if _, err := w.CreateEmailAddress(t.Context(), w.caller, roster.CreateEmailAddress{UserID: s.u.ID, EmailAddress: secondAddress}); err != nil {
			t.Fatal(err)
		}
	}
	s.first, s.second = w.invite(t, s.o, roster.CreateInvitation{EmailAddress: firstAddress}), w.invite(t, s.o, roster.CreateInvitation{EmailAddress: secondAddress})
	s.others = []*roster.Invitation{
		w.invite(t, s.o, roster.CreateInvitation{EmailAddress: "another@b.example"}),
		w.invite(t, w.organization(t, roster.CreateOrganization{}), roster.CreateInvitation{EmailAddress: secondAddress}),
	}
	s.before = len(s.told(t))
	return s
}

func (s *seated) add() error {
	_, err := s.CreateMembership(s.Context(), s.caller, s.o.ID, roster.CreateMembership{UserID: s.u.ID, Role: roster.RoleMember})
	return err
}

func (s *seated) accept(i *roster.Invitation) error {
	out, err := s.AcceptTicket(s.Context(), service.Caller{}, ticketOf(s, i))
	if err == nil && out.Status != roster.TicketComplete {
		err = errors.New(out.Status)
	}
	return err
}

// automatic is the invitation of the domain.
func (s *seated) automatic() *roster.Invitation {
	s.Helper()
	page, err := s.InstanceInvitations(s.Context(), s.caller, roster.InvitationQuery{Query: thirdAddress})
	if err != nil || len(page.Data) != 1 {
		s.Fatal(page, err)
	}
	return &page.Data[0]
}

// secondID is the second address, which the user has.
func (s *seated) secondID() string {
	s.Helper()
	u, err := s.User(s.Context(), s.caller, s.u.ID)
	if err != nil {
		s.Fatal(err)
	}
	return u.EmailAddresses[len(u.EmailAddresses)-1].ID
}

func (s *seated) verify() error {
	_, err := s.UpdateEmailAddress(s.Context(), s.caller, s.secondID(), roster.UpdateEmailAddress{Verified: roster.Value(true)})
	return err
}

func (s *seated) prove() error {
	v, err := s.PrepareEmailVerification(s.Context(), s.caller, s.secondID())
	if err == nil {
		_, err = s.AttemptEmailVerification(s.Context(), s.caller, s.secondID(), codeOf(v, "424242"))
	}
	return err
}

// is compares the status of invitations.
func (s *seated) is(status string, list ...*roster.Invitation) {
	s.Helper()
	for _, i := range list {
		got, err := s.Invitation(s.Context(), s.caller, i.OrganizationID, i.ID)
		if err != nil || got.Status != status {
			s.Errorf("the invitation of %s is %v, %v, want %s", i.EmailAddress, got, err, status)
		}
	}
}

// check finds the user seated once: with who is invited a seat is left.
func (s *seated) check() {
	s.Helper()
	s.is(roster.InvitationRevoked, s.second)
	s.is(roster.InvitationPending, s.others...)
	revoked := 0
	for _, e := range s.told(s)[s.before:] {
		if e.Type == roster.EventInvitationRevoked && asObject(s, e.Data)["id"] == s.second.ID {
			revoked++
		}
	}
	if revoked != 1 {
		s.Errorf("%d events tell that the invitation is revoked", revoked)
	}
	s.member(s, s.o, roster.RoleMember)
	_, err := s.CreateMembership(s.Context(), s.caller, s.o.ID, roster.CreateMembership{UserID: s.user(s, roster.CreateUser{}).ID, Role: roster.RoleMember})
	refused(s, "one too many", err, roster.ErrMembershipQuotaExceeded.New(3))
}

// A member of many organizations that all invite an address gets it: more invitations
// go than are taken back at once, each with its event.
func TestMembers_of_many_organizations_are_not_invited(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := newSeated(t, e, "")
		if err := s.add(); err != nil {
			t.Fatal(err)
		}
		const many = store.InvitedAtOnce + 1
		s.inviteByMany(many)
		s.before = len(s.told(t))
		if err := s.get(secondAddress); err != nil {
			t.Fatal(err)
		}
		revoked := 0
		for _, e := range s.told(t)[s.before:] {
			if e.Type == roster.EventInvitationRevoked {
				revoked++
			}
		}
		if revoked != many+1 {
			t.Errorf("%d of %d invitations were told of", revoked, many+1)
		}
		s.check()
		page, err := s.InstanceInvitations(t.Context(), s.caller, roster.InvitationQuery{Query: secondAddress, Status: []string{roster.InvitationPending}})
		if err != nil || page.TotalCount != 1 || page.Data[0].ID != s.others[1].ID {
			t.Errorf("%d invitations are left, %v", page.TotalCount, err)
		}
	})
}

// inviteByMany makes organizations that the user is a member of and that invite the
// second address.
func (s *seated) inviteByMany(n int) {
	s.Helper()
	err := s.store.Write(s.Context(), s.caller.InstanceID, morning, func(tx *store.Tx) error {
		role, err := tx.RoleID(roster.RoleMember)
		for k := range n {
			o := *s.o
			o.ID, o.Slug = fmt.Sprint("org_", k), fmt.Sprint("many-", k)
			i := store.Invitation{RoleID: role, Secret: o.ID}
			i.ID, i.OrganizationID, i.EmailAddress, i.ExpiresAt = fmt.Sprint("orginv_", k), o.ID, secondAddress, morning+day
			err = errors.Join(err, tx.InsertOrganization(&o), tx.InsertMembership(fmt.Sprint("orgmem_", k), o.ID, s.u.ID, role, nil, nil), tx.InsertInvitation(&i))
		}
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}
