package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/store"
)

func newMigrate() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Show and apply the migrations of a database",
		Long: `Show and apply the migrations of a database.

Every command that opens a database brings it up to date first, so these are for
who wants to see it done before: with a backup made, on a connection with more
rights, or past a pooler. Several processes may migrate at once; one does the work.`,
		Example: "  roster migrate status --database postgres://roster@db/roster\n  roster migrate up --database postgres://owner@db/roster",
		Args:    cobra.ArbitraryArgs,
		RunE:    runGroup,
	}
	cmd.AddCommand(newMigrateStatus(), newMigrateUp())
	return cmd
}

func newMigrateStatus() *cobra.Command {
	var database string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "List the migrations, applied and pending",
		Long: `List the migrations, applied and pending: version, name, time of application.

Changes nothing. A database that a later version of roster wrote is refused.`,
		Example: "  roster migrate status\n  roster migrate status --json | jq '[.[] | select(.applied_at == null)] | length'",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			if err := mustExist(database); err != nil {
				return err
			}
			list, err := store.Migrations(cmd.Context(), database)
			if err != nil {
				return openFailure(err)
			}
			return printMigrations(cmd, asJSON, list)
		}),
	}
	databaseFlag(cmd, &database)
	jsonFlag(cmd, &asJSON)
	return cmd
}

func printMigrations(cmd *cobra.Command, asJSON bool, list []store.Migration) error {
	if asJSON {
		return printJSON(cmd.OutOrStdout(), list)
	}
	rows := make([][]string, len(list))
	for i, m := range list {
		rows[i] = []string{strconv.FormatInt(m.Version, 10), m.Name, "pending"}
		if m.AppliedAt != nil {
			rows[i][2] = formatTime(*m.AppliedAt)
		}
	}
	return printRows(cmd.OutOrStdout(), []string{"VERSION", "NAME", "APPLIED"}, rows)
}

func newMigrateUp() *cobra.Command {
	var database string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Apply the pending migrations",
		Long: `Apply the pending migrations, each in a transaction of its own, under a lock.

There is no way down: back up first. What was applied is listed as by status.`,
		Example: "  roster migrate up --database sqlite:roster.db",
		Args:    noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			applied := []store.Migration{}
			err := store.Migrate(cmd.Context(), database, func(m store.Migration) {
				if m.AppliedAt != nil {
					applied = append(applied, m)
				} else if isTerminal(cmd.ErrOrStderr()) {
					cmd.PrintErrf("applying %s\n", m.Name)
				}
			})
			if err != nil {
				return openFailure(err)
			}
			if len(applied) == 0 && !asJSON {
				cmd.PrintErrln("up to date")
			}
			return printMigrations(cmd, asJSON, applied)
		}),
	}
	databaseFlag(cmd, &database)
	jsonFlag(cmd, &asJSON)
	return cmd
}
