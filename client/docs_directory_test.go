package client_test

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/organizations.md, users.md, sessions.md and errors.md.

func exampleOrganizationsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	organization, err := c.Organizations.Create(ctx, roster.CreateOrganization{
		Name:                  "Bolt & Co",
		CreatedBy:             roster.Value(userID), // becomes its first admin
		MaxAllowedMemberships: roster.Value(int64(25)),
	})
	if err != nil {
		return err
	}
	fmt.Println(organization.Slug, organization.MaxAllowedMemberships)
	return nil
}

func exampleOrganizationsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organization, err := c.Organizations.Get(ctx, "acme", roster.OrganizationInclude{MembersCount: true})
	if err != nil {
		return err
	}
	fmt.Println(organization.Name, *organization.MembersCount)
	return nil
}

func exampleOrganizationsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	page, err := c.Organizations.List(ctx, roster.OrganizationQuery{
		OrderBy: roster.Asc("name"),
		UserID:  roster.Only(userID), // those the user belongs to
		Paging:  roster.Paging{Limit: 50},
	})
	if err != nil {
		return err
	}
	for _, o := range page.Data {
		fmt.Println(o.Name)
	}
	return nil
}

func exampleOrganizationsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	q := roster.OrganizationQuery{OrganizationInclude: roster.OrganizationInclude{MissingMemberWithElevatedPermissions: true}}
	for o, err := range c.Organizations.All(ctx, q) {
		if err != nil {
			return err
		}
		fmt.Println(o.Name, "lacks an admin:", *o.MissingMemberWithElevatedPermissions)
	}
	return nil
}

func exampleOrganizationsUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	organization, err := c.Organizations.Update(ctx, organizationID, roster.UpdateOrganization{
		Name: roster.Value("Acme International"),
		Slug: roster.Value("acme-international"),
	})
	if errors.Is(err, roster.CodeIdentifierExists) {
		fmt.Println("that slug is taken")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(organization.Name, organization.Slug)
	return nil
}

func exampleOrganizationsUpdateMetadata(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	organization, err := c.Organizations.UpdateMetadata(ctx, organizationID, roster.UpdateMetadata{
		PublicMetadata: roster.Metadata(`{"plan": {"seats": 30}}`),
	})
	if err != nil {
		return err
	}
	fmt.Println(organization.PublicMetadata)
	return nil
}

func exampleOrganizationsReplaceMetadata(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	metadata, err := roster.NewMetadata(map[string]any{"plan": "free"})
	if err != nil {
		return err
	}
	organization, err := c.Organizations.ReplaceMetadata(ctx, organizationID, roster.UpdateMetadata{PublicMetadata: metadata})
	if err != nil {
		return err
	}
	fmt.Println(organization.PublicMetadata)
	return nil
}

func exampleOrganizationsDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	deleted, err := c.Organizations.Delete(ctx, organizationID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleUsersCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	user, err := c.Users.Create(ctx, roster.CreateUser{
		EmailAddress:            []string{"mira@example.com"},
		FirstName:               roster.Value("Mira"),
		ExternalID:              roster.Value("staff-81"),
		SkipPasswordRequirement: true,
	})
	if err != nil {
		return err
	}
	fmt.Println(user.EmailAddresses[0].EmailAddress, *user.ExternalID)
	return nil
}

func exampleUsersGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Get(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(*user.FirstName, user.Banned)
	return nil
}

func exampleUsersList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	users, err := c.Users.List(ctx, roster.UserQuery{
		EmailAddress: []string{"ann@example.com", "bob@example.com"},
		OrderBy:      roster.Asc("first_name"),
	})
	if err != nil {
		return err
	}
	for _, u := range users {
		fmt.Println(*u.FirstName)
	}
	return nil
}

func exampleUsersAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	n := 0
	for _, err := range c.Users.All(ctx, roster.UserQuery{NameQuery: "b"}) {
		if err != nil {
			return err
		}
		n++
	}
	fmt.Println(n, "names with a b")
	return nil
}

func exampleUsersCount(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID := w.organizationID
	//
	n, err := c.Users.Count(ctx, roster.UserQuery{OrganizationID: roster.Except(organizationID)})
	if err != nil {
		return err
	}
	fmt.Println(n, "outside")
	return nil
}

func exampleUsersUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Update(ctx, userID, roster.UpdateUser{
		FirstName: roster.Value("Robert"),
		Username:  roster.Null[string](), // takes the username away
	})
	if err != nil {
		return err
	}
	fmt.Println(*user.FirstName, user.Username == nil)
	return nil
}

func exampleUsersUpdateMetadata(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.UpdateMetadata(ctx, userID, roster.UpdateMetadata{
		PrivateMetadata: roster.Metadata(`{"crm": {"id": 12345678901234567890}}`),
		UnsafeMetadata:  roster.Metadata(`{"theme": "dark"}`),
	})
	if err != nil {
		return err
	}
	fmt.Println(user.PrivateMetadata, user.UnsafeMetadata)
	return nil
}

func exampleUsersReplaceMetadata(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.ReplaceMetadata(ctx, userID, roster.UpdateMetadata{
		UnsafeMetadata: roster.Metadata(`{}`), // public and private metadata stay
	})
	if err != nil {
		return err
	}
	fmt.Println(user.UnsafeMetadata)
	return nil
}

func exampleUsersBan(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Ban(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.Banned)
	return nil
}

func exampleUsersUnban(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	user, err := c.Users.Unban(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(user.Banned)
	return nil
}

func exampleUsersDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	deleted, err := c.Users.Delete(ctx, userID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleSessionsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID, organizationID := w.userID, w.organizationID
	//
	session, err := c.Sessions.Create(ctx, roster.CreateSession{
		UserID:               userID,
		ActiveOrganizationID: roster.Value(organizationID),
	})
	if err != nil {
		return err
	}
	fmt.Println(session.Status)
	return nil
}

func exampleSessionsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	session, err := c.Sessions.Get(ctx, sessionID)
	if err != nil {
		return err
	}
	fmt.Println(session.Status)
	return nil
}

func exampleSessionsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	page, err := c.Sessions.List(ctx, roster.SessionQuery{UserID: userID, Status: roster.SessionActive})
	if err != nil {
		return err
	}
	fmt.Println(page.TotalCount, "active")
	return nil
}

func exampleSessionsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	userID := w.userID
	//
	for s, err := range c.Sessions.All(ctx, roster.SessionQuery{UserID: userID}) {
		if err != nil {
			return err
		}
		fmt.Println(s.Status)
	}
	return nil
}

func exampleSessionsRevoke(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	session, err := c.Sessions.Revoke(ctx, sessionID)
	if err != nil {
		return err
	}
	fmt.Println(session.Status)
	return nil
}

func exampleErrorsTellingThemApart(ctx context.Context, c *client.Client, fmt *output, w world) error {
	organizationID, userID := w.organizationID, w.userID
	//
	_, err := c.OrganizationMemberships.Create(ctx, organizationID, roster.CreateMembership{UserID: userID, Role: "org:captain"})
	if errors.Is(err, roster.CodeResourceNotFound) {
		var failure *roster.Error // the first failure of the answer
		errors.As(err, &failure)
		fmt.Println(failure.Message, failure.Meta.ParamName)

		var answer *roster.ErrorResponse // the whole answer
		errors.As(err, &answer)
		fmt.Println(answer.Status, len(answer.Errors), answer.TraceID != "")
	}
	return nil
}
