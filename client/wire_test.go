package client

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

const key = "sk_test_0123456789abcdefghijABCDEFGHIJ0123456789ab"

// seen is what a server saw of a request.
type seen struct{ Method, Target, Type, Body string }

// newServer answers every request with body and tells what it saw.
func newServer(t *testing.T, body string) (c *Client, requests *[]seen) {
	t.Helper()
	requests = new([]seen)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if got := r.Header.Get("Authorization"); got != "Bearer "+key {
			t.Errorf("Authorization %q", got)
		}
		if got := r.Header.Get("Accept"); got != "application/json" {
			t.Errorf("Accept %q", got)
		}
		*requests = append(*requests, seen{r.Method, r.RequestURI, r.Header.Get("Content-Type"), string(in)})
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(srv.Close)
	return New(key, WithBaseURL(srv.URL+"/v1/"), WithHTTPClient(srv.Client())), requests
}

func TestRequests(t *testing.T) {
	t.Parallel()
	const object = "{}"
	const page = `{"data":[],"total_count":0}`
	const typ = "application/json"
	some := roster.MembershipQuery{
		OrderBy: roster.Desc("last_name"), Paging: roster.Paging{Limit: 5, Offset: 10},
		UserID: roster.Selection{Include: []string{"user_1"}, Exclude: []string{"user_2"}}, Role: []string{roster.RoleAdmin, roster.RoleMember},
		Query: "a b&c", CreatedAtAfter: roster.Value(int64(1700690400000)),
	}
	const someQuery = "created_at_after=1700690400000&limit=5&offset=10&order_by=-last_name&query=a+b%26c&role=org%3Aadmin&role=org%3Amember&user_id=%2Buser_1&user_id=-user_2"
	merge := roster.UpdateMetadata{PublicMetadata: roster.Metadata(`{"a":null}`), PrivateMetadata: roster.Metadata(`{}`)}
	const mergeBody = `{"public_metadata":{"a":null},"private_metadata":{}}`
	tests := []struct {
		name   string
		answer string
		call   func(context.Context, *Client) (any, error)
		want   seen
	}{
		{"create membership", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.Create(ctx, "org_1", roster.CreateMembership{UserID: "user_1", Role: "org:member", PublicMetadata: roster.Metadata(`{"n":1.0}`)})
		}, seen{"POST", "/v1/organizations/org_1/memberships", typ, `{"user_id":"user_1","role":"org:member","public_metadata":{"n":1.0}}`}},
		{"get membership", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.Get(ctx, "org_1", "user_1")
		}, seen{"GET", "/v1/organizations/org_1/memberships/user_1", "", ""}},
		{"list memberships", page, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.List(ctx, "org_1", some)
		}, seen{"GET", "/v1/organizations/org_1/memberships?" + someQuery, "", ""}},
		{"list memberships without a query", page, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.List(ctx, "org_1", roster.MembershipQuery{})
		}, seen{"GET", "/v1/organizations/org_1/memberships", "", ""}},
		{"list the instance's memberships", page, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.ListInstance(ctx, roster.MembershipQuery{OrganizationID: roster.Except("org_1"), OrderBy: roster.Asc("username")})
		}, seen{"GET", "/v1/organization_memberships?order_by=username&organization_id=-org_1", "", ""}},
		{"list a user's memberships", page, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.ListForUser(ctx, "user_1", roster.Paging{Limit: 3, Offset: 6})
		}, seen{"GET", "/v1/users/user_1/organization_memberships?limit=3&offset=6", "", ""}},
		{"update membership", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.Update(ctx, "org_1", "user_1", roster.UpdateMembership{Role: "org:admin"})
		}, seen{"PATCH", "/v1/organizations/org_1/memberships/user_1", typ, `{"role":"org:admin"}`}},
		{"merge membership metadata", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.UpdateMetadata(ctx, "org_1", "user_1", merge)
		}, seen{"PATCH", "/v1/organizations/org_1/memberships/user_1/metadata", typ, mergeBody}},
		{"delete membership", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.Delete(ctx, "org_1", "user_1")
		}, seen{"DELETE", "/v1/organizations/org_1/memberships/user_1", "", ""}},

		{"create organization", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.Create(ctx, roster.CreateOrganization{Name: "A", CreatedBy: roster.Value("user_1"), MaxAllowedMemberships: roster.Value(int64(0))})
		}, seen{"POST", "/v1/organizations", typ, `{"name":"A","created_by":"user_1","max_allowed_memberships":0}`}},
		{"list organizations", page, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.List(ctx, roster.OrganizationQuery{Query: "a", OrganizationInclude: roster.OrganizationInclude{MembersCount: true}})
		}, seen{"GET", "/v1/organizations?include_members_count=true&query=a", "", ""}},
		{"get organization", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.Get(ctx, "a-slug", roster.OrganizationInclude{MembersCount: true, MissingMemberWithElevatedPermissions: true})
		}, seen{"GET", "/v1/organizations/a-slug?include_members_count=true&include_missing_member_with_elevated_permissions=true", "", ""}},
		{"update organization", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.Update(ctx, "org_1", roster.UpdateOrganization{Slug: roster.Value("s"), Name: roster.Value("")})
		}, seen{"PATCH", "/v1/organizations/org_1", typ, `{"name":"","slug":"s"}`}},
		{"merge organization metadata", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.UpdateMetadata(ctx, "org_1", merge)
		}, seen{"PATCH", "/v1/organizations/org_1/metadata", typ, mergeBody}},
		{"replace organization metadata", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.ReplaceMetadata(ctx, "org_1", roster.UpdateMetadata{})
		}, seen{"PUT", "/v1/organizations/org_1/metadata", typ, `{}`}},
		{"delete organization", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Organizations.Delete(ctx, "org_1")
		}, seen{"DELETE", "/v1/organizations/org_1", "", ""}},

		{"create user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"a@example.com"}, SkipPasswordRequirement: true, FirstName: roster.Null[string]()})
		}, seen{"POST", "/v1/users", typ, `{"first_name":null,"email_address":["a@example.com"],"skip_password_requirement":true}`}},
		{"list users", `[]`, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.List(ctx, roster.UserQuery{EmailAddress: []string{"a+b@example.com"}, Banned: roster.Value(true)})
		}, seen{"GET", "/v1/users?banned=true&email_address=a%2Bb%40example.com", "", ""}},
		{"count users", `{"object":"total_count","total_count":7}`, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Count(ctx, roster.UserQuery{Paging: roster.Paging{Limit: 1, Offset: 1}, OrderBy: roster.Asc("username"), Query: "x"})
		}, seen{"GET", "/v1/users/count?query=x", "", ""}},
		{"get user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Get(ctx, "user_1")
		}, seen{"GET", "/v1/users/user_1", "", ""}},
		{"update user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Update(ctx, "user_1", roster.UpdateUser{Username: roster.Null[string]()})
		}, seen{"PATCH", "/v1/users/user_1", typ, `{"username":null}`}},
		{"merge user metadata", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.UpdateMetadata(ctx, "user_1", roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{"a":1}`)})
		}, seen{"PATCH", "/v1/users/user_1/metadata", typ, `{"unsafe_metadata":{"a":1}}`}},
		{"replace user metadata", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.ReplaceMetadata(ctx, "user_1", merge)
		}, seen{"PUT", "/v1/users/user_1/metadata", typ, mergeBody}},
		{"ban user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Ban(ctx, "user_1")
		}, seen{"POST", "/v1/users/user_1/ban", typ, ""}},
		{"unban user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Unban(ctx, "user_1")
		}, seen{"POST", "/v1/users/user_1/unban", typ, ""}},
		{"delete user", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Users.Delete(ctx, "user_1")
		}, seen{"DELETE", "/v1/users/user_1", "", ""}},

		{"create session", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.Create(ctx, roster.CreateSession{UserID: "user_1", ActiveOrganizationID: roster.Value("org_1")})
		}, seen{"POST", "/v1/sessions", typ, `{"user_id":"user_1","active_organization_id":"org_1"}`}},
		{"list sessions", page, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.List(ctx, roster.SessionQuery{UserID: "user_1", Status: roster.SessionActive})
		}, seen{"GET", "/v1/sessions?paginated=true&status=active&user_id=user_1", "", ""}},
		{"get session", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.Get(ctx, "sess_1")
		}, seen{"GET", "/v1/sessions/sess_1", "", ""}},
		{"revoke session", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.Revoke(ctx, "sess_1")
		}, seen{"POST", "/v1/sessions/sess_1/revoke", typ, ""}},
		{"create token", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.CreateToken(ctx, "sess_1", roster.CreateToken{ExpiresInSeconds: roster.Value(int64(90))})
		}, seen{"POST", "/v1/sessions/sess_1/tokens", typ, `{"expires_in_seconds":90}`}},
		{"create token from template", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.CreateTokenFromTemplate(ctx, "sess_1", "a b", roster.CreateToken{})
		}, seen{"POST", "/v1/sessions/sess_1/tokens/a%20b", typ, `{}`}},
		{"refresh session", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.Refresh(ctx, "sess_1", roster.RefreshSession{ExpiredToken: "e", RefreshToken: "r", RequestOrigin: "o", RequestHeaders: map[string][]string{"a": {"b"}}, Format: roster.Value("token")})
		}, seen{"POST", "/v1/sessions/sess_1/refresh", typ, `{"expired_token":"e","refresh_token":"r","request_origin":"o","request_headers":{"a":["b"]},"format":"token"}`}},
		{"verify session", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Sessions.Verify(ctx, "sess_1", roster.VerifyToken{Token: roster.Value("t")})
		}, seen{"POST", "/v1/sessions/sess_1/verify", typ, `{"token":"t"}`}},
		{"list clients", page, func(ctx context.Context, c *Client) (any, error) {
			return c.Clients.List(ctx, roster.ClientQuery{Paging: roster.Paging{Limit: 3}})
		}, seen{"GET", "/v1/clients?limit=3&paginated=true", "", ""}},
		{"get client", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Clients.Get(ctx, "client_1")
		}, seen{"GET", "/v1/clients/client_1", "", ""}},
		{"verify client", object, func(ctx context.Context, c *Client) (any, error) {
			return c.Clients.Verify(ctx, roster.VerifyClient{Token: "t"})
		}, seen{"POST", "/v1/clients/verify", typ, `{"token":"t"}`}},
		{"list JWT templates", page, func(ctx context.Context, c *Client) (any, error) {
			return c.JWTTemplates.List(ctx, roster.JWTTemplateQuery{})
		}, seen{"GET", "/v1/jwt_templates?paginated=true", "", ""}},
		{"create JWT template", object, func(ctx context.Context, c *Client) (any, error) {
			return c.JWTTemplates.Create(ctx, roster.CreateJWTTemplate{Name: "n", Claims: roster.Metadata(`{"a":1.0}`), Lifetime: roster.Value(int64(90))})
		}, seen{"POST", "/v1/jwt_templates", typ, `{"name":"n","claims":{"a":1.0},"lifetime":90}`}},
		{"get JWT template", object, func(ctx context.Context, c *Client) (any, error) {
			return c.JWTTemplates.Get(ctx, "jtmp_1")
		}, seen{"GET", "/v1/jwt_templates/jtmp_1", "", ""}},
		{"update JWT template", object, func(ctx context.Context, c *Client) (any, error) {
			return c.JWTTemplates.Update(ctx, "jtmp_1", roster.UpdateJWTTemplate{Name: "n", Claims: roster.Metadata(`{}`), CustomSigningKey: roster.Value(false)})
		}, seen{"PATCH", "/v1/jwt_templates/jtmp_1", typ, `{"name":"n","claims":{},"custom_signing_key":false}`}},
		{"delete JWT template", object, func(ctx context.Context, c *Client) (any, error) {
			return c.JWTTemplates.Delete(ctx, "jtmp_1")
		}, seen{"DELETE", "/v1/jwt_templates/jtmp_1", "", ""}},
		{"get key set", object, func(ctx context.Context, c *Client) (any, error) {
			return c.JWKS.Get(ctx)
		}, seen{"GET", "/v1/jwks", "", ""}},

		{"ids are escaped", object, func(ctx context.Context, c *Client) (any, error) {
			return c.OrganizationMemberships.Get(ctx, "a/b?c#d", "e%2f{x} ../é")
		}, seen{"GET", "/v1/organizations/a%2Fb%3Fc%23d/memberships/e%252f%7Bx%7D%20..%2F%C3%A9", "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, requests := newServer(t, tt.answer)
			if _, err := tt.call(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]seen{tt.want}, *requests); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswersDecode(t *testing.T) {
	t.Parallel()
	c, _ := newServer(t, `{"data":[{"object":"organization_membership","id":"orgmem_1","role":"org:admin","permissions":null,
		"public_metadata":{"z":1,"a":12345678901234567890},"private_metadata":null,"organization":{"id":"org_1","created_by":null,"members_count":3},
		"public_user_data":{"user_id":"user_1","first_name":null,"username":"ann"},"created_at":1700690400000,"something_new":[1]}],"total_count":41}`)
	got, err := c.OrganizationMemberships.List(t.Context(), "org_1", roster.MembershipQuery{})
	if err != nil {
		t.Fatal(err)
	}
	three, ann := int64(3), "ann"
	want := &roster.Page[roster.Membership]{TotalCount: 41, Data: []roster.Membership{{
		Object: "organization_membership", ID: "orgmem_1", Role: "org:admin", CreatedAt: 1700690400000,
		PublicMetadata: roster.Metadata(`{"z":1,"a":12345678901234567890}`), PrivateMetadata: roster.Metadata(`null`),
		Organization:   &roster.Organization{ID: "org_1", MembersCount: &three},
		PublicUserData: &roster.PublicUserData{UserID: "user_1", Username: &ann},
	}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

// Clerk's users and sessions carry more than Roster's; none of it may break them.
func TestAnswersOfClerkDecode(t *testing.T) {
	t.Parallel()
	c, _ := newServer(t, `{"object":"user","id":"user_1","private_metadata":null,"external_accounts":[{"object":"external_account","scores":[1]}],"passkeys":[{"id":"idn_1"}],
		"saml_accounts":[],"enterprise_accounts":null,"email_addresses":[{"id":"idn_2","email_address":"a@example.com","linked_to":[{"type":"oauth_google","id":"idn_3"}],
		"verification":{"object":"verification_oauth","status":"verified","strategy":"from_oauth_google","attempts":null,"expire_at":null,"nonce":"n"}}],
		"phone_numbers":[{"id":"idn_4","backup_codes":["a"]}],"web3_wallets":[],"last_active_at":1700690400000,"scim":null}`)
	u, err := c.Users.Get(t.Context(), "user_1")
	if err != nil {
		t.Fatal(err)
	}
	if len(u.ExternalAccounts) != 1 || u.EmailAddresses[0].Verification.Strategy != "from_oauth_google" || len(*u.PhoneNumbers[0].BackupCodes) != 1 || *u.LastActiveAt != 1700690400000 {
		t.Errorf("user %+v", u)
	}
	c, _ = newServer(t, `{"object":"session","id":"sess_1","actor":{"iss":"a","sub":"b"},"tasks":[{"key":"choose-organization"}],"latest_activity":{"id":"x"},"status":"pending"}`)
	s, err := c.Sessions.Get(t.Context(), "sess_1")
	if err != nil || s.Actor == nil || s.Tasks == nil || len(*s.Tasks) != 1 || s.Status != roster.SessionPending {
		t.Errorf("session %+v, %v", s, err)
	}
}
