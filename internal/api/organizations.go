package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func anOrganization(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.OrganizationExists(ctx, c, ids[0])
}

func anOrganizationOrSlug(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	_, err := s.Organization(ctx, c, ids[0], roster.OrganizationInclude{})
	return err
}

func createOrganization(r *request) roster.CreateOrganization {
	b := r.body
	return roster.CreateOrganization{
		Name:                  b.required("name"),
		CreatedBy:             b.text("created_by"),
		Slug:                  b.text("slug"),
		MaxAllowedMemberships: b.count("max_allowed_memberships"),
		PublicMetadata:        b.metadata("public_metadata"),
		PrivateMetadata:       b.metadata("private_metadata"),
		CreatedAt:             b.text("created_at"),
		RoleSetKey:            b.text("role_set_key"),
	}
}

func updateOrganization(r *request) roster.UpdateOrganization {
	b := r.body
	defer b.closed()
	return roster.UpdateOrganization{
		Name:                  b.text("name"),
		Slug:                  b.text("slug"),
		MaxAllowedMemberships: b.count("max_allowed_memberships"),
		AdminDeleteEnabled:    b.boolean("admin_delete_enabled"),
		CreatedAt:             b.text("created_at"),
		RoleSetKey:            b.text("role_set_key"),
		PublicMetadata:        b.retiredMetadata("public_metadata"),
		PrivateMetadata:       b.retiredMetadata("private_metadata"),
	}
}

func organizationInclude(r *request) roster.OrganizationInclude {
	return roster.OrganizationInclude{
		MembersCount:                         r.query.boolean("include_members_count").Or(false),
		MissingMemberWithElevatedPermissions: r.query.boolean("include_missing_member_with_elevated_permissions").Or(false),
	}
}

func organizationQuery(r *request) roster.OrganizationQuery {
	q := r.query
	return roster.OrganizationQuery{
		OrganizationInclude: organizationInclude(r),
		Query:               q.text("query"),
		UserID:              q.selection("user_id"),
		OrganizationID:      q.selection("organization_id"),
		OrderBy:             q.order(roster.OrganizationOrders),
		Paging:              q.page(),
	}
}
