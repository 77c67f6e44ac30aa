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
	var image [256]byte
	var url [384]byte
	return string(appendImageURL(url[:0], appendImage(image[:0], instance, owner, names...)))
}

// appendImage adds what such an address spells out.
func appendImage[T []byte | string](b []byte, instance string, owner T, names ...T) []byte {
	b = appendText(append(b, `{"type":"default","iid":`...), instance)
	b = appendText(append(b, `,"rid":`...), owner)
	var room [2 * utf8.UTFMax]byte
	if letters := appendInitials(room[:0], names); len(letters) > 0 {
		b = appendText(append(b, `,"initials":`...), letters)
	}
	return append(b, '}')
}

func appendImageURL(b, image []byte) []byte {
	return base64.RawURLEncoding.AppendEncode(append(b, "https://img.clerk.com/"...), image)
}

func appendText[T []byte | string](b []byte, s T) []byte {
	out, err := jsontext.AppendQuote(b, s)
	if err != nil { // s is not UTF-8: cannot happen with what the edge lets in
		return append(b, `""`...)
	}
	return out
}

func appendInitials[T []byte | string](b []byte, names []T) []byte {
	for _, name := range names {
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(string(name))); r != utf8.RuneError {
			b = utf8.AppendRune(b, unicode.ToUpper(r))
		}
	}
	return b
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
