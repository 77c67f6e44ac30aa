package api

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster/internal/spec"
)

func TestTable_finds(t *testing.T) {
	t.Parallel()
	tests := []struct {
		method, path string
		operation    string // "" for none
		ids          []string
	}{
		{"GET", "/v1/users", "GetUserList", nil},
		{"HEAD", "/v1/users", "GetUserList", nil},
		{"GET", "/v1/users/", "GetUserList", nil},
		{"GET", "/v1/users/count", "GetUsersCount", nil},
		{"GET", "/v1/users/count/", "GetUsersCount", nil},
		{"GET", "/v1/users/u1", "GetUser", []string{"u1"}},
		{"GET", "/v1/users/u1/", "GetUser", []string{"u1"}},
		{"PATCH", "/v1/organizations/o/memberships/u/metadata", "UpdateOrganizationMembershipMetadata", []string{"o", "u"}},
		{"GET", "/v1/organizations/a%2Fb/memberships/%E2%82%AC%20x", "GetOrganizationMembership", []string{"a/b", "€ x"}},
		{"GET", "/v1/organizations/%2E%2E", "GetOrganization", []string{".."}},
		{"GET", "/v1/users/%ff", "GetUser", []string{"\ufffd"}},
		{"GET", "/v1/users/a%00", "GetUser", []string{"\ufffd"}},
		{"GET", "/v1/users//", "", nil},
		{"GET", "/v1//users", "", nil},
		{"GET", "//v1/users", "", nil},
		{"GET", "/v1/./users", "", nil},
		{"GET", "/v1/x/../users", "", nil},
		{"GET", "/v1", "", nil},
		{"GET", "/", "", nil},
		{"GET", "/users", "", nil},
		{"GET", "/V1/users", "", nil},
		{"DELETE", "/v1/users", "", nil},
		{"OPTIONS", "/v1/users", "", nil},
		{"CONNECT", "/v1/users", "", nil},
		{"get", "/v1/users", "", nil},
	}
	table := newTable(routes)
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "http://x"+tt.path, nil)
		r.Method = tt.method
		rt := table.find(r)
		if rt == nil {
			if tt.operation != "" {
				t.Errorf("%s %s is not found", tt.method, tt.path)
			}
			continue
		}
		if rt.operation != tt.operation {
			t.Errorf("%s %s is %s, want %q", tt.method, tt.path, rt.operation, tt.operation)
		}
		if diff := cmp.Diff(tt.ids, rt.ids(r.URL)); diff != "" {
			t.Errorf("%s %s: ids (-want +got):\n%s", tt.method, tt.path, diff)
		}
	}
}

// refused are the documented body fields that are not taken: what they ask for is
// not served yet, and they are refused by name.
var refused = []string{
	"support_email", "clerk_js_version", "development_origin", "allowed_origins", "cookieless_dev", "url_based_session_syncing",
	"preferred_sign_in_strategy_when_password_required",
}

func TestRoutes_follow_the_published_document(t *testing.T) {
	t.Parallel()
	for _, rt := range Routes() {
		op, _, documented := spec.Find(rt.Method, strings.TrimPrefix(rt.Pattern, prefix))
		if documented == rt.Extension {
			t.Errorf("%s: extension is %v", rt.Operation, rt.Extension)
		}
		if !documented {
			continue
		}
		if op.ID != rt.Operation || prefix+op.Path != rt.Pattern {
			t.Errorf("%s %s is %s of %s", rt.Method, rt.Pattern, op.ID, op.Path)
		}
		for _, name := range op.Query {
			if !slices.Contains(rt.Query, name) {
				t.Errorf("%s reads no query parameter %s", rt.Operation, name)
			}
		}
		for _, name := range op.Body {
			if !slices.Contains(rt.Body, name) && !slices.Contains(refused, name) {
				t.Errorf("%s reads no field %s", rt.Operation, name)
			}
		}
	}
}

func TestRoutes_name_what_the_readers_read(t *testing.T) {
	t.Parallel()
	byOperation := map[string]Route{}
	for _, rt := range Routes() {
		byOperation[rt.Operation] = rt
	}
	if diff := cmp.Diff([]string{"limit", "offset", "starting_after"}, byOperation["UsersGetOrganizationMemberships"].Query); diff != "" {
		t.Errorf("query (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"user_id", "role", "public_metadata", "private_metadata"}, byOperation["CreateOrganizationMembership"].Body); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if rt := byOperation["GetOrganizationMembership"]; !rt.Extension || rt.Query != nil || rt.Body != nil {
		t.Errorf("%+v", rt)
	}
}
