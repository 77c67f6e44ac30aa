package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// RoleSets are which roles the members of an organization may have. Every
// organization has one; new ones get the initial one unless they ask for another.
// Paths take a set by its key or its id.
type RoleSets struct{ t *transport }

const (
	roleSets           = "/role_sets"
	oneRoleSet         = "/role_sets/{role_set_key_or_id}"
	roleSetReplacement = "/role_sets/{role_set_key_or_id}/replace"
	rolesOfSet         = "/role_sets/{role_set_key_or_id}/roles"
	roleReplacement    = "/role_sets/{role_set_key_or_id}/roles/replace"
)

// Create makes a role set.
//
// Codes: form_param_nil, form_param_format_invalid (key), form_already_exists
// (key), form_param_max_length_exceeded, form_param_duplicate (roles),
// form_param_array_size_exceeded (roles), form_param_value_invalid (a default or
// creator role that is not among the roles), resource_not_found (roles),
// organization_missing_creator_role_permissions,
// organization_instance_role_sets_quota_exceeded.
func (s RoleSets) Create(ctx context.Context, in roster.CreateRoleSet) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodPost, path: roleSets, body: in})
}

// List reads one page of role sets, newest first unless ordered. The list has no
// cursor: StartingAfter is ErrNoCursor.
func (s RoleSets) List(ctx context.Context, q roster.RoleSetQuery) (*roster.Page[roster.RoleSet], error) {
	op := operation{method: http.MethodGet, path: roleSets, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.RoleSet]](ctx, s.t, op)
}

// All walks role sets, q.Limit at a time (500 unless given). It ends with an error
// rather than leave one out, see ErrListChanged.
func (s RoleSets) All(ctx context.Context, q roster.RoleSetQuery) iter.Seq2[roster.RoleSet, error] {
	return walk[roster.RoleSet]{
		fetch: func(ctx context.Context, page roster.Paging) (*roster.Page[roster.RoleSet], error) {
			q.Paging = page
			return s.List(ctx, q)
		},
		id:     func(s *roster.RoleSet) string { return s.ID },
		paging: q.Paging,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}.all(ctx)
}

// Get reads one role set.
//
// Codes: resource_not_found.
func (s RoleSets) Get(ctx context.Context, roleSetKeyOrID string) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodGet, path: oneRoleSet, ids: []string{roleSetKeyOrID}})
}

// Update changes what is present in the body.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid (key),
// form_already_exists (key), form_param_max_length_exceeded,
// form_param_value_invalid (a role that the set does not have),
// organization_missing_creator_role_permissions.
func (s RoleSets) Update(ctx context.Context, roleSetKeyOrID string, in roster.UpdateRoleSet) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodPatch, path: oneRoleSet, ids: []string{roleSetKeyOrID}, body: in})
}

// Delete removes a role set that no organization has and new ones do not get.
//
// Codes: resource_not_found, form_param_value_invalid.
func (s RoleSets) Delete(ctx context.Context, roleSetKeyOrID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, s.t, operation{method: http.MethodDelete, path: oneRoleSet, ids: []string{roleSetKeyOrID}})
}

// Replace removes a role set after its organizations have got another, and their
// members roles of that.
//
// Codes: resource_not_found (either set), form_param_nil, form_param_value_invalid
// (the initial set, or the same), form_param_array_size_exceeded,
// organization_role_set_reassignment_mappings_missing,
// organization_role_set_reassignment_mappings_invalid,
// organization_minimum_permissions_needed.
func (s RoleSets) Replace(ctx context.Context, roleSetKeyOrID string, in roster.ReplaceRoleSet) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, s.t, operation{method: http.MethodPost, path: roleSetReplacement, ids: []string{roleSetKeyOrID}, body: in})
}

// AddRoles puts roles into a role set.
//
// Codes: resource_not_found (the set, a role), form_param_nil,
// form_param_duplicate, form_param_array_size_exceeded (the set takes 10),
// form_param_value_invalid (a role that the set has, or does not get),
// organization_missing_creator_role_permissions.
func (s RoleSets) AddRoles(ctx context.Context, roleSetKeyOrID string, in roster.AddRoles) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodPost, path: rolesOfSet, ids: []string{roleSetKeyOrID}, body: in})
}

// RemoveRoles takes roles out of a role set that nobody has in its organizations.
//
// Codes: resource_not_found (the set, a role), form_param_nil,
// form_param_duplicate, form_param_array_size_exceeded,
// organization_role_default_creator_role, organization_role_domain_default_role,
// organization_role_on_set_assigned_to_user.
func (s RoleSets) RemoveRoles(ctx context.Context, roleSetKeyOrID string, in roster.RemoveRoles) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodDelete, path: rolesOfSet, ids: []string{roleSetKeyOrID}, body: in})
}

// ReplaceRole takes a role out of a role set and gives its members another.
//
// Codes: resource_not_found (the set, a role), form_param_nil,
// form_param_value_invalid (the same role),
// organization_missing_creator_role_permissions,
// organization_minimum_permissions_needed.
func (s RoleSets) ReplaceRole(ctx context.Context, roleSetKeyOrID string, in roster.ReplaceRole) (*roster.RoleSet, error) {
	return call[roster.RoleSet](ctx, s.t, operation{method: http.MethodPost, path: roleReplacement, ids: []string{roleSetKeyOrID}, body: in})
}
