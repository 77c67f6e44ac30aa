package store

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"unicode/utf8"
)

// gramRunes is how long the runs of characters are that search texts are indexed by.
const gramRunes = 3

// gram stands for a run of characters in the search texts of one instance. Two runs,
// or those of two instances, may have the same: what is found by grams is looked at
// again.
type gram = int32

// gramsOf are the grams of a folded text, each once; none of them crosses values.
// The migrations that brought the index compute the same.
func gramsOf(instance, text string) []gram {
	salt := gramSalt(instance)
	grams := make([]gram, 0, len(text))
	var a, b uint64 // the runes before
	n := 0          // how many those are
	for _, r := range text {
		c := uint64(r)
		if r == rune(separator[0]) {
			n = -1
		}
		if n++; n >= gramRunes {
			// A prime, which leaves a number that both engines can hold.
			grams = append(grams, gram(((a<<42|b<<21|c)^salt)%2147483647)) //nolint:gosec // below the prime
		}
		a, b = b, c
	}
	slices.Sort(grams)
	return slices.Compact(grams)
}

// gramSalt is what an instance adds to its grams, 63 bits.
func gramSalt(instance string) uint64 {
	sum := sha256.Sum256([]byte(instance))
	return binary.BigEndian.Uint64(sum[:8]) &^ (1 << 63)
}

// isIndexed reports whether a folded text is long enough to have grams.
func isIndexed(text string) bool { return utf8.RuneCountInString(text) >= gramRunes }

// gramArray is grams as PostgreSQL writes an array.
func gramArray(grams []gram) string { return "{" + writeGrams(grams, ',', 10) + "}" }

// gramText is grams as the words that the full-text table of SQLite takes.
func gramText(grams []gram) string { return writeGrams(grams, ' ', 36) }

func writeGrams(grams []gram, between byte, base int) string {
	out := make([]byte, 0, 11*len(grams))
	for i, g := range grams {
		if i > 0 {
			out = append(out, between)
		}
		out = strconv.AppendInt(out, int64(g), base)
	}
	return string(out)
}
