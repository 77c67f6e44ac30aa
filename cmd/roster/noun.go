package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// noun is one kind of resource at the command line, as roster NOUN VERB. Its verbs
// are methods of the client; everything else follows from their types: the body's
// and the query's members are flags, the answer's members are columns.
type noun struct {
	name    string
	aliases []string
	short   string
	long    string // behind the short text
	columns string // members of the answer to show in a row, such as "id name public_user_data.user_id"
	verbs   []verb
}

// verb is one command. What may be left out is the last of args, in brackets; then
// bare is called in the place of do.
type verb struct {
	name    string
	aliases []string
	args    string // what the ids of do are, in order, such as "ORGANIZATION USER"
	rest    string // setting that the arguments behind the ids fill; several where the last of args is "USER..."
	short   string
	long    string
	example string // what comes behind "roster NOUN VERB", a line for each

	do, all       any // method expressions of the client; all walks the pages of do
	bare, bareAll any
	bareOnly      string              // settings that go with bare alone
	notBare       string              // and those that go with do alone
	without       string              // settings that the operation does not look at
	columns       string              // where the answer is no object of the noun
	values        map[string][]string // what a setting takes, where that is known
	suggest       map[string][]string // what a setting takes among other things
	help          map[string]string   // of settings that mean something else elsewhere
	required      string              // settings that must be given, beside those the type demands
}

// named reports whether a word is the noun.
func (n noun) named(word string) bool { return word == n.name || slices.Contains(n.aliases, word) }

// command is the noun's part of the command tree, with its verbs or without.
func (n noun) command(verbs bool) *cobra.Command {
	group := &cobra.Command{
		Use:     n.name,
		Aliases: n.aliases,
		Short:   n.short,
		Long:    strings.TrimSpace(n.short + ".\n\n" + n.long),
		Args:    cobra.ArbitraryArgs,
		RunE:    runGroup,
		GroupID: groupDirectory,
	}
	r, o := &remote{}, &output{}
	r.register(group)
	o.register(group)
	if !verbs {
		return group
	}
	for _, v := range n.verbs {
		group.AddCommand(newTask(n, v, r, o).command())
	}
	group.Example = group.Commands()[0].Example
	return group
}

// task is one command at work: the verb, what the command line gave it, and where
// it goes.
type task struct {
	noun     noun
	verb     verb
	do, bare *method
	all      bool
	settings []*setting
	clear    []string
	input    string
	remote   *remote
	output   *output
}

func newTask(n noun, v verb, r *remote, o *output) *task {
	t := &task{noun: n, verb: v, remote: r, output: o, do: newMethod(v.do, v.all)}
	if v.bare != nil {
		t.bare = newMethod(v.bare, v.bareAll)
	}
	t.settings = collectSettings(v, t.do, t.bare)
	return t
}

func (t *task) command() *cobra.Command {
	cmd := &cobra.Command{
		Use:               strings.TrimSpace(t.verb.name + " " + t.verb.args),
		Aliases:           t.verb.aliases,
		Short:             t.verb.short,
		Long:              strings.TrimSpace(t.verb.short + ".\n\n" + t.verb.long),
		Example:           t.examples(),
		Args:              t.checkArgs,
		RunE:              t.run,
		ValidArgsFunction: t.completeArgs,
		Annotations:       map[string]string{fieldsAnnotation: strings.Join(t.fields(), ",")},
	}
	for _, s := range t.settings {
		if s.name != t.verb.rest {
			s.register(cmd)
		}
	}
	t.registerInput(cmd)
	if t.do.all.IsValid() {
		cmd.Flags().BoolVar(&t.all, "all", false, "read every page, --limit at a time")
	}
	return cmd
}

func (t *task) examples() string {
	lines := strings.Split(t.verb.example, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("  roster "+t.noun.name+" "+t.verb.name+" "+strings.TrimSpace(line), " ")
	}
	return strings.Join(lines, "\n")
}

// completeArgs offers members behind a bare --json; ids it does not know.
func (t *task) completeArgs(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if t.output.bareJSON() {
		return completeFields(cmd, args, begun)
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// whereabouts is the hint for an object that is not there.
func (n noun) whereabouts(cmd *cobra.Command) string {
	for _, v := range n.verbs {
		if v.name == "list" {
			return "roster " + n.name + " list shows what is there"
		}
	}
	return seeHelp(cmd)
}

// maxArguments is more than any operation takes of anything.
const maxArguments = 1000

// checkArgs demands the arguments that the usage line names.
func (t *task) checkArgs(cmd *cobra.Command, args []string) error {
	names := strings.Fields(t.verb.args)
	least, most := len(names), len(names)
	if t.bare != nil {
		least--
	}
	if strings.HasSuffix(t.verb.args, "...") {
		most = maxArguments
	}
	for _, arg := range args {
		if arg == "" || arg == "." || arg == ".." {
			return usagef(seeHelp(cmd), "%s: %q is not an id", shortPath(cmd), arg)
		}
	}
	switch {
	case len(args) >= least && len(args) <= most:
		return nil
	case len(args) > most && t.output.bareJSON():
		return usagef("the members are "+strings.Join(t.fields(), ", "), "%s takes %s, got %q; as members for --json it is unknown", shortPath(cmd), t.wants(), args[len(args)-1])
	}
	return usagef(seeHelp(cmd), "%s takes %s, got %d", shortPath(cmd), t.wants(), len(args))
}

// optional is the argument that may be left out.
func (v verb) optional() string {
	names := strings.Fields(v.args)
	return strings.Trim(names[len(names)-1], "[]")
}

func (t *task) wants() string {
	if t.verb.args == "" {
		return "no argument"
	}
	return strings.ReplaceAll(t.verb.args, " ", " and ")
}
