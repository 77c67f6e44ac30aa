package client_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// provoke makes a call fail, by page, section and code.
type provoke map[string]func() error

// unprovoked are failures that need a setting of the instance, or very much of
// something. They are left to the server's own tests.
var unprovoked = map[string]bool{"organization_not_enabled_in_instance": true, "organization_slugs_disabled": true,
	"organization_domains_not_enabled": true, "organization_domain_enrollment_mode_not_enabled": true, "quota_exceeded": true, "not_allowed_access": true,
	"too_many_requests": true}

// Every failure that a page tells of happens as told, with its status.
func TestDocs_errorsHappen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)))
		c := srv.Client(judged(t))
		t.Cleanup(c.CloseIdleConnections)
		calls := provoke{}
		w := newWorld(t, c)
		provokeMemberships(t, calls, srv, w)
		provokeOrganizations(t, calls, srv, w)
		provokeDomains(t, calls, srv, w)
		provokeInvitations(t, calls, srv, w)
		provokeRoles(t, calls, srv, w)
		provokeRoleSets(t, calls, srv)
		provokeInstance(t, calls, srv, w)
		provokeListed(t, calls, srv, w)
		provokeUsers(t, calls, srv, w)
		provokeAccounts(t, calls, srv, w)
		provokeImages(t, calls, srv, w)
		provokeAddresses(t, calls, srv, w)
		provokeVerifications(t, calls, srv, w)
		provokeSessions(t, calls, srv, w)
		provokeTokens(t, calls, srv, w)
		for _, p := range pages(t) {
			if _, ok := resources[p.name]; !ok {
				continue
			}
			for _, s := range p.sections {
				for _, row := range errorRow.FindAllStringSubmatch(s.text, -1) {
					name := p.name + s.title + " " + row[1]
					call, ok := calls[name]
					delete(calls, name)
					if unprovoked[row[1]] {
						continue
					}
					if !ok {
						t.Errorf("%s: nothing provokes it", name)
						continue
					}
					var res *roster.ErrorResponse
					if err := call(); !errors.Is(err, roster.Code(row[1])) || !errors.As(err, &res) || strconv.Itoa(res.Status) != row[2] {
						t.Errorf("%s: got %v, want status %s", name, err, row[2])
					}
				}
			}
		}
		for name := range calls {
			t.Errorf("%s is not documented", name)
		}
	})
}

var (
	tooLarge = roster.Metadata(`{"a":"` + strings.Repeat("x", 8192) + `"}`)
	many     = strings.Split(strings.Repeat("x,", 100)+"x", ",")
	long     = strings.Repeat("x", 257)
)

func provokeMemberships(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().OrganizationMemberships
	oldest := srv.Client(client.WithVersion(roster.VersionOldest)).OrganizationMemberships
	admin := must(c.List(ctx, w.organizationID, roster.MembershipQuery{Role: []string{roster.RoleAdmin}}))(t).Data[0].PublicUserData.UserID
	full := must(srv.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Full", CreatedBy: roster.Value(admin), MaxAllowedMemberships: roster.Value(int64(1))}))(t)
	on := func(section, code string, call func() error) {
		calls["OrganizationMemberships"+section+" "+code] = call
	}
	create := func(organizationID string, in roster.CreateMembership) func() error {
		return func() error { return second(c.Create(ctx, organizationID, in)) }
	}
	member := roster.RoleMember
	on("Create", "resource_not_found", create(w.organizationID, roster.CreateMembership{UserID: w.strangerID, Role: "org:none"}))
	on("Create", "already_a_member_in_organization", create(w.organizationID, roster.CreateMembership{UserID: w.userID, Role: member}))
	on("Create", "organization_membership_quota_exceeded", create(full.ID, roster.CreateMembership{UserID: w.strangerID, Role: member}))
	on("Create", "form_param_nil", create(w.organizationID, roster.CreateMembership{Role: member}))
	on("Create", "form_param_exceeds_allowed_size", create(w.organizationID, roster.CreateMembership{UserID: w.strangerID, Role: member, PublicMetadata: tooLarge}))
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, w.organizationID, w.strangerID)) })
	for _, section := range []string{"List", "ListInstance"} {
		list := func(q roster.MembershipQuery) func() error {
			if section == "ListInstance" {
				return func() error { return second(c.ListInstance(ctx, q)) }
			}
			return func() error { return second(c.List(ctx, w.organizationID, q)) }
		}
		on(section, "form_param_value_invalid", list(roster.MembershipQuery{Paging: roster.Paging{StartingAfter: "orgmem_none"}}))
		on(section, "form_param_duplicate", list(roster.MembershipQuery{Role: many}))
		on(section, "form_conditional_param_disallowed", list(roster.MembershipQuery{Paging: roster.Paging{StartingAfter: "x", Offset: 1}}))
	}
	on("List", "resource_not_found", func() error { return second(c.List(ctx, "org_none", roster.MembershipQuery{})) })
	on("ListForUser", "resource_not_found", func() error { return second(c.ListForUser(ctx, "user_none", roster.Paging{})) })
	on("ListForUser", "form_param_value_invalid", func() error { return second(c.ListForUser(ctx, w.userID, roster.Paging{Limit: -1})) })
	on("ListForUser", "form_conditional_param_disallowed", func() error {
		return second(c.ListForUser(ctx, w.userID, roster.Paging{StartingAfter: "x", Offset: 1}))
	})
	update := func(c client.OrganizationMemberships, userID, role string) func() error {
		return func() error {
			return second(c.Update(ctx, w.organizationID, userID, roster.UpdateMembership{Role: role}))
		}
	}
	on("Update", "resource_not_found", update(c, w.strangerID, member))
	on("Update", "form_param_nil", update(c, w.userID, ""))
	on("Update", "organization_minimum_permissions_needed", update(oldest, admin, member))
	merge := func(userID string, in roster.UpdateMetadata) func() error {
		return func() error { return second(c.UpdateMetadata(ctx, w.organizationID, userID, in)) }
	}
	on("UpdateMetadata", "resource_not_found", merge(w.strangerID, roster.UpdateMetadata{}))
	on("UpdateMetadata", "form_param_exceeds_allowed_size", merge(w.userID, roster.UpdateMetadata{PrivateMetadata: tooLarge}))
	on("UpdateMetadata", "form_param_unknown", merge(w.userID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{}`)}))
	on("UpdateMetadata", "form_param_value_invalid", merge(w.userID, roster.UpdateMetadata{PublicMetadata: roster.Metadata(`[]`)}))
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, w.organizationID, w.strangerID)) })
	on("Delete", "organization_minimum_permissions_needed", func() error { return second(oldest.Delete(ctx, w.organizationID, admin)) })
}

func provokeOrganizations(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().Organizations
	must(c.Create(ctx, roster.CreateOrganization{Name: "Taken", Slug: roster.Value("taken")}))(t)
	limited := must(srv.Client().Users.Create(ctx, roster.CreateUser{Username: roster.Value("limited"), SkipPasswordRequirement: true, CreateOrganizationsLimit: roster.Value(int64(1))}))(t)
	must(c.Create(ctx, roster.CreateOrganization{Name: "One", CreatedBy: roster.Value(limited.ID)}))(t)
	on := func(section, code string, call func() error) { calls["Organizations"+section+" "+code] = call }
	for code, in := range map[string]roster.CreateOrganization{
		"form_param_nil":                  {Name: " "},
		"form_param_max_length_exceeded":  {Name: long},
		"form_param_value_invalid":        {Name: "https://example.com"},
		"form_param_format_invalid":       {Name: "A", Slug: roster.Value("A B")},
		"form_identifier_exists":          {Name: "A", Slug: roster.Value("taken")},
		"form_resource_not_found":         {Name: "A", RoleSetKey: roster.Value("role_set:none")},
		"form_param_invalid_time":         {Name: "A", CreatedAt: roster.Value("yesterday")},
		"form_param_exceeds_allowed_size": {Name: "A", PublicMetadata: tooLarge},
		"organization_creator_not_found":  {Name: "A", CreatedBy: roster.Value("user_none")},
		"org_creation_limit_exceeded":     {Name: "A", CreatedBy: roster.Value(limited.ID)},
	} {
		on("Create", code, func() error { return second(c.Create(ctx, in)) })
	}
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, roster.OrganizationQuery{OrderBy: roster.Asc("slug")})) })
	on("List", "form_param_duplicate", func() error { return second(c.List(ctx, roster.OrganizationQuery{UserID: roster.Only(many...)})) })
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "none", roster.OrganizationInclude{})) })
	for code, in := range map[string]roster.UpdateOrganization{
		"form_identifier_exists":         {Slug: roster.Value("taken")},
		"form_param_max_length_exceeded": {Name: roster.Value(long)},
		"form_param_format_invalid":      {Slug: roster.Value("A B")},
		"form_param_deprecated":          {PublicMetadata: roster.Metadata(`{}`)},
	} {
		on("Update", code, func() error { return second(c.Update(ctx, w.organizationID, in)) })
	}
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, "org_none", roster.UpdateOrganization{})) })
	for section, change := range map[string]func(context.Context, string, roster.UpdateMetadata) (*roster.Organization, error){"UpdateMetadata": c.UpdateMetadata, "ReplaceMetadata": c.ReplaceMetadata} {
		on(section, "resource_not_found", func() error { return second(change(ctx, "org_none", roster.UpdateMetadata{})) })
		on(section, "form_param_exceeds_allowed_size", func() error {
			return second(change(ctx, w.organizationID, roster.UpdateMetadata{PrivateMetadata: tooLarge}))
		})
		on(section, "form_param_unknown", func() error {
			return second(change(ctx, w.organizationID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{}`)}))
		})
	}
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, "org_none")) })
}

func provokeUsers(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().Users
	on := func(section, code string, call func() error) { calls["Users"+section+" "+code] = call }
	email := []string{"new@example.com"}
	for code, in := range map[string]roster.CreateUser{
		"form_identifier_exists":           {EmailAddress: []string{"bob@example.com"}},
		"form_data_missing":                {FirstName: roster.Value("Nobody")},
		"form_param_format_invalid":        {EmailAddress: []string{"nobody"}},
		"form_param_array_length_mismatch": {EmailAddress: email, EmailAddressStatus: []string{"verified", "verified"}},
		"form_password_length_too_short":   {EmailAddress: email, Password: roster.Value("short")},
		"form_password_length_too_long":    {EmailAddress: email, Password: roster.Value(long)},
		"form_username_invalid_length":     {Username: roster.Value("abc")},
		"form_username_invalid_character":  {Username: roster.Value("a b c d")},
		"form_param_invalid_time":          {EmailAddress: email, CreatedAt: roster.Value("yesterday")},
		"form_param_exceeds_allowed_size":  {EmailAddress: email, UnsafeMetadata: tooLarge},
	} {
		on("Create", code, func() error { return second(c.Create(ctx, in)) })
	}
	for code, q := range map[string]roster.UserQuery{
		"form_param_value_invalid":          {Paging: roster.Paging{StartingAfter: "user_none"}},
		"form_param_duplicate":              {Username: many},
		"form_conditional_param_disallowed": {OrderBy: roster.Asc("username"), Paging: roster.Paging{StartingAfter: w.userID}},
		"form_conditional_param_missing":    {Provider: "oauth_google"},
	} {
		on("List", code, func() error { return second(c.List(ctx, q)) })
	}
	on("Count", "form_param_duplicate", func() error { return second(c.Count(ctx, roster.UserQuery{Username: many})) })
	on("Count", "form_conditional_param_missing", func() error { return second(c.Count(ctx, roster.UserQuery{Provider: "oauth_google"})) })
	for code, in := range map[string]roster.UpdateUser{
		"form_identifier_exists":         {Username: roster.Value("ann_1")},
		"form_param_format_invalid":      {Locale: roster.Value("?")},
		"form_password_length_too_short": {Password: roster.Value("short")},
		"form_resource_not_found":        {PrimaryEmailAddressID: roster.Value("idn_none")},
		"form_param_deprecated":          {UnsafeMetadata: roster.Metadata(`{}`)},
		"form_param_invalid_time":        {CreatedAt: roster.Value("yesterday")},
	} {
		on("Update", code, func() error { return second(c.Update(ctx, w.userID, in)) })
	}
	for section, change := range map[string]func(context.Context, string, roster.UpdateMetadata) (*roster.User, error){"UpdateMetadata": c.UpdateMetadata, "ReplaceMetadata": c.ReplaceMetadata} {
		on(section, "resource_not_found", func() error { return second(change(ctx, "user_none", roster.UpdateMetadata{})) })
		on(section, "form_param_exceeds_allowed_size", func() error {
			return second(change(ctx, w.userID, roster.UpdateMetadata{PrivateMetadata: tooLarge}))
		})
	}
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "user_none")) })
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, "user_none", roster.UpdateUser{})) })
	on("Ban", "resource_not_found", func() error { return second(c.Ban(ctx, "user_none")) })
	on("Unban", "resource_not_found", func() error { return second(c.Unban(ctx, "user_none")) })
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, "user_none")) })
}

func provokeSessions(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().Sessions
	production := srv.ClientOf(srv.NewInstance(t, rostertest.Production)).Sessions
	banned := must(srv.Client().Users.Create(ctx, roster.CreateUser{Username: roster.Value("banned"), SkipPasswordRequirement: true, Banned: roster.Value(true)}))(t)
	on := func(section, code string, call func() error) { calls["Sessions"+section+" "+code] = call }
	on("Create", "resource_not_found", func() error { return second(c.Create(ctx, roster.CreateSession{UserID: "user_none"})) })
	on("Create", "organization_not_found_or_unauthorized", func() error {
		return second(c.Create(ctx, roster.CreateSession{UserID: w.strangerID, ActiveOrganizationID: roster.Value(w.organizationID)}))
	})
	on("Create", "user_banned", func() error { return second(c.Create(ctx, roster.CreateSession{UserID: banned.ID})) })
	on("Create", "request_invalid_for_environment", func() error { return second(production.Create(ctx, roster.CreateSession{UserID: w.userID})) })
	on("Create", "form_param_nil", func() error { return second(c.Create(ctx, roster.CreateSession{})) })
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, roster.SessionQuery{Status: "tired"})) })
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "sess_none")) })
	on("Revoke", "resource_not_found", func() error { return second(c.Revoke(ctx, "sess_none")) })
}

// What errors.md says of any request.
func TestDocs_errorsOfAnyRequest(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	if err := second(srv.ClientOf("").Users.Get(t.Context(), "user_1")); !errors.Is(err, roster.CodeAuthorizationHeaderFormatInvalid) {
		t.Errorf("an empty key: %v", err)
	}
	if err := second(srv.ClientOf("sk_test_x").Users.Get(t.Context(), "user_1")); !errors.Is(err, roster.CodeKeyInvalid) {
		t.Errorf("an unknown key: %v", err)
	}
	if err := second(srv.Client(client.WithBaseURL(strings.TrimSuffix(srv.URL, "/v1"))).Users.Get(t.Context(), "user_1")); err == nil {
		t.Error("a base URL without /v1 works")
	} else if res := new(roster.ErrorResponse); !errors.As(err, &res) || res.Status == 200 {
		t.Error(fmt.Errorf("a base URL without /v1: %w", err))
	}
}
