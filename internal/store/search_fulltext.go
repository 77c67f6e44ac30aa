package store

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// gramsAtMost bounds the grams of a search that SQLite looks up.
	gramsAtMost = 16
	// gramSample is how many users of a gram are looked at to tell how rare it is.
	gramSample = 64
	// gramsJoined and gramsAlike bound the grams that are searched for together: how
	// many, and how many times more users one may have than the rarest.
	gramsJoined, gramsAlike = 4, 16
)

// sample are the first users who have a gram.
type sample struct {
	word       string
	n          int64
	from, upTo int64 // their rows
}

// density is the share of the rows that have the gram.
func (s sample) density() float64 { return float64(s.n) / float64(s.upTo-s.from+1) }

// inFullText asks SQLite, which reads the list of each gram from its beginning: it is
// given the rarest only, and who was found is looked at.
func (s *search) inFullText(most int) error {
	words, err := s.rarest()
	if err != nil || len(words) == 0 {
		return err
	}
	c := &clause{}
	c.add("select r.user_id\nfrom user_search s\ncross join user_search_rows r\ncross join users u\nwhere r.instance_id = ?", s.tx.Instance)
	c.and("s.user_search match ?", strings.Join(words, " AND ")).and("r.id = s.rowid")
	c.and("u.instance_id = r.instance_id").and("u.id = r.user_id").holding("u", s.list)
	return s.take(c.add("\nlimit ?", most))
}

// rarest are the words of the rarest grams, none when nobody has one of them.
func (s *search) rarest() (words []string, err error) {
	var samples []sample
	for _, g := range spread(s.grams, gramsAtMost) {
		got := sample{word: `"` + gramText([]gram{g}) + `"`}
		if err := s.sample(&got); err != nil || got.n == 0 {
			return nil, err
		}
		samples = append(samples, got)
	}
	slices.SortFunc(samples, func(a, b sample) int {
		if a.n < gramSample || b.n < gramSample {
			return cmp.Compare(a.n, b.n)
		}
		return cmp.Compare(a.density(), b.density())
	})
	for _, more := range samples[:min(len(samples), gramsJoined)] {
		least := samples[0]
		if more.n == gramSample && (least.n < gramSample || more.density() > gramsAlike*least.density()) {
			break
		}
		words = append(words, more.word)
	}
	return words, nil
}

// sample looks at the first users who have a gram. Grams are of one instance.
func (s *search) sample(of *sample) error {
	return s.tx.one(`select count(*), coalesce(min(s.id), 0), coalesce(max(s.id), 0)
from (select rowid as id from user_search where user_search match $1 limit $2) s`, []any{of.word, gramSample}, &of.n, &of.from, &of.upTo)
}

// spread are some of the grams, from all over them, if there are too many.
func spread(grams []gram, most int) []gram {
	if len(grams) <= most {
		return grams
	}
	out := make([]gram, most)
	for i := range out {
		out[i] = grams[i*len(grams)/most]
	}
	return out
}
