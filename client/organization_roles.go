package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// OrganizationRoles are what members of organizations are: each a set of
// permissions.
type OrganizationRoles struct{ t *transport }

const (
	organizationRoles          = "/organization_roles"
	oneOrganizationRole        = "/organization_roles/{organization_role_id}"
	organizationRolePermission = "/organization_roles/{organization_role_id}/permissions/{permission_id}"
)

// Create makes a role.
//
// Codes: form_param_nil, form_param_format_invalid (key), form_already_exists
// (key), form_param_max_length_exceeded, form_resource_not_found (permissions),
// form_param_duplicate (permissions), form_param_array_size_exceeded,
// organization_instance_roles_quota_exceeded.
func (r OrganizationRoles) Create(ctx context.Context, in roster.CreateRole) (*roster.Role, error) {
	return call[roster.Role](ctx, r.t, operation{method: http.MethodPost, path: organizationRoles, body: in})
}

// List reads one page of roles, newest first unless ordered. The list has no
// cursor: StartingAfter is ErrNoCursor.
func (r OrganizationRoles) List(ctx context.Context, q roster.RoleQuery) (*roster.Page[roster.Role], error) {
	op := operation{method: http.MethodGet, path: organizationRoles, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.Role]](ctx, r.t, op)
}

// All walks roles, q.Limit at a time (500 unless given). It ends with an error
// rather than leave one out, see ErrListChanged.
func (r OrganizationRoles) All(ctx context.Context, q roster.RoleQuery) iter.Seq2[roster.Role, error] {
	return walk[roster.Role]{
		fetch: func(ctx context.Context, page roster.Paging) (*roster.Page[roster.Role], error) {
			q.Paging = page
			return r.List(ctx, q)
		},
		id:     func(r *roster.Role) string { return r.ID },
		paging: q.Paging,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}.all(ctx)
}

// Get reads one role by its id.
//
// Codes: resource_not_found.
func (r OrganizationRoles) Get(ctx context.Context, roleID string) (*roster.Role, error) {
	return call[roster.Role](ctx, r.t, operation{method: http.MethodGet, path: oneOrganizationRole, ids: []string{roleID}})
}

// Update changes what is present in the body; memberships show it at once.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid (key),
// form_already_exists (key), form_param_max_length_exceeded,
// form_resource_not_found (permissions), form_param_duplicate (permissions),
// form_param_array_size_exceeded, organization_missing_creator_role_permissions.
func (r OrganizationRoles) Update(ctx context.Context, roleID string, in roster.UpdateRole) (*roster.Role, error) {
	return call[roster.Role](ctx, r.t, operation{method: http.MethodPatch, path: oneOrganizationRole, ids: []string{roleID}, body: in})
}

// Delete removes a role that is not in use.
//
// Codes: resource_not_found, organization_role_default_creator_role,
// organization_role_domain_default_role, organization_role_assigned_members,
// organization_role_exists_in_invitations.
func (r OrganizationRoles) Delete(ctx context.Context, roleID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, r.t, operation{method: http.MethodDelete, path: oneOrganizationRole, ids: []string{roleID}})
}

// AssignPermission adds a permission to a role.
//
// Codes: resource_not_found, organization_role_permission_association_exists,
// quota_exceeded.
func (r OrganizationRoles) AssignPermission(ctx context.Context, roleID, permissionID string) (*roster.Role, error) {
	return call[roster.Role](ctx, r.t, operation{method: http.MethodPost, path: organizationRolePermission, ids: []string{roleID, permissionID}})
}

// RemovePermission takes a permission off a role.
//
// Codes: resource_not_found, organization_role_permission_association_not_found,
// organization_missing_creator_role_permissions.
func (r OrganizationRoles) RemovePermission(ctx context.Context, roleID, permissionID string) (*roster.Role, error) {
	return call[roster.Role](ctx, r.t, operation{method: http.MethodDelete, path: organizationRolePermission, ids: []string{roleID, permissionID}})
}
