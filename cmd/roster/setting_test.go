package main

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
)

func TestSetting_reads(t *testing.T) {
	t.Parallel()
	text, number := reflect.TypeFor[string](), reflect.TypeFor[int64]()
	metadata, chosen := reflect.TypeFor[roster.Metadata](), reflect.TypeFor[roster.Selection]()
	tests := []struct {
		name  string
		wire  string
		typ   reflect.Type
		given []string
		want  string // "" for a refusal of the last one
	}{
		{"text", "name", text, []string{`a "b"`}, `"a \"b\""`},
		{"text, the last of two", "name", text, []string{"a", "b"}, `"b"`},
		{"text that is none", "name", text, []string{"\xff"}, ""},
		{"number", "limit", number, []string{"-5"}, `-5`},
		{"number too large", "limit", number, []string{"9223372036854775808"}, ""},
		{"time in milliseconds", "created_at_after", number, []string{"1735689600000"}, `1735689600000`},
		{"time as a date", "created_at_after", number, []string{"2025-01-01"}, `1735689600000`},
		{"time of a zone", "created_at_after", number, []string{"2025-01-01T01:00:00+01:00"}, `1735689600000`},
		{"time that is none", "created_at_after", number, []string{"2025-02-30"}, ""},
		{"texts", "role", reflect.TypeFor[[]string](), []string{"a,b", "c"}, `["a,b","c"]`},
		{"selection", "user_id", chosen, []string{"a", "-b", "+c"}, `{"Include":["a","c"],"Exclude":["b"]}`},
		{"order", "order_by", reflect.TypeFor[roster.Order](), []string{"-name"}, `{"By":"name","Desc":true}`},
		{"metadata", "public_metadata", metadata, []string{` {"b":1.0,"a":12345678901234567890} `}, `{"b":1.0,"a":12345678901234567890}`},
		{"metadata, member by member", "public_metadata", metadata, []string{"a=1", "b:=1", "c=x=y", "d:=null", "e="}, `{"a":"1","b":1,"c":"x=y","d":null,"e":""}`},
		{"metadata, an object behind members", "public_metadata", metadata, []string{"a=1", "{}"}, ""},
		{"metadata, a member twice", "public_metadata", metadata, []string{"a=1", "a=2"}, ""},
		{"metadata that is a list", "public_metadata", metadata, []string{"@/dev/null"}, ""},
		{"mapping", "reassignment_mappings", reflect.TypeFor[map[string]string](), []string{"org:a=org:b", "c=d"}, `{"org:a":"org:b","c":"d"}`},
		{"JSON", "request_headers", reflect.TypeFor[map[string][]string](), []string{`{"A":["b"]}`}, `{"A":["b"]}`},
		{"JSON that is none", "request_headers", reflect.TypeFor[map[string][]string](), []string{`{A:1}`}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &setting{name: tt.wire, typ: tt.typ}
			var err error
			for _, text := range tt.given {
				err = s.Set(text)
			}
			switch {
			case tt.want == "" && err == nil:
				t.Errorf("takes %q as %s", tt.given, s.value)
			case tt.want != "" && (err != nil || string(s.value) != tt.want):
				t.Errorf("%q is %s, %v; want %s", tt.given, s.value, err, tt.want)
			}
		})
	}
}

// Members given one by one are the object that they say, whatever they hold.
func TestSetting_gathers_metadata(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.StringMatching(`[a-zA-Zé田"\\][^=:]{0,8}`), rapid.String()).Draw(t, "members")
		s := &setting{name: "public_metadata", typ: reflect.TypeFor[roster.Metadata]()}
		for key, value := range want {
			if err := s.Set(key + "=" + value); err != nil {
				t.Fatalf("%q: %v", key, err)
			}
		}
		got := map[string]string{}
		if s.value != nil {
			if err := json.Unmarshal(s.value, &got); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
