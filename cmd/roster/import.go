package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster/internal/service"
)

func newImport() *cobra.Command {
	var database, input string
	var options service.ImportOptions
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring an exported instance into a database",
		Long: `Bring an exported instance into a database that does not have it.

Every line is checked, and all are counted and summed against the export's last line.
Until that is done the instance cannot be seen and its keys open nothing. An import
that was interrupted goes on with --resume, behind what it had written.`,
		Example: `  roster import --input shop.jsonl --database postgres://roster@db/roster
  roster import --input shop.jsonl --resume
  zstdcat shop.jsonl.zst | roster import`,
		Args: noArgs,
		RunE: withEnv(func(cmd *cobra.Command, _ []string) error {
			if options.Resume && options.Restart {
				return usagef(seeHelp(cmd), "--resume and --restart exclude each other")
			}
			in, err := openInput(input)
			if err != nil {
				return err
			}
			defer func() { _ = in.Close() }() // it is only read
			return withService(cmd.Context(), database, true, func(svc *service.Service) error {
				return runImport(cmd, svc, in, options, asJSON)
			})
		}),
	}
	databaseFlag(cmd, &database)
	cmd.Flags().StringVar(&input, "input", "-", "`FILE` to read; - is standard input")
	cmd.Flags().BoolVar(&options.Resume, "resume", false, "go on with an import of the same export that was interrupted, if there is one")
	cmd.Flags().BoolVar(&options.Restart, "restart", false, "remove what an import that was interrupted left, if there is one, and begin anew")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func openInput(path string) (io.ReadCloser, error) {
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, usagef("--input takes a file that roster export wrote", "%s", err)
		}
		return f, nil
	}
	if isTerminal(os.Stdin) {
		return nil, usagef("give --input FILE, or the output of roster export", "standard input is a terminal")
	}
	return os.Stdin, nil
}

func runImport(cmd *cobra.Command, svc *service.Service, in io.Reader, options service.ImportOptions, asJSON bool) error {
	m := newMeter(cmd.ErrOrStderr(), "importing:")
	options.Progress = m.show
	done, err := svc.Import(cmd.Context(), patientReader{cmd.Context(), in}, options)
	m.clear()
	if err != nil {
		return err
	}
	if done.Resumed > 0 && !asJSON {
		cmd.PrintErrf("resumed behind line %d\n", done.Resumed)
	}
	return printTransfer(cmd.OutOrStdout(), asJSON, "imported", done)
}
