package api

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// bodyOf is a request with a JSON body.
func bodyOf(t *testing.T, text string) *request {
	t.Helper()
	members, err := parseObject([]byte(text))
	if err != nil {
		t.Fatalf("parse %s: %v", text, err)
	}
	r := newRequest(nil, roster.VersionOldest, nil)
	r.body.fields = members
	return r
}

func TestBody_fields(t *testing.T) {
	t.Parallel()
	required := func(r *request) any { return r.body.required("x") }
	text := func(r *request) any { return r.body.text("x") }
	nullable := func(r *request) any { return r.body.nullable("x") }
	texts := func(r *request) any { return r.body.texts("x") }
	choices := func(r *request) any { return r.body.choices("x", "a", "b") }
	count := func(r *request) any { return r.body.count("x") }
	boolean := func(r *request) any { return r.body.boolean("x") }
	flag := func(r *request) any { return r.body.flag("x") }
	noText, noCount, noBool, noTexts := roster.Field[string]{}, roster.Field[int64]{}, roster.Field[bool]{}, []string(nil)
	const typed, missing, empty, size = "x: form_param_value_invalid", "x: form_param_missing", "x: form_param_nil", "x: form_param_array_size_exceeded"
	tests := []struct {
		name  string
		body  string
		read  func(*request) any
		want  any
		wrong string
	}{
		{"required", `{"x":"a"}`, required, "a", ""},
		{"required and missing", `{}`, required, "", missing},
		{"required and null", `{"x":null}`, required, "", empty},
		{"required and empty", `{"x":""}`, required, "", empty},
		{"required and a number", `{"x":1}`, required, "", typed},
		{"required and NUL", `{"x":"\u0000"}`, required, "", typed},
		{"text", `{"x":"a\u00e9\n"}`, text, roster.Value("aé\n"), ""},
		{"text that is empty", `{"x":""}`, text, roster.Value(""), ""},
		{"text that is null is absent", `{"x":null}`, text, noText, ""},
		{"text that is absent", `{}`, text, noText, ""},
		{"text that is an object", `{"x":{}}`, text, noText, typed},
		{"nullable text that is null", `{"x":null}`, nullable, roster.Null[string](), ""},
		{"nullable text that is absent", `{}`, nullable, noText, ""},
		{"texts", `{"x":["a","b"]}`, texts, []string{"a", "b"}, ""},
		{"no texts", `{"x":[]}`, texts, []string{}, ""},
		{"texts that are null", `{"x":null}`, texts, noTexts, ""},
		{"texts that are one text", `{"x":"a"}`, texts, noTexts, typed},
		{"texts with null among them", `{"x":["a",null]}`, texts, noTexts, typed},
		{"as many texts as may be", `{"x":["a"` + strings.Repeat(`,"a"`, 99) + `]}`, texts, repeat("a", 100), ""},
		{"too many texts", `{"x":["a"` + strings.Repeat(`,"a"`, 100) + `]}`, texts, noTexts, size},
		{"choices", `{"x":["b","a"]}`, choices, []string{"b", "a"}, ""},
		{"other choices", `{"x":["b","c"]}`, choices, noTexts, typed},
		{"count", `{"x":7}`, count, roster.Value[int64](7), ""},
		{"count of nothing", `{"x":0}`, count, roster.Value[int64](0), ""},
		{"count that is null", `{"x":null}`, count, noCount, ""},
		{"negative count", `{"x":-1}`, count, noCount, typed},
		{"fractional count", `{"x":1.0}`, count, noCount, typed},
		{"count with an exponent", `{"x":1e2}`, count, noCount, typed},
		{"count beyond 64 bits", `{"x":9223372036854775808}`, count, noCount, typed},
		{"count as text", `{"x":"7"}`, count, noCount, typed},
		{"boolean", `{"x":true}`, boolean, roster.Value(true), ""},
		{"boolean that is null", `{"x":null}`, boolean, noBool, ""},
		{"boolean as text", `{"x":"true"}`, boolean, noBool, typed},
		{"flag", `{"x":true}`, flag, true, ""},
		{"flag that is absent", `{}`, flag, false, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := bodyOf(t, tt.body)
			got := tt.read(r)
			if diff := cmp.Diff(tt.want, got, fields); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
			if wrong := strings.Join(named(r.problems), ", "); wrong != tt.wrong {
				t.Errorf("problems are %q, want %q", wrong, tt.wrong)
			}
		})
	}
}

func TestBody_metadata(t *testing.T) {
	t.Parallel()
	tests := []struct {
		body              string
		want, replacement string // "-" for nil
	}{
		{`{}`, "-", "-"},
		{`{"x":null}`, "-", "{}"},
		{`{"x":{}}`, "{}", "{}"},
		{`{"x": {"b" : 1.50, "a": [ 12345678901234567890, "\u003c" ] }}`, `{"b":1.50,"a":[12345678901234567890,"\u003c"]}`, `{"b":1.50,"a":[12345678901234567890,"\u003c"]}`},
		{`{"x":[1]}`, "[1]", "[1]"},
		{`{"x":"a"}`, `"a"`, `"a"`},
	}
	text := func(m roster.Metadata) string {
		if m == nil {
			return "-"
		}
		return string(m)
	}
	for _, tt := range tests {
		r := bodyOf(t, tt.body)
		if got := text(r.body.metadata("x")); got != tt.want {
			t.Errorf("%s: metadata is %s, want %s", tt.body, got, tt.want)
		}
		if got := text(bodyOf(t, tt.body).body.replacement("x")); got != tt.replacement {
			t.Errorf("%s: replacement is %s, want %s", tt.body, got, tt.replacement)
		}
		if len(r.problems) > 0 {
			t.Errorf("%s: problems %v; the service judges metadata", tt.body, r.problems)
		}
	}
}

func TestBody_unknown_fields(t *testing.T) {
	t.Parallel()
	r := bodyOf(t, `{"known":"a","b":1,"a":null}`)
	r.body.text("known")
	r.body.closed()
	want := []string{"b: form_param_unknown", "a: form_param_unknown"}
	if diff := cmp.Diff(want, named(r.problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestBody_problems_have_an_end(t *testing.T) {
	t.Parallel()
	members, err := parseObject([]byte(`{"a":1}`))
	if err != nil {
		t.Fatal(err)
	}
	r := newRequest(nil, roster.VersionOldest, nil)
	for range 5000 {
		r.body.fields = append(r.body.fields, members...)
	}
	r.body.closed()
	if len(r.problems) != maxProblems {
		t.Errorf("%d problems, want %d", len(r.problems), maxProblems)
	}
}

func TestParseObject_refuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body string }{
		{"nothing but space", " "},
		{"half an object", `{"a":`},
		{"a comma too many", `{"a":1,}`},
		{"a comment", `{/**/}`},
		{"single quotes", `{'a':1}`},
		{"an array", `[]`},
		{"a string", `"a"`},
		{"a number", `1`},
		{"true", `true`},
		{"two values", `{} {}`},
		{"text behind it", `{}x`},
		{"text behind null", `null null`},
		{"a name twice", `{"a":1,"a":1}`},
		{"a name twice within", `{"a":{"b":1,"b":1}}`},
		{"a name twice, once escaped", `{"a":1,"\u0061":1}`},
		{"invalid UTF-8", "{\"a\":\"\xff\"}"},
		{"half a surrogate pair", `{"a":"\ud800"}`},
		{"a raw control character", "{\"a\":\"\n\"}"},
		{"a byte order mark", "\ufeff{}"},
		{"too deep", strings.Repeat(`{"a":`, 20000) + "1" + strings.Repeat("}", 20000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			members, err := parseObject([]byte(tt.body))
			if err == nil {
				t.Fatalf("parsed as %v", members)
			}
			if !errors.Is(err, roster.CodeRequestBodyInvalid) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestParseObject_takes_null_for_no_body(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"null", " null\n", "{}"} {
		members, err := parseObject([]byte(text))
		if err != nil || len(members) != 0 {
			t.Errorf("%q: %v, %v", text, members, err)
		}
	}
}
