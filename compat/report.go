package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// line is one check as --json prints it.
type line struct {
	Suite   string `json:"suite"`
	Engine  string `json:"engine"`
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
	name := cmp.Or(r.suite.language, "all suites")
	if r.hello.SDK != "" {
		name += " " + r.hello.SDK + " " + r.hello.Version
	}
	name += " on " + r.engine
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
		l := line{Suite: r.suite.name, Engine: r.engine, OK: r.fault == "", Skipped: r.skipped != "", Detail: strings.TrimSpace(r.skipped + " " + r.fault)}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	for _, c := range r.checks {
		l := line{Suite: r.suite.name, Engine: r.engine, Call: c.Call, Check: c.Name, OK: c.ok(), Skipped: !c.Offered}
		l.Detail = cmp.Or(strings.Join(c.Problems, "; "), c.Why)
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
