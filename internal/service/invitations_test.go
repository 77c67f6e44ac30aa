package service_test

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func (w *world) invite(t testing.TB, o *roster.Organization, in roster.CreateInvitation) *roster.Invitation {
	t.Helper()
	if in.Role == "" {
		in.Role = roster.RoleMember
	}
	i, err := w.CreateInvitation(t.Context(), w.caller, o.ID, in)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func ticketOf(t testing.TB, i *roster.Invitation) string {
	t.Helper()
	u, err := url.Parse(*i.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("__clerk_ticket")
}

// both runs two calls at the same time.
func both(a, b func() error) (x, y error) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	wg.Go(func() { <-start; x = a() })
	wg.Go(func() { <-start; y = b() })
	close(start)
	wg.Wait()
	return x, y
}

const rounds = 50

// oneOf fails unless exactly one of two calls succeeded and the other was refused
// with one of the codes.
func oneOf(t testing.TB, what string, x, y error, codes ...roster.Code) {
	t.Helper()
	if x != nil {
		x, y = y, x
	}
	if x != nil || y == nil || !slices.ContainsFunc(codes, func(c roster.Code) bool { return errors.Is(y, c) }) {
		t.Errorf("%s: %v and %v", what, x, y)
	}
}

func TestConcurrentInvitations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		ctx := t.Context()
		for range rounds {
			o := w.organization(t, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](1)})
			u := w.user(t, roster.CreateUser{})
			other := w.user(t, roster.CreateUser{})
			address := u.EmailAddresses[0].EmailAddress
			create := func() error {
				_, err := w.CreateInvitation(ctx, w.caller, o.ID, roster.CreateInvitation{EmailAddress: address, Role: roster.RoleMember})
				return err
			}
			join := func() error {
				_, err := w.CreateMembership(ctx, w.caller, o.ID, roster.CreateMembership{UserID: other.ID, Role: roster.RoleMember})
				return err
			}
			x, y := both(create, join)
			oneOf(t, "invite and join under a quota of 1", x, y, roster.CodeMembershipQuotaExceeded)

			o = w.organization(t, roster.CreateOrganization{})
			x, y = both(create, create)
			oneOf(t, "invite one address twice", x, y, roster.CodeInvitationNotUnique)

			list, err := w.Invitations(ctx, w.caller, o.ID, roster.InvitationQuery{})
			if err != nil || list.TotalCount != 1 {
				t.Fatalf("%d invitations, %v", list.TotalCount, err)
			}
			ticket := ticketOf(t, &list.Data[0])
			accept := func() error { _, err := w.AcceptTicket(ctx, service.Caller{}, ticket); return err }
			x, y = both(accept, accept)
			oneOf(t, "accept twice", x, y, roster.CodeInvitationAlreadyAccepted)

			second := w.organization(t, roster.CreateOrganization{})
			last := w.organization(t, roster.CreateOrganization{})
			_, y = both(func() error {
				_, err := w.CreateInvitation(ctx, w.caller, last.ID, roster.CreateInvitation{EmailAddress: address, Role: roster.RoleMember})
				return err
			}, func() error {
				_, err := w.CreateMembership(ctx, w.caller, last.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
				return err
			})
			left, err := w.Invitations(ctx, w.caller, last.ID, roster.InvitationQuery{Status: []string{roster.InvitationPending}})
			if y != nil || err != nil || left.TotalCount != 0 {
				t.Errorf("invite and join at once: %v, and %d invitations are left, %v", y, left.TotalCount, err)
			}

			i := w.invite(t, second, roster.CreateInvitation{EmailAddress: address})
			ticket = ticketOf(t, i)
			x, y = both(accept, func() error {
				_, err := w.RevokeInvitation(ctx, w.caller, second.ID, i.ID, roster.RevokeInvitation{})
				return err
			})
			oneOf(t, "accept and revoke", x, y, roster.CodeInvitationRevoked, roster.CodeInvitationNotPending)
			members, err := w.Memberships(ctx, w.caller, second.ID, roster.MembershipQuery{})
			if err != nil || (members.TotalCount == 1) != (x == nil) {
				t.Errorf("accepted: %v, revoked: %v, %d members, %v", x, y, members.TotalCount, err)
			}
		}
	})
}

func TestInvitationEvents(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		o := w.organization(t, roster.CreateOrganization{})
		before := len(w.told(t))
		i := w.invite(t, o, roster.CreateInvitation{EmailAddress: u.EmailAddresses[0].EmailAddress})
		w.invite(t, o, roster.CreateInvitation{EmailAddress: "other@example.com", Notify: roster.Value(false)})
		w.clock.Add(1)
		if _, err := w.AcceptTicket(t.Context(), service.Caller{ClientIP: "::1"}, ticketOf(t, i)); err != nil {
			t.Fatal(err)
		}
		events := w.told(t)[before:]
		want := []string{roster.EventInvitationCreated, roster.EventEmailCreated, roster.EventInvitationCreated, roster.EventMembershipCreated, roster.EventInvitationAccepted}
		if got := typesOf(events); !slices.Equal(got, want) {
			t.Fatalf("events %v, want %v", got, want)
		}
		created, mail, membership, accepted := asObject(t, events[0].Data), asObject(t, events[1].Data), asObject(t, events[3].Data), asObject(t, events[4].Data)
		if created["url"] != *i.URL || created["user_id"] != nil {
			t.Errorf("created: %v", created)
		}
		if mail["to_email_address"] != i.EmailAddress || !strings.Contains(mail["body_plain"].(string), *i.URL) {
			t.Errorf("mail: %v", mail)
		}
		if n := membership["organization"].(object)["pending_invitations_count"]; n != 1.0 {
			t.Errorf("%v invitations are told to be pending, want 1", n)
		}
		if accepted["url"] != nil || accepted["user_id"] != u.ID || accepted["status"] != roster.InvitationAccepted {
			t.Errorf("accepted: %v", accepted)
		}
	})
}

// What there is left to do before an invitation is accepted rests on whose the address
// is: an unverified one is nobody's, whoever has put it down.
func TestAcceptTicket_of_an_address_that_is_not_verified(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		w.user(t, roster.CreateUser{EmailAddress: []string{"reserved@x.io"}, EmailAddressStatus: []string{roster.IdentificationReserved}})
		var claimed []*roster.EmailAddress
		for range 2 {
			a, err := w.CreateEmailAddress(t.Context(), w.caller, roster.CreateEmailAddress{UserID: w.user(t, roster.CreateUser{}).ID, EmailAddress: "claimed@x.io"})
			if err != nil {
				t.Fatal(err)
			}
			claimed = append(claimed, a)
		}
		accept := func(i *roster.Invitation, want string) {
			t.Helper()
			out, err := w.AcceptTicket(t.Context(), service.Caller{}, ticketOf(t, i))
			if err != nil || out.Status != want {
				t.Errorf("%s: %+v, %v, want %s", i.EmailAddress, out, err, want)
			}
		}
		accept(w.invite(t, o, roster.CreateInvitation{EmailAddress: "nobody@x.io"}), roster.TicketSignUp)
		accept(w.invite(t, o, roster.CreateInvitation{EmailAddress: "reserved@x.io"}), roster.TicketSignIn)
		i := w.invite(t, o, roster.CreateInvitation{EmailAddress: "claimed@x.io"})
		accept(i, roster.TicketSignUp)
		if _, err := w.UpdateEmailAddress(t.Context(), w.caller, claimed[1].ID, roster.UpdateEmailAddress{Verified: roster.Value(true)}); err != nil {
			t.Fatal(err)
		}
		accept(i, roster.TicketComplete)
	})
}

func TestSweep_writes_down_what_everybody_sees(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		i := w.invite(t, o, roster.CreateInvitation{EmailAddress: "a@x.io", ExpiresInDays: roster.Value[int64](1)})
		w.clock.Add(day)
		before, err := w.Invitation(t.Context(), w.caller, o.ID, i.ID)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.store.ExpireInvitations(t.Context(), w.clock.Load()); err != nil {
			t.Fatal(err)
		}
		w.clock.Add(-1) // what is written stays
		after, err := w.Invitation(t.Context(), w.caller, o.ID, i.ID)
		if err != nil || !cmp.Equal(before, after) || after.Status != roster.InvitationExpired {
			t.Errorf("before %+v, after %+v, %v", before, after, err)
		}
	})
}

// post is a mailer that remembers, and fails as often as told to.
type post struct {
	mu    sync.Mutex
	sent  []service.Mail
	fails int
}

var errPost = errors.New("no post today")

func (p *post) Send(_ context.Context, m service.Mail) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fails > 0 {
		p.fails--
		return errPost
	}
	p.sent = append(p.sent, m)
	return nil
}

func TestMail_is_sent_once(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		o := w.organization(t, roster.CreateOrganization{Name: "Straße\r\nBcc: x@x.io"})
		inviter := w.user(t, roster.CreateUser{FirstName: roster.Value("<b>")})
		w.join(t, o, inviter, roster.RoleAdmin)
		var revoked *roster.Invitation
		for _, name := range strings.Fields("a b c d e f g h i j k l m n o p") {
			revoked = w.invite(t, o, roster.CreateInvitation{EmailAddress: name + "@x.io", InviterUserID: roster.Value(inviter.ID)})
		}
		if _, err := w.RevokeInvitation(t.Context(), w.caller, o.ID, revoked.ID, roster.RevokeInvitation{}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 { // servers
			wg.Go(func() {
				for found, err := true, error(nil); found; {
					if found, err = w.DeliverMail(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		seen := map[string]bool{}
		for _, m := range p.sent {
			seen[m.To] = true
			if strings.ContainsAny(m.Subject, "\r\n") || !strings.Contains(m.HTML, "&lt;b&gt;") {
				t.Errorf("mail %+v", m)
			}
		}
		if len(p.sent) != 15 || len(seen) != 15 || seen[revoked.EmailAddress] {
			t.Errorf("%d mails to %d addresses, want 15: %v", len(p.sent), len(seen), seen)
		}
	})
}

func TestMail_is_tried_again(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := &post{fails: 2}
		w := newInstance(t, e.Open(t), service.Options{Mailer: p})
		o := w.organization(t, roster.CreateOrganization{})
		w.invite(t, o, roster.CreateInvitation{EmailAddress: "a@x.io"})
		deliver := func(want bool, sent int) {
			t.Helper()
			found, err := w.DeliverMail(t.Context(), slog.New(slog.DiscardHandler))
			if err != nil || found != want || len(p.sent) != sent {
				t.Fatalf("found %v, %d sent, %v", found, len(p.sent), err)
			}
		}
		deliver(true, 0)
		deliver(false, 0) // not yet
		w.clock.Add(30_000)
		deliver(true, 0)
		w.clock.Add(30_000)
		deliver(false, 0) // each time later
		w.clock.Add(30_000)
		deliver(true, 1)
		w.clock.Add(365 * day)
		deliver(false, 1)

		w.invite(t, o, roster.CreateInvitation{EmailAddress: "b@x.io"})
		p.fails = 1000
		for range 12 {
			w.clock.Add(day)
			deliver(true, 1)
		}
		w.clock.Add(day)
		deliver(false, 1) // given up

		// A server that took a mail and fell leaves it to the next.
		w.invite(t, o, roster.CreateInvitation{EmailAddress: "c@x.io"})
		if _, err := w.store.ClaimMail(t.Context(), w.clock.Load(), w.clock.Load()+1000, store.ChannelEmail); err != nil {
			t.Fatal(err)
		}
		p.fails = 0
		deliver(false, 1)
		w.clock.Add(1000)
		deliver(true, 2)
	})
}

// Who has no ticket is turned away without waiting for those who write.
func TestAcceptTicket_by_nobody_locks_nothing(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		i := w.invite(t, w.organization(t, roster.CreateOrganization{}), roster.CreateInvitation{EmailAddress: "a@example.com"})
		ticket := ticketOf(t, i)
		forged := ticket[:strings.LastIndexByte(ticket, '.')] + ".guessed"
		if err := w.store.Write(t.Context(), w.caller.InstanceID, w.clock.Load(), func(tx *store.Tx) error {
			if err := tx.LockInstance(); err != nil {
				return err
			}
			answered := make(chan error, 1)
			go func() {
				_, err := w.AcceptTicket(t.Context(), service.Caller{}, forged)
				answered <- err
			}()
			select {
			case err := <-answered:
				if !errors.Is(err, roster.CodeTicketInvalid) {
					t.Error(err)
				}
			case <-time.After(20 * time.Second):
				t.Error("it waits")
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
