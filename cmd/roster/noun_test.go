package main

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/client"
)

// tasks are all commands on a directory.
func tasks() []*task {
	var out []*task
	for _, n := range nouns {
		for _, v := range n.verbs {
			out = append(out, newTask(n, v, &remote{}, &output{}))
		}
	}
	return out
}

func (t *task) String() string { return t.noun.name + " " + t.verb.name }

// methods are the methods a command may call.
func (t *task) methods() []*method {
	if t.bare == nil {
		return []*method{t.do}
	}
	return []*method{t.do, t.bare}
}

func TestNouns_reach_every_method_of_the_client(t *testing.T) {
	t.Parallel()
	reached := map[string]bool{}
	for _, task := range tasks() {
		for _, m := range task.methods() {
			reached[m.name()] = true
			if m.all.IsValid() {
				reached[methodName(m.all)] = true
			}
		}
	}
	there := map[string]bool{}
	resources := reflect.TypeFor[client.Client]()
	for i := range resources.NumField() {
		typ := resources.Field(i).Type
		if !resources.Field(i).IsExported() {
			continue
		}
		for k := range typ.NumMethod() {
			there[typ.Name()+"."+typ.Method(k).Name] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(there)), slices.Sorted(maps.Keys(reached))); diff != "" {
		t.Errorf("methods and what commands call differ (-methods +called):\n%s", diff)
	}
}

// Every member of every body and query is a flag, unless the verb says why not.
func TestNouns_have_a_flag_for_every_parameter(t *testing.T) {
	t.Parallel()
	for _, task := range tasks() {
		cmd := task.command()
		for _, m := range task.methods() {
			for _, in := range m.inputs() {
				for _, name := range parameters(t, in) {
					left := slices.Contains(strings.Fields(task.verb.without+" "+task.verb.rest), name)
					found := cmd.Flags().Lookup(strings.ReplaceAll(name, "_", "-")) != nil
					if left == found {
						t.Errorf("%v: flag for %s: %t; left out: %t", task, name, found, left)
					}
				}
			}
		}
	}
}

// parameters are the names that a filled body or query has on the wire.
func parameters(t *testing.T, typ reflect.Type) []string {
	t.Helper()
	if !isQuery(typ) {
		return fieldNames(typ)
	}
	v := reflect.New(typ).Elem()
	fill(t, v)
	var names []string
	for name := range queryValues(v) {
		names = append(names, parameterName(name))
	}
	return names
}

// fill gives every field of a query a value.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	if inner, ok := unwrap(v.Type()); ok {
		text := map[bool]string{true: "true", false: "1"}[inner.Kind() == reflect.Bool]
		s := &setting{typ: inner}
		if err := s.Set(text); err != nil {
			t.Fatal(err)
		}
		d := v.Addr().Interface().(interface{ UnmarshalJSON([]byte) error })
		if err := d.UnmarshalJSON(s.value); err != nil {
			t.Fatal(err)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.String:
		v.SetString("x")
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0))
	default:
		t.Fatalf("%s in a query", v.Type())
	}
}

func TestNouns_are_complete(t *testing.T) {
	t.Parallel()
	for _, task := range tasks() {
		if task.verb.short == "" || task.verb.example == "" && task.verb.args != "" {
			t.Errorf("%v: has no short text or no example", task)
		}
		ids := task.do.ids
		if task.verb.rest != "" {
			ids++
		}
		if got := len(strings.Fields(task.verb.args)); got != ids {
			t.Errorf("%v: %d arguments for %d ids", task, got, ids)
		}
		for _, s := range task.settings {
			if s.usage == "" && settingHelp[s.name] == "" && s.name != task.verb.rest {
				t.Errorf("%v: nothing explains --%s", task, s.flag())
			}
		}
		if slices.Contains(strings.Fields(task.verb.columns+" "+task.noun.columns), "") {
			t.Errorf("%v: no columns", task)
		}
		checkColumns(t, task)
		checkNames(t, task)
	}
	for name := range settingHelp {
		if !slices.ContainsFunc(tasks(), func(task *task) bool { return task.setting(name) != nil }) {
			t.Errorf("settingHelp explains %s, which no command has", name)
		}
	}
}

func checkColumns(t *testing.T, task *task) {
	t.Helper()
	typ := element(task.do.result())
	if typ == nil {
		typ = task.do.result()
	}
	if len(fieldNames(typ)) == 0 {
		return // a number or text is no row
	}
	for _, path := range task.rowColumns() {
		at := typ
		for name := range strings.SplitSeq(path, ".") {
			at = inside(at, name)
			if at == nil {
				t.Errorf("%v: the answer has no %s", task, path)
				break
			}
		}
	}
}

// inside is the type of a member, nil where there is none.
func inside(typ reflect.Type, name string) reflect.Type {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() == reflect.Slice {
		return typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return nil
	}
	for _, f := range reflect.VisibleFields(typ) {
		if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag == name {
			return f.Type
		}
	}
	return nil
}

// checkNames finds what a verb says of settings that it does not have.
func checkNames(t *testing.T, task *task) {
	t.Helper()
	names := slices.Concat(slices.Collect(maps.Keys(task.verb.values)), slices.Collect(maps.Keys(task.verb.help)), slices.Collect(maps.Keys(task.verb.suggest)),
		strings.Fields(task.verb.bareOnly), strings.Fields(task.verb.notBare), strings.Fields(task.verb.required))
	for _, name := range names {
		if task.setting(name) == nil {
			t.Errorf("%v: has no setting %s", task, name)
		}
	}
	for _, s := range task.settings {
		if s.name == "order_by" && s.values == nil {
			t.Errorf("%v: order_by has no values", task)
		}
	}
}

// Every command explains itself, with an example.
func TestHelp_is_everywhere(t *testing.T) {
	t.Parallel()
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.Name() == "completion" { // cobra's own
			return
		}
		if cmd.Short == "" || cmd.Example == "" || !strings.HasPrefix(strings.TrimSpace(cmd.Example), "roster") {
			t.Errorf("%s: short %q, example %q", cmd.CommandPath(), cmd.Short, cmd.Example)
		}
		for _, c := range cmd.Commands() {
			walk(c)
		}
	}
	walk(newRoot(nil))
}

// The page has a row for each noun, with its verbs.
func TestDocs_name_every_command(t *testing.T) {
	t.Parallel()
	page := readPage(t, "docs/cli.md")
	for _, n := range nouns {
		var verbs []string
		for _, v := range n.verbs {
			verbs = append(verbs, "`"+v.name+"`")
		}
		if row := "| `" + n.name + "` | " + strings.Join(verbs, " ") + " |"; !strings.Contains(page, row) {
			t.Errorf("docs/cli.md lacks the row\n%s", row)
		}
	}
}
