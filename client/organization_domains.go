package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// OrganizationDomains are the email domains of organizations, which may bring in
// users who have an address of them.
type OrganizationDomains struct{ t *transport }

const (
	organizationDomains = "/organizations/{organization_id}/domains"
	oneDomain           = organizationDomains + "/{domain_id}"
	instanceDomains     = "/organization_domains"
)

// Create gives an organization a domain, verified unless the body says otherwise.
// One that enrols reaches users who are there already, too.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid (name),
// organization_domain_common, organization_domain_blocked,
// organization_domain_already_exists (verified by another organization),
// organization_domain_already_exists_same_organization,
// organization_domain_quota_exceeded,
// organization_domain_enrollment_mode_not_enabled,
// organization_domains_not_enabled.
func (d OrganizationDomains) Create(ctx context.Context, organizationID string, in roster.CreateOrganizationDomain) (*roster.OrganizationDomain, error) {
	return call[roster.OrganizationDomain](ctx, d.t, operation{method: http.MethodPost, path: organizationDomains, ids: []string{organizationID}, body: in})
}

// List reads one page of an organization's domains, newest first. The list has no
// cursor: StartingAfter is ErrNoCursor.
//
// Codes: resource_not_found, organization_domains_not_enabled.
func (d OrganizationDomains) List(ctx context.Context, organizationID string, q roster.OrganizationDomainQuery) (*roster.Page[roster.OrganizationDomain], error) {
	return d.page(ctx, operation{method: http.MethodGet, path: organizationDomains, ids: []string{organizationID}, query: q.Values()})
}

// ListInstance reads one page of the domains of all organizations, newest first
// unless ordered. The list has no cursor: StartingAfter is ErrNoCursor.
//
// Codes: organization_domains_not_enabled.
func (d OrganizationDomains) ListInstance(ctx context.Context, q roster.InstanceDomainQuery) (*roster.Page[roster.OrganizationDomain], error) {
	return d.page(ctx, operation{method: http.MethodGet, path: instanceDomains, query: q.Values()})
}

func (d OrganizationDomains) page(ctx context.Context, op operation) (*roster.Page[roster.OrganizationDomain], error) {
	if op.query.Has("starting_after") {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.OrganizationDomain]](ctx, d.t, op)
}

// All walks the domains of an organization, q.Limit at a time (500 unless given).
// It ends with an error rather than leave one out, see ErrListChanged.
func (d OrganizationDomains) All(ctx context.Context, organizationID string, q roster.OrganizationDomainQuery) iter.Seq2[roster.OrganizationDomain, error] {
	return d.walk(ctx, q.Paging, func(ctx context.Context, page roster.Paging) (*roster.Page[roster.OrganizationDomain], error) {
		q.Paging = page
		return d.List(ctx, organizationID, q)
	})
}

// AllInstance is All for the domains of all organizations.
func (d OrganizationDomains) AllInstance(ctx context.Context, q roster.InstanceDomainQuery) iter.Seq2[roster.OrganizationDomain, error] {
	return d.walk(ctx, q.Paging, func(ctx context.Context, page roster.Paging) (*roster.Page[roster.OrganizationDomain], error) {
		q.Paging = page
		return d.ListInstance(ctx, q)
	})
}

func (d OrganizationDomains) walk(ctx context.Context, p roster.Paging, fetch func(context.Context, roster.Paging) (*roster.Page[roster.OrganizationDomain], error)) iter.Seq2[roster.OrganizationDomain, error] {
	return walk[roster.OrganizationDomain]{
		fetch:  fetch,
		id:     func(d *roster.OrganizationDomain) string { return d.ID },
		paging: p,
		steady: true, // neither a name nor a time of creation ever changes
	}.all(ctx)
}

// Update changes what is present in the body. Where the domain no longer enrols as
// it did, whoever it was about to bring in is let go.
//
// Codes: resource_not_found, organization_domain_already_exists (on verifying),
// organization_domain_enrollment_mode_not_enabled,
// organization_domains_not_enabled.
func (d OrganizationDomains) Update(ctx context.Context, organizationID, domainID string, in roster.UpdateOrganizationDomain) (*roster.OrganizationDomain, error) {
	return call[roster.OrganizationDomain](ctx, d.t, operation{method: http.MethodPatch, path: oneDomain, ids: []string{organizationID, domainID}, body: in})
}

// VerifyOwnership notes that the caller vouches for who owns a domain. Doing so
// again changes nothing.
//
// Codes: resource_not_found, organization_domains_not_enabled.
func (d OrganizationDomains) VerifyOwnership(ctx context.Context, organizationID, domainID string) (*roster.OrganizationDomain, error) {
	return call[roster.OrganizationDomain](ctx, d.t, operation{method: http.MethodPost, path: oneDomain + "/verify_ownership", ids: []string{organizationID, domainID}})
}

// Delete takes a domain off its organization; members stay.
//
// Codes: resource_not_found, organization_domains_not_enabled.
func (d OrganizationDomains) Delete(ctx context.Context, organizationID, domainID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, d.t, operation{method: http.MethodDelete, path: oneDomain, ids: []string{organizationID, domainID}})
}
