package service_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// starts is the organization the user's next session starts in, "none" for none.
func (w *world) starts(t testing.TB, u *roster.User) string {
	t.Helper()
	return opt(w.session(t, u).LastActiveOrganizationID)
}

func TestActiveOrganization(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		expect := func(when, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: got %s, want %s", when, got, want)
			}
		}
		expect("without memberships", w.starts(t, u), "none")
		first := w.organization(t, roster.CreateOrganization{})
		w.join(t, first, u, roster.RoleMember)
		expect("after joining one", w.starts(t, u), first.ID)
		second := w.organization(t, roster.CreateOrganization{CreatedBy: roster.Value(u.ID)})
		expect("after creating another", w.starts(t, u), second.ID)
		named, err := w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: u.ID, ActiveOrganizationID: roster.Value(first.ID)})
		if err != nil {
			t.Fatal(err)
		}
		expect("when one is named", opt(named.LastActiveOrganizationID), first.ID)
		expect("after one was named", w.starts(t, u), first.ID)
		w.join(t, second, w.user(t, roster.CreateUser{}), roster.RoleMember)
		expect("after somebody else joined", w.starts(t, u), first.ID)

		if _, err := w.DeleteMembership(t.Context(), w.caller, second.ID, u.ID); err != nil {
			t.Fatal(err)
		}
		expect("after leaving another", w.starts(t, u), first.ID)
		if _, err := w.DeleteMembership(t.Context(), w.caller, first.ID, u.ID); err != nil {
			t.Fatal(err)
		}
		expect("after leaving it", w.starts(t, u), "none")
		again, err := w.Session(t.Context(), w.caller, named.ID)
		if err != nil {
			t.Fatal(err)
		}
		expect("running sessions lose it too", opt(again.LastActiveOrganizationID), "none")

		w.join(t, second, u, roster.RoleMember)
		if _, err := w.DeleteOrganization(t.Context(), w.caller, second.ID); err != nil {
			t.Fatal(err)
		}
		expect("after it was deleted", w.starts(t, u), "none")
	})
}

func TestActiveOrganizationMustBeOnesOwn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		u := w.user(t, roster.CreateUser{})
		for _, id := range []string{o.ID, "org_none", o.Slug} {
			_, err := w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: u.ID, ActiveOrganizationID: roster.Value(id)})
			refused(t, id, err, roster.ErrActiveOrganization.New("active_organization_id"))
		}
		got, err := w.User(t.Context(), w.caller, u.ID)
		if err != nil || got.LastSignInAt != nil {
			t.Errorf("a refused session signed the user in: %v, %v", got.LastSignInAt, err)
		}
	})
}

// While organizations are off nothing sets one, and the user's choice stays.
func TestActiveOrganization_switched_off(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		first, second := w.organization(t, roster.CreateOrganization{}), w.organization(t, roster.CreateOrganization{})
		w.join(t, first, u, roster.RoleMember)
		w.join(t, second, u, roster.RoleMember)
		w.caller.OrganizationsEnabled = false
		_, err := w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: u.ID, ActiveOrganizationID: roster.Value(first.ID)})
		refused(t, "named", err, roster.ErrOrganizationNotEnabled.New())
		if got := w.starts(t, u); got != "none" {
			t.Errorf("while they are off a session starts in %s", got)
		}
		w.caller.OrganizationsEnabled = true
		if got := w.starts(t, u); got != second.ID {
			t.Errorf("when they are on again a session starts in %s, want %s", got, second.ID)
		}
	})
}

func TestSessionsAreForDevelopment(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		c := w.caller
		c.Environment = service.Production
		_, err := w.CreateSession(t.Context(), c, roster.CreateSession{UserID: u.ID})
		refused(t, "production", err, roster.ErrRequestForEnvironment.New("Creating a session"))
		_, err = w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: "user_none"})
		refused(t, "unknown user", err, roster.ErrUserNotFound.New("user_none"))
		if _, err := w.BanUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.CreateSession(t.Context(), w.caller, roster.CreateSession{UserID: u.ID})
		refused(t, "banned", err, roster.ErrUserBanned.New(u.ID))
		if _, err := w.UnbanUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		w.session(t, u)
	})
}

func TestSessionLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		s := w.session(t, u)
		status := func(when, id, want string) {
			t.Helper()
			got, err := w.Session(t.Context(), w.caller, id)
			if err != nil || got.Status != want {
				t.Errorf("%s: %v, %v, want %s", when, got, err, want)
			}
		}
		w.clock.Store(s.ExpireAt - 1)
		status("before its end", s.ID, roster.SessionActive)
		w.clock.Store(s.ExpireAt)
		status("at its end", s.ID, roster.SessionExpired)
		if _, err := w.RevokeSession(t.Context(), w.caller, s.ID); err != nil {
			t.Fatal(err)
		}
		status("revoked when it is over", s.ID, roster.SessionExpired)

		s = w.session(t, u)
		for range 2 {
			got, err := w.RevokeSession(t.Context(), w.caller, s.ID)
			if err != nil || got.Status != roster.SessionRevoked {
				t.Errorf("revoke: %v, %v", got, err)
			}
		}
		_, err := w.RevokeSession(t.Context(), w.caller, "sess_none")
		refused(t, "unknown session", err, roster.ErrSessionNotFound.New("sess_none"))

		s = w.session(t, u)
		if _, err := w.BanUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		status("after a ban", s.ID, roster.SessionRevoked)
		if _, err := w.DeleteUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		_, err = w.Session(t.Context(), w.caller, s.ID)
		refused(t, "of a deleted user", err, roster.ErrSessionNotFound.New(s.ID))
	})
}

// A user's last activity has the precision of a day, the sign-in that of the clock.
func TestSessionTouchesItsUser(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		for _, at := range []int64{morning, morning + 1000, morning + day, morning + day + 1} {
			w.clock.Store(at)
			w.session(t, u)
			got, err := w.User(t.Context(), w.caller, u.ID)
			if err != nil || *got.LastActiveAt != at-at%day || *got.LastSignInAt != at {
				t.Errorf("at %d: last_active_at %d, last_sign_in_at %d, %v", at, *got.LastActiveAt, *got.LastSignInAt, err)
			}
			if got.UpdatedAt != u.UpdatedAt {
				t.Errorf("at %d: updated_at moved to %d", at, got.UpdatedAt)
			}
		}
	})
}

// While organizations are off nobody is in one, and nothing is forgotten.
func TestOrganizations_off_show_nowhere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		ctx := t.Context()
		o := w.organization(t, roster.CreateOrganization{})
		u := w.member(t, o, roster.RoleMember)
		s := w.session(t, u)
		shown := func(c service.Caller) []string {
			t.Helper()
			one, err := w.Session(ctx, c, s.ID)
			if err != nil {
				t.Fatal(err)
			}
			page, err := w.Sessions(ctx, c, roster.SessionQuery{})
			if err != nil {
				t.Fatal(err)
			}
			client, err := w.Client(ctx, c, s.ClientID)
			if err != nil {
				t.Fatal(err)
			}
			clients, err := w.Clients(ctx, c, roster.Paging{})
			if err != nil {
				t.Fatal(err)
			}
			return []string{opt(one.LastActiveOrganizationID), opt(page.Data[0].LastActiveOrganizationID),
				opt(client.Sessions[0].LastActiveOrganizationID), opt(clients.Data[0].Sessions[0].LastActiveOrganizationID)}
		}
		off := w.caller
		off.OrganizationsEnabled = false
		none, all := opt(nil), o.ID
		if diff := cmp.Diff([]string{none, none, none, none}, shown(off)); diff != "" {
			t.Errorf("off: -want +got:\n%s", diff)
		}
		if diff := cmp.Diff([]string{all, all, all, all}, shown(w.caller)); diff != "" {
			t.Errorf("on: -want +got:\n%s", diff)
		}
		for name, only := range map[string]roster.Selection{"in": {Include: []string{o.ID}}, "not in": {Exclude: []string{o.ID}}} {
			_, err := w.Users(ctx, off, roster.UserQuery{OrganizationID: only})
			refused(t, "users "+name, err, roster.ErrOrganizationNotEnabled.New())
			_, err = w.CountUsers(ctx, off, roster.UserQuery{OrganizationID: only})
			refused(t, "count of users "+name, err, roster.ErrOrganizationNotEnabled.New())
		}
		if n, err := w.CountUsers(ctx, off, roster.UserQuery{}); err != nil || n.TotalCount != 1 {
			t.Errorf("%v users, %v", n, err)
		}
		ended, err := w.RevokeSession(ctx, off, s.ID)
		if err != nil || ended.LastActiveOrganizationID != nil {
			t.Errorf("ended %+v, %v", ended, err)
		}
	})
}
