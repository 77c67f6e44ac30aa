package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2/organization"
	"github.com/clerk/clerk-sdk-go/v2/organizationmembership"
)

var organizationCalls = map[string]function{
	"organizations.create":           {"organization.Create", plain(organization.Create)},
	"organizations.list":             {"organization.List", plain(organization.List)},
	"organizations.get":              {"organization.Get, organization.GetWithParams", call(getOrganization, "organization_id", "slug")},
	"organizations.update":           {"organization.Update", with(organization.Update, "organization_id")},
	"organizations.delete":           {"organization.Delete", only(organization.Delete, "organization_id")},
	"organizations.merge_metadata":   {"organization.UpdateMetadata", with(organization.UpdateMetadata, "organization_id")},
	"organizations.replace_metadata": {"organization.ReplaceMetadata", with(organization.ReplaceMetadata, "organization_id")},
	"organizations.set_logo":         {"organization.UpdateLogo", call(setLogo, "organization_id", "file", "uploader_user_id")},
	"organizations.delete_logo":      {"organization.DeleteLogo", only(organization.DeleteLogo, "organization_id")},
}

func getOrganization(ctx context.Context, w path, p *organization.GetParams) (any, error) {
	idOrSlug := w["organization_id"] + w["slug"] // one of them is given
	if p.IncludeMembersCount == nil {
		return organization.Get(ctx, idOrSlug)
	}
	return organization.GetWithParams(ctx, idOrSlug, p)
}

func setLogo(ctx context.Context, w path, _ *none) (any, error) {
	file, err := decodeImage(w["file"])
	if err != nil {
		return nil, err
	}
	p := &organization.UpdateLogoParams{File: file}
	if uploader, ok := w["uploader_user_id"]; ok {
		p.UploaderUserID = &uploader
	}
	return organization.UpdateLogo(ctx, w["organization_id"], p)
}

var membershipCalls = map[string]function{
	"memberships.create": {"organizationmembership.Create", call(func(ctx context.Context, w path, p *organizationmembership.CreateParams) (any, error) {
		p.OrganizationID = w["organization_id"]
		return organizationmembership.Create(ctx, p)
	}, "organization_id")},
	"memberships.list": {"organizationmembership.List", call(func(ctx context.Context, w path, p *organizationmembership.ListParams) (any, error) {
		p.OrganizationID = w["organization_id"]
		return organizationmembership.List(ctx, p)
	}, "organization_id")},
	"memberships.update": {"organizationmembership.Update", call(func(ctx context.Context, w path, p *organizationmembership.UpdateParams) (any, error) {
		p.OrganizationID, p.UserID = w["organization_id"], w["user_id"]
		return organizationmembership.Update(ctx, p)
	}, "organization_id", "user_id")},
	"memberships.delete": {"organizationmembership.Delete", call(func(ctx context.Context, w path, p *organizationmembership.DeleteParams) (any, error) {
		p.OrganizationID, p.UserID = w["organization_id"], w["user_id"]
		return organizationmembership.Delete(ctx, p)
	}, "organization_id", "user_id")},
}
