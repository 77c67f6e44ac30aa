package store

import (
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// separator stands between the values of a search column. Folding turns it into a
// space everywhere else, so no query matches across two values.
const separator = "\x1f"

// fold makes texts comparable without regard to case and Unicode composition.
func fold(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ReplaceAll(s, separator, " ")
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(s)))
}

// isPlain reports whether folding changes nothing: ASCII without capitals.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c == separator[0] || (c >= 'A' && c <= 'Z') {
			return false
		}
	}
	return true
}

// Fold is the form of a text under which values that differ in case alone are the
// same.
func Fold(s string) string { return fold(s) }

func folded(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fold(v)
	}
	return out
}

// foldAll is a search column of several values.
func foldAll(values ...string) string {
	return join(folded(values)...)
}

// join puts folded values into one column, empty ones left out.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separator)
}
