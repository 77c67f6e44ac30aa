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
	restrictions         = "/instance/restrictions"
)

// Get reads the instance.
func (i Instance) Get(ctx context.Context) (*roster.Instance, error) {
	return call[roster.Instance](ctx, i.t, operation{method: http.MethodGet, path: instance})
}

// Update changes what is present in the body. A Roster server keeps what it is given
// for browsers, and refuses what it would not do.
//
// Codes: form_param_value_invalid, form_param_format_invalid,
// form_param_duplicate (origins), form_param_max_length_exceeded,
// form_param_array_size_exceeded, form_conditional_param_disallowed.
func (i Instance) Update(ctx context.Context, in roster.UpdateInstance) error {
	return do(ctx, i.t, operation{method: http.MethodPatch, path: instance, body: in})
}

// UpdateRestrictions changes what is present in the body and answers with all of
// them. There is no other way to read them.
func (i Instance) UpdateRestrictions(ctx context.Context, in roster.UpdateInstanceRestrictions) (*roster.InstanceRestrictions, error) {
	return call[roster.InstanceRestrictions](ctx, i.t, operation{method: http.MethodPatch, path: restrictions, body: in})
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
