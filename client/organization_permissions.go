package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// OrganizationPermissions are what roles may allow: those of the system, which
// every instance has, and the instance's own.
type OrganizationPermissions struct{ t *transport }

const (
	organizationPermissions   = "/organization_permissions"
	oneOrganizationPermission = "/organization_permissions/{permission_id}"
)

// Create makes a permission of the instance's own.
//
// Codes: form_param_nil, form_param_format_invalid (key), form_already_exists
// (key), form_param_max_length_exceeded.
func (p OrganizationPermissions) Create(ctx context.Context, in roster.CreatePermission) (*roster.Permission, error) {
	return call[roster.Permission](ctx, p.t, operation{method: http.MethodPost, path: organizationPermissions, body: in})
}

// List reads one page of permissions, newest first unless ordered. The list has no
// cursor: StartingAfter is ErrNoCursor.
func (p OrganizationPermissions) List(ctx context.Context, q roster.PermissionQuery) (*roster.Page[roster.Permission], error) {
	op := operation{method: http.MethodGet, path: organizationPermissions, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.Permission]](ctx, p.t, op)
}

// All walks permissions, q.Limit at a time (500 unless given). It ends with an
// error rather than leave one out, see ErrListChanged.
func (p OrganizationPermissions) All(ctx context.Context, q roster.PermissionQuery) iter.Seq2[roster.Permission, error] {
	return walk[roster.Permission]{
		fetch: func(ctx context.Context, page roster.Paging) (*roster.Page[roster.Permission], error) {
			q.Paging = page
			return p.List(ctx, q)
		},
		id:     func(p *roster.Permission) string { return p.ID },
		paging: q.Paging,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}.all(ctx)
}

// Get reads one permission.
//
// Codes: resource_not_found.
func (p OrganizationPermissions) Get(ctx context.Context, permissionID string) (*roster.Permission, error) {
	return call[roster.Permission](ctx, p.t, operation{method: http.MethodGet, path: oneOrganizationPermission, ids: []string{permissionID}})
}

// Update changes what is present in the body; roles and memberships show it at
// once. Those of the system cannot be changed.
//
// Codes: resource_not_found, organization_system_permission_not_modifiable,
// form_param_nil, form_param_format_invalid (key), form_already_exists (key),
// form_param_max_length_exceeded.
func (p OrganizationPermissions) Update(ctx context.Context, permissionID string, in roster.UpdatePermission) (*roster.Permission, error) {
	return call[roster.Permission](ctx, p.t, operation{method: http.MethodPatch, path: oneOrganizationPermission, ids: []string{permissionID}, body: in})
}

// Delete removes a permission and takes it off every role that has it. Those of
// the system cannot be deleted.
//
// Codes: resource_not_found, organization_system_permission_not_modifiable.
func (p OrganizationPermissions) Delete(ctx context.Context, permissionID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, p.t, operation{method: http.MethodDelete, path: oneOrganizationPermission, ids: []string{permissionID}})
}
