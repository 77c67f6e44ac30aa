package roster

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxMetadataBytes is the most one metadata field may hold, measured on its
// compact JSON text.
const MaxMetadataBytes = 8192

// Metadata is the JSON text of one metadata field: an object in every resource.
// A nil Metadata in a body means the field is not sent. Key order and the digits
// of numbers are kept as given.
type Metadata []byte

// NewMetadata encodes v, usually a map or a struct, as metadata.
func NewMetadata(v any) (Metadata, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode metadata: %w", err)
	}
	m := Metadata(b)
	if !m.IsObject() {
		return nil, fmt.Errorf("encode metadata: %T is not a JSON object", v)
	}
	return m, nil
}

// Decode reads the metadata into v; empty metadata reads as {}.
func (m Metadata) Decode(v any) error {
	if len(m) == 0 {
		m = Metadata("{}")
	}
	if err := json.Unmarshal(m, v); err != nil {
		return fmt.Errorf("decode metadata: %w", err)
	}
	return nil
}

// IsObject reports whether the text starts as a JSON object.
func (m Metadata) IsObject() bool { return jsontext.Value(m).Kind() == '{' }

// IsZero reports whether the field is not sent.
func (m Metadata) IsZero() bool { return m == nil }

// String returns the JSON text, {} for empty metadata.
func (m Metadata) String() string {
	if len(m) == 0 {
		return "{}"
	}
	return string(m)
}

// MarshalJSONTo writes the JSON text, {} for empty metadata.
func (m Metadata) MarshalJSONTo(enc *jsontext.Encoder) error {
	if len(m) == 0 {
		return enc.WriteValue(jsontext.Value("{}"))
	}
	return enc.WriteValue(jsontext.Value(m))
}

// UnmarshalJSONFrom keeps the JSON text as it is.
func (m *Metadata) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	v, err := dec.ReadValue()
	if err != nil {
		return err
	}
	*m = append(Metadata{}, v...)
	return nil
}

// Merge returns target with patch merged into it as RFC 7396 describes: objects
// merge member by member at any depth, null removes the member, and every other
// value (arrays too) replaces what was there. Both must be JSON objects; empty
// means {}. The result is compact; members keep their order, new ones come last.
func (m Metadata) Merge(patch Metadata) (Metadata, error) {
	if len(m) == 0 {
		m = Metadata("{}")
	}
	if len(patch) == 0 {
		patch = Metadata("{}")
	}
	if !m.IsObject() || !patch.IsObject() {
		return nil, fmt.Errorf("merge metadata: not a JSON object")
	}
	out, err := mergeObject(nil, jsontext.Value(m), jsontext.Value(patch))
	if err != nil {
		return nil, fmt.Errorf("merge metadata: %w", err)
	}
	return Metadata(out), nil
}

// Compact returns the text without white space; empty means {}.
func (m Metadata) Compact() (Metadata, error) {
	if len(m) == 0 {
		return Metadata("{}"), nil
	}
	v := jsontext.Value(bytes.Clone(m))
	if err := v.Compact(); err != nil {
		return nil, fmt.Errorf("compact metadata: %w", err)
	}
	return Metadata(v), nil
}

type member struct {
	name  string
	value jsontext.Value
}

// mergeObject appends the merge of two objects to out. An empty target stands
// for {}, which is how a nested null against an absent object leaves no trace.
func mergeObject(out []byte, target, patch jsontext.Value) ([]byte, error) {
	old, err := members(target)
	if err != nil {
		return nil, err
	}
	changes, err := members(patch)
	if err != nil {
		return nil, err
	}
	change := make(map[string]jsontext.Value, len(changes))
	for _, c := range changes {
		change[c.name] = c.value
	}
	out = append(out, '{')
	start := len(out)
	kept := make(map[string]bool, len(old))
	for _, o := range old {
		kept[o.name] = true
		value, changed := change[o.name]
		switch {
		case !changed:
			out, err = appendMember(out, start, o.name, func(out []byte) ([]byte, error) { return appendCompact(out, o.value) })
		case value.Kind() != 'n':
			out, err = appendMember(out, start, o.name, func(out []byte) ([]byte, error) { return mergeValue(out, o.value, value) })
		}
		if err != nil {
			return nil, err
		}
	}
	for _, c := range changes {
		if kept[c.name] || c.value.Kind() == 'n' {
			continue
		}
		out, err = appendMember(out, start, c.name, func(out []byte) ([]byte, error) { return mergeValue(out, nil, c.value) })
		if err != nil {
			return nil, err
		}
	}
	return append(out, '}'), nil
}

func mergeValue(out []byte, old, value jsontext.Value) ([]byte, error) {
	if value.Kind() != '{' {
		return appendCompact(out, value)
	}
	if old.Kind() != '{' {
		old = nil
	}
	return mergeObject(out, old, value)
}

func appendMember(out []byte, start int, name string, value func([]byte) ([]byte, error)) ([]byte, error) {
	if len(out) > start {
		out = append(out, ',')
	}
	out, err := jsontext.AppendQuote(out, name)
	if err != nil {
		return nil, err
	}
	return value(append(out, ':'))
}

func appendCompact(out []byte, value jsontext.Value) ([]byte, error) {
	v := value.Clone()
	if err := v.Compact(); err != nil {
		return nil, err
	}
	return append(out, v...), nil
}

// members splits an object into its members in order. Each value is a copy.
func members(object jsontext.Value) ([]member, error) {
	if len(object) == 0 {
		return nil, nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(object))
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	var out []member
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return nil, err
		}
		m := member{name: name.String()}
		value, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		m.value = value.Clone()
		out = append(out, m)
	}
	return out, nil
}
