package store

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// noProfileImage is the deprecated image URL of a user without an image.
var noProfileImage = "https://www.gravatar.com/avatar?d=mp"

// defaultImage is the image URL of what has no image of its own: an address that
// spells out the owner and the initials to draw.
func defaultImage(instance, owner string, names ...string) string {
	b := append(make([]byte, 0, 128), `{"type":"default","iid":`...)
	b = appendText(b, instance)
	b = appendText(append(b, `,"rid":`...), owner)
	if initials := initials(names); initials != "" {
		b = appendText(append(b, `,"initials":`...), initials)
	}
	return "https://img.clerk.com/" + base64.RawURLEncoding.EncodeToString(append(b, '}'))
}

func appendText(b []byte, s string) []byte {
	out, err := jsontext.AppendQuote(b, s)
	if err != nil { // s is not UTF-8: cannot happen with what the edge lets in
		return append(b, `""`...)
	}
	return out
}

func initials(names []string) string {
	var b strings.Builder
	for _, name := range names {
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(name)); r != utf8.RuneError {
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
