package roster

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

// Clients reject some members when they are missing and others when they are
// null, so what an empty resource looks like is part of the contract.
func TestResourcesEncodeWithoutOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		resource any
		has      []string
		hasNot   []string
	}{
		{"membership", Membership{}, []string{`"permissions":[]`, `"public_metadata":{}`, `"organization":null`}, []string{"private_metadata"}},
		{"public user data", PublicUserData{}, []string{`"first_name":null`, `"profile_image_url":null`, `"identifier":null`, `"image_url":""`}, nil},
		{"organization", Organization{}, []string{`"slug":""`, `"max_allowed_memberships":0`}, []string{"members_count", "created_by", "private_metadata", "missing_member"}},
		{"user", User{}, []string{`"email_addresses":[]`, `"passkeys":[]`, `"external_accounts":[]`, `"external_id":null`, `"unsafe_metadata":{}`, `"last_active_at":null`}, nil},
		{"email address", EmailAddress{}, []string{`"linked_to":[]`, `"verification":null`}, nil},
		{"phone number", PhoneNumber{}, []string{`"linked_to":[]`, `"backup_codes":null`}, nil},
		{"session", Session{}, []string{`"actor":null`, `"last_active_organization_id":null`}, []string{"tasks"}},
		{"role", Role{}, []string{`"permissions":[]`, `"description":null`}, nil},
		{"empty page", Page[Membership]{}, []string{`"data":[]`, `"total_count":0`}, nil},
		{"deleted", Deleted{Object: "user", ID: "u", Deleted: true}, []string{`"deleted":true`}, []string{"slug", "external_id"}},
		{"an empty update sends nothing", UpdateUser{}, []string{`{}`}, []string{`"`}},
		{"an empty metadata update sends nothing", UpdateMetadata{}, []string{`{}`}, []string{`"`}},
		{"a cleared name is sent", UpdateUser{FirstName: Null[string](), Username: Value("")}, []string{`{"first_name":null,"username":""}`}, nil},
		{"required members are always sent", CreateMembership{}, []string{`{"user_id":"","role":""}`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			body, err := json.Marshal(tt.resource)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.has {
				if !strings.Contains(string(body), want) {
					t.Errorf("%s lacks %s", body, want)
				}
			}
			for _, not := range tt.hasNot {
				if strings.Contains(string(body), not) {
					t.Errorf("%s has %s", body, not)
				}
			}
		})
	}
}
