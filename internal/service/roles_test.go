package service_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestRole_holds_so_many_permissions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w, ctx := newWorld(t, e), t.Context()
		ids := make([]string, roster.MaxRolePermissions+1)
		if err := w.store.Write(ctx, w.caller.InstanceID, 1, func(tx *store.Tx) error {
			for i := range ids {
				ids[i] = fmt.Sprintf("perm_%d", i)
				if err := tx.InsertPermission(roster.Permission{ID: ids[i], Name: "n", Key: fmt.Sprintf("org:p%d:use", i), Type: roster.PermissionUser}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		_, err := w.CreateRole(ctx, w.caller, roster.CreateRole{Name: "n", Key: "org:full", Permissions: ids})
		refused(t, "one too many", err, roster.ErrParamArraySize.On("permissions", roster.MaxRolePermissions))
		last := len(ids) - 1
		r, err := w.CreateRole(ctx, w.caller, roster.CreateRole{Name: "n", Key: "org:full", Permissions: ids[:last], IncludeInInitialRoleSet: roster.Value(true)})
		if err != nil || len(r.Permissions) != last || r.Permissions[last-1].ID != ids[last-1] {
			t.Fatalf("%d permissions, %v", len(r.Permissions), err)
		}
		_, err = w.AssignPermission(ctx, w.caller, r.ID, ids[last])
		refused(t, "one more", err, roster.ErrRolePermissionsQuota.New(roster.MaxRolePermissions))
		o := w.organization(t, roster.CreateOrganization{})
		w.member(t, o, r.Key)
		page, err := w.Memberships(ctx, w.caller, o.ID, roster.MembershipQuery{})
		if err != nil || len(page.Data[0].Permissions) != last {
			t.Errorf("a member shows %d permissions, %v", len(page.Data[0].Permissions), err)
		}
	})
}

func TestDescriptions_of_roles_and_permissions_have_a_length(t *testing.T) {
	t.Parallel()
	w, ctx := newWorld(t, storetest.Engines[0]), t.Context()
	long := func(n int) string { return strings.Repeat("é", n) }
	_, err := w.CreateRole(ctx, w.caller, roster.CreateRole{Name: long(257), Key: "org:" + strings.Repeat("x", 253), Description: roster.Value(long(1025))})
	refused(t, "role", err, roster.ErrParamTooLong.On("name", 256), roster.ErrParamTooLong.On("description", 1024), roster.ErrParamTooLong.On("key", 256))
	_, err = w.CreatePermission(ctx, w.caller, roster.CreatePermission{Name: long(257), Key: "org:x:" + strings.Repeat("x", 251), Description: roster.Value(long(1025))})
	refused(t, "permission", err, roster.ErrParamTooLong.On("name", 256), roster.ErrParamTooLong.On("description", 1024), roster.ErrParamTooLong.On("key", 256))
	if _, err := w.CreateRole(ctx, w.caller, roster.CreateRole{Name: long(256), Key: "org:" + strings.Repeat("x", 252), Description: roster.Value(long(1024))}); err != nil {
		t.Error(err)
	}
}

// A quota of 0 is none, as everywhere in the settings.
func TestRoles_may_be_without_quota(t *testing.T) {
	t.Parallel()
	w := newWorld(t, storetest.Engines[0])
	w.settings(t, func(in *store.Instance) { in.MaxAllowedRoles = 0 })
	for i := range 20 {
		w.role(t, fmt.Sprint("org:r", i))
	}
}
