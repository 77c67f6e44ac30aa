package api

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// Every byte, wherever it stands in texts of any length around a word's.
func TestPlain_is_what_needs_no_escape(t *testing.T) {
	t.Parallel()
	for length := 1; length <= 25; length++ {
		for at := range length {
			for c := range 256 {
				text := strings.Repeat("a", at) + string([]byte{byte(c)}) + strings.Repeat("~", length-at-1)
				checkText(t, text)
			}
		}
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "plain", `{"a":["b",1.50,null]}`, "<&>\"\\", "\x80", "Ünïcödé 😀\u2028", "12345678\x00", "a b c d e", "{\"a\": 1 }"} {
		f.Add(seed)
	}
	f.Fuzz(checkText)
}

// checkText writes a text as a string, and as metadata if it is some, as reflection does.
func checkText(t *testing.T, text string) {
	t.Helper()
	values := []any{text}
	if m := roster.Metadata(text); m.IsObject() && jsontext.Value(text).IsValid() {
		values = append(values, m)
	}
	for _, value := range values {
		want, err := json.Marshal(value, encoding)
		var e pageEncoder
		switch v := value.(type) {
		case string:
			e.string(v)
		case roster.Metadata:
			e.metadata(v)
		}
		if (e.err == nil) != (err == nil) || err == nil && !bytes.Equal(e.b, want) {
			t.Errorf("%T %q: got %s, %v, want %s, %v", value, text, e.b, e.err, want, err)
		}
	}
}
