package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// Organizations are the tenants of the instance.
type Organizations struct{ t *transport }

const (
	organizations        = "/organizations"
	oneOrganization      = "/organizations/{organization_id}"
	organizationMetadata = "/organizations/{organization_id}/metadata"
	organizationLogo     = "/organizations/{organization_id}/logo"
)

// Create makes an organization, with CreatedBy as its first member where given.
//
// Codes: form_param_nil, form_param_max_length_exceeded, form_identifier_exists
// (slug), organization_creator_not_found, org_creation_limit_exceeded,
// organization_slugs_disabled.
func (o Organizations) Create(ctx context.Context, in roster.CreateOrganization) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodPost, path: organizations, body: in})
}

// List reads one page of organizations, newest first unless ordered. The list has
// no cursor: StartingAfter is ErrNoCursor.
func (o Organizations) List(ctx context.Context, q roster.OrganizationQuery) (*roster.Page[roster.Organization], error) {
	op := operation{method: http.MethodGet, path: organizations, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.Organization]](ctx, o.t, op)
}

// All walks organizations, q.Limit at a time (500 unless given). It ends with an
// error rather than leave one out, see ErrListChanged; ordered by created_at, the
// default, it also copes with organizations that come and go meanwhile.
func (o Organizations) All(ctx context.Context, q roster.OrganizationQuery) iter.Seq2[roster.Organization, error] {
	return walk[roster.Organization]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Organization], error) {
			q.Paging = p
			return o.List(ctx, q)
		},
		id:     func(o *roster.Organization) string { return o.ID },
		paging: q.Paging,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}.all(ctx)
}

// Get reads an organization by its id or slug.
//
// Codes: resource_not_found.
func (o Organizations) Get(ctx context.Context, idOrSlug string, include roster.OrganizationInclude) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodGet, path: oneOrganization, ids: []string{idOrSlug}, query: include.Values()})
}

// Update changes what is present in the body. Metadata goes with API versions
// before roster.VersionMetadataEndpoints only (see WithVersion) and replaces;
// newer ones refuse it with form_param_deprecated, so use UpdateMetadata or
// ReplaceMetadata.
//
// Codes: resource_not_found, form_identifier_exists (slug), form_param_deprecated,
// organization_slugs_disabled.
func (o Organizations) Update(ctx context.Context, organizationID string, in roster.UpdateOrganization) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodPatch, path: oneOrganization, ids: []string{organizationID}, body: in})
}

// UpdateMetadata merges into the organization's metadata: objects member by member
// at any depth, null removes, everything else replaces.
//
// Codes: resource_not_found, form_param_exceeds_allowed_size, form_param_unknown
// (organizations have no unsafe metadata).
func (o Organizations) UpdateMetadata(ctx context.Context, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodPatch, path: organizationMetadata, ids: []string{organizationID}, body: in})
}

// ReplaceMetadata replaces each metadata field that is present.
//
// Codes: as UpdateMetadata.
func (o Organizations) ReplaceMetadata(ctx context.Context, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodPut, path: organizationMetadata, ids: []string{organizationID}, body: in})
}

// UploadLogo gives an organization a logo in place of the one it has. The file is
// read to its end; one of more than roster.MaxImageBytes is refused unsent, with
// image_too_large.
//
// Codes: resource_not_found (organization, uploader), request_body_invalid (what
// the file is), form_param_missing (it is empty), image_too_large.
func (o Organizations) UploadLogo(ctx context.Context, organizationID string, in roster.UploadLogo) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodPut, path: organizationLogo, ids: []string{organizationID},
		form: &form{file: in.File, name: "uploader_user_id", value: in.UploaderUserID}})
}

// DeleteLogo takes an organization's logo away.
//
// Codes: resource_not_found, image_not_found.
func (o Organizations) DeleteLogo(ctx context.Context, organizationID string) (*roster.Organization, error) {
	return call[roster.Organization](ctx, o.t, operation{method: http.MethodDelete, path: organizationLogo, ids: []string{organizationID}})
}

// Delete removes an organization with its memberships.
//
// Codes: resource_not_found.
func (o Organizations) Delete(ctx context.Context, organizationID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, o.t, operation{method: http.MethodDelete, path: oneOrganization, ids: []string{organizationID}})
}
