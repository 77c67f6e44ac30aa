package service_test

import (
	"log/slog"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
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
