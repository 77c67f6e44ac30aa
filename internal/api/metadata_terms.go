package api

import (
	"maps"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// terms is the filter public_metadata[path]=value. A name that is nearly one is
// refused: a filter that is ignored shows more than was asked for.
func (q query) terms() (terms []roster.MetadataTerm) {
	const name = "public_metadata"
	if q.names != nil {
		q.names.Query = note(q.names.Query, name)
	}
	q.noTerms("private_metadata", "unsafe_metadata")
	given := 0
	for _, param := range slices.Sorted(maps.Keys(q.params)) {
		if !isOf(param, name) {
			continue
		}
		path, bracketed := strings.CutPrefix(param, name+"[")
		path, closed := strings.CutSuffix(path, "]")
		if !bracketed || !closed {
			q.problem(roster.ErrParamInvalid.On(brief(param), "write "+name+"[path]=value"))
			continue
		}
		given += len(q.params[param])
		terms = append(terms, q.termsAt(param, path)...)
	}
	if given > roster.MaxMetadataTerms {
		q.problem(roster.ErrParamTooManyValues.On(name, roster.MaxMetadataTerms))
		return nil
	}
	return terms
}

// termsAt are the values given for one path.
func (q query) termsAt(param, path string) (terms []roster.MetadataTerm) {
	if !sound(param) {
		q.problem(roster.ErrParamEncoding.On(brief(strings.ToValidUTF8(param, "\ufffd"))))
		return nil
	}
	if _, err := (roster.MetadataTerm{Path: path}).Keys(); err != nil {
		q.problem(roster.ErrParamInvalid.On(brief(param), err.Error()))
		return nil
	}
	for _, value := range q.params[param] {
		t := roster.MetadataTerm{Path: path, Value: value}
		if !sound(value) {
			q.problem(roster.ErrParamEncoding.On(brief(param)))
		} else if _, err := t.Scalars(); err != nil {
			q.problem(roster.ErrParamInvalid.On(brief(param), err.Error()))
		}
		terms = append(terms, t)
	}
	return terms
}

// noTerms refuses filters by metadata that nothing here can be filtered by.
func (q query) noTerms(names ...string) {
	for _, param := range slices.Sorted(maps.Keys(q.params)) {
		if slices.ContainsFunc(names, func(name string) bool { return isOf(param, name) }) {
			q.problem(roster.ErrParamUnknown.On(brief(param)))
		}
	}
}

// isOf reports whether a parameter is the one of a name, or of something in it: what
// follows the name would not be part of a longer one.
func isOf(param, name string) bool {
	rest, found := strings.CutPrefix(param, name)
	return found && (rest == "" || rest[0] != '_' && (rest[0] < '0' || rest[0] > '9') && (rest[0]|0x20 < 'a' || rest[0]|0x20 > 'z'))
}
