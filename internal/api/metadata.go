package api

import (
	"github.com/rosterhq/roster"
)

// metadata is an optional metadata field, compact, whatever its JSON type: that
// it is an object of bearable size is the service's to check, in its order.
func (b body) metadata(name string) roster.Metadata {
	value := b.given(name)
	if value == nil {
		return nil
	}
	if err := value.Compact(); err != nil {
		b.mistyped(name, value, "an object")
		return nil
	}
	return roster.Metadata(value)
}

// requiredObject is metadata that must be there.
func (b body) requiredObject(name string) roster.Metadata {
	switch value := b.find(name); {
	case value == nil:
		b.problem(roster.ErrParamMissing.On(name))
	case value.Kind() == 'n':
		b.problem(roster.ErrParamNil.On(name))
	case value.Kind() != '{':
		b.mistyped(name, value, "an object")
	}
	return b.metadata(name)
}

// replacement is metadata where null means empty: what is replaced is replaced
// by nothing.
func (b body) replacement(name string) roster.Metadata {
	if value := b.find(name); value.Kind() == 'n' {
		return roster.Metadata("{}")
	}
	return b.metadata(name)
}

// retiredMetadata is metadata in an update, which newer API versions take at the
// metadata endpoints only.
func (b body) retiredMetadata(name string) roster.Metadata {
	value := b.metadata(name)
	if value != nil && !b.version.TakesMetadataInUpdate() {
		b.problem(roster.ErrParamDeprecated.On(name, string(b.version)))
		return nil
	}
	return value
}

// closed refuses every member nobody has read. It comes last in a reader.
func (b body) closed() {
	for _, f := range b.fields {
		if !f.read {
			b.problem(roster.ErrParamUnknown.On(brief(f.name)))
		}
	}
}

func mergeMetadata(r *request) roster.UpdateMetadata {
	defer r.body.closed()
	return roster.UpdateMetadata{
		PublicMetadata:  r.body.metadata("public_metadata"),
		PrivateMetadata: r.body.metadata("private_metadata"),
	}
}

func replaceMetadata(r *request) roster.UpdateMetadata {
	defer r.body.closed()
	return roster.UpdateMetadata{
		PublicMetadata:  r.body.replacement("public_metadata"),
		PrivateMetadata: r.body.replacement("private_metadata"),
	}
}
