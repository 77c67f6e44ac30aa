package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/organizationinvitation"
)

// invitationFilter is what the SDK's lists of invitations all take, under the wire's
// names, which their parameters do not carry.
type invitationFilter struct {
	clerk.ListParams

	Status *string `json:"status"`
}

// statuses is the one given as the SDK takes several.
func (p invitationFilter) statuses() *[]string {
	if p.Status == nil {
		return nil
	}
	return &[]string{*p.Status}
}

// organizationFilter and instanceFilter are what the lists of an organization and of
// the instance take.
type (
	organizationFilter struct {
		invitationFilter

		EmailAddress *string `json:"email_address"`
		OrderBy      *string `json:"order_by"`
	}
	instanceFilter struct {
		invitationFilter

		Query   *string `json:"query"`
		OrderBy *string `json:"order_by"`
	}
)

var invitationCalls = map[string]function{
	"invitations.create": {"organizationinvitation.Create", call(func(ctx context.Context, w path, p *organizationinvitation.CreateParams) (any, error) {
		p.OrganizationID = w["organization_id"]
		return organizationinvitation.Create(ctx, p)
	}, "organization_id")},
	"invitations.list": {"organizationinvitation.List", call(func(ctx context.Context, w path, p *organizationFilter) (any, error) {
		return organizationinvitation.List(ctx, &organizationinvitation.ListParams{
			ListParams: p.ListParams, OrganizationID: w["organization_id"], Statuses: p.statuses(), EmailAddress: p.EmailAddress, OrderBy: p.OrderBy,
		})
	}, "organization_id")},
	"invitations.get": {"organizationinvitation.Get", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return organizationinvitation.Get(ctx, &organizationinvitation.GetParams{OrganizationID: w["organization_id"], ID: w["invitation_id"]})
	}, "organization_id", "invitation_id")},
	"invitations.revoke": {"organizationinvitation.Revoke", call(func(ctx context.Context, w path, p *organizationinvitation.RevokeParams) (any, error) {
		p.OrganizationID, p.ID = w["organization_id"], w["invitation_id"]
		return organizationinvitation.Revoke(ctx, p)
	}, "organization_id", "invitation_id")},
	"invitations.list_instance": {"organizationinvitation.ListFromInstance", call(func(ctx context.Context, _ path, p *instanceFilter) (any, error) {
		return organizationinvitation.ListFromInstance(ctx, &organizationinvitation.ListFromInstanceParams{
			ListParams: p.ListParams, Statuses: p.statuses(), Query: p.Query, OrderBy: p.OrderBy,
		})
	})},
}
