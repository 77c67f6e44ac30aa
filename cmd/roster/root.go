package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Which commands help shows together.
const (
	groupServer    = "server"
	groupDirectory = "directory"
)

// nouns are the kinds of resources that commands work on, on any server.
var nouns = []noun{orgs, memberships, invitations, users, emailAddresses, phoneNumbers, sessions, clients, jwtTemplates, jwks, domains, roles, roleSets, permissions, settings, allowlist, blocklist}

// newRoot is the command tree, but for the verbs of nouns that a command line does not
// name: their flags are hundreds. A nil line may name any.
func newRoot(line []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "roster",
		Short: "The membership directory you own",
		Long: `Roster serves the organizations family of Clerk's Backend API from one binary.

An application that uses Clerk runs on it by changing one base URL. The commands on
a directory work on Clerk's server as on a Roster.

Exit codes: 0 done, 1 failed, 2 wrong command line, 3 refused by the server, 4 no
valid secret key, 5 not found, 6 try again later, 7 no server answers.`,
		Example: `  roster dev                                    # a demo directory, thrown away at exit
  roster serve --database sqlite:roster.db      # a lasting one
  roster keys list --database sqlite:roster.db
  roster members list org_… --role org:admin    # on any server, Clerk's too`,
		Version:       readBuild().String(),
		Args:          cobra.ArbitraryArgs,
		RunE:          runGroup,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef(seeHelp(cmd), "%s", err)
	})
	root.AddGroup(&cobra.Group{ID: groupServer, Title: "Server and database:"}, &cobra.Group{ID: groupDirectory, Title: "Directory, on a server of Roster or Clerk:"})
	for _, n := range nouns {
		root.AddCommand(n.command(line == nil || slices.ContainsFunc(line, n.named)))
	}
	server := []*cobra.Command{newServe(), newDev(), newInstances(), newKeys(), newMigrate(), newExport(), newImport(), newBackup()}
	for _, cmd := range server {
		cmd.GroupID = groupServer
	}
	root.AddCommand(server...)
	root.AddCommand(newVersion())
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd("completion")
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args, cmd.RunE = cobra.ArbitraryArgs, runGroup
		}
	}
	return root
}

// newHelp is cobra's help command with unknown topics made an error.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [command]",
		Short:   "Help about any command",
		Example: "  roster help serve",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(cmd.Root(), strings.Join(args, " "))
			}
			about.InitDefaultHelpFlag()
			return about.Help()
		},
	}
}

// runGroup is the run function of a command that only holds others.
func runGroup(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) > 0:
		return unknownCommand(cmd, args[0])
	case cmd.HasParent():
		return usagef(seeHelp(cmd), "%s needs a command: %s", shortPath(cmd), strings.Join(commandNames(cmd), ", "))
	}
	return cmd.Help()
}

func unknownCommand(cmd *cobra.Command, name string) error {
	cmd.SuggestionsMinimumDistance = 2
	hint := seeHelp(cmd)
	if like := cmd.SuggestionsFor(name); len(like) > 0 {
		hint = "did you mean " + cmd.CommandPath() + " " + strings.Join(like, " or ") + "?"
	}
	return usagef(hint, "unknown command %q", strings.TrimPrefix(shortPath(cmd)+" "+name, "roster "))
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef(seeHelp(cmd), "%s takes no argument, got %q", shortPath(cmd), args[0])
	}
	return nil
}

// oneArg demands the one argument that what names, such as KEY_ID.
func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 || args[0] == "" {
			return usagef(seeHelp(cmd), "%s takes exactly one argument, %s", shortPath(cmd), what)
		}
		return nil
	}
}

func seeHelp(cmd *cobra.Command) string {
	return fmt.Sprintf("see %s --help", cmd.CommandPath())
}

// shortPath is the command without the program's name, which starts every message.
func shortPath(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), "roster ")
}
