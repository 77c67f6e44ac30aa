package client_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/organization-invitations.md.

func exampleOrganizationInvitationsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	invitation, err := c.OrganizationInvitations.Create(ctx, organizationID, roster.CreateInvitation{
		EmailAddress:  "Eve@example.com",
		Role:          roster.RoleMember,
		RedirectURL:   roster.Value("https://app.example.com/welcome"),
		ExpiresInDays: roster.Value[int64](7),
	})
	if errors.Is(err, roster.CodeInvitationNotUnique) {
		fmt.Println("she has not answered yet")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(invitation.EmailAddress, invitation.Status)
	return nil
}

func exampleOrganizationInvitationsCreateBulk(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	page, err := c.OrganizationInvitations.CreateBulk(ctx, organizationID, []roster.CreateInvitation{
		{EmailAddress: "eve@example.com", Role: roster.RoleAdmin},
		{EmailAddress: "finn@example.com", Role: roster.RoleMember, Notify: roster.Value(false)},
	})
	if err != nil {
		return err
	}
	for _, i := range page.Data {
		fmt.Println(i.EmailAddress, i.RoleName)
	}
	return nil
}

func exampleOrganizationInvitationsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	page, err := c.OrganizationInvitations.List(ctx, organizationID, roster.InvitationQuery{
		Status:  []string{roster.InvitationPending, roster.InvitationExpired},
		OrderBy: roster.Asc("email_address"),
	})
	if err != nil {
		return err
	}
	for _, i := range page.Data {
		fmt.Println(i.EmailAddress, i.Status)
	}
	return nil
}

func exampleOrganizationInvitationsListPending(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	page, err := c.OrganizationInvitations.ListPending(ctx, organizationID, roster.Paging{Limit: 1})
	if err != nil {
		return err
	}
	fmt.Println(page.TotalCount, "to come")
	return nil
}

func exampleOrganizationInvitationsListInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.OrganizationInvitations.ListInstance(ctx, roster.InvitationQuery{Query: "@example.com"})
	if err != nil {
		return err
	}
	for _, i := range page.Data {
		fmt.Println(i.EmailAddress, "to", i.PublicOrganizationData.Name)
	}
	return nil
}

func exampleOrganizationInvitationsListForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.strangerID
	//
	page, err := c.OrganizationInvitations.ListForUser(ctx, userID, roster.InvitationQuery{Status: []string{roster.InvitationPending}})
	if err != nil {
		return err
	}
	for _, i := range page.Data {
		fmt.Println(i.PublicOrganizationData.Name, i.Role)
	}
	return nil
}

func exampleOrganizationInvitationsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	for i, err := range c.OrganizationInvitations.All(ctx, organizationID, roster.InvitationQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(i.EmailAddress)
	}
	return nil
}

func exampleOrganizationInvitationsAllInstance(ctx context.Context, c *client.Client, fmt *output, w world) error {
	n := 0
	for _, err := range c.OrganizationInvitations.AllInstance(ctx, roster.InvitationQuery{}) {
		if err != nil {
			return err
		}
		n++
	}
	fmt.Println(n)
	return nil
}

func exampleOrganizationInvitationsAllForUser(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.strangerID
	//
	for i, err := range c.OrganizationInvitations.AllForUser(ctx, userID, roster.InvitationQuery{}) {
		if err != nil {
			return err
		}
		fmt.Println(i.PublicOrganizationData.Name)
	}
	return nil
}

func exampleOrganizationInvitationsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, invitationID := w.organizationID, w.invitationID
	//
	invitation, err := c.OrganizationInvitations.Get(ctx, organizationID, invitationID)
	if err != nil {
		return err
	}
	fmt.Println(invitation.EmailAddress, invitation.PublicInviterData.Identifier)
	return nil
}

func exampleOrganizationInvitationsRevoke(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, invitationID := w.organizationID, w.invitationID
	//
	invitation, err := c.OrganizationInvitations.Revoke(ctx, organizationID, invitationID, roster.RevokeInvitation{})
	if err != nil {
		return err
	}
	fmt.Println(invitation.Status, invitation.URL == nil)
	return nil
}

func provokeInvitations(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().OrganizationInvitations
	on := func(section, code string, call func() error) {
		calls["OrganizationInvitations"+section+" "+code] = call
	}
	full := must(srv.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Full house", MaxAllowedMemberships: roster.Value[int64](1)}))(t).ID
	must(c.Create(ctx, full, roster.CreateInvitation{EmailAddress: "first@example.com", Role: roster.RoleMember}))(t)
	over := must(c.Create(ctx, w.organizationID, roster.CreateInvitation{EmailAddress: "over@example.com", Role: roster.RoleMember}))(t).ID
	must(c.Revoke(ctx, w.organizationID, over, roster.RevokeInvitation{}))(t)
	for code, change := range map[string]func(*roster.CreateInvitation){
		"resource_not_found":        func(in *roster.CreateInvitation) { in.Role = "org:none" },
		"form_param_nil":            func(in *roster.CreateInvitation) { in.EmailAddress = "" },
		"form_param_format_invalid": func(in *roster.CreateInvitation) { in.RedirectURL = roster.Value("/welcome") },
		"form_param_value_invalid":  func(in *roster.CreateInvitation) { in.ExpiresInDays = roster.Value[int64](366) },
		"form_param_max_length_exceeded": func(in *roster.CreateInvitation) {
			in.RedirectURL = roster.Value("https://x.io/" + strings.Repeat("x", 2048))
		},
		"form_param_exceeds_allowed_size": func(in *roster.CreateInvitation) {
			in.PublicMetadata = roster.Metadata(fmt.Sprintf(`{"x":%q}`, strings.Repeat("x", 8192)))
		},
		"already_a_member_in_organization": func(in *roster.CreateInvitation) { in.EmailAddress = "bob@example.com" },
		"organization_invitation_not_unique": func(in *roster.CreateInvitation) {
			in.EmailAddress = "dee@example.com"
		},
		"not_a_member_in_organization":    func(in *roster.CreateInvitation) { in.InviterUserID = roster.Value(w.strangerID) },
		"missing_organization_permission": func(in *roster.CreateInvitation) { in.InviterUserID = roster.Value(w.userID) },
	} {
		on("Create", code, func() error {
			in := roster.CreateInvitation{EmailAddress: "eve@example.com", Role: roster.RoleMember}
			change(&in)
			return second(c.Create(ctx, w.organizationID, in))
		})
	}
	on("Create", "organization_membership_quota_exceeded", func() error {
		return second(c.Create(ctx, full, roster.CreateInvitation{EmailAddress: "second@example.com", Role: roster.RoleMember}))
	})
	on("CreateBulk", "bulk_size_exceeded", func() error {
		return second(c.CreateBulk(ctx, w.organizationID, make([]roster.CreateInvitation, 11)))
	})
	on("CreateBulk", "request_body_invalid", func() error { return second(c.CreateBulk(ctx, w.organizationID, nil)) })
	bad := roster.InvitationQuery{Status: []string{"open"}}
	on("List", "resource_not_found", func() error { return second(c.List(ctx, "org_none", roster.InvitationQuery{})) })
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, w.organizationID, bad)) })
	on("ListPending", "resource_not_found", func() error { return second(c.ListPending(ctx, "org_none", roster.Paging{})) })
	on("ListPending", "form_param_value_invalid", func() error { return second(c.ListPending(ctx, w.organizationID, roster.Paging{Limit: 501})) })
	on("ListInstance", "form_param_value_invalid", func() error { return second(c.ListInstance(ctx, bad)) })
	on("ListForUser", "resource_not_found", func() error { return second(c.ListForUser(ctx, "user_none", roster.InvitationQuery{})) })
	on("ListForUser", "form_param_value_invalid", func() error { return second(c.ListForUser(ctx, w.userID, bad)) })
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, w.organizationID, "orginv_none")) })
	for code, in := range map[string]roster.RevokeInvitation{
		"not_a_member_in_organization":    {RequestingUserID: roster.Value(w.strangerID)},
		"missing_organization_permission": {RequestingUserID: roster.Value(w.userID)},
	} {
		on("Revoke", code, func() error { return second(c.Revoke(ctx, w.organizationID, w.invitationID, in)) })
	}
	on("Revoke", "resource_not_found", func() error {
		return second(c.Revoke(ctx, w.organizationID, "orginv_none", roster.RevokeInvitation{}))
	})
	on("Revoke", "organization_invitation_not_pending", func() error {
		return second(c.Revoke(ctx, w.organizationID, over, roster.RevokeInvitation{}))
	})
}
