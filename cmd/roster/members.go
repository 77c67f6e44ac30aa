package main

import (
	"bytes"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// members are the members of a JSON object in order, none of anything else.
func members(text jsontext.Value) iter.Seq2[string, jsontext.Value] {
	return func(yield func(string, jsontext.Value) bool) {
		dec := jsontext.NewDecoder(bytes.NewReader(text))
		if start, err := dec.ReadToken(); err != nil || start.Kind() != '{' {
			return
		}
		for dec.PeekKind() != '}' {
			name, err := dec.ReadToken()
			if err != nil {
				return
			}
			key := name.String() // before the next read: the token is only borrowed
			value, err := dec.ReadValue()
			if err != nil || !yield(key, value.Clone()) {
				return
			}
		}
	}
}

// member is the value at a path such as public_user_data.user_id, or
// email_addresses.0.email_address, null where there is none.
func member(text jsontext.Value, path string) jsontext.Value {
	for name := range strings.SplitSeq(path, ".") {
		found := jsontext.Value("null")
		if text.Kind() == '[' {
			var list []jsontext.Value
			i, err := strconv.Atoi(name)
			if err == nil && json.Unmarshal(text, &list) == nil && i >= 0 && i < len(list) {
				found = list[i]
			}
		}
		for key, value := range members(text) {
			if key == name {
				found = value
				break
			}
		}
		text = found
	}
	return text
}

// pick is an object with only the named members, null where there is none.
func pick(text jsontext.Value, names []string) jsontext.Value {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = quote(name) + ":" + string(member(text, name))
	}
	return jsontext.Value("{" + strings.Join(parts, ",") + "}")
}

// The forms of a time: shortTime where a row must fit a terminal.
const (
	longTime  = time.RFC3339
	shortTime = "2006-01-02 15:04"
)

// cell is a value as one cell shows it, times in UTC.
func cell(name string, v jsontext.Value, layout string) string {
	switch v.Kind() {
	case 'n':
		return ""
	case '"':
		var s string
		if json.Unmarshal(v, &s) == nil {
			return s
		}
	case '0':
		var ms int64
		if strings.HasSuffix(name, "_at") && json.Unmarshal(v, &ms) == nil {
			if ms == 0 { // never
				return ""
			}
			return time.UnixMilli(ms).UTC().Format(layout)
		}
	case '[':
		var texts []string
		if json.Unmarshal(v, &texts) == nil {
			return strings.Join(texts, ",")
		}
	}
	return string(v)
}

// fieldNames are the members that a type has in JSON.
func fieldNames(typ reflect.Type) []string {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(typ) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.IsExported() && name != "" && name != "-" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
