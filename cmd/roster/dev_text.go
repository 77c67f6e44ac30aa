package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// devText is what dev tells of its directory.
type devText struct {
	users, organizations, memberships int64
	largest                           string // id of the largest organization, "" without any
	largestName                       string
	secretKey                         string
	baseURL                           string // without /v1
	kept                              string // database URL, "" when thrown away
	mail                              string // where mail goes
}

// describeDemo counts what the instance holds.
func describeDemo(ctx context.Context, svc *service.Service, caller service.Caller) (*devText, error) {
	caller.Version = roster.VersionMetadataEndpoints
	users, err := svc.CountUsers(ctx, caller, roster.UserQuery{})
	if err != nil {
		return nil, fmt.Errorf("count users: %w", err)
	}
	page := roster.Paging{Limit: 1}
	orgs, err := svc.Organizations(ctx, caller, roster.OrganizationQuery{Paging: page, OrderBy: roster.Desc("members_count")})
	if err != nil {
		return nil, fmt.Errorf("list organizations: %w", err)
	}
	members, err := svc.InstanceMemberships(ctx, caller, roster.MembershipQuery{Paging: page})
	if err != nil {
		return nil, fmt.Errorf("list memberships: %w", err)
	}
	d := &devText{users: users.TotalCount, organizations: orgs.TotalCount, memberships: members.TotalCount}
	if len(orgs.Data) > 0 {
		d.largest, d.largestName = orgs.Data[0].ID, orgs.Data[0].Name
	}
	return d, nil
}

// text is the welcome: where the directory is, a request to start with, and how
// each official SDK is pointed here.
func (d *devText) text() string {
	out := &strings.Builder{}
	fate := "thrown away at exit"
	if d.kept != "" {
		fate = "kept in " + d.kept
	}
	fmt.Fprintf(out, "Demo directory: %d users, %d organizations, %d memberships; %s.\n\n", d.users, d.organizations, d.memberships, fate)
	fmt.Fprintf(out, "Base URL    %s/v1\nSecret key  %s%s\nMail        %s\n\n", d.baseURL, d.secretKey, d.keyNote(), d.mail)
	if d.largest != "" {
		fmt.Fprintf(out, "The newest members of %s:\n\n  curl -s -H 'Authorization: Bearer %s' '%s/v1/organizations/%s/memberships?order_by=-created_at&limit=5'\n\n",
			d.largestName, d.secretKey, d.baseURL, d.largest)
	}
	fmt.Fprintf(out, sdkText, d.secretKey, d.baseURL)
	return out.String()
}

func (d *devText) keyNote() string {
	if d.secretKey == demoKey {
		return "  (the same for everybody: it protects nothing)"
	}
	return ""
}

// sdkText tells how the official SDKs are pointed at a server: %[1]s is the secret
// key, %[2]s the server's URL without /v1.
const sdkText = `Point an official SDK here:

  JavaScript  createClerkClient({ secretKey: '%[1]s', apiUrl: '%[2]s' })
              or CLERK_SECRET_KEY=%[1]s CLERK_API_URL=%[2]s
  Go          clerk.SetBackend(clerk.NewBackend(&clerk.BackendConfig{
                URL: clerk.String("%[2]s/v1"), Key: clerk.String("%[1]s")}))
  Python      Clerk(bearer_auth="%[1]s", server_url="%[2]s/v1")
  Java        Clerk.builder().bearerAuth("%[1]s").serverURL("%[2]s/v1").build()
  Ruby        Clerk::SDK.new(secret_key: "%[1]s", server_url: "%[2]s/v1")

`
