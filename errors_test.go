package roster

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

func TestErrorResponse_isEveryCodeItCarries(t *testing.T) {
	t.Parallel()
	res := &ErrorResponse{Status: 422, TraceID: "t1", Errors: Errors{
		ErrParamMissing.On("role"),
		ErrParamNotAllowed.On("limit", "0"),
	}}
	err := fmt.Errorf("list members: %w", res)

	for _, code := range []Code{CodeParamMissing, CodeParamValueInvalid} {
		if !errors.Is(err, code) {
			t.Errorf("errors.Is(%v, %s) = false", err, code)
		}
	}
	if errors.Is(err, CodeAlreadyAMember) {
		t.Errorf("errors.Is(%v, %s) = true", err, CodeAlreadyAMember)
	}
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeParamMissing || e.Meta.ParamName != "role" {
		t.Errorf("errors.As *Error = %+v, want the first failure", e)
	}
	var all Errors
	if !errors.As(err, &all) || len(all) != 2 {
		t.Errorf("errors.As Errors = %v", all)
	}
	var r *ErrorResponse
	if !errors.As(err, &r) || r.Status != 422 || r.TraceID != "t1" {
		t.Errorf("errors.As *ErrorResponse = %+v", r)
	}
	for _, part := range []string{"422", "t1", "form_param_missing", "form_param_value_invalid"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %s", err, part)
		}
	}
}

func TestErrors_noneIsNoError(t *testing.T) {
	t.Parallel()
	if err := (Errors{}).Err(); err != nil {
		t.Errorf("Err of no failures = %v", err)
	}
	empty := &ErrorResponse{Status: 502, TraceID: "t"}
	if errors.Unwrap(empty) != nil {
		t.Error("an empty response unwraps to something")
	}
	if got, want := empty.Error(), "status 502 (trace t)"; got != want {
		t.Errorf("Error = %q, want %q", got, want)
	}
}

func TestErrorResponse_onTheWire(t *testing.T) {
	t.Parallel()
	body, err := json.Marshal(ErrorResponse{Status: 404, RetryAfter: 1, TraceID: "t1", Errors: Errors{
		{Status: 404, Message: "m", LongMessage: "l", Code: "c"},
		{Message: "m", LongMessage: "l", Code: "d", Meta: &Meta{ParamName: "p"}},
		{Message: "m", LongMessage: "l", Code: "e", Meta: &Meta{ParamNames: []string{"p", "q"}, ResetsIn: 3}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"errors":[{"message":"m","long_message":"l","code":"c"},` +
		`{"message":"m","long_message":"l","code":"d","meta":{"param_name":"p"}},` +
		`{"message":"m","long_message":"l","code":"e","meta":{"param_names":["p","q"],"resets_in":3}}],"clerk_trace_id":"t1"}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
}

func TestKind(t *testing.T) {
	t.Parallel()
	got := ErrIdentifierExists.On("email_address", "email address")
	if got.Status != 422 || got.Code != CodeIdentifierExists || got.Meta.ParamName != "email_address" {
		t.Errorf("error = %+v, meta %+v", got, got.Meta)
	}
	if want := "That email address is taken. Please try another."; got.Message != want {
		t.Errorf("message %q, want %q", got.Message, want)
	}
	if e := ErrUserNotFound.New("user_1"); e.Meta != nil || !strings.Contains(e.LongMessage, "user_1") {
		t.Errorf("error without a parameter = %+v", e)
	}
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	entries, codes := catalogue(t)
	used := map[Code]bool{}
	for _, e := range entries {
		t.Run(e.name, func(t *testing.T) {
			used[e.kind.Code] = true
			if http.StatusText(e.kind.Status) == "" || e.kind.Status < 400 {
				t.Errorf("status %d", e.kind.Status)
			}
			details := make([]any, e.details)
			for i := range details {
				details[i] = "x" + strconv.Itoa(i)
				if e.numbers[i] {
					details[i] = i
				}
			}
			err := e.kind.New(details...)
			for _, text := range []string{err.Message, err.LongMessage} {
				if text == "" || strings.Contains(text, "%!") {
					t.Errorf("text %q of %d details", text, e.details)
				}
			}
		})
	}
	for name, code := range codes {
		if !used[code] {
			t.Errorf("%s (%s) is a code of no error", name, code)
		}
	}
}

var update = flag.Bool("update", false, "write the table of codes into docs/api/errors.md")

func TestErrorsPageListsTheCatalogue(t *testing.T) {
	t.Parallel()
	const file, heading = "docs/api/errors.md", "| Code | Status | In Go | Short message | Details |\n|---|---|---|---|---|\n"
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	entries, _ := catalogue(t)
	slices.SortStableFunc(entries, func(a, b entry) int { return strings.Compare(string(a.kind.Code), string(b.kind.Code)) })
	rows := heading
	for _, e := range entries {
		text := func(format string) string {
			return strings.ReplaceAll(verb.ReplaceAllString(format, "…"), "|", "\\|")
		}
		rows += fmt.Sprintf("| `%s` | %d | `roster.%s` | %s | %s |\n", e.kind.Code, e.kind.Status, e.code, text(e.kind.Message), text(e.kind.Long))
	}
	before, _, _ := strings.Cut(string(page), heading)
	want := before + rows + "\n[Index](README.md)\n"
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("%s is not what errors.go says; go test . -run ErrorsPage -update writes it (-want +got):\n%s", file, diff)
	}
}

// entry is a Kind as the source declares it: how many details its texts take, and
// which of them (from 0) must be numbers.
type entry struct {
	name    string
	code    string // the constant's name
	kind    Kind
	details int
	numbers map[int]bool
}

// catalogue reads the errors and codes out of the source, so that none is forgotten.
func catalogue(t *testing.T) (entries []entry, codes map[string]Code) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "errors.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	codes = map[string]Code{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		name := spec.Names[0].Name
		switch value := spec.Values[0].(type) {
		case *ast.BasicLit:
			codes[name] = Code(unquote(t, value))
		case *ast.CompositeLit:
			status, err := strconv.Atoi(value.Elts[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			code := value.Elts[1].(*ast.Ident).Name
			entries = append(entries, newEntry(name, code, Kind{
				Status: status, Code: codes[code],
				Message: unquote(t, value.Elts[2]), Long: unquote(t, value.Elts[3]),
			}))
		}
		return true
	})
	if len(entries) == 0 || len(codes) == 0 {
		t.Fatal("found no catalogue in errors.go")
	}
	return entries, codes
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([sdq])`)

func newEntry(name, code string, kind Kind) entry {
	e := entry{name: name, code: code, kind: kind, numbers: map[int]bool{}}
	for _, text := range []string{kind.Message, kind.Long} {
		for i, m := range verb.FindAllStringSubmatch(text, -1) {
			if n, err := strconv.Atoi(m[1]); err == nil {
				i = n - 1
			}
			e.details = max(e.details, i+1)
			e.numbers[i] = e.numbers[i] || m[2] == "d"
		}
	}
	return e
}

func unquote(t *testing.T, x ast.Expr) string {
	t.Helper()
	s, err := strconv.Unquote(x.(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
