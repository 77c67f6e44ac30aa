package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
)

// configurationOperations are the writes to what organizations are configured with.
var configurationOperations = []operation{
	{"create permission", func(s *stage, t testing.TB) (any, error) {
		return s.CreatePermission(t.Context(), s.caller, roster.CreatePermission{Name: "n", Key: "org:new:use"})
	}, []string{roster.EventPermissionCreated}, false},
	{"update permission", func(s *stage, t testing.TB) (any, error) {
		return s.UpdatePermission(t.Context(), s.caller, s.permission.ID, roster.UpdatePermission{Key: roster.Value("org:new:use")})
	}, []string{roster.EventPermissionUpdated}, false},
	{"delete permission", func(s *stage, t testing.TB) (any, error) {
		return s.DeletePermission(t.Context(), s.caller, s.permission.ID)
	}, []string{roster.EventRoleUpdated, roster.EventPermissionDeleted}, false},
	{"update permission with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdatePermission(t.Context(), s.caller, s.permission.ID, roster.UpdatePermission{Key: roster.Value(s.permission.Key)})
	}, nil, false},
	{"create permission with a key of another", func(s *stage, t testing.TB) (any, error) {
		return s.CreatePermission(t.Context(), s.caller, roster.CreatePermission{Name: "n", Key: s.permission.Key})
	}, nil, true},

	{"create role", func(s *stage, t testing.TB) (any, error) {
		return s.CreateRole(t.Context(), s.caller, roster.CreateRole{Name: "n", Key: "org:new", Permissions: []string{s.permission.ID}})
	}, []string{roster.EventRoleCreated}, false},
	{"update role", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateRole(t.Context(), s.caller, s.role.ID, roster.UpdateRole{Name: roster.Value("New"), Permissions: []string{}})
	}, []string{roster.EventRoleUpdated}, false},
	{"assign permission", func(s *stage, t testing.TB) (any, error) {
		return s.AssignPermission(t.Context(), s.caller, s.role.ID, s.spare.ID)
	}, []string{roster.EventRoleUpdated}, false},
	{"remove permission", func(s *stage, t testing.TB) (any, error) {
		return s.RemovePermission(t.Context(), s.caller, s.role.ID, s.permission.ID)
	}, []string{roster.EventRoleUpdated}, false},
	{"delete role", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteRole(t.Context(), s.caller, s.role.ID)
	}, []string{roster.EventRoleDeleted}, false},
	{"update role with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateRole(t.Context(), s.caller, s.role.ID, roster.UpdateRole{Name: roster.Value(s.role.Name), Permissions: []string{s.permission.ID}})
	}, nil, false},
	{"update organization settings", func(s *stage, t testing.TB) (any, error) { // which Clerk tells nobody either
		return s.UpdateOrganizationSettings(t.Context(), s.caller, roster.UpdateOrganizationSettings{DomainsDefaultRoleID: roster.Value(s.role.ID)})
	}, nil, false},
	{"update instance", func(s *stage, t testing.TB) (any, error) { // which is nobody's event, as all of these
		return nil, s.UpdateInstance(t.Context(), s.caller, roster.UpdateInstance{SupportEmail: roster.Value("help@example.com")})
	}, nil, false},
	{"update restrictions", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateRestrictions(t.Context(), s.caller, roster.UpdateInstanceRestrictions{Allowlist: roster.Value(true)})
	}, nil, false},
	{"create allow-list identifier", func(s *stage, t testing.TB) (any, error) {
		return s.CreateAllowlistIdentifier(t.Context(), s.caller, roster.CreateAllowlistIdentifier{Identifier: "example.com"})
	}, nil, false},
	{"create block-list identifier", func(s *stage, t testing.TB) (any, error) {
		return s.CreateBlocklistIdentifier(t.Context(), s.caller, roster.CreateBlocklistIdentifier{Identifier: "example.com"})
	}, nil, false},
	{"delete unknown allow-list identifier", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteAllowlistIdentifier(t.Context(), s.caller, "alid_none")
	}, nil, true},
	{"delete unknown block-list identifier", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteBlocklistIdentifier(t.Context(), s.caller, "blid_none")
	}, nil, true},
	{"assign the permission the role has", func(s *stage, t testing.TB) (any, error) {
		return s.AssignPermission(t.Context(), s.caller, s.role.ID, s.permission.ID)
	}, nil, true},
	{"create role with an unknown permission", func(s *stage, t testing.TB) (any, error) {
		return s.CreateRole(t.Context(), s.caller, roster.CreateRole{Name: "n", Key: "org:new", Permissions: []string{"perm_none"}})
	}, nil, true},
}
