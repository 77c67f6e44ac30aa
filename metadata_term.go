package roster

import (
	"errors"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Limits of the filter by public metadata.
const (
	MaxMetadataTerms      = 5    // values in one request, over all paths
	MaxMetadataPathBytes  = 256  // as it is written, escapes included
	MaxMetadataPathKeys   = 8    // what lies deeper cannot be asked for
	MaxMetadataValueBytes = 1024 // as it is written
)

// MetadataTerm asks for memberships whose public metadata has a value at a path.
//
// A Path is keys with dots between them, such as billing.seats; a backslash takes a
// dot, bracket, equals sign or backslash of a key as it is, see MetadataPath. Arrays
// have no keys: a path that meets one goes on in each of its elements, any of which
// will do.
//
// A Value that is a JSON number, true, false or null means that and the string of
// the same text; a quoted one means the string only; every other is a string as it
// stands. Numbers are equal by value: 1, 1.0 and 1e0 are one. Roster only.
type MetadataTerm struct {
	Path  string
	Value string
}

// escaped are the characters that a backslash may stand before in a path.
const escaped = `.[]=\`

// MetadataPath is the path of keys, escaped.
func MetadataPath(keys ...string) string {
	var b strings.Builder
	for i, key := range keys {
		if i > 0 {
			b.WriteByte('.')
		}
		for _, c := range []byte(key) {
			if strings.IndexByte(escaped, c) >= 0 {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
	}
	return b.String()
}

// ParseMetadataTerm reads PATH=VALUE; the first equals sign without a backslash
// before it ends the path.
func ParseMetadataTerm(text string) (MetadataTerm, error) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '=':
			t := MetadataTerm{Path: text[:i], Value: text[i+1:]}
			_, path := t.Keys()
			_, value := t.Scalars()
			return t, errors.Join(path, value)
		}
	}
	return MetadataTerm{}, errors.New("it is not PATH=VALUE")
}

// Keys are the keys of the path, or what is wrong with it.
func (t MetadataTerm) Keys() ([]string, error) {
	if len(t.Path) > MaxMetadataPathBytes {
		return nil, fmt.Errorf("the path has more than %d bytes", MaxMetadataPathBytes)
	}
	var keys []string
	var key []byte
	for i := 0; i < len(t.Path); i++ {
		switch c := t.Path[i]; c {
		case '.':
			keys, key = append(keys, string(key)), nil
		case '[', ']':
			return nil, errors.New("keys are joined by dots; a bracket in a key takes a backslash before it")
		case '\\':
			if i++; i == len(t.Path) || strings.IndexByte(escaped, t.Path[i]) < 0 {
				return nil, fmt.Errorf(`a backslash in the path stands before one of %s`, escaped)
			}
			key = append(key, t.Path[i])
		default:
			key = append(key, c)
		}
	}
	keys = append(keys, string(key))
	for _, key := range keys {
		if key == "" {
			return nil, errors.New("a key of the path is empty")
		}
	}
	if len(keys) > MaxMetadataPathKeys {
		return nil, fmt.Errorf("the path has more than %d keys", MaxMetadataPathKeys)
	}
	return keys, nil
}

// Scalars are the JSON texts of what the value means, at most two, or what is wrong
// with it.
func (t MetadataTerm) Scalars() ([]string, error) {
	if len(t.Value) > MaxMetadataValueBytes {
		return nil, fmt.Errorf("the value has more than %d bytes", MaxMetadataValueBytes)
	}
	if strings.HasPrefix(t.Value, `"`) {
		if !jsontext.Value(t.Value).IsValid() || !strings.HasSuffix(t.Value, `"`) {
			return nil, errors.New("a value that starts with a quote must be a JSON string")
		}
		return []string{t.Value}, nil
	}
	quoted, err := jsontext.AppendQuote(nil, t.Value)
	if err != nil {
		return nil, errors.New("the value is not valid UTF-8 text")
	}
	if isScalar(t.Value) {
		return []string{string(quoted), t.Value}, nil
	}
	return []string{string(quoted)}, nil
}

// isScalar reports whether a text without quotes is a JSON number, true, false or
// null, with nothing around it.
func isScalar(text string) bool {
	v := jsontext.Value(text)
	if text == "" || strings.TrimSpace(text) != text || !v.IsValid() {
		return false
	}
	kind := v.Kind()
	return kind != '{' && kind != '['
}
