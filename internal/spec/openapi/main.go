// Command openapi writes docs/openapi.json: an OpenAPI 3.1 document of what this
// server serves, in our own words. Paths, methods and parameter names come from
// the route table, schemas from the types of the root package; only what neither
// knows (summaries, which type answers, which refusals there are) is said here.
//
//	go run ./internal/spec/openapi        (from the module's root)
package main

//go:generate go run . -out ../../../docs/openapi.json -source ../../..

import (
	"flag"
	"fmt"
	"os"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster/internal/api"
)

func main() {
	out := flag.String("out", "docs/openapi.json", "file to write")
	source := flag.String("source", ".", "folder of the root package, whose comments describe the schemas")
	flag.Parse()
	if err := run(*out, *source); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run(out, source string) error {
	text, err := generate(source)
	if err != nil {
		return err
	}
	return os.WriteFile(out, text, 0o644)
}

// generate is the document's text.
func generate(source string) ([]byte, error) {
	comments, err := typeComments(source)
	if err != nil {
		return nil, err
	}
	doc, err := document(api.Routes(), comments)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(doc, json.Deterministic(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}
