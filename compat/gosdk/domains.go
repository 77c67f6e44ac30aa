package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/organizationdomain"
)

var domainCalls = map[string]function{
	"domains.create": {"organizationdomain.Create", with(organizationdomain.Create, "organization_id")},
	"domains.list":   {"organizationdomain.List", call(listDomains, "organization_id", "verified", "enrollment_mode")},
	"domains.update": {"organizationdomain.Update", call(func(ctx context.Context, w path, p *organizationdomain.UpdateParams) (any, error) {
		p.OrganizationID, p.DomainID = w["organization_id"], w["domain_id"]
		return organizationdomain.Update(ctx, p)
	}, "organization_id", "domain_id")},
	"domains.delete": {"organizationdomain.Delete", call(func(ctx context.Context, w path, p *organizationdomain.DeleteParams) (any, error) {
		p.OrganizationID, p.DomainID = w["organization_id"], w["domain_id"]
		return organizationdomain.Delete(ctx, p)
	}, "organization_id", "domain_id")},
}

// listDomains gives the SDK's filters their types; the wire has texts for both.
func listDomains(ctx context.Context, w path, p *clerk.ListParams) (any, error) {
	in := organizationdomain.ListParams{ListParams: *p}
	if verified, ok := w["verified"]; ok {
		in.Verified = clerk.Bool(verified == "true")
	}
	if mode, ok := w["enrollment_mode"]; ok {
		in.EnrollmentModes = &[]string{mode}
	}
	return organizationdomain.List(ctx, w["organization_id"], &in)
}
