// Command coverage writes docs/coverage.md: every operation of the published
// document, whether it is served, and which of its parameters are read. It holds
// no knowledge of its own; the document's facts come from package spec, what is
// served from the route table.
//
//	go run ./internal/spec/coverage        (from the module's root)
package main

//go:generate go run . -out ../../../docs/coverage.md

import (
	"flag"
	"fmt"
	"os"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/spec"
)

func main() {
	out := flag.String("out", "docs/coverage.md", "file to write")
	flag.Parse()
	page := render(compare(spec.Operations(), api.Routes()))
	if err := os.WriteFile(*out, []byte(page), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "coverage:", err)
		os.Exit(1)
	}
}
