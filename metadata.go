package roster

import (
	"bytes"
	"errors"
	"fmt"
	"io"

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

// MarshalJSON is MarshalJSONTo for encoding/json.
func (m Metadata) MarshalJSON() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalJSON is UnmarshalJSONFrom for encoding/json.
func (m *Metadata) UnmarshalJSON(b []byte) error {
	*m = append(Metadata{}, b...)
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
	old, err := parse(m)
	if err != nil {
		return nil, fmt.Errorf("merge metadata: %w", err)
	}
	changes, err := parse(patch)
	if err != nil {
		return nil, fmt.Errorf("merge metadata: patch: %w", err)
	}
	out, err := old.merge(changes).append(nil)
	if err != nil {
		return nil, fmt.Errorf("merge metadata: %w", err)
	}
	return Metadata(out), nil
}

// Compact returns the text without white space and needless escapes; empty means
// {}.
func (m Metadata) Compact() (Metadata, error) {
	if len(m) == 0 {
		return Metadata("{}"), nil
	}
	v := jsontext.Value(bytes.Clone(m))
	if err := compact(&v); err != nil {
		return nil, fmt.Errorf("compact metadata: %w", err)
	}
	return Metadata(v), nil
}

// compact takes white space out of a text and writes its strings with as few
// escapes as JSON allows: how an encoder wrote them must not count as size.
func compact(v *jsontext.Value) error {
	return v.Compact(jsontext.PreserveRawStrings(false))
}

// node is a JSON value split as far as merging looks: an object into its members
// in order, anything else its compact text. Each text is read once, so the cost
// of a merge follows its bytes, however deep they nest.
type node struct {
	text    jsontext.Value
	object  bool
	members []member
}

type member struct {
	name  string
	value node
}

// parse splits one JSON text.
func parse(text []byte) (node, error) {
	dec := jsontext.NewDecoder(bytes.NewReader(text))
	n, err := readNode(dec)
	if err != nil {
		return node{}, err
	}
	if _, err := dec.ReadToken(); !errors.Is(err, io.EOF) {
		return node{}, errors.New("something follows the object")
	}
	return n, nil
}

func readNode(dec *jsontext.Decoder) (node, error) {
	if dec.PeekKind() != '{' {
		value, err := dec.ReadValue()
		if err != nil {
			return node{}, err
		}
		text := value.Clone()
		err = compact(&text)
		return node{text: text}, err
	}
	if _, err := dec.ReadToken(); err != nil {
		return node{}, err
	}
	n := node{object: true}
	for dec.PeekKind() != '}' {
		token, err := dec.ReadToken()
		if err != nil {
			return node{}, err
		}
		name := token.String() // before the next read: the token is only borrowed
		value, err := readNode(dec)
		if err != nil {
			return node{}, err
		}
		n.members = append(n.members, member{name, value})
	}
	_, err := dec.ReadToken()
	return n, err
}

func (n node) isNull() bool { return n.text.Kind() == 'n' }

// merge applies patch to n. A value that is no object counts as an empty one, so
// a null below an absent member leaves an empty object and no null.
func (n node) merge(patch node) node {
	if !patch.object {
		return patch
	}
	changes := make(map[string]node, len(patch.members))
	for _, m := range patch.members {
		changes[m.name] = m.value
	}
	out := node{object: true, members: make([]member, 0, len(n.members)+len(patch.members))}
	for _, m := range n.members {
		change, changed := changes[m.name]
		delete(changes, m.name)
		switch {
		case !changed:
			out.members = append(out.members, m)
		case !change.isNull():
			out.members = append(out.members, member{m.name, m.value.merge(change)})
		}
	}
	for _, m := range patch.members {
		if _, added := changes[m.name]; added && !m.value.isNull() {
			out.members = append(out.members, member{m.name, node{}.merge(m.value)})
		}
	}
	return out
}

// append writes the compact text of n to b.
func (n node) append(b []byte) ([]byte, error) {
	if !n.object {
		return append(b, n.text...), nil
	}
	b = append(b, '{')
	for i, m := range n.members {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = jsontext.AppendQuote(b, m.name); err != nil {
			return nil, err
		}
		if b, err = m.value.append(append(b, ':')); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}
