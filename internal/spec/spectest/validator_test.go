package spectest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	organization = `{"object":"organization","id":"org_1","name":"Acme","slug":"acme","image_url":"https://img.example","has_image":false,` +
		`"max_allowed_memberships":0,"admin_delete_enabled":true,"public_metadata":{},"private_metadata":{},"created_at":1,"updated_at":1}`
	userData = `{"user_id":"user_1","first_name":null,"last_name":null,"profile_image_url":null,"image_url":"https://img.example",` +
		`"has_image":false,"identifier":null,"username":null,"banned":false,"deprovisioned":false}`
	membership = `{"object":"organization_membership","id":"orgmem_1","role":"org:member","role_name":"Member","permissions":[],` +
		`"public_metadata":{},"private_metadata":{},"organization":` + organization + `,"public_user_data":` + userData + `,"created_at":1,"updated_at":1}`
	notFound = `{"errors":[{"message":"not found","long_message":"Nothing here.","code":"resource_not_found"}],"clerk_trace_id":"0"}`
)

func TestCheck(t *testing.T) {
	t.Parallel()
	c := Published(t)
	tests := []struct {
		name, method, path string
		status             int
		body               string
		want               string // part of the error, "" for none
	}{
		{"membership", "POST", "/v1/organizations/org_1/memberships", 200, membership, ""},
		{"membership_without_permissions", "POST", "/v1/organizations/org_1/memberships", 200, strings.Replace(membership, `"permissions":[],`, "", 1), "permissions"},
		{"membership_with_string_time", "PATCH", "/v1/organizations/org_1/memberships/user_1", 200, strings.Replace(membership, `"created_at":1`, `"created_at":"1"`, 1), "created_at"},
		{"list", "GET", "/v1/organizations/org_1/memberships?limit=1", 200, `{"data":[` + membership + `],"total_count":1}`, ""},
		{"list_without_total", "GET", "/v1/organization_memberships", 200, `{"data":[]}`, "total_count"},
		{"extension", "GET", "/v1/organizations/org_1/memberships/user_1", 200, membership, ""},
		{"extension_wrong", "GET", "/v1/organizations/org_1/memberships/user_1", 200, `{}`, "permissions"},
		{"error", "GET", "/v1/organizations/org_1", 404, notFound, ""},
		{"error_without_code", "GET", "/v1/nothing", 404, `{"errors":[{"message":"m","long_message":"l"}]}`, "code"},
		{"error_as_text", "GET", "/v1/nothing", 404, "404 page not found", "not JSON"},
		{"unlisted_status", "POST", "/v1/organizations", 201, organization, "does not list"},
		{"unpublished", "GET", "/v1/nothing", 200, "{}", "no such operation"},
		{"outside", "GET", "/healthz", 200, "ok", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := c.Check(tt.method, tt.path, tt.status, []byte(tt.body))
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("Check = %v, want no error", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("Check = %v, want an error about %q", err, tt.want)
			}
		})
	}
}

func TestTransportHandsTheBodyOn(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, notFound)
	}))
	t.Cleanup(server.Close)
	client := &http.Client{Transport: Validator(t).Transport(t, nil)}
	resp, err := client.Get(server.URL + "/v1/organizations/org_1")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	if string(body) != notFound {
		t.Errorf("body = %s", body)
	}
}
