package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// line is one check as --json prints it.
type line struct {
	Suite   string `json:"suite"`
	Call    string `json:"call"`
	Check   string `json:"check"`
	OK      bool   `json:"ok"`
	Skipped bool   `json:"skipped,omitempty"`
	Detail  string `json:"detail"`
}

// report prints every check, or every suite with what failed in it, and a closing
// line with the sums.
func report(w io.Writer, results []result, asJSON bool) error {
	passed, failed := 0, 0
	for _, r := range results {
		ok, bad, left := r.count()
		passed, failed = passed+ok, failed+bad
		if r.fault != "" {
			failed++
		}
		if asJSON {
			if err := r.printJSON(w); err != nil {
				return err
			}
			continue
		}
		r.print(w, ok, bad, left)
	}
	if !asJSON {
		fmt.Fprintf(w, "%d passed, %d failed\n", passed, failed)
	}
	if failed > 0 {
		return errFailed
	}
	return nil
}

// count is how many checks passed, failed, and could not be made for want of the
// call or parameter in the SDK.
func (r result) count() (passed, failed, left int) {
	for _, c := range r.checks {
		switch {
		case !c.ok():
			failed++
		case !c.Offered:
			left++
		default:
			passed++
		}
	}
	return passed, failed, left
}

func (r result) print(w io.Writer, passed, failed, left int) {
	name := r.suite.language
	if r.hello.SDK != "" {
		name += " " + r.hello.SDK + " " + r.hello.Version
	}
	switch {
	case r.skipped != "":
		fmt.Fprintf(w, "%-60s skipped: %s\n", name, r.skipped)
	default:
		fmt.Fprintf(w, "%-60s %d passed, %d failed, %d not offered by the SDK\n", name, passed, failed, left)
	}
	if r.fault != "" {
		fmt.Fprintf(w, "  FAIL %s\n", r.fault)
	}
	for _, c := range r.checks {
		if !c.ok() {
			fmt.Fprintf(w, "  FAIL %s: %s\n       %s\n", c.Call, c.Name, strings.Join(c.Problems, "\n       "))
		}
	}
}

func (r result) printJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	if r.fault != "" || r.skipped != "" {
		l := line{Suite: r.suite.name, OK: r.fault == "", Skipped: r.skipped != "", Detail: strings.TrimSpace(r.skipped + " " + r.fault)}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	for _, c := range r.checks {
		l := line{Suite: r.suite.name, Call: c.Call, Check: c.Name, OK: c.ok(), Skipped: !c.Offered}
		l.Detail = cmp.Or(strings.Join(c.Problems, "; "), c.Why)
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// writePage writes docs/compat.md. It says the same whenever the same checks have
// the same outcome.
func writePage(file string, results []result) error {
	for _, r := range results {
		if r.skipped != "" || r.fault != "" || len(results) != len(suites) {
			return errors.New("the page needs a complete run of all suites")
		}
	}
	var b strings.Builder
	b.WriteString("# Official SDKs against Roster\n\n" +
		"<!-- Written by `cd compat && go run . --docs ../docs/compat.md`; do not edit. -->\n\n" +
		"Clerk's own SDKs, unmodified and at the versions below, drive a running Roster server through one scenario\n" +
		"(`compat/scenario*.go`). Every check compares what the SDK decoded: values, order, totals, and for failures the\n" +
		"SDK's error type, status, code, parameter and trace id. A dash means that the SDK has no such call or parameter.\n\n" +
		"| SDK | Language | Version | Passed | Failed | Not offered by the SDK |\n|---|---|---|---|---|---|\n")
	for _, r := range results {
		ok, bad, left := r.count()
		fmt.Fprintf(&b, "| `%s` | %s | %s | %d | %d | %d |\n", r.hello.SDK, r.suite.language, r.hello.Version, ok, bad, left)
	}
	b.WriteString("\nMembers of answers that an SDK's types do not have, and that are therefore not compared:\n\n")
	for _, r := range results {
		if len(r.hello.Lacks) > 0 {
			fmt.Fprintf(&b, "- %s: `%s`\n", r.suite.language, strings.Join(r.hello.Lacks, "`, `"))
		}
	}
	writeCalls(&b, results)
	writeChecks(&b, results)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// writeCalls lists the function each SDK has for a call, with its checks.
func writeCalls(b *strings.Builder, results []result) {
	b.WriteString("\n## Calls\n\nPassed checks of all that the SDK can express.\n\n| Call |")
	for _, r := range results {
		fmt.Fprintf(b, " %s |", r.suite.language)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(results)) + "\n")
	for _, call := range callNames(results) {
		b.WriteString("| " + call + " |")
		for _, r := range results {
			b.WriteString(" " + r.callCell(call) + " |")
		}
		b.WriteString("\n")
	}
}

func (r result) callCell(call string) string {
	name, ok := r.hello.Calls[call]
	if !ok {
		return "–"
	}
	passed, all := 0, 0
	for _, c := range r.checks {
		if c.Call != call || !c.Offered {
			continue
		}
		all++
		if c.ok() {
			passed++
		}
	}
	return fmt.Sprintf("`%s` %d/%d", name, passed, all)
}

// callNames are the scenario's calls in the order they first come up.
func callNames(results []result) []string {
	var names []string
	for _, r := range results {
		for _, c := range r.checks {
			if !slices.Contains(names, c.Call) {
				names = append(names, c.Call)
			}
		}
	}
	return names
}

// writeChecks lists every check with its outcome per SDK.
func writeChecks(b *strings.Builder, results []result) {
	b.WriteString("\n## Checks\n\n| Call | Check |")
	for _, r := range results {
		fmt.Fprintf(b, " %s |", r.suite.language)
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(results)) + "\n")
	var rows []string
	outcome := make(map[string]map[string]string)
	for _, r := range results {
		for _, c := range r.checks {
			row := fmt.Sprintf("| %s | %s |", c.Call, c.Name)
			if outcome[row] == nil {
				outcome[row] = make(map[string]string)
				rows = append(rows, row)
			}
			outcome[row][r.suite.name] = c.mark()
		}
	}
	for _, call := range callNames(results) {
		for _, row := range rows {
			if !strings.HasPrefix(row, "| "+call+" |") {
				continue
			}
			b.WriteString(row)
			for _, r := range results {
				b.WriteString(" " + cmp.Or(outcome[row][r.suite.name], "–") + " |")
			}
			b.WriteString("\n")
		}
	}
}

func (c *check) mark() string {
	switch {
	case !c.ok():
		return "**fails**"
	case !c.Offered:
		return "–"
	}
	return "✓"
}
