package service_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// meet runs calls at once, in any order, and returns their errors.
func meet(calls ...func() error) []error {
	errs := make([]error, len(calls))
	start := make(chan struct{})
	var wg sync.WaitGroup
	for _, i := range rand.Perm(len(calls)) {
		wg.Go(func() {
			<-start
			errs[i] = calls[i]()
		})
	}
	close(start)
	wg.Wait()
	return errs
}

const meetings = 50

// A role that is deleted while somebody is given it: one of the two is refused, and
// no member is left with a role that is gone.
func TestDeleteRole_meets_who_is_given_it(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o, ctx := w.organization(t, roster.CreateOrganization{}), context.Background()
		deleted := 0
		for i := range meetings {
			r := w.role(t, fmt.Sprint("org:r", i))
			joining, member := w.user(t, roster.CreateUser{}), w.member(t, o, roster.RoleMember)
			errs := meet(func() error {
				_, err := w.DeleteRole(ctx, w.caller, r.ID)
				return err
			}, func() error {
				_, err := w.CreateMembership(ctx, w.caller, o.ID, roster.CreateMembership{UserID: joining.ID, Role: r.Key})
				return err
			}, func() error {
				_, err := w.UpdateMembership(ctx, w.caller, o.ID, member.ID, roster.UpdateMembership{Role: r.Key})
				return err
			})
			given := 0
			for _, err := range errs[1:] {
				if err == nil {
					given++
				} else if !errors.Is(err, roster.CodeResourceNotFound) {
					t.Fatalf("give: %v", err)
				}
			}
			switch {
			case errs[0] == nil && given == 0:
				deleted++
			case !errors.Is(errs[0], roster.CodeRoleAssigned) || given == 0:
				t.Fatalf("delete: %v; give: %v", errs[0], errs[1:])
			}
			w.everybodyHasARole(t, o)
			w.makeRoom(t, errs[0] == nil, r, joining, member)
		}
		t.Logf("deleted first in %d of %d", deleted, meetings)
	})
}

// makeRoom removes a role that is still there, and who may have it.
func (w *world) makeRoom(t *testing.T, gone bool, r roster.Role, users ...*roster.User) {
	t.Helper()
	if gone {
		return
	}
	for _, u := range users {
		if _, err := w.DeleteUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.DeleteRole(t.Context(), w.caller, r.ID); err != nil {
		t.Fatal(err)
	}
}

func (w *world) everybodyHasARole(t *testing.T, o *roster.Organization) {
	t.Helper()
	page, err := w.Memberships(t.Context(), w.caller, o.ID, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range page.Data {
		if m.Role == "" {
			t.Fatalf("%s has a role that is gone", m.PublicUserData.UserID)
		}
	}
}

// Changes of the configuration that rest on each other's rows: quota, keys, what a
// role holds.
func TestConfiguration_changes_one_at_a_time(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w, ctx := newWorld(t, e), context.Background()
		create := func(key string) func() error {
			return func() error {
				_, err := w.CreateRole(ctx, w.caller, roster.CreateRole{Name: "n", Key: key})
				return err
			}
		}
		var calls []func() error
		for i := range 20 {
			calls = append(calls, create(fmt.Sprint("org:r", i)))
		}
		made := 0
		for _, err := range meet(calls...) {
			switch {
			case err == nil:
				made++
			case !errors.Is(err, roster.CodeRolesQuotaExceeded):
				t.Error(err)
			}
		}
		if made != 8 {
			t.Errorf("%d roles were made beside the two there were, want 8", made)
		}
		page, err := w.Roles(ctx, w.caller, roster.RoleQuery{Query: "org:r"})
		if err != nil {
			t.Fatal(err)
		}
		one, other := page.Data[0], page.Data[1]
		for i := range meetings {
			p := w.permission(t, fmt.Sprintf("org:p%d:use", i))
			errs := meet(func() error {
				_, err := w.DeletePermission(ctx, w.caller, p.ID)
				return err
			}, func() error {
				_, err := w.AssignPermission(ctx, w.caller, one.ID, p.ID)
				return err
			}, func() error {
				_, err := w.UpdateRole(ctx, w.caller, one.ID, roster.UpdateRole{Key: roster.Value(fmt.Sprint("org:x", i))})
				return err
			}, func() error {
				_, err := w.UpdateRole(ctx, w.caller, other.ID, roster.UpdateRole{Key: roster.Value(fmt.Sprint("org:x", i))})
				return err
			})
			if errs[0] != nil || errs[1] != nil && !errors.Is(errs[1], roster.CodeResourceNotFound) {
				t.Fatalf("delete: %v, assign: %v", errs[0], errs[1])
			}
			if (errs[2] == nil) == (errs[3] == nil) || !errors.Is(errors.Join(errs[2:]...), roster.CodeAlreadyExists) {
				t.Fatalf("one key for two: %v", errs[2:])
			}
			r, err := w.Role(ctx, w.caller, one.ID)
			if err != nil || len(r.Permissions) > 0 {
				t.Fatalf("a role holds %v, which is gone (%v)", r.Permissions, err)
			}
		}
	})
}

// On an engine that lets them, memberships come and go all the time. What only
// describes roles does not wait until nobody does.
func TestConfiguration_changes_while_members_come(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		if e.Name == "sqlite" {
			t.Skip("has one writer at a time")
		}
		w := newWorld(t, e)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		r, p := w.role(t, "org:editor"), w.permission(t, "org:drafts:write")
		err := w.store.Write(ctx, w.caller.InstanceID, 1, func(tx *store.Tx) error {
			if err := tx.HoldInstance(); err != nil {
				return err
			}
			_, err1 := w.UpdateRole(ctx, w.caller, r.ID, roster.UpdateRole{Key: roster.Value("org:author")})
			_, err2 := w.AssignPermission(ctx, w.caller, r.ID, p.ID)
			_, err3 := w.DeletePermission(ctx, w.caller, p.ID)
			_, err4 := w.UpdateOrganizationSettings(ctx, w.caller, roster.UpdateOrganizationSettings{CreatorRoleID: roster.Value("role_none")})
			_, err5 := w.UpdateOrganizationSettings(ctx, w.caller, roster.UpdateOrganizationSettings{Enabled: roster.Value(false)})
			if !errors.Is(err4, roster.CodeResourceNotFound) {
				t.Error(err4)
			}
			return errors.Join(err1, err2, err3, err5)
		})
		if err != nil {
			t.Error(err)
		}
	})
}
