package roster

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
)

func TestMetadataTerm_Keys(t *testing.T) {
	t.Parallel()
	deep := strings.TrimSuffix(strings.Repeat("k.", MaxMetadataPathKeys), ".")
	tests := []struct {
		path string
		want []string
	}{
		{"plan", []string{"plan"}},
		{"billing.seats", []string{"billing", "seats"}},
		{`a\.b.c\\d`, []string{"a.b", `c\d`}},
		{`\[0\]\=`, []string{"[0]="}},
		{"a=b c.é", []string{"a=b c", "é"}},
		{deep, strings.Split(deep, ".")},
		{strings.Repeat("k", MaxMetadataPathBytes), []string{strings.Repeat("k", MaxMetadataPathBytes)}},
		{"", nil},
		{".", nil},
		{"a.", nil},
		{".a", nil},
		{"a..b", nil},
		{"a[b", nil},
		{"a][b", nil},
		{`a\`, nil},
		{`a\b`, nil},
		{deep + ".k", nil},
		{strings.Repeat("k", MaxMetadataPathBytes+1), nil},
	}
	for _, tt := range tests {
		got, err := MetadataTerm{Path: tt.path}.Keys()
		if diff := cmp.Diff(tt.want, got); diff != "" || (err == nil) != (tt.want != nil) {
			t.Errorf("%q: %v\n-want +got:\n%s", tt.path, err, diff)
		}
	}
}

func TestMetadataTerm_Scalars(t *testing.T) {
	t.Parallel()
	tests := []struct {
		value string
		want  []string
	}{
		{"pro", []string{`"pro"`}},
		{"", []string{`""`}},
		{"5", []string{`"5"`, "5"}},
		{"-1.50e+3", []string{`"-1.50e+3"`, "-1.50e+3"}},
		{"true", []string{`"true"`, "true"}},
		{"null", []string{`"null"`, "null"}},
		{`"5"`, []string{`"5"`}},
		{`"\"\u0000"`, []string{`"\"\u0000"`}},
		{"05", []string{`"05"`}},
		{"+5", []string{`"+5"`}},
		{" 5", []string{`" 5"`}},
		{"True", []string{`"True"`}},
		{"[1]", []string{`"[1]"`}},
		{"{}", []string{`"{}"`}},
		{`a"b`, []string{`"a\"b"`}},
		{`"`, nil},
		{`"a`, nil},
		{`"a" `, nil},
		{`"a""b"`, nil},
		{"\xff", nil},
		{strings.Repeat("v", MaxMetadataValueBytes+1), nil},
	}
	for _, tt := range tests {
		got, err := MetadataTerm{Path: "k", Value: tt.value}.Scalars()
		if diff := cmp.Diff(tt.want, got); diff != "" || (err == nil) != (tt.want != nil) {
			t.Errorf("%q: %v\n-want +got:\n%s", tt.value, err, diff)
		}
	}
}

func TestParseMetadataTerm(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want MetadataTerm
	}{
		{"plan=pro", MetadataTerm{"plan", "pro"}},
		{"plan=", MetadataTerm{"plan", ""}},
		{"a=b=c", MetadataTerm{"a", "b=c"}},
		{`a\=b=c`, MetadataTerm{`a\=b`, "c"}},
	}
	for _, tt := range tests {
		got, err := ParseMetadataTerm(tt.text)
		if got != tt.want || err != nil {
			t.Errorf("%q: %+v, %v", tt.text, got, err)
		}
	}
	for _, text := range []string{"", "plan", "=pro", `plan\=pro`, "a..b=1", `a="`} {
		if got, err := ParseMetadataTerm(text); err == nil {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestMembershipQuery_puts_paths_into_brackets(t *testing.T) {
	t.Parallel()
	q := MembershipQuery{PublicMetadata: []MetadataTerm{{"plan", "pro"}, {"tags", "b"}, {"tags", "a&c"}, {MetadataPath("a.b"), "5"}}}
	want := `public_metadata%5Ba%5C.b%5D=5&public_metadata%5Bplan%5D=pro&public_metadata%5Btags%5D=b&public_metadata%5Btags%5D=a%26c`
	if got := q.Values().Encode(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Whatever is read is text that can be written again and means the same.
func FuzzMetadataTerm(f *testing.F) {
	for _, seed := range []string{"plan=pro", `a\.b.c=5`, `a="\u00e9"`, "a.b=1e999", `\\=`, "a[b]=c", "=", `a=\"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		term, err := ParseMetadataTerm(text)
		if err != nil {
			return
		}
		keys, err := term.Keys()
		if err != nil || len(keys) == 0 || len(keys) > MaxMetadataPathKeys {
			t.Fatalf("keys %q, %v", keys, err)
		}
		again, err := MetadataTerm{Path: MetadataPath(keys...)}.Keys()
		if len(MetadataPath(keys...)) <= MaxMetadataPathBytes && (err != nil || !cmp.Equal(keys, again)) {
			t.Errorf("%q written again is %q, %v", keys, again, err)
		}
		scalars, err := term.Scalars()
		if err != nil || len(scalars) == 0 || len(scalars) > 2 {
			t.Fatalf("scalars %q, %v", scalars, err)
		}
		var first string
		if err := json.Unmarshal([]byte(scalars[0]), &first); err != nil || !utf8.ValidString(first) {
			t.Errorf("%q is no string: %v", scalars[0], err)
		}
		if len(scalars) == 2 && (first != term.Value || scalars[1] != term.Value) {
			t.Errorf("%q means %q", term.Value, scalars)
		}
	})
}
