package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/service"
)

func newExport() *cobra.Command {
	var database, instance, output string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write an instance as JSON Lines",
		Long: `Write an instance as JSON Lines: everything it has, as it was at one moment, with
ids, times, metadata and hashed passwords and keys. The same content makes the same
bytes on every engine.

The file holds password hashes and private metadata: it is made readable by its owner
alone, and takes the place of an older one only when it is complete.`,
		Example: `  roster export --instance ins_… --output shop.jsonl
  roster export --database sqlite:roster.db | roster import --database postgres://roster@db/roster
  roster export --instance ins_… | zstd > shop.jsonl.zst`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			return withService(cmd.Context(), database, false, func(svc *service.Service) error {
				if instance == "" {
					var err error
					if instance, err = onlyInstance(cmd.Context(), svc); err != nil {
						return err
					}
				}
				if output == "-" {
					return export(cmd, svc, instance, cmd.OutOrStdout(), cmd.ErrOrStderr(), asJSON)
				}
				return replaceFile(output, func(f *os.File) error {
					return export(cmd, svc, instance, f, cmd.OutOrStdout(), asJSON)
				})
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&instance, "instance", "", "`ID` of the instance; may be left out where there is only one")
	cmd.Flags().StringVar(&output, "output", "-", "`FILE` to write; - is standard output")
	jsonFlag(cmd, &asJSON)
	return cmd
}

// export writes an instance to out, and what it wrote to summary.
func export(cmd *cobra.Command, svc *service.Service, instance string, out, summary io.Writer, asJSON bool) error {
	m := newMeter(cmd.ErrOrStderr(), "exporting:")
	done, err := svc.Export(cmd.Context(), instance, out, m.show)
	m.clear()
	if err != nil {
		return err
	}
	return printTransfer(summary, asJSON, "exported", done)
}

// onlyInstance is the id of the database's instance, where there is just one.
func onlyInstance(ctx context.Context, svc *service.Service) (string, error) {
	list, err := svc.Instances(ctx)
	if err != nil {
		return "", err
	}
	if len(list) != 1 {
		return "", usagef("roster instances list shows the ids", "--instance is required: the database has %d instances", len(list))
	}
	return list[0].ID, nil
}

func printTransfer(w io.Writer, asJSON bool, verb string, done service.Transfer) error {
	if asJSON {
		return printJSON(w, done)
	}
	_, err := fmt.Fprintf(w, "%s instance %s: %d rows\n", verb, done.Instance, done.Total())
	return err
}
