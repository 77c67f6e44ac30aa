package main

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"
)

// setting is one member of a body or query as a flag. The command line's text
// becomes JSON, which the type's own decoder reads: so absent, null and a value
// stay three different things.
type setting struct {
	name     string // as the wire has it
	member   string // as the decoder has it
	of       reflect.Type
	typ      reflect.Type // what is inside of a Field
	nullable bool
	required bool
	usage    string
	values   []string       // all it takes, nil where that is not known
	suggest  []string       // some of what it takes
	value    jsontext.Value // nil unless given
	file     []byte         // of what is sent as a file, nil unless given
}

// collectSettings are the settings of a verb's methods, each name once.
func collectSettings(v verb, methods ...*method) []*setting {
	var out []*setting
	skip := strings.Fields(v.without)
	for _, m := range methods {
		if m == nil {
			continue
		}
		for _, in := range m.inputs() {
			for _, s := range settingsOf(in) {
				known := slices.ContainsFunc(out, func(o *setting) bool { return o.name == s.name })
				if known || slices.Contains(skip, s.name) {
					continue
				}
				s.required = s.required || slices.Contains(strings.Fields(v.required), s.name)
				s.values, s.suggest = v.values[s.name], v.suggest[s.name]
				s.usage = v.help[s.name]
				out = append(out, s)
			}
		}
	}
	return out
}

// settingsOf are the settings of one body or query, none of what has no names.
func settingsOf(typ reflect.Type) []*setting {
	switch {
	case typ.Kind() != reflect.Struct:
		return nil
	case isQuery(typ):
		return querySettings(typ, typ)
	}
	return bodySettings(typ)
}

func bodySettings(typ reflect.Type) []*setting {
	var out []*setting
	for _, f := range reflect.VisibleFields(typ) {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if tag == "" || tag == "-" || !f.IsExported() {
			continue
		}
		inner, nullable := unwrap(f.Type)
		out = append(out, &setting{
			name: tag, member: tag, of: typ, typ: inner, nullable: nullable,
			required: !strings.Contains(options, "omitzero") && !strings.Contains(options, "omitempty"),
		})
	}
	return out
}

// querySettings asks the query itself what the wire calls each of its fields.
func querySettings(query, typ reflect.Type) []*setting {
	var out []*setting
	for i := range typ.NumField() {
		f := typ.Field(i)
		if f.Anonymous {
			out = append(out, querySettings(query, f.Type)...)
			continue
		}
		inner, _ := unwrap(f.Type)
		out = append(out, &setting{name: parameterOf(query, f.Name, inner), member: f.Name, of: query, typ: inner})
	}
	return out
}

// parameterOf is the name of the query parameter that a field becomes.
func parameterOf(query reflect.Type, field string, typ reflect.Type) string {
	s := &setting{name: field, member: field, typ: typ}
	sample := "1"
	switch {
	case typ == reflect.TypeFor[bool]():
		sample = "true"
	case s.isTerms():
		sample = "path=value"
	}
	if err := s.Set(sample); err != nil {
		panic("query field " + field + ": " + err.Error())
	}
	q, err := decodeInput(query, []*setting{s}, nil)
	if err != nil {
		panic(err)
	}
	values := queryValues(q)
	for name := range values {
		if len(values) == 1 {
			return parameterName(name)
		}
	}
	panic("query field " + field + " is not one parameter: " + values.Encode())
}

// parameterName is the name of a query parameter without what stands in brackets.
func parameterName(name string) string {
	name, _, _ = strings.Cut(name, "[")
	return name
}

// unwrap takes a Field or pointer off a type, which make it nullable.
func unwrap(typ reflect.Type) (inner reflect.Type, nullable bool) {
	if typ.Kind() == reflect.Pointer {
		return typ.Elem(), true
	}
	if _, ok := typ.MethodByName("IsNull"); ok {
		get, _ := typ.MethodByName("Get")
		return get.Type.Out(0), true
	}
	return typ, false
}

// decodeInput makes a body or query of the settings given for it, on top of a JSON
// text where there is one.
func decodeInput(typ reflect.Type, settings []*setting, base []byte) (reflect.Value, error) {
	in := reflect.New(typ)
	if base != nil {
		if err := json.Unmarshal(base, in.Interface(), json.RejectUnknownMembers(true)); err != nil {
			return in, err
		}
	}
	var members []string
	for _, s := range settings {
		switch {
		case s.file != nil:
			fieldOf(in.Elem(), s.member).Set(reflect.ValueOf(bytes.NewReader(s.file)))
		case s.value != nil:
			members = append(members, quote(s.member)+":"+string(s.value))
		}
	}
	if len(members) == 0 {
		return in.Elem(), nil
	}
	return in.Elem(), json.Unmarshal([]byte("{"+strings.Join(members, ",")+"}"), in.Interface(), json.RejectUnknownMembers(true))
}

// fieldOf is the field of a body by its name on the wire.
func fieldOf(body reflect.Value, name string) reflect.Value {
	for i := range body.NumField() {
		if tag, _, _ := strings.Cut(body.Type().Field(i).Tag.Get("json"), ","); tag == name {
			return body.Field(i)
		}
	}
	panic(body.Type().String() + " has no field " + name)
}

// flag is the setting's name as a flag.
func (s *setting) flag() string { return strings.ReplaceAll(s.name, "_", "-") }

func (s *setting) register(cmd *cobra.Command) {
	usage := s.usage
	if usage == "" {
		usage = settingHelp[s.name]
	}
	if s.values != nil {
		usage += ": " + strings.Join(unsigned(s.values), ", ")
	}
	if s.required {
		usage += " (required)"
	}
	f := cmd.Flags().VarPF(s, s.flag(), "", usage)
	if s.typ.Kind() == reflect.Bool {
		f.NoOptDefVal = "true"
		completeWith(cmd, s.flag(), "true", "false")
	}
	if slices.Contains(secretMembers, s.name) && (s.typ.Kind() == reflect.String || s.isTexts()) {
		cmd.Flags().Var(fileSetting{s}, s.flag()+"-file", s.flag()+" from a file, - for standard input")
	}
	if s.typ.Kind() != reflect.Bool {
		completeWith(cmd, s.flag(), slices.Concat(s.values, s.suggest)...)
	}
}

func unsigned(values []string) []string {
	return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return strings.HasPrefix(v, "-") })
}

// signedOrders are the values of order_by.
func signedOrders(names []string) []string {
	out := slices.Clone(names)
	for _, name := range names {
		out = append(out, "-"+name)
	}
	return out
}
