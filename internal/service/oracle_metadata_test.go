package service_test

import (
	stdjson "encoding/json"
	"math/big"
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
)

// publics are what memberships have for public metadata; askedTerms is what is asked
// of it.
var (
	publics = []string{"{}", `{"a":1}`, `{"a":"1","tags":["x","y"]}`, `{"b":{"c":[1,null]},"tags":"x"}`,
		`{"a":[1.0,"z"],"deep":{"k":true},"big":12345678901234567890}`, `{"b":{"c":{"d":""}},"deep":[{"k":"true"},{"k":false}]}`}
	askedTerms = []roster.MetadataTerm{{Path: "a", Value: "1"}, {Path: "a", Value: "1.0"}, {Path: "a", Value: `"1"`}, {Path: "a", Value: "z"},
		{Path: "tags", Value: "x"}, {Path: "tags", Value: "y"}, {Path: "b.c", Value: "null"}, {Path: "b.c", Value: "1"}, {Path: "b.c.d", Value: ""},
		{Path: "deep.k", Value: "true"}, {Path: "deep.k", Value: "false"}, {Path: "big", Value: "12345678901234567890"},
		{Path: "big", Value: "12345678901234567891"}, {Path: "none", Value: "1"}}
)

// terms draws what is asked of metadata.
func (a *asker) terms() (out []roster.MetadataTerm) {
	if !chance(a.T, "public_metadata", 3) {
		return nil
	}
	for range 1 + index(a.T, "terms", 3) {
		out = append(out, pick(a.T, "term", askedTerms))
	}
	return out
}

// fulfils is what a filter by metadata means: of each path any value.
func fulfils(public string, terms []roster.MetadataTerm) bool {
	dec := stdjson.NewDecoder(strings.NewReader(public))
	dec.UseNumber()
	var object any
	if err := dec.Decode(&object); err != nil {
		return false
	}
	paths := map[string]bool{}
	for _, t := range terms {
		found := false
		for _, v := range along(object, strings.Split(t.Path, ".")) {
			found = found || means(t.Value, v)
		}
		paths[t.Path] = paths[t.Path] || found
	}
	for _, found := range paths {
		if !found {
			return false
		}
	}
	return true
}

// along are the values at a path, through arrays.
func along(v any, keys []string) (out []any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, along(e, keys)...)
		}
	case map[string]any:
		if len(keys) == 0 {
			return nil
		}
		if below, found := v[keys[0]]; found {
			out = along(below, keys[1:])
		}
	default:
		if len(keys) == 0 {
			out = []any{v}
		}
	}
	return out
}

func means(value string, v any) bool {
	switch v := v.(type) {
	case nil:
		return value == "null"
	case bool:
		return value == strconv.FormatBool(v)
	case string:
		return value == v || value == strconv.Quote(v)
	case stdjson.Number:
		have, _ := new(big.Rat).SetString(v.String())
		want, isNumber := new(big.Rat).SetString(value)
		return isNumber && have.Cmp(want) == 0
	}
	return false
}
