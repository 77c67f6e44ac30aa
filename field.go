package roster

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Field is one optional member of a body or query, where leaving it out, sending
// null and sending a value mean three different things. The zero Field is absent.
type Field[T any] struct {
	value T
	state fieldState
}

type fieldState uint8

const (
	absent fieldState = iota
	null
	present
)

// Value makes a Field that carries v.
func Value[T any](v T) Field[T] { return Field[T]{value: v, state: present} }

// Null makes a Field that was given as an explicit null.
func Null[T any]() Field[T] { return Field[T]{state: null} }

// Get returns the value and whether there is one; absent and null have none.
func (f Field[T]) Get() (T, bool) { return f.value, f.state == present }

// Or returns the value, or d where there is none.
func (f Field[T]) Or(d T) T {
	if f.state == present {
		return f.value
	}
	return d
}

// Ptr returns the value as a pointer, nil where there is none.
func (f Field[T]) Ptr() *T {
	if f.state != present {
		return nil
	}
	v := f.value
	return &v
}

// Given reports whether the field was sent at all, null included.
func (f Field[T]) Given() bool { return f.state != absent }

// IsNull reports whether the field was sent as null.
func (f Field[T]) IsNull() bool { return f.state == null }

// IsZero reports whether the field is absent; the encoder leaves such fields out.
func (f Field[T]) IsZero() bool { return f.state == absent }

// MarshalJSONTo writes the value, or null where there is none.
func (f Field[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if f.state != present {
		return enc.WriteToken(jsontext.Null)
	}
	return json.MarshalEncode(enc, f.value)
}

// UnmarshalJSONFrom reads a value or null.
func (f *Field[T]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	if dec.PeekKind() == 'n' {
		*f = Null[T]()
		return dec.SkipValue()
	}
	var v T // a fresh one: decoding into an old map or struct would merge
	if err := json.UnmarshalDecode(dec, &v); err != nil {
		return err
	}
	*f = Value(v)
	return nil
}

// MarshalJSON is MarshalJSONTo for encoding/json.
func (f Field[T]) MarshalJSON() ([]byte, error) { return json.Marshal(f) }

// UnmarshalJSON is UnmarshalJSONFrom for encoding/json.
func (f *Field[T]) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, f) }
