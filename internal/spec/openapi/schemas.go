package main

import (
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
)

// schemas collects what the document defines once and refers to: the schemas of
// types and the refusals that are the same everywhere, by name.
type schemas struct {
	comments map[string]string
	defined  object
	refusals object
}

var (
	metadataType = reflect.TypeFor[roster.Metadata]()
	fileType     = reflect.TypeFor[io.Reader]()
	jsonType     = reflect.TypeFor[jsontext.Value]()
)

// of is the schema of a type; structs are defined aside and referred to.
func (s *schemas) of(t reflect.Type) object {
	if t == metadataType {
		return object{"type": "object", "additionalProperties": true}
	}
	if t == jsonType {
		return object{"type": "object"}
	}
	if t == fileType {
		return object{"type": "string", "format": "binary"}
	}
	switch t.Kind() {
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer", "format": "int64"}
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		if inner, ok := field(t); ok {
			return nullable(s.of(inner))
		}
		return s.define(t)
	}
	panic(fmt.Sprintf("no schema for %v", t)) // a type of the root package this generator has not met
}

// field is the type inside a roster.Field.
func field(t reflect.Type) (reflect.Type, bool) {
	if !strings.HasPrefix(t.Name(), "Field[") {
		return nil, false
	}
	get, ok := t.MethodByName("Get")
	if !ok {
		return nil, false
	}
	return get.Type.Out(0), true
}

// nullable allows null as well.
func nullable(schema object) object {
	if ref, ok := schema["$ref"]; ok {
		return object{"oneOf": []any{object{"$ref": ref}, object{"type": "null"}}}
	}
	schema["type"] = []any{schema["type"], "null"}
	return schema
}

// define adds a struct to the components, under a name a reader recognises.
func (s *schemas) define(t reflect.Type) object {
	name := t.Name()
	if element, ok := strings.CutPrefix(name, "Page["); ok {
		name = strings.TrimSuffix(element[strings.LastIndex(element, ".")+1:], "]") + "Page"
	}
	ref := object{"$ref": "#/components/schemas/" + name}
	if _, known := s.defined[name]; known {
		return ref
	}
	schema := object{"type": "object"}
	s.defined[name] = schema
	if comment := s.comments[t.Name()]; comment != "" {
		schema["description"] = comment
	}
	properties, required := s.members(t)
	schema["properties"] = properties
	if len(required) > 0 {
		schema["required"] = required
	}
	return ref
}

// members are the properties of a struct and which of them are always there.
func (s *schemas) members(t reflect.Type) (object, []string) {
	properties, required := make(object), []string{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		schema := s.of(f.Type)
		optional := strings.Contains(options, "omitzero") || strings.Contains(options, "omitempty")
		isNull := (f.Type.Kind() == reflect.Pointer || f.Type == jsonType) && !optional && !alwaysSet(f.Type)
		if isNull || strings.Contains(options, "emitnull") {
			schema = nullable(schema)
		}
		properties[name] = schema
		if !optional {
			required = append(required, name)
		}
	}
	return properties, required
}

// alwaysSet reports whether a pointer only saves copying: what a membership nests.
func alwaysSet(t reflect.Type) bool {
	return t == reflect.TypeFor[*roster.Organization]() || t == reflect.TypeFor[*roster.PublicUserData]()
}

// answer is the schema of an operation's result.
func (s *schemas) answer(known operation) object {
	schema := s.of(reflect.TypeOf(known.result))
	if known.alternative == nil {
		return schema
	}
	return object{"oneOf": []any{schema, s.of(reflect.TypeOf(known.alternative))}}
}

// body is the schema of a request's body: of the type, what the operation reads.
// It reports whether a body must be sent.
func (s *schemas) body(rt api.Route, value any) (schema object, must bool, err error) {
	of := reflect.TypeOf(value)
	if of.Kind() == reflect.Slice {
		schema, _, err = s.body(rt, reflect.Zero(of.Elem()).Interface())
		return object{"type": "array", "items": schema, "minItems": 1, "maxItems": roster.MaxBulkInvitations}, true, err
	}
	properties, required := s.members(of)
	taken := make(object)
	for _, name := range rt.Body {
		switch p, ok := properties[name]; {
		case ok && reflect.DeepEqual(p, s.of(metadataType)):
			taken[name] = nullable(s.of(metadataType)) // null changes nothing
		case ok:
			taken[name] = p
		case slices.Contains(ignored[rt.Operation], name):
			taken[name] = object{"description": "Accepted without effect."}
		default:
			return nil, false, fmt.Errorf("body member %s is in no type", name)
		}
	}
	schema = object{"type": "object", "properties": taken}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema, len(required) > 0, nil
}

// ignored are members that operations take although they change nothing.
var ignored = map[string][]string{
	"UpdateUser":              {"notify_primary_email_address_changed"},
	"CreateEmailAddress":      {"notify_primary_email_address_changed"},
	"UpdateEmailAddress":      {"notify_primary_email_address_changed"},
	"ReplaceUserEmailAddress": {"notify_primary_email_address_changed"},
}

// errorEnvelope is the body of every refusal.
var errorEnvelope = object{
	"type": "object", "description": "What was wrong with a request. The first error decides the status.", "required": []string{"errors", "clerk_trace_id"},
	"properties": object{
		"errors": object{"type": "array", "items": object{
			"type": "object", "required": []string{"message", "long_message", "code"},
			"properties": object{
				"message": object{"type": "string"}, "long_message": object{"type": "string"},
				"code": object{"type": "string", "description": "The machine-readable name of the failure."},
				"meta": object{"type": "object", "description": "What the error is about.", "properties": object{
					"param_name":  object{"type": "string"},
					"param_names": object{"type": "array", "items": object{"type": "string"}},
					"permissions": object{"type": "array", "items": object{"type": "string"}},
					"resets_in":   object{"type": "integer", "description": "Seconds until a limit is lifted."},
				}},
			},
		}},
		"clerk_trace_id": object{"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Finds the request in the server's log."},
	},
}
