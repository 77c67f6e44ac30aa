package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/go-json-experiment/json"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func jsonFlag(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print JSON")
}

// printJSON writes v on one line.
func printJSON(w io.Writer, v any) error {
	b, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("encode output: %w", err)
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// printRows writes a table with a header for people, and bare tab-separated lines
// where no person looks on.
func printRows(w io.Writer, header []string, rows [][]string) error {
	out := &strings.Builder{}
	if !isTerminal(w) {
		for _, row := range rows {
			writeRow(out, row)
		}
		_, err := io.WriteString(w, out.String())
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	writeRow(out, header)
	for _, row := range rows {
		writeRow(out, row)
	}
	if _, err := io.WriteString(tw, out.String()); err != nil {
		return err
	}
	return tw.Flush()
}

// writeRow joins cells by tabs. Control characters become spaces: they would break
// the row, or steer the terminal.
func writeRow(out *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte('\t')
		}
		out.WriteString(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, cell))
	}
	out.WriteByte('\n')
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// formatTime prints Unix milliseconds in UTC, nothing for 0.
func formatTime(ms int64) string {
	if ms == 0 {
		return ""
	}
	return time.UnixMilli(ms).UTC().Format(time.RFC3339)
}
