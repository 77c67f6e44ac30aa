package api

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

var anyText = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
	"", "plain", `"quoted"`, `back\slash`, "<b>&amp;</b>", "tab\tnul\x00del\x7f", "Ünïcödé 😀", "line\u2028separator", "broken\xff\xc0", "org:admin",
}))

var anyMetadata = rapid.SampledFrom([]roster.Metadata{
	nil, {}, roster.Metadata(`{}`), roster.Metadata(`{"a":1,"b":[true,null,{"c":"é"}]}`), roster.Metadata(`{"t":"<&>"}`),
	roster.Metadata(`{"t":"\u0000\"\\\n"}`), roster.Metadata(`{ "spaced" : "a b" }`), roster.Metadata(`{"big":12345678901234567890.10}`),
})

// drawn fills a value: every field of it, whichever there are.
func drawn(t *rapid.T, v reflect.Value) {
	switch v.Interface().(type) {
	case roster.Metadata:
		v.Set(reflect.ValueOf(anyMetadata.Draw(t, "metadata")))
		return
	case []string:
		if rapid.Bool().Draw(t, "some") {
			v.Set(reflect.ValueOf(rapid.SliceOfN(anyText, 0, 3).Draw(t, "texts")))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(anyText.Draw(t, "text"))
	case reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "number"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Pointer:
		if rapid.IntRange(0, 3).Draw(t, "there") > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			drawn(t, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			drawn(t, v.Field(i))
		}
	default:
		t.Fatalf("a field of type %s: teach the test to fill it, and the encoder to write it", v.Type())
	}
}

// What is written by hand is what reflection writes, byte by byte, whatever fields
// memberships come to have.
func TestEncode_equals_reflection(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		page := roster.Page[roster.Membership]{TotalCount: rapid.Int64().Draw(t, "total")}
		for range rapid.IntRange(0, 4).Draw(t, "memberships") {
			var m roster.Membership
			drawn(t, reflect.ValueOf(&m).Elem())
			page.Data = append(page.Data, m)
			if again := m; rapid.Bool().Draw(t, "shared") { // a role and an organization that were seen
				again.PublicMetadata = anyMetadata.Draw(t, "metadata")
				page.Data = append(page.Data, again)
			}
		}
		want, err := json.Marshal(page, encoding)
		var got bytes.Buffer
		if failed := encode(&got, page); (failed == nil) != (err == nil) {
			t.Fatalf("got %v, want %v", failed, err)
		}
		if err == nil && !bytes.Equal(got.Bytes(), want) {
			t.Fatalf("got  %s\nwant %s", got.Bytes(), want)
		}
	})
}

// BenchmarkEncode is a page of 100 by hand, and as reflection does it.
func BenchmarkEncode(b *testing.B) {
	o := &roster.Organization{Object: "organization", ID: "org_2g7np7Hrk0SN6kj5EDMLDaKNL0S", Name: "Example", Slug: "example", ImageURL: "https://img.clerk.com/e30"}
	permissions := []string{"org:sys_memberships:read", "org:sys_billing:read"}
	text := func(s string) *string { return &s }
	var page roster.Page[roster.Membership]
	for range 100 {
		page.Data = append(page.Data, roster.Membership{
			Object: "organization_membership", ID: "orgmem_2g7np7Hrk0SN6kj5EDMLDaKNL0S", Role: "org:member", RoleName: "Member", Permissions: permissions,
			PublicMetadata: roster.Metadata(`{"team":"a"}`), PrivateMetadata: roster.Metadata(`{}`), Organization: o,
			PublicUserData: &roster.PublicUserData{UserID: "user_2g7np7Hrk0SN6kj5EDMLDaKNL0S", FirstName: text("Ada"), LastName: text("Lovelace"),
				ProfileImageURL: text("https://www.gravatar.com/avatar?d=mp"), ImageURL: "https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCJ9", Identifier: text("ada@example.com")},
		})
	}
	var buf bytes.Buffer
	for name, encode := range map[string]func() error{
		"by hand":    func() error { return encode(&buf, page) },
		"reflection": func() error { return json.MarshalWrite(&buf, page, encoding) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf.Reset()
				if err := encode(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
