package spectest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rosterhq/roster/internal/spec"
)

// versions are the documents answers are held against: the newest, and the one a
// request without a version gets.
var versions = []string{"2026-05-12", "2021-02-05"}

// extensions are the operations beyond the published documents whose answer is
// one of their schemas.
var extensions = map[string]string{
	"GET /organizations/{organization_id}/memberships/{user_id}": "OrganizationMembership",
	"DELETE /role_sets/{role_set_key_or_id}":                     "DeletedObject",
	"DELETE /role_sets/{role_set_key_or_id}/roles":               "RoleSet",
}

// additions are members of answers beyond the published documents, by path.
var additions = map[string]string{"/instance/organization_settings": "elevated_member_required"}

// unpublished are the operations beyond the published documents that answer with
// something of their own.
var unpublished = []string{"GET /tickets/accept", "POST /sessions/{session_id}/refresh_tokens"}

// Checker holds answers against the published documents. One without documents
// finds nothing wrong.
type Checker struct{ docs []*openapi3.T }

var documents = sync.OnceValues(func() ([]*openapi3.T, error) {
	folder, ok := Folder()
	if !ok {
		return nil, nil
	}
	var docs []*openapi3.T
	for _, version := range versions {
		doc, err := openapi3.NewLoader().LoadFromFile(filepath.Join(folder, "bapi-"+version+".yml"))
		if err != nil {
			return nil, fmt.Errorf("load the document of %s: %w", version, err)
		}
		// The text of UnsetUserPasswordCompromised tells of it, the schema does not.
		doc.Components.Schemas["User"].Value.WithProperty("requires_password_reset", openapi3.NewBoolSchema())
		docs = append(docs, doc)
	}
	return docs, nil
})

// Validator loads the documents, once per test binary. A suite that uses it has a test
// that is Published too, which tells where there are none.
func Validator(tb testing.TB) *Checker {
	tb.Helper()
	docs, err := documents()
	if err != nil {
		tb.Fatal(err)
	}
	return &Checker{docs: docs}
}

// Published is a test of its own in a suite that holds answers against the documents:
// where they are not here it is skipped, so that nobody takes the suite for their proof.
func Published(t *testing.T) *Checker {
	t.Helper()
	c := Validator(t)
	if c.docs == nil {
		t.Skip("the published documents are not here (ROSTER_SPEC names their folder): no answer of this suite was held against them")
	}
	if c.Check(http.MethodGet, "/v1/organizations", http.StatusOK, []byte("5")) == nil {
		t.Error("a number passes for a page of organizations")
	}
	return c
}

// Check holds one answer against the documents: path is the request's, with its
// /v1 prefix; an answer of 400 or more must be an error envelope, any other one
// that the operation lists. Paths outside /v1 are nobody's business here.
func (c *Checker) Check(method, path string, status int, body []byte) error {
	path, _, _ = strings.Cut(path, "?")
	path, ok := strings.CutPrefix(path, "/v1")
	if !ok || method == http.MethodHead {
		return nil
	}
	if method == http.MethodGet && slices.Contains(inTwoForms, path) && status < http.StatusBadRequest {
		body = listed(body)
	}
	if member, has := additions[path]; has {
		body = without(body, member)
	}
	for _, doc := range c.docs {
		schema, err := answer(doc, method, path, status)
		if err == nil && schema != nil {
			err = visit(schema, body)
		}
		if err != nil {
			return fmt.Errorf("%s %s answered %d, against the document of %s: %w", method, path, status, doc.Info.Version, err)
		}
	}
	return nil
}

// inTwoForms are lists that the documents know as bare arrays only, though they
// have a parameter to paginate them.
var inTwoForms = []string{"/sessions", "/clients", "/jwt_templates", "/allowlist_identifiers"}

// listed is the array of such a list.
func listed(body []byte) []byte {
	var page struct {
		Data json.RawMessage `json:"data"`
	}
	if json.Unmarshal(body, &page) != nil || page.Data == nil {
		return body
	}
	return page.Data
}

// without is an object less one member.
func without(body []byte, member string) []byte {
	var object map[string]json.RawMessage
	if json.Unmarshal(body, &object) != nil {
		return body
	}
	delete(object, member)
	less, err := json.Marshal(object)
	if err != nil {
		return body
	}
	return less
}

// answer is the schema of an answer, nil where this document has no such
// operation.
func answer(doc *openapi3.T, method, path string, status int) (*openapi3.Schema, error) {
	if status >= http.StatusBadRequest {
		return doc.Components.Schemas["ClerkErrors"].Value, nil
	}
	for pattern, name := range extensions {
		if verb, template, _ := strings.Cut(pattern, " "); verb == method && fits(template, path) {
			return doc.Components.Schemas[name].Value, nil
		}
	}
	for _, pattern := range unpublished {
		if verb, template, _ := strings.Cut(pattern, " "); verb == method && fits(template, path) {
			return nil, nil
		}
	}
	op, _, ok := spec.Find(method, path)
	if !ok {
		return nil, fmt.Errorf("no such operation is published")
	}
	item := doc.Paths.Value(op.Path)
	if item == nil || item.GetOperation(method) == nil {
		return nil, nil
	}
	response := item.GetOperation(method).Responses.Status(status)
	if response == nil {
		return nil, fmt.Errorf("%s does not list that status", op.ID)
	}
	media := response.Value.Content.Get("application/json")
	if media == nil {
		return nil, nil
	}
	return media.Schema.Value, nil
}

// fits reports whether a path has the shape of a template.
func fits(template, path string) bool {
	want, got := strings.Split(template, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !strings.HasPrefix(want[i], "{") {
			return false
		}
	}
	return true
}

func visit(schema *openapi3.Schema, body []byte) error {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return fmt.Errorf("the body is not JSON: %w", err)
	}
	return schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.VisitAsResponse())
}
