package main

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"
)

// registerInput adds the flags that say of the body as a whole what single flags
// cannot: its JSON, and which of its members are null.
func (t *task) registerInput(cmd *cobra.Command) {
	if !slices.ContainsFunc(t.do.inputs(), func(in reflect.Type) bool { return !isQuery(in) }) {
		return
	}
	cmd.Flags().StringVar(&t.input, "input", "", "JSON `FILE` of the body, - for standard input; flags go over it")
	if names := t.clearable(); len(names) > 0 {
		cmd.Flags().StringSliceVar(&t.clear, "clear", nil, "`NAMES` to send as null, or as an empty list: "+strings.Join(names, ", "))
		completeWith(cmd, "clear", names...)
	}
}

// clearable are the settings that take null or an empty list.
func (t *task) clearable() []string {
	var names []string
	for _, s := range t.settings {
		if !isQuery(s.of) && (s.nullable || s.isTexts()) && s.name != t.verb.rest {
			names = append(names, s.flag())
		}
	}
	return names
}

// applyClear gives null or an empty list to the settings named by --clear.
func (t *task) applyClear(cmd *cobra.Command) error {
	for _, name := range t.clear {
		if !slices.Contains(t.clearable(), name) {
			return usagef("--clear takes "+strings.Join(t.clearable(), ", "), "--clear does not take %q", name)
		}
		if cmd.Flags().Changed(name) {
			return usagef("leave one of them out", "--clear %s and --%s exclude each other", name, name)
		}
		for _, s := range t.settings {
			switch {
			case s.flag() != name:
			case s.nullable:
				s.value = []byte("null")
			default:
				s.value = []byte("[]")
			}
		}
	}
	return nil
}

// inputs are the bodies and queries for a method, made of the settings.
func (t *task) inputs(cmd *cobra.Command, m *method) ([]reflect.Value, error) {
	if err := t.applyClear(cmd); err != nil {
		return nil, err
	}
	var base []byte
	if t.input != "" {
		var err error
		if base, err = readInput(t.input, maxInput); err != nil {
			return nil, usagef("--input takes a file of JSON, or - for standard input", "--input: %s", err)
		}
	}
	if err := t.complete(cmd, m, base); err != nil {
		return nil, err
	}
	var out []reflect.Value
	for _, typ := range m.inputs() {
		from := base
		if isQuery(typ) {
			from = nil
		}
		in, err := decodeInput(typ, t.settingsFor(typ), from)
		if err != nil {
			return nil, usagef(seeHelp(cmd), "%s", bodyProblem(err))
		}
		if err := t.ignored(cmd, in); err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}

// ignored refuses a setting that a query leaves out though it is given, such as an
// empty text. What false, 0 or no offset ask for is the same without them.
func (t *task) ignored(cmd *cobra.Command, in reflect.Value) error {
	if !isQuery(in.Type()) {
		return nil
	}
	values := queryValues(in)
	for _, s := range t.settingsFor(in.Type()) {
		neutral := s.name == "offset" || s.typ.Kind() == reflect.Bool || s.isTerms() // whose names have a path behind them
		if s.value != nil && !neutral && !values.Has(s.name) {
			return usagef(seeHelp(cmd), "--%s does not take %s", s.flag(), s.value)
		}
	}
	return nil
}

func bodyProblem(err error) string {
	var semantic *json.SemanticError
	switch {
	case !errors.As(err, &semantic):
		return "--input is not JSON: " + err.Error()
	case semantic.JSONPointer == "":
		return "--input is JSON of another kind than the body"
	case errors.Is(err, json.ErrUnknownName):
		return string(semantic.JSONPointer) + ": the body has no such member"
	}
	return string(semantic.JSONPointer) + ": it is not what the body takes there"
}

// settingsFor are the settings that a body or query takes.
func (t *task) settingsFor(typ reflect.Type) []*setting {
	var out []*setting
	own := settingsOf(typ)
	for _, s := range t.settings {
		for _, o := range own {
			if o.name == s.name {
				filled := *s
				filled.member = o.member
				out = append(out, &filled)
			}
		}
	}
	return out
}

// complete demands what is required, refuses what the method has no place for, and
// a change that changes nothing.
func (t *task) complete(cmd *cobra.Command, m *method, base []byte) error {
	var missing []string
	given := base != nil
	var taken []*setting
	for _, typ := range m.inputs() {
		taken = append(taken, t.settingsFor(typ)...)
		if typ.Kind() != reflect.Struct && base == nil {
			missing = append(missing, "--input")
		}
	}
	for _, s := range t.settings {
		fits := slices.ContainsFunc(taken, func(o *setting) bool { return o.name == s.name })
		switch {
		case s.value != nil && m == t.bare && (!fits || slices.Contains(strings.Fields(t.verb.notBare), s.name)):
			return usagef("give both", "--%s goes with %s only", s.flag(), t.verb.optional())
		case s.value != nil && m != t.bare && (!fits || slices.Contains(strings.Fields(t.verb.bareOnly), s.name)):
			return usagef("leave one of them out", "--%s does not go with %s", s.flag(), t.verb.optional())
		case s.value != nil:
			given = given || !isQuery(s.of)
		case s.required && base == nil && fits:
			missing = append(missing, "--"+s.flag())
		}
	}
	if len(missing) > 0 {
		verb := " is required"
		if len(missing) > 1 {
			verb = " are required"
		}
		return usagef(seeHelp(cmd), "%s%s", strings.Join(missing, ", "), verb)
	}
	_, method, _ := strings.Cut(m.name(), ".")
	if !given && (strings.HasPrefix(method, "Update") || strings.HasPrefix(method, "Replace")) {
		return usagef(seeHelp(cmd), "nothing to change: no flag says what")
	}
	return nil
}

// run carries the command out.
func (t *task) run(cmd *cobra.Command, args []string) error {
	m := t.do
	if t.bare != nil && len(args) < len(strings.Fields(t.verb.args)) {
		m = t.bare
	}
	show, err := t.output.printer(cmd, t)
	if err != nil {
		return err
	}
	for _, arg := range args[m.ids:] {
		if err := t.setting(t.verb.rest).Set(arg); err != nil {
			return usagef(seeHelp(cmd), "%q: %s", arg, err)
		}
	}
	inputs, err := t.inputs(cmd, m)
	if err != nil {
		return err
	}
	c, err := t.remote.connect(cmd)
	if err != nil {
		return err
	}
	defer c.CloseIdleConnections()
	answer, err := m.call(cmd.Context(), c, t.all, args, inputs)
	if err == nil {
		err = show.answer(t, m, answer)
	}
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return t.remote.explain(cmd, t.noun, err)
}
