package client_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// permissionsTooMany are more than a role can hold.
var permissionsTooMany = strings.Split(strings.Repeat("perm_x,", roster.MaxRolePermissions)+"perm_x", ",")

// found is the id of the one permission or role that a query finds.
func found[T any](t *testing.T, page *roster.Page[T], id func(T) string) string {
	t.Helper()
	if len(page.Data) != 1 {
		t.Fatalf("%d found", len(page.Data))
	}
	return id(page.Data[0])
}

func roleID(t *testing.T, c *client.Client, key string) string {
	t.Helper()
	return found(t, must(c.OrganizationRoles.List(t.Context(), roster.RoleQuery{Query: key}))(t), func(r roster.Role) string { return r.ID })
}

func permissionID(t *testing.T, c *client.Client, key string) string {
	t.Helper()
	return found(t, must(c.OrganizationPermissions.List(t.Context(), roster.PermissionQuery{Query: key}))(t), func(p roster.Permission) string { return p.ID })
}

func provokeRoles(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, client := t.Context(), srv.Client()
	c, full := client.OrganizationRoles, srv.ClientOf(srv.NewInstance(t, rostertest.Development)).OrganizationRoles
	for i := range 8 {
		must(full.Create(ctx, roster.CreateRole{Name: "r", Key: fmt.Sprint("org:r", i)}))(t)
	}
	admin, member := roleID(t, client, roster.RoleAdmin), roleID(t, client, roster.RoleMember)
	elevated := permissionID(t, client, "org:sys_profile:delete")
	on := func(section, code string, call func() error) { calls["OrganizationRoles"+section+" "+code] = call }
	for code, in := range map[string]roster.CreateRole{
		"form_param_nil":                 {Key: "org:x"},
		"form_param_format_invalid":      {Name: "x", Key: "x"},
		"form_already_exists":            {Name: "x", Key: roster.RoleAdmin},
		"form_param_max_length_exceeded": {Name: long, Key: "org:x"},
		"form_resource_not_found":        {Name: "x", Key: "org:x", Permissions: []string{"perm_none"}},
		"form_param_duplicate":           {Name: "x", Key: "org:x", Permissions: []string{elevated, elevated}},
		"form_param_array_size_exceeded": {Name: "x", Key: "org:x", Permissions: permissionsTooMany},
	} {
		on("Create", code, func() error { return second(c.Create(ctx, in)) })
	}
	on("Create", "organization_instance_roles_quota_exceeded", func() error { return second(full.Create(ctx, roster.CreateRole{Name: "x", Key: "org:x"})) })
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, roster.RoleQuery{OrderBy: roster.Asc("size")})) })
	for code, in := range map[string]roster.UpdateRole{
		"form_param_nil":                 {Name: roster.Value("")},
		"form_param_format_invalid":      {Key: roster.Value("x")},
		"form_already_exists":            {Key: roster.Value(roster.RoleAdmin)},
		"form_param_max_length_exceeded": {Name: roster.Value(long)},
		"form_resource_not_found":        {Permissions: []string{"perm_none"}},
		"form_param_duplicate":           {Permissions: []string{elevated, elevated}},
		"form_param_array_size_exceeded": {Permissions: permissionsTooMany},
	} {
		on("Update", code, func() error { return second(c.Update(ctx, w.roleID, in)) })
	}
	on("Update", "organization_missing_creator_role_permissions", func() error {
		return second(c.Update(ctx, admin, roster.UpdateRole{Permissions: []string{}}))
	})
	on("Delete", "organization_role_default_creator_role", func() error { return second(c.Delete(ctx, admin)) })
	on("Delete", "organization_role_domain_default_role", func() error { return second(c.Delete(ctx, member)) })
	on("Delete", "organization_role_assigned_members", func() error {
		held := must(c.Create(ctx, roster.CreateRole{Name: "Held", Key: "org:held", IncludeInInitialRoleSet: roster.Value(true)}))(t)
		must(client.OrganizationMemberships.Update(ctx, w.organizationID, w.userID, roster.UpdateMembership{Role: held.Key}))(t)
		return second(c.Delete(ctx, held.ID))
	})
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "role_none")) })
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, "role_none", roster.UpdateRole{})) })
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, "role_none")) })
	on("AssignPermission", "resource_not_found", func() error { return second(c.AssignPermission(ctx, w.roleID, "perm_none")) })
	on("AssignPermission", "organization_role_permission_association_exists", func() error { return second(c.AssignPermission(ctx, w.roleID, w.permissionID)) })
	on("RemovePermission", "resource_not_found", func() error { return second(c.RemovePermission(ctx, "role_none", w.permissionID)) })
	on("RemovePermission", "organization_role_permission_association_not_found", func() error { return second(c.RemovePermission(ctx, w.roleID, elevated)) })
	on("RemovePermission", "organization_missing_creator_role_permissions", func() error { return second(c.RemovePermission(ctx, admin, elevated)) })
	provokePermissions(t, calls, srv)
}

func provokePermissions(t *testing.T, calls provoke, srv *rostertest.Server) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().OrganizationPermissions
	system := permissionID(t, srv.Client(), "org:sys_profile:delete")
	on := func(section, code string, call func() error) {
		calls["OrganizationPermissions"+section+" "+code] = call
	}
	for code, in := range map[string]roster.CreatePermission{
		"form_param_nil":                 {Key: "org:x:y"},
		"form_param_format_invalid":      {Name: "x", Key: "org:sys_x:y"},
		"form_already_exists":            {Name: "x", Key: "org:drafts:write"},
		"form_param_max_length_exceeded": {Name: long, Key: "org:x:y"},
	} {
		on("Create", code, func() error { return second(c.Create(ctx, in)) })
	}
	other := must(c.Create(ctx, roster.CreatePermission{Name: "x", Key: "org:other:use"}))(t).ID
	for code, in := range map[string]roster.UpdatePermission{
		"form_param_nil":                 {Name: roster.Value("")},
		"form_param_format_invalid":      {Key: roster.Value("org:x")},
		"form_already_exists":            {Key: roster.Value("org:drafts:write")},
		"form_param_max_length_exceeded": {Name: roster.Value(long)},
	} {
		on("Update", code, func() error { return second(c.Update(ctx, other, in)) })
	}
	const locked = "organization_system_permission_not_modifiable"
	on("Update", locked, func() error { return second(c.Update(ctx, system, roster.UpdatePermission{Name: roster.Value("x")})) })
	on("Delete", locked, func() error { return second(c.Delete(ctx, system)) })
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, roster.PermissionQuery{OrderBy: roster.Asc("type")})) })
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "perm_none")) })
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, "perm_none", roster.UpdatePermission{})) })
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, "perm_none")) })
}
