package service_test

import (
	"testing"

	"github.com/rosterhq/roster"
)

// roleSetOperations are the writes to role sets. Nobody is told of a set itself, as
// Clerk has no events for it.
var roleSetOperations = []operation{
	{"create role set", func(s *stage, t testing.TB) (any, error) {
		return s.CreateRoleSet(t.Context(), s.caller, roster.CreateRoleSet{Name: "New", Roles: []string{roster.RoleAdmin}, DefaultRoleKey: roster.RoleAdmin,
			CreatorRoleKey: roster.RoleAdmin, Type: roster.Value(roster.RoleSetInitial)})
	}, nil, false},
	{"update role set", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateRoleSet(t.Context(), s.caller, s.roles.ID, roster.UpdateRoleSet{Key: roster.Value("role_set:new"), Type: roster.Value(roster.RoleSetInitial)})
	}, nil, false},
	{"update role set with what it has", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateRoleSet(t.Context(), s.caller, s.roles.ID, roster.UpdateRoleSet{Name: roster.Value(s.roles.Name)})
	}, nil, false},
	{"add roles to role set", func(s *stage, t testing.TB) (any, error) {
		return s.AddRoles(t.Context(), s.caller, s.roles.ID, roster.AddRoles{RoleKeys: []string{s.role.Key}})
	}, nil, false},
	{"add roles to role set they are in", func(s *stage, t testing.TB) (any, error) {
		return s.AddRoles(t.Context(), s.caller, s.roles.ID, roster.AddRoles{RoleKeys: []string{"org:clerk"}})
	}, nil, true},
	{"remove role from role set", func(s *stage, t testing.TB) (any, error) {
		return s.RemoveRoles(t.Context(), s.caller, roster.InitialRoleSetKey, roster.RemoveRoles{RoleKeys: []string{s.role.Key}})
	}, nil, false},
	{"remove role that somebody has from role set", func(s *stage, t testing.TB) (any, error) {
		return s.RemoveRoles(t.Context(), s.caller, s.roles.ID, roster.RemoveRoles{RoleKeys: []string{"org:clerk"}})
	}, nil, true},
	{"replace role in role set", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceRole(t.Context(), s.caller, s.roles.ID, roster.ReplaceRole{RoleKey: "org:clerk", ToRoleKey: roster.RoleAdmin})
	}, []string{roster.EventMembershipUpdated}, false},
	{"replace role set", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceRoleSet(t.Context(), s.caller, s.roles.ID, roster.ReplaceRoleSet{DestRoleSetKey: roster.InitialRoleSetKey,
			ReassignmentMappings: map[string]string{"org:clerk": roster.RoleMember}})
	}, []string{roster.EventMembershipUpdated, roster.EventOrganizationUpdated}, false},
	{"replace role set whose roles the other has", func(s *stage, t testing.TB) (any, error) {
		return s.ReplaceRoleSet(t.Context(), s.caller, s.roles.ID, roster.ReplaceRoleSet{DestRoleSetKey: roster.InitialRoleSetKey})
	}, []string{roster.EventOrganizationUpdated}, false},
	{"delete role set in use", func(s *stage, t testing.TB) (any, error) {
		return s.DeleteRoleSet(t.Context(), s.caller, s.roles.ID)
	}, nil, true},
	{"give organization a role set", func(s *stage, t testing.TB) (any, error) {
		return s.UpdateOrganization(t.Context(), s.caller, s.org.ID, roster.UpdateOrganization{RoleSetKey: roster.Value(s.roles.Key)})
	}, []string{roster.EventOrganizationUpdated}, false},
}
