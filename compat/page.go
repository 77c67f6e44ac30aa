package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// writePage writes docs/compat.md. It says the same whenever the same checks have
// the same outcome.
func writePage(file string, found []result) error {
	incomplete := func(r result) bool { return r.skipped != "" || r.fault != "" }
	if len(found) != len(suites)*len(engines) || slices.ContainsFunc(found, incomplete) {
		return errors.New("the page needs a complete run of all suites on all engines")
	}
	results := onAll(found)
	var b strings.Builder
	b.WriteString("# Official SDKs against Roster\n\n" +
		"<!-- Written by `cd compat && go run . --docs ../docs/compat.md`; do not edit. -->\n\n" +
		"Clerk's own SDKs, unmodified and at the versions below, drive a running Roster server through one scenario\n" +
		"(`compat/scenario*.go`). Every check compares what the SDK decoded: values, order, totals, and for failures the\n" +
		"SDK's error type, status, code, parameter and trace id. A dash means that the SDK has no such call or parameter.\n" +
		"The whole scenario runs on every engine, and a check counts as passed below where it passed on each.\n\n" +
		"Every driver looks up which classes the SDK's client has, or in Go which packages ask a server, which functions those\n" +
		"have that it calls, and which parameters these take. A run fails where a class or function stands for no call below and\n" +
		"is not left out by name, and where no check gives a parameter of a function. Not looked up are:\n\n" +
		"- the parameters in JavaScript, which has types for them only: what its functions do not take is a list in\n" +
		"  `compat/js/calls.mjs`, kept by hand, and a parameter that a new version brings goes unseen;\n" +
		"- what functions take beside their request, as retries, timeouts and headers;\n" +
		"- second ways to say the same: the asynchronous twin of each function in Python, the short forms beside each builder in\n" +
		"  Java, methods of a client beside a package's functions in Go;\n" +
		"- functions outside of all classes, and in Go those that take no context: they verify tokens, as the tests in\n" +
		"  `compat` ask them to.\n\n" +
		"| SDK | Language | Version | Functions | Engine | Passed | Failed | Not offered by the SDK |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range bySuite(found) {
		ok, bad, left := r.count()
		fmt.Fprintf(&b, "| `%s` | %s | %s | %d | %s | %d | %d | %d |\n",
			r.hello.SDK, r.suite.language, r.hello.Version, len(r.hello.functions()), r.engine, ok, bad, left)
	}
	b.WriteString("\nMembers of answers that an SDK's types do not have, and that are therefore not compared:\n\n")
	for _, r := range results {
		if len(r.hello.Lacks) > 0 {
			fmt.Fprintf(&b, "- %s: `%s`\n", r.suite.language, strings.Join(r.hello.Lacks, "`, `"))
		}
	}
	b.WriteString("\nLeft out by name: classes, and functions of classes that are called otherwise, of resources that Roster does not have;\n" +
		"also `telemetry`, which asks another server, and Go's `jwt`, which verifies tokens:\n\n")
	for _, r := range results {
		if len(r.hello.LeftOut) > 0 {
			fmt.Fprintf(&b, "- %s: `%s`\n", r.suite.language, strings.Join(r.hello.LeftOut, "`, `"))
		}
	}
	writeCalls(&b, results)
	writeChecks(&b, results)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

// bySuite puts what the engines found of one suite side by side.
func bySuite(found []result) (results []result) {
	for _, s := range suites {
		for _, r := range found {
			if r.suite.name == s.name {
				results = append(results, r)
			}
		}
	}
	return results
}

// onAll is a result for each suite whose checks have the problems of all engines.
func onAll(found []result) (results []result) {
	var all *result
	for _, r := range bySuite(found) {
		if all == nil || all.suite.name != r.suite.name {
			results = append(results, result{suite: r.suite, hello: r.hello})
			all = &results[len(results)-1]
		}
		for i, c := range r.checks {
			if i == len(all.checks) {
				all.checks = append(all.checks, &check{Call: c.Call, Name: c.Name, Offered: c.Offered, Why: c.Why})
			}
			of := all.checks[i]
			if c.Call != of.Call || c.Name != of.Name || c.Offered != of.Offered {
				of.problem("on %s the check is %s: %s", r.engine, c.Call, c.Name)
			}
			for _, p := range c.Problems {
				of.problem("on %s %s", r.engine, p)
			}
		}
	}
	return results
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
