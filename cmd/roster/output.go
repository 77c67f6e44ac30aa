package main

import (
	"reflect"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/spf13/cobra"

	"github.com/rosterhq/roster"
)

// wholeObjects is --json without names.
const wholeObjects = "*"

// fieldsAnnotation has the names that a command's --json takes.
const fieldsAnnotation = "roster_fields"

// output is the form in which a command on a directory answers.
type output struct {
	json string // "" for rows, wholeObjects, or names
	jq   string
}

func (o *output) register(cmd *cobra.Command) {
	f := cmd.PersistentFlags()
	f.StringVar(&o.json, "json", "", "print JSON, whole or only the members that `NAMES` lists")
	f.Lookup("json").NoOptDefVal = wholeObjects
	f.StringVarP(&o.jq, "jq", "q", "", "print what a jq `EXPRESSION` makes of the JSON")
	completeWith(cmd, "jq")
	if err := cmd.RegisterFlagCompletionFunc("json", completeFields); err != nil {
		panic(err) // the flag is not there: a mistake in this program
	}
}

// completeFields offers the members of a command's answer, behind those that are
// chosen already.
func completeFields(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	before := begun[:strings.LastIndex(begun, ",")+1]
	var out []string
	for name := range strings.SplitSeq(cmd.Annotations[fieldsAnnotation], ",") {
		if !slices.Contains(strings.Split(before, ","), name) {
			out = append(out, before+name)
		}
	}
	return out, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// bareJSON reports whether --json came without names.
func (o *output) bareJSON() bool { return o.json == wholeObjects }

// joinFields lets --json NAMES be two words as well as --json=NAMES: the flag's
// value may be missing, so the flag parser alone would take the second word for an
// argument. It is the flag's where it lists members, as ids never do.
func joinFields(root *cobra.Command, args []string) []string {
	cmd, rest, err := root.Find(args)
	if err != nil || cmd.Annotations[fieldsAnnotation] == "" {
		return args
	}
	known := strings.Split(cmd.Annotations[fieldsAnnotation], ",")
	out := slices.Clone(args[:len(args)-len(rest)])
	if slices.ContainsFunc(out, func(arg string) bool { return strings.HasPrefix(arg, "-") }) {
		return args // flags before the command: what Find left is not the end of the line
	}
	for i := 0; i < len(rest); i++ {
		arg := rest[i]
		switch {
		case arg == "--":
			return append(out, rest[i:]...)
		case arg == "--json" && i+1 < len(rest) && isFieldList(rest[i+1], known):
			arg += "=" + rest[i+1]
			i++
		case takesNext(cmd, arg) && i+1 < len(rest):
			out = append(out, arg)
			i++
			arg = rest[i]
		}
		out = append(out, arg)
	}
	return out
}

func isFieldList(arg string, known []string) bool {
	return slices.Contains(known, arg) || strings.Contains(arg, ",") && !strings.HasPrefix(arg, "-")
}

// takesNext reports whether an argument is a flag whose value is the next one.
func takesNext(cmd *cobra.Command, arg string) bool {
	if name, long := strings.CutPrefix(arg, "--"); long {
		f := cmd.Flag(name)
		return f != nil && f.NoOptDefVal == ""
	}
	return arg == "-q"
}

// fields are the members of the objects that a command answers with.
func (t *task) fields() []string {
	if typ := element(t.do.result()); typ != nil {
		return fieldNames(typ)
	}
	return fieldNames(t.do.result())
}

// rowColumns are the members that a row of the command's answer shows.
func (t *task) rowColumns() []string {
	columns := t.noun.columns
	switch {
	case t.verb.columns != "":
		columns = t.verb.columns
	case t.do.result() == reflect.TypeFor[*roster.Deleted]():
		columns = "id object"
	}
	return strings.Fields(columns)
}

// printer is the form that the flags ask for. What is wrong with them shows before
// anything is sent.
func (o *output) printer(cmd *cobra.Command, t *task) (*printer, error) {
	p := &printer{cmd: cmd, columns: t.rowColumns(), json: o.json != "" || o.jq != ""}
	if o.json != "" && !o.bareJSON() {
		known := t.fields()
		for name := range strings.SplitSeq(o.json, ",") {
			if !slices.Contains(known, name) {
				return nil, usagef("the members are "+strings.Join(known, ", "), "--json: %s has no member %q", shortPath(cmd), name)
			}
			p.fields = append(p.fields, name)
		}
	}
	if o.jq != "" {
		var err error
		if p.filter, err = newFilter(o.jq); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// encode is an answer as JSON.
func encode(v any) (jsontext.Value, error) { return json.Marshal(v, json.Deterministic(true)) }
