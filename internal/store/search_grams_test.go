package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// What statistics do not know may be thousands' too: it is not looked up alone.
func TestLeastCommon(t *testing.T) {
	t.Parallel()
	many := make([]gram, 3*gramsInArray)
	for i := range many {
		many[i] = gram(i)
	}
	for name, c := range map[string]struct {
		grams  []gram
		shares map[gram]int64
		want   []gram
	}{
		"one that is unknown, beside the rarest that are known": {[]gram{1, 2, 3, 4, 5, 6}, map[gram]int64{1: 9_000, 2: 14_000, 3: 11_000, 5: 1_000_000, 6: 12_000}, []gram{4, 1, 3, 6}},
		"but for those that many have":                          {[]gram{1, 2, 3}, map[gram]int64{1: 1_000_000, 2: gramCommon}, []gram{3}},
		"all that are unknown, and no others":                   {[]gram{1, 2, 3, 4, 5, 6}, map[gram]int64{6: 9_000}, []gram{1, 2, 3, 4, 5}},
		"all that are known and alike":                          {[]gram{1, 2, 3, 4, 5, 6}, map[gram]int64{1: 10_000, 2: 20_000, 3: 30_000, 4: 60_000, 5: 160_000, 6: 170_000}, []gram{1, 2, 3, 4, 5}},
		"what everybody has, where there is nothing else":       {[]gram{1, 2}, map[gram]int64{1: 900_000, 2: 1_000_000}, []gram{1, 2}},
	} {
		if diff := cmp.Diff(c.want, leastCommon(c.grams, c.shares)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	if n := len(leastCommon(many, nil)); n != gramsInArray {
		t.Errorf("%d of %d", n, len(many))
	}
}
