package main

import (
	"errors"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const envAnnotation = "roster_env"

// fromEnv lets a variable of the environment stand in for a flag that is not on
// the command line.
func fromEnv(cmd *cobra.Command, flag, variable string) {
	f := cmd.Flags().Lookup(flag)
	f.Usage += " (env " + variable + ")"
	f.Annotations = map[string][]string{envAnnotation: {variable}}
}

// readEnv fills the flags that fromEnv named. An empty variable counts as unset. A
// flag so filled counts as given.
func readEnv(cmd *cobra.Command) error {
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names := f.Annotations[envAnnotation]
		if len(names) == 0 || f.Changed {
			return
		}
		if v := os.Getenv(names[0]); v != "" {
			if err := cmd.Flags().Set(f.Name, v); err != nil {
				errs = append(errs, usagef(seeHelp(cmd), "%s: %s", names[0], err))
			}
		}
	})
	return errors.Join(errs...)
}

// withEnv is a run function that first takes flags from the environment.
func withEnv(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := readEnv(cmd); err != nil {
			return err
		}
		return run(cmd, args)
	}
}

const defaultDatabase = "sqlite:roster.db"

// databaseFlag adds the flag of the commands that work on a database.
func databaseFlag(cmd *cobra.Command, url *string) {
	cmd.Flags().StringVar(url, "database", defaultDatabase, "database `URL`: sqlite:PATH or postgres://USER@HOST/NAME")
	fromEnv(cmd, "database", "ROSTER_DATABASE")
}

// completeWith offers fixed values when the shell completes a flag.
func completeWith(cmd *cobra.Command, flag string, values ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag is not there: a mistake in this program
	}
}
