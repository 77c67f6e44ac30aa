package service_test

import (
	"math/bits"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// The oracle of partial matching needs no Unicode tables: a generated text is made
// of letters whose folded form is written down here beside the ways to write them.
// No letter starts with a character that composes with the one before.
var alphabet = []letter{
	{"a", []string{"a", "A"}},
	{"b", []string{"b", "B"}},
	{"i", []string{"i", "I"}},
	{"k", []string{"k", "K", "\u212a"}}, // Kelvin sign
	{"s", []string{"s", "S", "\u017f"}}, // long s
	{" ", []string{" ", "\x1f"}},        // the store's own separator
	{"0", []string{"0"}},
	{"%", []string{"%"}},
	{"_", []string{"_"}},
	{`\`, []string{`\`}},
	{"'", []string{"'"}},
	{`"`, []string{`"`}},
	{"*", []string{"*"}},
	{"[", []string{"["}},
	{"-", []string{"-"}},
	{"\n", []string{"\n"}},
	{"\t", []string{"\t"}},
	{"ss", []string{"ß", "\u1e9e", "ss", "SS"}},
	{"é", []string{"é", "É", "e\u0301", "E\u0301"}},
	{"å", []string{"å", "Å", "\u212b", "a\u030a", "A\u030a"}}, // Ångström sign
	{"σ", []string{"σ", "Σ", "ς"}},
	{"fi", []string{"\ufb01", "fi", "FI"}},     // ligature
	{"i\u0307", []string{"\u0130", "i\u0307"}}, // dotted capital I
	// Marks in either order; the one above composes, so there is no x in it.
	{"\u1e8b\u0323", []string{"x\u0323\u0307", "X\u0307\u0323", "\u1e8b\u0323"}},
	{"가", []string{"가", "\u1100\u1161"}},
	{"ж", []string{"ж", "Ж"}},
	{"日", []string{"日"}},
	{"😀", []string{"😀"}},
	{"👩\u200d💻", []string{"👩\u200d💻"}},
}

type letter struct {
	folded string
	ways   []string
}

// text is a value that partial matches look at: as written, and by its letters.
type text struct {
	raw    string
	folded []string
}

func (x text) String() string { return strings.Join(x.folded, "") }

// plain is the text of an identifier: ASCII, or letters that have one way.
func plain(raw string) text {
	x := text{raw: raw}
	for _, r := range raw {
		x.folded = append(x.folded, strings.ToLower(string(r)))
	}
	return x
}

// write spells letters in one of their ways each.
func write(t *rapid.T, folded []string) text {
	var raw strings.Builder
	for _, f := range folded {
		raw.WriteString(pick(t, "way", ways(f)))
	}
	return text{raw.String(), folded}
}

func ways(folded string) []string {
	for _, l := range alphabet {
		if l.folded == folded {
			return l.ways
		}
	}
	if upper := strings.ToUpper(folded); len(folded) == 1 && upper != folded {
		return []string{folded, upper}
	}
	return []string{folded}
}

// letters draws up to most letters, at least one.
func letters(t *rapid.T, most int) []string {
	out := make([]string, 1+index(t, "length", most))
	for i := range out {
		out[i] = pick(t, "letter", alphabet).folded
	}
	return out
}

// part draws what a partial match may look for: mostly a part of one of the
// values, in other spelling; now and then the end of one and the beginning of
// another, which only a match across values would find, or anything.
func part(t *rapid.T, values []text) text {
	how := index(t, "part", 8)
	if len(values) == 0 || how == 7 {
		return write(t, letters(t, 3))
	}
	v := pick(t, "value", values).folded
	v = v[index(t, "from", len(v)):]
	if how < 6 {
		return write(t, v[:1+index(t, "to", len(v))])
	}
	w := pick(t, "value", values).folded
	w = w[:1+index(t, "to", len(w))]
	return write(t, slices.Concat(v, pick(t, "joint", joints), w))
}

// joints are what might hold two values together in a search text.
var joints = [][]string{nil, {" "}, {"\n"}, {"-"}}

// index draws an index of n things, each as likely, which rapid's own generators
// are not: they favour the first.
func index(t *rapid.T, label string, n int) int {
	if n == 1 {
		return 0
	}
	return rapid.Custom(func(t *rapid.T) int {
		i := 0
		for range bits.Len(uint(n - 1)) {
			i <<= 1
			if rapid.Bool().Draw(t, "bit") {
				i++
			}
		}
		return i % n
	}).Draw(t, label)
}

func pick[T any](t *rapid.T, label string, of []T) T { return of[index(t, label, len(of))] }

// chance is true one time in n, and false in the simplest case.
func chance(t *rapid.T, label string, n int) bool { return index(t, label, n) == n-1 }
