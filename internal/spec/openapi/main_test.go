package main

import (
	"context"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
)

const (
	published = "../../../docs/openapi.json"
	source    = "../../.."
)

func TestDocumentIsUpToDate(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(source)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("docs/openapi.json is stale; run go run ./internal/spec/openapi (-want +got):\n%s", diff)
	}
}

func load(t *testing.T) *openapi3.T {
	t.Helper()
	text, err := generate(source)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestDocumentIsValid(t *testing.T) {
	t.Parallel()
	if err := load(t).Validate(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestEveryOperationIsServed(t *testing.T) {
	t.Parallel()
	served := make(map[string]bool)
	for _, rt := range api.Routes() {
		served[rt.Operation] = true
	}
	for id := range operations {
		if !served[id] {
			t.Errorf("operations describes %s, which no route serves", id)
		}
	}
}

func TestSchemasTakeWhatTheTypesEncode(t *testing.T) {
	t.Parallel()
	doc := load(t)
	organization := &roster.Organization{Object: "organization"}
	values := map[string]any{
		"Membership":       roster.Membership{Permissions: []string{}, Organization: organization, PublicUserData: &roster.PublicUserData{}},
		"MembershipPage":   roster.Page[roster.Membership]{Data: []roster.Membership{}},
		"Organization":     organization,
		"OrganizationPage": roster.Page[roster.Organization]{Data: []roster.Organization{*organization}},
		"User": roster.User{
			EmailAddresses: []roster.EmailAddress{{Verification: &roster.Verification{}}}, PhoneNumbers: []roster.PhoneNumber{{}}, Web3Wallets: []roster.Web3Wallet{{}},
		},
		"Session":       roster.Session{},
		"Deleted":       roster.Deleted{ID: "user_x"},
		"Count":         roster.Count{TotalCount: 3},
		"ErrorResponse": roster.ErrorResponse{Errors: roster.Errors{roster.ErrParamMissing.On("role")}, TraceID: "0123456789abcdef0123456789abcdef"},
	}
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := json.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			var plain any
			if err := json.Unmarshal(text, &plain); err != nil {
				t.Fatal(err)
			}
			schema := doc.Components.Schemas[name]
			if schema == nil {
				t.Fatal("no schema")
			}
			if err := schema.Value.VisitJSON(plain, openapi3.EnableJSONSchema2020()); err != nil {
				t.Errorf("%v\n%s", err, text)
			}
			if object, ok := plain.(map[string]any); ok && len(object) > 0 {
				delete(object, schema.Value.Required[0])
				if err := schema.Value.VisitJSON(object, openapi3.EnableJSONSchema2020()); err == nil {
					t.Errorf("the schema does not miss %s", schema.Value.Required[0])
				}
			}
		})
	}
}
