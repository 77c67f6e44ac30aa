package roster

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
)

func TestMetadataMerge(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, target, patch, want string }{
		{"empty stands for an object", ``, ``, `{}`},
		{"an empty patch changes nothing", `{"a":1}`, `{}`, `{"a":1}`},
		{"new members come last", `{"b":1,"a":2}`, `{"0":3}`, `{"b":1,"a":2,"0":3}`},
		{"a changed member keeps its place", `{"b":1,"a":2}`, `{"b":3}`, `{"b":3,"a":2}`},
		{"an object replaced by a scalar keeps its place", `{"b":{"x":1},"a":2}`, `{"b":3}`, `{"b":3,"a":2}`},
		{"objects merge at any depth", `{"a":{"b":{"c":1,"d":2}}}`, `{"a":{"b":{"c":9}}}`, `{"a":{"b":{"c":9,"d":2}}}`},
		{"null removes", `{"a":1,"b":2}`, `{"a":null}`, `{"b":2}`},
		{"null removes at any depth", `{"a":{"b":{"c":1,"d":2}}}`, `{"a":{"b":{"c":null}}}`, `{"a":{"b":{"d":2}}}`},
		{"null removes a whole object", `{"a":{"b":1}}`, `{"a":null}`, `{}`},
		{"null of an absent member is nothing", `{"a":1}`, `{"b":null}`, `{"a":1}`},
		{"null below an absent member leaves an empty object", `{}`, `{"a":{"b":null}}`, `{"a":{}}`},
		{"null deep below an absent member leaves objects", `{}`, `{"a":{"b":{"c":null,"d":1}}}`, `{"a":{"b":{"d":1}}}`},
		{"null below a scalar replaces it by an object", `{"a":1}`, `{"a":{"b":null}}`, `{"a":{}}`},
		{"removing the last member leaves the object", `{"a":{"b":1}}`, `{"a":{"b":null}}`, `{"a":{}}`},
		{"an object replaces an array", `{"a":[1]}`, `{"a":{"b":1}}`, `{"a":{"b":1}}`},
		{"an array replaces an object", `{"a":{"b":1}}`, `{"a":[1]}`, `{"a":[1]}`},
		{"an array replaces an array", `{"a":[1,2,3]}`, `{"a":[4]}`, `{"a":[4]}`},
		{"a null inside an array is a value", `{"a":[1]}`, `{"a":[null,{"b":null}]}`, `{"a":[null,{"b":null}]}`},
		{"a stored null that is not named stays", `{"a":null,"b":{"c":null}}`, `{"b":{"d":1}}`, `{"a":null,"b":{"c":null,"d":1}}`},
		{"a stored null can be replaced", `{"a":null}`, `{"a":{"b":1}}`, `{"a":{"b":1}}`},
		{"digits stay as given", `{"a":12345678901234567890123}`, `{"b":1.50,"c":1E400,"d":-0}`, `{"a":12345678901234567890123,"b":1.50,"c":1E400,"d":-0}`},
		{"white space goes, inside arrays too", "{ \"a\" : [ 1 , 2 ] }", "\n{ \"b\" : { \"c\" : \" d \" } }", `{"a":[1,2],"b":{"c":" d "}}`},
		{"names are compared unescaped", `{"a/b":1}`, `{"\u0061\/b":2}`, `{"a/b":2}`},
		{"an empty name is a name", `{"":1}`, `{"":null}`, `{}`},
		{"unicode", `{"ключ":"значение"}`, `{"ключ":{"🦉":null},"é":"<&>"}`, `{"ключ":{},"é":"<&>"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			target, patch := Metadata(tt.target), Metadata(tt.patch)
			got, err := target.Merge(patch)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("merge (-want +got):\n%s", diff)
			}
			if string(target) != tt.target || string(patch) != tt.patch {
				t.Errorf("merge changed its input: %s, %s", target, patch)
			}
		})
	}
}

func TestMetadataMerge_refuses(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{`[]`, `null`, `1`, `{`, `{"a"}`, `{"a":1,}`, `{"a":1}{}`, `{"a":1} x`, `{"a":1,"a":2}`, "{\"a\":\"\xff\"}", `x`} {
		if got, err := Metadata(bad).Merge(nil); err == nil {
			t.Errorf("Merge of target %q = %s, want an error", bad, got)
		}
		if got, err := Metadata(nil).Merge(Metadata(bad)); err == nil {
			t.Errorf("Merge of patch %q = %s, want an error", bad, got)
		}
	}
}

// The work must follow the bytes, not the bytes times the depth, which here would
// be minutes.
func TestMetadataMerge_deep(t *testing.T) {
	t.Parallel()
	const depth = 9_000
	patch := strings.Repeat(`{"a":`, depth) + `"` + strings.Repeat("x", 900_000) + `"` + strings.Repeat("}", depth)
	got, err := Metadata(patch).Merge(Metadata(patch))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != patch {
		t.Error("merging a value into itself changed it")
	}
	if _, err := Metadata(nil).Merge(Metadata(strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000))); err == nil {
		t.Error("nesting without end is accepted")
	}
}

// FuzzMetadataMerge compares with RFC 7396 written over decoded values.
func FuzzMetadataMerge(f *testing.F) {
	for _, seed := range [][2]string{
		{`{}`, `{}`},
		{`{"a":"b"}`, `{"a":"c"}`}, {`{"a":"b"}`, `{"a":null}`}, {`{"a":["b"]}`, `{"a":"c"}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`}, {`{"a":[{"b":"c"}]}`, `{"a":[1]}`},
		{`{"e":null}`, `{"a":1}`}, {`{}`, `{"a":{"bb":{"ccc":null}}}`},
		{`{"a":1e999,"b":12345678901234567890}`, `{"b":{"c":-0.0}}`}, {` {"\u0061" : 1}`, `{"a":[null]}`},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, target, patch string) {
		got, err := Metadata(target).Merge(Metadata(patch))
		if valid := isObject(target) && isObject(patch); err != nil || !valid {
			if valid == (err != nil) {
				t.Fatalf("Merge(%q, %q): valid %v, error %v", target, patch, valid, err)
			}
			return
		}
		want := mergePatch(decodeAny(t, target), decodeAny(t, patch))
		if diff := cmp.Diff(want, decodeAny(t, string(got))); diff != "" {
			t.Fatalf("Merge(%q, %q) (-want +got):\n%s", target, patch, diff)
		}
		if compact, err := got.Compact(); err != nil || !bytes.Equal(compact, got) {
			t.Fatalf("Merge(%q, %q) = %s is not compact: %v", target, patch, got, err)
		}
		again, err := got.Merge(Metadata(patch))
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("Merge(%q, %q) twice = %s, %v; once %s", target, patch, again, err, got)
		}
	})
}

// isObject says what Merge must accept: one JSON object, or nothing.
func isObject(text string) bool {
	v := jsontext.Value(text)
	return text == "" || v.Kind() == '{' && v.IsValid()
}

func decodeAny(t *testing.T, text string) any {
	t.Helper()
	if text == "" {
		text = "{}"
	}
	dec := stdjson.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		t.Fatalf("decode %q: %v", text, err)
	}
	return v
}

// mergePatch is section 2 of RFC 7396.
func mergePatch(target, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	out := map[string]any{}
	if t, ok := target.(map[string]any); ok {
		maps.Copy(out, t)
	}
	for name, value := range p {
		if value == nil {
			delete(out, name)
			continue
		}
		out[name] = mergePatch(out[name], value)
	}
	return out
}

func TestMetadata_onTheWire(t *testing.T) {
	t.Parallel()
	type body struct {
		M Metadata `json:"m,omitzero"`
		N Metadata `json:"n"`
	}
	var in body
	if err := json.Unmarshal([]byte(`{"m":{"z":1.0,"a":12345678901234567890},"n":null}`), &in); err != nil {
		t.Fatal(err)
	}
	if got, want := string(in.M), `{"z":1.0,"a":12345678901234567890}`; got != want {
		t.Errorf("decoded %s, want %s", got, want)
	}
	if got, want := string(in.N), `null`; got != want {
		t.Errorf("decoded %s, want %s", got, want)
	}
	for _, tt := range []struct {
		in   body
		want string
	}{
		{body{}, `{"n":{}}`},
		{body{M: Metadata{}, N: Metadata{}}, `{"m":{},"n":{}}`},
		{body{M: in.M}, `{"m":{"z":1.0,"a":12345678901234567890},"n":{}}`},
	} {
		got, err := json.Marshal(tt.in)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != tt.want {
			t.Errorf("encoded %s, want %s", got, tt.want)
		}
	}
	if _, err := json.Marshal(body{N: Metadata(`{"a":1}{}`)}); err == nil {
		t.Error("metadata that is no JSON text is encoded")
	}
}

func TestNewMetadata(t *testing.T) {
	t.Parallel()
	m, err := NewMetadata(map[string]any{"plan": "team"})
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Plan string `json:"plan"`
	}
	if err := m.Decode(&back); err != nil || back.Plan != "team" {
		t.Errorf("decoded %+v, %v", back, err)
	}
	for _, v := range []any{nil, 1, []int{1}, "{}"} {
		if m, err := NewMetadata(v); err == nil {
			t.Errorf("NewMetadata(%#v) = %s, want an error", v, m)
		}
	}
	if _, err := NewMetadata(func() {}); !errors.As(err, new(*json.SemanticError)) {
		t.Errorf("NewMetadata of a function: %v, want the encoder's error", err)
	}
	var none map[string]any
	if err := Metadata(nil).Decode(&none); err != nil || none == nil {
		t.Errorf("empty metadata decoded to %v, %v", none, err)
	}
	if got, err := Metadata(" { } ").Compact(); err != nil || string(got) != "{}" {
		t.Errorf("Compact = %s, %v", got, err)
	}
}
