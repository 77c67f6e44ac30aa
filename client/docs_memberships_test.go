package client_test

import (
	"context"
	"errors"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/organization-memberships.md.

func exampleOrganizationMembershipsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.strangerID
	//
	membership, err := c.OrganizationMemberships.Create(ctx, organizationID, roster.CreateMembership{
		UserID:         userID,
		Role:           roster.RoleMember,
		PublicMetadata: roster.Metadata(`{"department": "sales"}`),
	})
	switch {
	case errors.Is(err, roster.CodeAlreadyAMember):
		fmt.Println("was a member before")
	case err != nil:
		return err
	default:
		fmt.Println(membership.Role, membership.RoleName, membership.PublicMetadata)
	}
	return nil
}

func exampleOrganizationMembershipsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.userID
	//
	membership, err := c.OrganizationMemberships.Get(ctx, organizationID, userID)
	if errors.Is(err, roster.CodeResourceNotFound) {
		fmt.Println("no member")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(membership.Role, *membership.PublicUserData.Identifier)
	return nil
}

func exampleOrganizationMembershipsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	page, err := c.OrganizationMemberships.List(ctx, organizationID, roster.MembershipQuery{
		OrderBy:           roster.Asc("last_name"),
		Role:              []string{roster.RoleAdmin, roster.RoleMember},
		EmailAddressQuery: "@example.com",
		CreatedAtBefore:   roster.Value(time.Now().Add(time.Hour).UnixMilli()),
		Paging:            roster.Paging{Limit: 20},
	})
	if err != nil {
		return err
	}
	for _, m := range page.Data {
		fmt.Println(*m.PublicUserData.FirstName, m.Role)
	}
	fmt.Println(page.TotalCount, "in all")
	return nil
}

func exampleOrganizationMembershipsListInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.OrganizationMemberships.ListInstance(ctx, roster.MembershipQuery{
		OrderBy: roster.Desc("created_at"),
		Paging:  roster.Paging{Limit: 100},
	})
	if err != nil {
		return err
	}
	for _, m := range page.Data {
		fmt.Println(m.Organization.Name, *m.PublicUserData.Identifier, m.Role)
	}
	return nil
}

func exampleOrganizationMembershipsListForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	page, err := c.OrganizationMemberships.ListForUser(ctx, userID, roster.Paging{Limit: 20})
	if err != nil {
		return err
	}
	for _, m := range page.Data {
		fmt.Println(m.Organization.Name, m.Role)
	}
	return nil
}

func exampleOrganizationMembershipsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	admins := roster.MembershipQuery{Role: []string{roster.RoleAdmin}}
	for m, err := range c.OrganizationMemberships.All(ctx, organizationID, admins) {
		if err != nil {
			return err
		}
		fmt.Println(m.PublicUserData.UserID != "", m.Role)
	}
	return nil
}

func exampleOrganizationMembershipsAllInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	seats := map[string]int{}
	for m, err := range c.OrganizationMemberships.AllInstance(ctx, roster.MembershipQuery{}) {
		if err != nil {
			return err
		}
		seats[m.Organization.Slug]++
	}
	fmt.Println(seats)
	return nil
}

func exampleOrganizationMembershipsAllForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	for m, err := range c.OrganizationMemberships.AllForUser(ctx, userID, roster.Paging{}) {
		if err != nil {
			return err
		}
		fmt.Println(m.Organization.Name)
	}
	return nil
}

func exampleOrganizationMembershipsUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.userID
	//
	membership, err := c.OrganizationMemberships.Update(ctx, organizationID, userID, roster.UpdateMembership{Role: roster.RoleAdmin})
	if err != nil {
		return err
	}
	fmt.Println(membership.Role)
	return nil
}

func exampleOrganizationMembershipsUpdateMetadata(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.userID
	//
	membership, err := c.OrganizationMemberships.UpdateMetadata(ctx, organizationID, userID, roster.UpdateMetadata{
		PublicMetadata:  roster.Metadata(`{"desk": {"floor": 4, "seat": null}}`), // changes floor, removes seat
		PrivateMetadata: roster.Metadata(`{"grade": "b"}`),
	})
	if err != nil {
		return err
	}
	fmt.Println(membership.PublicMetadata, membership.PrivateMetadata)
	return nil
}

func exampleOrganizationMembershipsDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.userID
	//
	removed, err := c.OrganizationMemberships.Delete(ctx, organizationID, userID)
	if err != nil {
		return err
	}
	fmt.Println("was", removed.Role)
	return nil
}
