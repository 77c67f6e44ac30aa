package service

import (
	"github.com/rosterhq/roster"
)

// metadata collects what is wrong with the metadata fields of one request.
type metadata struct{ problems roster.Errors }

// replace is a new value for a field whose old value goes; absent gives old.
func (m *metadata) replace(param string, old, given roster.Metadata) roster.Metadata {
	if given == nil {
		return old
	}
	if !m.isObject(param, given) {
		return old
	}
	return m.fit(param, old, func() (roster.Metadata, error) { return given.Compact() })
}

// merge is a field's value with the given one merged into it.
func (m *metadata) merge(param string, old, given roster.Metadata) roster.Metadata {
	if given == nil {
		return old
	}
	if !m.isObject(param, given) {
		return old
	}
	return m.fit(param, old, func() (roster.Metadata, error) { return old.Merge(given) })
}

func (m *metadata) isObject(param string, given roster.Metadata) bool {
	if given.IsObject() {
		return true
	}
	m.problems = append(m.problems, roster.ErrParamType.On(param, "no object", "a JSON object"))
	return false
}

// fit computes a value and holds it to the size a field may have.
func (m *metadata) fit(param string, old roster.Metadata, value func() (roster.Metadata, error)) roster.Metadata {
	v, err := value()
	switch {
	case err != nil:
		m.problems = append(m.problems, roster.ErrParamInvalid.On(param, err.Error()))
	case len(v) > roster.MaxMetadataBytes:
		m.problems = append(m.problems, roster.ErrMetadataTooLarge.On(param))
	default:
		return v
	}
	return old
}

// change is one of the two ways to change a metadata field.
type change func(m *metadata, param string, old, given roster.Metadata) roster.Metadata
