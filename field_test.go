package roster

import (
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

func TestField_absentNullAndValueDiffer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body  string
		want        Field[string]
		given, null bool
		or          string
	}{
		{"absent", `{}`, Field[string]{}, false, false, "default"},
		{"null", `{"f":null}`, Null[string](), true, true, "default"},
		{"empty", `{"f":""}`, Value(""), true, false, ""},
		{"value", `{"f":"x"}`, Value("x"), true, false, "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var in struct {
				F Field[string] `json:"f,omitzero"`
			}
			if err := json.Unmarshal([]byte(tt.body), &in); err != nil {
				t.Fatal(err)
			}
			if in.F != tt.want {
				t.Errorf("decoded %+v, want %+v", in.F, tt.want)
			}
			if in.F.Given() != tt.given || in.F.IsZero() == tt.given || in.F.IsNull() != tt.null || in.F.Or("default") != tt.or {
				t.Errorf("given %v, null %v, or %q", in.F.Given(), in.F.IsNull(), in.F.Or("default"))
			}
			value, ok := in.F.Get()
			if p := in.F.Ptr(); ok != (p != nil) || ok && *p != value {
				t.Errorf("Get = %q, %v; Ptr = %v", value, ok, p)
			}
			back, err := json.Marshal(in)
			if err != nil || string(back) != tt.body {
				t.Errorf("encoded %s, %v; want %s", back, err, tt.body)
			}
		})
	}
}

func TestField_decodesAfresh(t *testing.T) {
	t.Parallel()
	f := Value(map[string]int{"old": 1})
	if err := json.Unmarshal([]byte(`{"new":2}`), &f); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"new": 2}, f.Or(nil)); diff != "" {
		t.Errorf("decoded over an old value (-want +got):\n%s", diff)
	}
	if err := json.Unmarshal([]byte(`null`), &f); err != nil || !f.IsNull() || f.Ptr() != nil {
		t.Errorf("null over a value: %+v, %v", f, err)
	}
	n := Field[int64]{}
	if err := json.Unmarshal([]byte(`"12"`), &n); err == nil || n.Given() {
		t.Errorf("a text decoded into a number: %+v, %v", n, err)
	}
	p := Value(int64(7)).Ptr()
	if *p != 7 {
		t.Errorf("Ptr = %d", *p)
	}
}
