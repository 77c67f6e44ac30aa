package api_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rosterhq/roster/internal/api"
)

var update = flag.Bool("update", false, "write testdata/exercised.tsv anew")

// exercisedFile is what docs/coverage.md is made from.
const exercisedFile = "testdata/exercised.tsv"

// exercised collects what the scenarios of one engine saw done: which routes, and with
// which parameters. Safe for concurrent use.
type exercised struct {
	mux    *http.ServeMux
	routes map[string]api.Route // by their pattern in the mux
	mu     sync.Mutex
	names  map[string][2][]string // of a route: those of queries and of bodies
}

func newExercised() *exercised {
	e := &exercised{mux: http.NewServeMux(), routes: make(map[string]api.Route), names: make(map[string][2][]string)}
	for _, rt := range api.Routes() {
		pattern := rt.Method + " " + rt.Pattern
		e.mux.Handle(pattern, http.NotFoundHandler())
		e.routes[pattern] = rt
	}
	return e
}

// nothingThere are operations on what this server never has: the right answer is 404.
var nothingThere = []string{"UserPasskeyDelete", "DeleteExternalAccount"}

// note takes a request and its answer, if that is the operation done.
func (e *exercised) note(t *testing.T, req *http.Request, body string, status int) {
	t.Helper()
	_, pattern := e.mux.Handler(req)
	rt, ok := e.routes[pattern]
	done := status < http.StatusBadRequest || status == http.StatusNotFound && slices.Contains(nothingThere, rt.Operation)
	if !ok || !done {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	names := e.names[pattern]
	for name, values := range req.URL.Query() {
		if strings.Join(values, "") == "" {
			continue // which asks for nothing
		}
		name, _, _ = strings.Cut(name, "[") // of a path in metadata
		names[0] = insert(names[0], rt.Query, name)
	}
	for _, name := range members(t, req.Header.Get("Content-Type"), body) {
		names[1] = insert(names[1], rt.Body, name)
	}
	e.names[pattern] = names
}

// insert adds a name of the route's to a sorted list. A scenario may send others,
// which are not read.
func insert(names, known []string, name string) []string {
	i, found := slices.BinarySearch(names, name)
	if found || !slices.Contains(known, name) {
		return names
	}
	return slices.Insert(names, i, name)
}

// members is the names in a body that have a value: of an object, of each object of a
// list, of a form.
func members(t *testing.T, contentType, body string) []string {
	t.Helper()
	if body == "" {
		return nil
	}
	if media, params, err := mime.ParseMediaType(contentType); err == nil && media == "multipart/form-data" {
		return fields(t, multipart.NewReader(strings.NewReader(body), params["boundary"]))
	}
	var objects []map[string]json.RawMessage
	if !strings.HasPrefix(body, "[") {
		body = "[" + body + "]"
	}
	if err := json.Unmarshal([]byte(body), &objects); err != nil {
		t.Fatalf("a body that was answered well: %v", err)
	}
	var names []string
	for _, o := range objects {
		for name, value := range o {
			if string(value) != "null" { // which asks for nothing
				names = append(names, name)
			}
		}
	}
	return names
}

func fields(t *testing.T, form *multipart.Reader) (names []string) {
	t.Helper()
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, part.FormName())
	}
}

// table is what was answered, a line for each route in the order of the route table.
func (e *exercised) table() []byte {
	var b bytes.Buffer
	b.WriteString("# method\tpath\tquery\tbody\n")
	for _, rt := range api.Routes() {
		names, ok := e.names[rt.Method+" "+rt.Pattern]
		if !ok {
			continue
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", rt.Method, rt.Pattern, list(names[0]), list(names[1]))
	}
	return b.Bytes()
}

func list(names []string) string { return cmp.Or(strings.Join(names, ","), "-") }

// missing is what the route table promises and no scenario was answered.
func (e *exercised) missing() (missing []string) {
	for _, rt := range api.Routes() {
		names, ok := e.names[rt.Method+" "+rt.Pattern]
		if !ok {
			missing = append(missing, rt.Operation)
		}
		for _, n := range append(without(rt.Query, names[0]), without(rt.Body, names[1])...) {
			missing = append(missing, rt.Operation+" "+n)
		}
	}
	return missing
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(n string) bool { return slices.Contains(some, n) })
}

// judge holds a whole run against the file, and writes that if asked to.
func (e *exercised) judge(t *testing.T) {
	t.Helper()
	for _, m := range e.missing() {
		t.Errorf("no scenario was answered well on %s", m)
	}
	if *update {
		if err := writeWhole(exercisedFile, e.table()); err != nil {
			t.Fatal(err)
		}
	}
	if file, err := os.ReadFile(exercisedFile); err != nil || !bytes.Equal(file, e.table()) {
		t.Errorf("%s is stale (%v): run go test ./internal/api -run TestScenarios -update, then go generate ./...", exercisedFile, err)
	}
}

// writeWhole writes a file that is never seen half written: the engines' runs write the
// same one at the same time.
func writeWhole(name string, content []byte) error {
	half, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = half.Write(content)
	if err = errors.Join(err, half.Chmod(0o644), half.Close()); err == nil {
		err = os.Rename(half.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(half.Name()))
	}
	return nil
}

func TestExercised_counts_what_asks_for_something(t *testing.T) {
	t.Parallel()
	e := newExercised()
	for _, sent := range []struct{ query, body string }{
		{"limit=&order_by=&query=x&public_metadata[a]=1", ""}, {"limit=&query=", ""}, {"", `{"user_id":null,"role":"r"}`},
	} {
		method := http.MethodGet
		if sent.body != "" {
			method = http.MethodPost
		}
		req, err := http.NewRequestWithContext(t.Context(), method, "http://localhost/v1/organizations/org_1/memberships?"+sent.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		e.note(t, req, sent.body, http.StatusOK)
	}
	const path = "/v1/organizations/{organization_id}/memberships\t"
	for _, line := range []string{"GET\t" + path + "public_metadata,query\t-\n", "POST\t" + path + "-\trole\n"} {
		if table := string(e.table()); !strings.Contains(table, line) {
			t.Errorf("no %q in\n%s", line, table)
		}
	}
}

func TestWriteWhole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name, want := filepath.Join(folder, "f"), bytes.Repeat([]byte("x"), 1<<20)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				if err := writeWhole(name, want); err != nil {
					t.Error(err)
				}
				if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%d bytes were read, %v", len(got), err)
				}
			}
		})
	}
	wg.Wait()
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("files stay: %v, %v", files, err)
	}
}
