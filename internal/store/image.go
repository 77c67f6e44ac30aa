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
	var url [384]byte
	var scratch [256]byte
	b, _ := appendImage(url[:0], scratch[:0], newImages(instance), owner, names...)
	return string(b)
}

// images is what the addresses of all default images of an instance begin with, and
// rest the text behind it that is not in it yet: base64 takes three bytes at a time.
type images struct{ url, rest []byte }

func newImages(instance string) images {
	text := append(appendText([]byte(`{"type":"default","iid":`), instance), `,"rid":`...)
	whole := len(text) / 3 * 3
	return images{base64.RawURLEncoding.AppendEncode([]byte("https://img.clerk.com/"), text[:whole]), text[whole:]}
}

// appendImage adds a default image to b, with room to write in.
func appendImage[T []byte | string](b, room []byte, of images, owner T, names ...T) (url, used []byte) {
	room = appendText(append(room, of.rest...), owner)
	var letters [2 * utf8.UTFMax]byte
	if initials := appendInitials(letters[:0], names); len(initials) > 0 {
		room = appendText(append(room, `,"initials":`...), initials)
	}
	room = append(room, '}')
	return base64.RawURLEncoding.AppendEncode(append(b, of.url...), room), room
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
