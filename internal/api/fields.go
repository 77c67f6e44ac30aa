package api

import (
	"bytes"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// body reads members of the request's JSON object. Null stands for absent, where
// a reader does not say otherwise.
type body struct {
	*request
	fields   []field
	elements [][]field // of an array, in place of fields
}

// find is a member's value, nil when absent.
func (b body) find(name string) jsontext.Value {
	if b.names != nil {
		b.names.Body = note(b.names.Body, name)
	}
	return b.look(name)
}

func (b body) look(name string) jsontext.Value {
	for i := range b.fields {
		if b.fields[i].name == name {
			b.fields[i].read = true
			return b.fields[i].value
		}
	}
	return nil
}

// given is a member's value, nil when absent or null.
func (b body) given(name string) jsontext.Value {
	value := b.find(name)
	if value.Kind() == 'n' {
		return nil
	}
	return value
}

// mistyped notes that a member is of the wrong JSON type.
func (b body) mistyped(name string, value jsontext.Value, expected string) {
	b.problem(roster.ErrParamType.On(name, kindName(value.Kind()), expected))
}

// unquote is the text of a JSON string, and whether it is usable.
func (b body) unquote(name string, value jsontext.Value) (string, bool) {
	if value.Kind() != '"' {
		b.mistyped(name, value, "a string")
		return "", false
	}
	text, err := jsontext.AppendUnquote(nil, value)
	if err != nil || !sound(string(text)) {
		b.problem(roster.ErrParamEncoding.On(name))
		return "", false
	}
	return string(text), true
}

// required is text that must be there and not be empty.
func (b body) required(name string) string {
	value := b.find(name)
	if value == nil {
		b.problem(roster.ErrParamMissing.On(name))
		return ""
	}
	if value.Kind() == 'n' {
		b.problem(roster.ErrParamNil.On(name))
		return ""
	}
	text, ok := b.unquote(name, value)
	if ok && text == "" {
		b.problem(roster.ErrParamNil.On(name))
	}
	return text
}

// text is optional text.
func (b body) text(name string) roster.Field[string] {
	if f := b.nullable(name); !f.IsNull() {
		return f
	}
	return roster.Field[string]{}
}

// nullable is optional text, null being a value of its own.
func (b body) nullable(name string) roster.Field[string] {
	value := b.find(name)
	switch {
	case value == nil:
		return roster.Field[string]{}
	case value.Kind() == 'n':
		return roster.Null[string]()
	}
	text, ok := b.unquote(name, value)
	if !ok {
		return roster.Field[string]{}
	}
	return roster.Value(text)
}

// maxElements is how many strings one array may hold. Nobody has so many addresses,
// and each is one more to look up while every other write waits.
const maxElements = 100

// texts is an optional array of strings.
func (b body) texts(name string) []string { return b.textsUpTo(name, maxElements) }

// textsUpTo is texts with a limit of its own.
func (b body) textsUpTo(name string, most int) []string {
	array := b.given(name)
	if array == nil {
		return nil
	}
	if array.Kind() != '[' {
		b.mistyped(name, array, "an array of strings")
		return nil
	}
	texts := []string{}
	values := elements(array)
	if len(values) > most {
		b.problem(roster.ErrParamArraySize.On(name, most))
		return nil
	}
	for _, value := range values {
		text, ok := b.unquote(name, value)
		if !ok {
			return nil
		}
		texts = append(texts, text)
	}
	return texts
}

// choices is texts that must be among the allowed ones.
func (b body) choices(name string, allowed ...string) []string {
	texts := b.texts(name)
	for _, text := range texts {
		if !slices.Contains(allowed, text) {
			b.problem(notAllowedValue(name, text))
			return nil
		}
	}
	return texts
}

// choice is optional text, one of the allowed values.
func (b body) choice(name string, allowed []string) roster.Field[string] {
	f := b.text(name)
	if v, ok := f.Get(); ok && !slices.Contains(allowed, v) {
		b.problem(notAllowedValue(name, v))
	}
	return f
}

// count is an optional whole number, zero or more.
func (b body) count(name string) roster.Field[int64] {
	value := b.given(name)
	if value == nil {
		return roster.Field[int64]{}
	}
	n, err := strconv.ParseInt(string(value), 10, 64)
	switch {
	case value.Kind() != '0':
		b.mistyped(name, value, "an integer")
	case err != nil:
		b.problem(roster.ErrParamType.On(name, brief(string(value)), "an integer"))
	case n < 0:
		b.problem(notAllowedValue(name, string(value)))
	default:
		return roster.Value(n)
	}
	return roster.Field[int64]{}
}

// between is an optional whole number within bounds.
func (b body) between(name string, least, most int64) roster.Field[int64] {
	f := b.count(name)
	if n, given := f.Get(); given && (n < least || n > most) {
		b.problem(notAllowedValue(name, strconv.FormatInt(n, 10)))
		return roster.Field[int64]{}
	}
	return f
}

// option is optional text, one of the allowed values.
func (b body) option(name string, allowed ...string) roster.Field[string] {
	f := b.text(name)
	if text, given := f.Get(); given && !slices.Contains(allowed, text) {
		b.problem(notAllowedValue(name, text))
		return roster.Field[string]{}
	}
	return f
}

// lists is an optional object of texts or arrays of texts, as headers are written.
func (b body) lists(name string) map[string][]string {
	value := b.given(name)
	if value == nil {
		return nil
	}
	out := map[string][]string{}
	fields, err := parseObject(value)
	if err != nil || value.Kind() != '{' {
		b.mistyped(name, value, "an object")
		return nil
	}
	for _, f := range fields {
		values := []jsontext.Value{f.value}
		if f.value.Kind() == '[' {
			values = elements(f.value)
		}
		for _, v := range values {
			text, ok := b.unquote(name, v)
			if !ok {
				return nil
			}
			out[f.name] = append(out[f.name], text)
		}
	}
	return out
}

// boolean is an optional true or false.
func (b body) boolean(name string) roster.Field[bool] {
	value := b.given(name)
	switch {
	case value == nil:
		return roster.Field[bool]{}
	case value.Kind() != 't' && value.Kind() != 'f':
		b.mistyped(name, value, "a boolean")
		return roster.Field[bool]{}
	}
	return roster.Value(value.Kind() == 't')
}

// flag is boolean, false when not given.
func (b body) flag(name string) bool { return b.boolean(name).Or(false) }

// elements splits an array that is known to be valid JSON.
func elements(array jsontext.Value) []jsontext.Value {
	dec := jsontext.NewDecoder(bytes.NewBuffer(array))
	if _, err := dec.ReadToken(); err != nil {
		return nil
	}
	var out []jsontext.Value
	for dec.PeekKind() != ']' {
		value, err := dec.ReadValue()
		if err != nil {
			return out
		}
		out = append(out, value.Clone())
	}
	return out
}
