package store

import (
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

func joinFolded(values ...string) string {
	folded := make([]string, 0, len(values))
	for _, v := range values {
		if v != "" {
			folded = append(folded, fold(v))
		}
	}
	return strings.Join(folded, separator)
}
