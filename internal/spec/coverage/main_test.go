package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/spec"
)

func TestPageIsUpToDate(t *testing.T) {
	t.Parallel()
	got, err := os.ReadFile("../../../docs/coverage.md")
	if err != nil {
		t.Fatal(err)
	}
	want, err := page("../../api/testdata/exercised.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/coverage.md is stale; run go run ./internal/spec/coverage (-want +got):\n%s", diff)
	}
}

func TestEveryRouteHasThePublishedName(t *testing.T) {
	t.Parallel()
	for _, rt := range api.Routes() {
		op, _, ok := spec.Find(rt.Method, below(rt.Pattern))
		if ok == rt.Extension {
			t.Errorf("%s %s: Extension = %v, published %v", rt.Method, rt.Pattern, rt.Extension, ok)
		}
		if ok && op.ID != rt.Operation {
			t.Errorf("%s %s is called %s, the document calls it %s", rt.Method, rt.Pattern, rt.Operation, op.ID)
		}
	}
}

// Routes and parameters that no scenario exercises are not on the page.
func TestExercised(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "exercised.tsv")
	if err := os.WriteFile(file, []byte("# method\tpath\tquery\tbody\nGET\t/v1/things\tlimit\t-\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := exercised(file, []api.Route{
		{Method: "GET", Pattern: "/v1/things", Query: []string{"limit", "offset"}},
		{Method: "POST", Pattern: "/v1/things", Body: []string{"name"}},
	})
	want := []api.Route{{Method: "GET", Pattern: "/v1/things", Query: []string{"limit"}, Body: nil}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	rows := compare(
		[]spec.Operation{
			{ID: "ListThings", Method: "GET", Path: "/things/{thing_id}", Tag: "Things", First: "1", Last: "2", Query: []string{"limit", "offset"}},
			{ID: "CreateThing", Method: "POST", Path: "/things", Tag: "Things", First: "2", Last: "2", Body: []string{"name"}},
		},
		[]api.Route{
			{Method: "GET", Pattern: "/v1/things/{id}", Operation: "ListThings", Query: []string{"limit", "cursor"}},
			{Method: "GET", Pattern: "/v1/other", Operation: "Other", Body: []string{"x"}},
		},
	)
	page := render(rows)
	for _, line := range []string{
		"| Published operations served | 1 of 2 |",
		"| Published parameters of those read | 1 of 2 |",
		"| Parameters of those beyond the document | 1 |",
		"| Operations beyond the document | 1 |",
		"| Things | 1 | 2 |",
		"| ✓ | ListThings | `GET /things/{thing_id}` | 1 – 2 | ✓ `limit`, ✗ `offset`, + `cursor` | – |",
		"| ✗ | CreateThing | `POST /things` | 2 | – | `name` |",
		"| ✓ | Other | `GET /other` | – | – | + `x` |",
	} {
		if !strings.Contains(page, line) {
			t.Errorf("the page lacks %q:\n%s", line, page)
		}
	}
}
