// Command coverage writes docs/coverage.md: every operation of the published
// document, whether it is served, and which of its parameters are read. It holds
// no knowledge of its own; the document's facts come from package spec, what is
// served from what the last run of the wire scenarios saw done.
//
//	go run ./internal/spec/coverage        (from the module's root)
package main

//go:generate go run . -exercised ../../api/testdata/exercised.tsv -out ../../../docs/coverage.md

import (
	"flag"
	"fmt"
	"os"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/spec"
)

func main() {
	seen := flag.String("exercised", "internal/api/testdata/exercised.tsv", "what the scenarios saw done")
	out := flag.String("out", "docs/coverage.md", "file to write")
	flag.Parse()
	page, err := page(*seen)
	if err == nil {
		err = os.WriteFile(*out, []byte(page), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "coverage:", err)
		os.Exit(1)
	}
}

func page(seen string) (string, error) {
	routes, err := exercised(seen, api.Routes())
	return render(compare(spec.Operations(), routes)), err
}
