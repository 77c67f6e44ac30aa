package spec

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		method, path string
		id           string
		methods      []string
	}{
		{"GET", "/organizations/org_x/memberships", "ListOrganizationMemberships", []string{"GET", "POST"}},
		{"PATCH", "/organizations/org_x/memberships/user_y/metadata", "UpdateOrganizationMembershipMetadata", []string{"PATCH"}},
		{"PUT", "/organizations/org_x/logo", "UploadOrganizationLogo", []string{"DELETE", "PUT"}},
		{"GET", "/users/count", "GetUsersCount", []string{"DELETE", "GET", "PATCH"}},
		{"GET", "/users/counts", "GetUser", []string{"DELETE", "GET", "PATCH"}},
		{"PATCH", "/users/count", "UpdateUser", []string{"DELETE", "GET", "PATCH"}},
		{"POST", "/users/user_x", "", []string{"DELETE", "GET", "PATCH"}},
		{"POST", "/users/ban", "UsersBan", []string{"DELETE", "GET", "PATCH", "POST"}},
		{"GET", "/organization_memberships", "InstanceGetOrganizationMemberships", []string{"GET"}},
		{"GET", "/organizations/org_x/nothing", "", nil},
		{"GET", "/organizations/", "", nil},
		{"GET", "/organizations//memberships", "", nil},
		{"GET", "/organizations/org_x/memberships/", "", nil},
		{"GET", "organizations", "", nil},
		{"GET", "/", "", nil},
		{"GET", "", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.method+tt.path, func(t *testing.T) {
			t.Parallel()
			op, methods, ok := Find(tt.method, tt.path)
			if op.ID != tt.id || ok != (tt.id != "") {
				t.Errorf("Find = %q, %v; want %q", op.ID, ok, tt.id)
			}
			if diff := cmp.Diff(tt.methods, methods); diff != "" {
				t.Errorf("methods on path (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryOperationFindsItself(t *testing.T) {
	t.Parallel()
	for _, want := range Operations() {
		got, methods, ok := Find(want.Method, want.Path)
		if !ok || got.ID != want.ID || !slices.Contains(methods, want.Method) {
			t.Errorf("Find(%s, %s) = %q, %v, %v; want %q", want.Method, want.Path, got.ID, methods, ok, want.ID)
		}
	}
}

func TestOperationsAreFacts(t *testing.T) {
	t.Parallel()
	ops := Operations()
	if len(ops) < 200 {
		t.Fatalf("%d operations; the table is truncated", len(ops))
	}
	seen := make(map[string]bool)
	for _, op := range ops {
		if key := op.Method + " " + op.Path; seen[key] {
			t.Errorf("%s is there twice", key)
		} else {
			seen[key] = true
		}
		if !strings.HasPrefix(op.Path, "/") || op.First == "" || op.First > op.Last {
			t.Errorf("operation %+v is malformed", op)
		}
		for _, name := range append(op.Query, op.Body...) {
			if name == "" || strings.ContainsAny(name, " \t") {
				t.Errorf("%s has parameter %q, which is not a name", op.ID, name)
			}
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for b.Loop() {
		Find("PUT", "/organizations/org_2x/logo")
	}
}
