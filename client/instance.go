package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

// Instance is the tenant of the server that the secret key belongs to, and the
// settings of its organizations.
type Instance struct{ t *transport }

const (
	instance             = "/instance"
	organizationSettings = "/instance/organization_settings"
)

// Get reads the instance.
func (i Instance) Get(ctx context.Context) (*roster.Instance, error) {
	return call[roster.Instance](ctx, i.t, operation{method: http.MethodGet, path: instance})
}

// Update changes what is present in the body. A Roster server refuses what it would
// not do.
//
// Codes: form_param_unknown, form_param_value_invalid.
func (i Instance) Update(ctx context.Context, in roster.UpdateInstance) error {
	return do(ctx, i.t, operation{method: http.MethodPatch, path: instance, body: in})
}

// OrganizationSettings reads what the organizations of the instance have in common.
func (i Instance) OrganizationSettings(ctx context.Context) (*roster.OrganizationSettings, error) {
	return call[roster.OrganizationSettings](ctx, i.t, operation{method: http.MethodGet, path: organizationSettings})
}

// UpdateOrganizationSettings changes what is present in the body. Roles are given by
// their ids and answered by their keys.
//
// Codes: resource_not_found (roles), form_param_value_invalid,
// form_param_duplicate (enrollment modes),
// organization_missing_creator_role_permissions.
func (i Instance) UpdateOrganizationSettings(ctx context.Context, in roster.UpdateOrganizationSettings) (*roster.OrganizationSettings, error) {
	op := operation{method: http.MethodPatch, path: organizationSettings, body: in, addition: in.ElevatedMemberRequired.Given()}
	return call[roster.OrganizationSettings](ctx, i.t, op)
}
