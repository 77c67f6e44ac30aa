package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/clerk/clerk-sdk-go/v2"
	clerkhttp "github.com/clerk/clerk-sdk-go/v2/http"
	"github.com/clerk/clerk-sdk-go/v2/jwks"
	"github.com/clerk/clerk-sdk-go/v2/jwt"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// keys is all that Clerk's Go SDK is told of the server: a client with its base URL. It
// knows issuers by their names, and is told of none here.
func (s *stage) keys() *jwks.Client {
	return jwks.NewClient(&clerk.ClientConfig{BackendConfig: clerk.BackendConfig{URL: &s.server.URL, Key: &s.server.SecretKey}})
}

// Clerk's Go SDK takes tokens of both formats, and finds the permissions in them. Its
// middleware lets in who has one, and nobody else.
func TestTokens_go(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := newStage(t, e)
		t.Run("verify", func(t *testing.T) { verifyInGo(t, s) })
		t.Run("middleware", func(t *testing.T) { requireInGo(t, s) })
		t.Run("issuer", func(t *testing.T) { issuedInGo(t, s) })
	})
}

func verifyInGo(t *testing.T, s *stage) {
	t.Helper()
	verify := func(name string) (*clerk.SessionClaims, error) {
		return jwt.Verify(t.Context(), &jwt.VerifyParams{Token: s.tokens[name], JWKSClient: s.keys()})
	}
	for name, version := range map[string]int{"editor": 2, "editor_v1": 1} {
		got, err := verify(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		slices.Sort(got.ActiveOrganizationPermissions)
		if got.Version != version || got.Subject != s.editorID || got.ActiveOrganizationID != s.organizationID || got.ActiveOrganizationSlug != "acme" ||
			!got.HasRole("org:editor") || !slices.Equal(got.ActiveOrganizationPermissions, s.permissions) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got, err := verify("member"); err != nil || got.HasPermission("org:reports:read") {
		t.Errorf("member: %+v, %v", got, err)
	}
	for _, name := range []string{"stranger", "spoiled"} {
		if got, err := verify(name); err == nil {
			t.Errorf("%s passes: %+v", name, got)
		}
	}
}

func requireInGo(t *testing.T, s *stage) {
	t.Helper()
	guarded := clerkhttp.RequireHeaderAuthorization(clerkhttp.JWKSClient(s.keys()))(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		claims, _ := clerk.SessionClaimsFromContext(r.Context())
		w.Header().Set("Organization", claims.ActiveOrganizationID)
	}))
	for name, status := range map[string]int{"editor": 200, "editor_v1": 200, "member": 200, "stranger": 401, "spoiled": 401, "nobody": 403} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		if token := s.tokens[name]; token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		answer := httptest.NewRecorder()
		guarded.ServeHTTP(answer, request)
		if answer.Code != status || status == http.StatusOK && answer.Header().Get("Organization") != s.organizationID {
			t.Errorf("%s: %d, in %q, want %d", name, answer.Code, answer.Header().Get("Organization"), status)
		}
	}
}

// The issuer is an address, as verifiers expect who find keys by it.
func issuedInGo(t *testing.T, s *stage) {
	t.Helper()
	claims := must(jwt.Decode(t.Context(), &jwt.DecodeParams{Token: s.tokens["editor"]}))(t)
	if claims.Issuer != s.issuer() {
		t.Errorf("issued by %s, want %s", claims.Issuer, s.issuer())
	}
	request := must(http.NewRequestWithContext(t.Context(), http.MethodGet, claims.Issuer+"/.well-known/jwks.json", nil))(t)
	answer := must(http.DefaultClient.Do(request))(t)
	defer answer.Body.Close()
	var set roster.JWKS
	if err := json.NewDecoder(answer.Body).Decode(&set); err != nil || len(set.Keys) != 1 || set.Keys[0].Kid != claims.KeyID {
		t.Errorf("below the issuer: %d, %+v, %v; the token is signed by %s", answer.StatusCode, set, err, claims.KeyID)
	}
}
