package store

import (
	"slices"
	"testing"
)

// GramWords are the grams of a search text, sorted, as tests read them out of the
// index of either engine.
func GramWords(instance, text string) (words []string) {
	for _, g := range gramsOf(instance, text) {
		words = append(words, gramText([]gram{g}))
	}
	slices.Sort(words)
	return words
}

// InBase36 is an integer as the full-text table has it.
func InBase36(g int32) string { return gramText([]gram{g}) }

func TestGrams_are_runs_of_three_characters_within_a_value(t *testing.T) {
	t.Parallel()
	for text, n := range map[string]int{
		"": 0, "ab": 0, "abc": 1, "abcd": 2, "aaaa": 1, "日本": 0, "日本語": 1, "日😀語x": 2, "e\u0301x": 1,
		"ab\x1fcd": 0, "abc\x1fdef": 2, "\x1fab\x1f": 0, "abc\x1f\x1fabc": 1, `a"b`: 1, "a b": 1,
	} {
		if got := gramsOf("ins_1", text); len(got) != n {
			t.Errorf("%q has %d grams, want %d", text, len(got), n)
		}
	}
}

func TestGrams_of_parts_are_among_those_of_the_whole(t *testing.T) {
	t.Parallel()
	const whole = "zoë%_\\.\"'\x1f日本語😀x\x1f\u0301abc"
	grams := gramsOf("ins_1", whole)
	runes := []rune(whole)
	for from := range runes {
		for to := from; to <= len(runes); to++ {
			for _, g := range gramsOf("ins_1", string(runes[from:to])) {
				if !slices.Contains(grams, g) {
					t.Errorf("%q has one that %q has not", string(runes[from:to]), whole)
				}
			}
		}
	}
}

func TestGrams_of_instances_differ(t *testing.T) {
	t.Parallel()
	one := gramsOf("ins_1", "example.com")
	for _, g := range gramsOf("ins_2", "example.com") {
		if slices.Contains(one, g) {
			t.Errorf("%d is of both instances", g)
		}
	}
}
