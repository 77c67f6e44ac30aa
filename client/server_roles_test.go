package client_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestServer_roleLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		ctx := t.Context()
		send := must(d.OrganizationPermissions.Create(ctx, roster.CreatePermission{Name: "Send", Key: "org:invoices:send", Description: roster.Value("Mail.")}))(t)
		pay := must(d.OrganizationPermissions.Create(ctx, roster.CreatePermission{Name: "Pay", Key: "org:invoices:pay"}))(t)
		if send.Type != roster.PermissionUser || send.Description != "Mail." || send.CreatedAt != at(13) {
			t.Errorf("permission %+v", send)
		}
		r := must(d.OrganizationRoles.Create(ctx, roster.CreateRole{
			Name: "Accountant", Key: "org:accountant", Description: roster.Value("Counts."), Permissions: []string{send.ID}, IncludeInInitialRoleSet: roster.Value(true),
		}))(t)
		if diff := cmp.Diff(r, must(d.OrganizationRoles.Get(ctx, r.ID))(t)); diff != "" {
			t.Errorf("read again (-created +read):\n%s", diff)
		}
		r = must(d.OrganizationRoles.AssignPermission(ctx, r.ID, pay.ID))(t)
		r = must(d.OrganizationRoles.RemovePermission(ctx, r.ID, send.ID))(t)
		if diff := cmp.Diff([]roster.Permission{*pay}, r.Permissions); diff != "" {
			t.Errorf("permissions -want +got:\n%s", diff)
		}
		r = must(d.OrganizationRoles.Update(ctx, r.ID, roster.UpdateRole{Name: roster.Value("Bookkeeper"), Key: roster.Value("org:bookkeeper"), Description: roster.Value("")}))(t)
		if r.Name != "Bookkeeper" || r.Key != "org:bookkeeper" || r.Description != nil || len(r.Permissions) != 1 {
			t.Errorf("updated %+v", r)
		}
		m := must(d.OrganizationMemberships.Update(ctx, d.acme.ID, d.bob.ID, roster.UpdateMembership{Role: r.Key}))(t)
		if m.RoleName != "Bookkeeper" || !slices.Equal(m.Permissions, []string{"org:invoices:pay"}) {
			t.Errorf("member %+v", m)
		}
		if _, err := d.OrganizationRoles.Delete(ctx, r.ID); !errors.Is(err, roster.CodeRoleAssigned) {
			t.Errorf("deleted while a member has it: %v", err)
		}
		if got := must(d.OrganizationPermissions.Update(ctx, pay.ID, roster.UpdatePermission{Name: roster.Value("Settle")}))(t); got.Name != "Settle" || got.Key != pay.Key {
			t.Errorf("updated %+v", got)
		}
		if gone := must(d.OrganizationPermissions.Delete(ctx, pay.ID))(t); !gone.Deleted || gone.Object != "permission" || gone.ID != pay.ID {
			t.Errorf("deleted %+v", gone)
		}
		if r = must(d.OrganizationRoles.Get(ctx, r.ID))(t); len(r.Permissions) != 0 {
			t.Errorf("kept %+v", r.Permissions)
		}
		must(d.OrganizationMemberships.Update(ctx, d.acme.ID, d.bob.ID, roster.UpdateMembership{Role: roster.RoleMember}))(t)
		if gone := must(d.OrganizationRoles.Delete(ctx, r.ID))(t); !gone.Deleted || gone.Object != "role" || gone.ID != r.ID {
			t.Errorf("deleted %+v", gone)
		}
	})
}

func TestServer_roleQueries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		type q = roster.RoleQuery
		var tried []q
		for _, tt := range []struct {
			q    q
			want string
		}{
			{q{}, "org:member org:admin"},
			{q{Query: "ADM"}, "org:admin"},
			{q{Query: "100%"}, ""},
			{q{OrderBy: roster.Asc("name")}, "org:admin org:member"},
			{q{OrderBy: roster.Desc("key"), Paging: roster.Paging{Limit: 1, Offset: 1}}, "org:admin"},
		} {
			tried = append(tried, tt.q)
			page := must(d.OrganizationRoles.List(t.Context(), tt.q))(t)
			var got []string
			for _, r := range page.Data {
				got = append(got, r.Key)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%+v: %q, want %q", tt.q, got, tt.want)
			}
		}
		refused := q{Paging: roster.Paging{StartingAfter: "x"}}
		if _, err := d.OrganizationRoles.List(t.Context(), refused); !errors.Is(err, client.ErrNoCursor) {
			t.Errorf("with a cursor: %v", err)
		}
		sends(t, append(tried, refused))
		for _, limit := range []int{0, 1} {
			q := q{OrderBy: roster.Asc("name"), Paging: roster.Paging{Limit: limit}}
			if got := ids(t, d.OrganizationRoles.All(t.Context(), q), func(r roster.Role) string { return r.Key }); !slices.Equal(got, []string{"org:admin", "org:member"}) {
				t.Errorf("walk = %v", got)
			}
		}
	})
}

func TestServer_permissionQueries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		type q = roster.PermissionQuery
		var tried []q
		for _, tt := range []struct {
			q    q
			want string
		}{
			{q{Query: "BILLING", OrderBy: roster.Asc("key")}, "org:sys_billing:manage org:sys_billing:read"},
			{q{Query: "Delete organization"}, "org:sys_profile:delete"},
			{q{OrderBy: roster.Desc("name"), Paging: roster.Paging{Limit: 1, Offset: 1}}, "org:sys_domains:read"},
			{q{OrderBy: roster.Asc("created_at"), Paging: roster.Paging{Limit: 1}}, "org:sys_entconns:manage"}, // of one time, the newest id first
		} {
			tried = append(tried, tt.q)
			page := must(d.OrganizationPermissions.List(t.Context(), tt.q))(t)
			var got []string
			for _, p := range page.Data {
				got = append(got, p.Key)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%+v: %q, want %q", tt.q, got, tt.want)
			}
		}
		refused := q{Paging: roster.Paging{StartingAfter: "x"}}
		if _, err := d.OrganizationPermissions.List(t.Context(), refused); !errors.Is(err, client.ErrNoCursor) {
			t.Errorf("with a cursor: %v", err)
		}
		sends(t, append(tried, refused))
		one := must(d.OrganizationPermissions.List(t.Context(), q{Query: "org:sys_profile:delete"}))(t).Data[0]
		if diff := cmp.Diff(&one, must(d.OrganizationPermissions.Get(t.Context(), one.ID))(t)); diff != "" {
			t.Errorf("read alone (-listed +read):\n%s", diff)
		}
		if got := ids(t, d.OrganizationPermissions.All(t.Context(), q{Paging: roster.Paging{Limit: 2}}), func(p roster.Permission) string { return p.Key }); len(got) != len(roster.SystemPermissions) {
			t.Errorf("walk = %v", got)
		}
	})
}
