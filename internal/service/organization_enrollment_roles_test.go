package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// What a domain offers by itself is in nobody's way: a role or role set that goes takes
// such invitations along to the role that newcomers get then.
func TestEnrollment_keeps_no_role_in_place(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change func(*testing.T, *world, *roster.Organization, roster.Role) error
		want   string
	}{
		"a role of no more use to the set": {func(t *testing.T, w *world, _ *roster.Organization, _ roster.Role) error {
			_, err := w.RemoveRoles(t.Context(), w.caller, "role_set:default", roster.RemoveRoles{RoleKeys: []string{"org:guest"}})
			return err
		}, roster.RoleMember},
		"a role that is deleted": {func(t *testing.T, w *world, _ *roster.Organization, guest roster.Role) error {
			_, err := w.DeleteRole(t.Context(), w.caller, guest.ID)
			return err
		}, roster.RoleMember},
		"another role set": {func(t *testing.T, w *world, o *roster.Organization, _ roster.Role) error {
			_, err := w.UpdateOrganization(t.Context(), w.caller, o.ID, roster.UpdateOrganization{RoleSetKey: roster.Value(w.roleSet(t, "Other", roster.RoleAdmin, "org:clerk").Key)})
			return err
		}, "org:clerk"},
		"a role set that is replaced": {func(t *testing.T, w *world, _ *roster.Organization, _ roster.Role) error {
			other := w.roleSet(t, "Other", roster.RoleAdmin, "org:clerk")
			if _, err := w.UpdateRoleSet(t.Context(), w.caller, other.Key, roster.UpdateRoleSet{Type: roster.Value(roster.RoleSetInitial)}); err != nil {
				return err
			}
			_, err := w.ReplaceRoleSet(t.Context(), w.caller, "role_set:default", roster.ReplaceRoleSet{DestRoleSetKey: other.Key})
			return err
		}, "org:clerk"},
		"another default role alone": {func(*testing.T, *world, *roster.Organization, roster.Role) error { return nil }, "org:guest"},
	}
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				w := newInstance(t, st, service.Options{})
				guest := w.role(t, "org:guest")
				w.role(t, "org:clerk")
				newcomersGet := func(key string) {
					t.Helper()
					if _, err := w.UpdateRoleSet(t.Context(), w.caller, "role_set:default", roster.UpdateRoleSet{DefaultRoleKey: roster.Value(key)}); err != nil {
						t.Fatal(err)
					}
				}
				newcomersGet("org:guest")
				o := w.organization(t, roster.CreateOrganization{})
				w.domain(t, o, "a.example", roster.AutomaticInvitation)
				u := w.user(t, roster.CreateUser{EmailAddress: []string{"ann@a.example"}})
				newcomersGet(roster.RoleMember)
				if err := tt.change(t, w, o, guest); err != nil {
					t.Fatalf("it is in the way: %v", err)
				}
				list, err := w.UserInvitations(t.Context(), w.caller, u.ID, roster.InvitationQuery{})
				if err != nil || len(list.Data) != 1 || list.Data[0].Role != tt.want || list.Data[0].Status != roster.InvitationPending {
					t.Fatalf("invitations %+v, %v, want one to be %s", list.Data, err, tt.want)
				}
				if _, err := w.AcceptTicket(t.Context(), service.Caller{}, ticketOf(t, &list.Data[0])); err != nil {
					t.Fatal(err)
				}
				m, err := w.Membership(t.Context(), w.caller, o.ID, u.ID)
				if err != nil || m.Role != tt.want {
					t.Errorf("joined as %v, %v, want %s", m, err, tt.want)
				}
			})
		}
	})
}
