package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/store"
)

func newBackup() *cobra.Command {
	var database, output string
	cmd := &cobra.Command{
		Use:   "backup --output FILE",
		Short: "Copy an SQLite database, also while it is served",
		Long: `Copy an SQLite database, also while it is served: the copy is the database as it was
at one moment, complete in one file, and takes the place of an older copy only then.
To restore, put it in the place of the database with no server running.

PostgreSQL has pg_dump for that.`,
		Example: "  roster backup --database sqlite:roster.db --output roster-backup.db",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			switch {
			case output == "":
				return usagef(seeHelp(cmd), "--output is required")
			case !strings.HasPrefix(database, "sqlite:"):
				return usagef("back PostgreSQL up with pg_dump; roster export writes one instance of any database", "roster backup copies SQLite databases only")
			}
			if err := mustExist(database); err != nil {
				return err
			}
			return replaceFile(output, func(f *os.File) error {
				return store.Backup(cmd.Context(), database, f.Name())
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&output, "output", "", "`FILE` to write")
	return cmd
}
