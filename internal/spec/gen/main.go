// Command gen rebuilds operations.tsv from the published documents, which lie
// outside this repository (see spectest.Folder). Without them it changes nothing.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rosterhq/roster/internal/spec"
	"github.com/rosterhq/roster/internal/spec/spectest"
)

func main() {
	out := flag.String("out", "operations.tsv", "file to write")
	flag.Parse()
	if err := run(*out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(out string) error {
	folder, ok := spectest.Folder()
	if !ok {
		fmt.Fprintln(os.Stderr, "gen: the published documents are not here (ROSTER_SPEC); "+out+" stays as it is")
		return nil
	}
	text, err := generate(folder)
	if err != nil {
		return err
	}
	return os.WriteFile(out, []byte(text), 0o644)
}

// generate is the table over all documents of the folder.
func generate(folder string) (string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "bapi-*.yml"))
	if err != nil {
		return "", err
	}
	slices.Sort(files)
	ops := make(map[string]*spec.Operation)
	for _, file := range files {
		doc, err := openapi3.NewLoader().LoadFromFile(file)
		if err != nil {
			return "", fmt.Errorf("load %s: %w", file, err)
		}
		version := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "bapi-"), ".yml")
		collect(ops, doc, version)
	}
	sorted := slices.SortedFunc(maps.Values(ops), func(a, b *spec.Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	var b strings.Builder
	b.WriteString("# operation\tmethod\tpath\ttag\tfirst\tlast\tquery\tbody\n")
	for _, o := range sorted {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			o.ID, o.Method, o.Path, o.Tag, o.First, o.Last, list(o.Query), list(o.Body))
	}
	return b.String(), nil
}

// collect adds the operations of one version's document, newer ones later.
func collect(ops map[string]*spec.Operation, doc *openapi3.T, version string) {
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			key := method + " " + path
			o := ops[key]
			if o == nil {
				o = &spec.Operation{Method: method, Path: path, First: version}
				ops[key] = o
			}
			o.ID, o.Last, o.Tag = operation.OperationID, version, strings.Join(operation.Tags, ", ")
			o.Query = union(o.Query, queryNames(item.Parameters, operation.Parameters))
			o.Body = union(o.Body, bodyNames(operation.RequestBody))
		}
	}
}

func queryNames(lists ...openapi3.Parameters) []string {
	var names []string
	for _, list := range lists {
		for _, p := range list {
			if p.Value.In == openapi3.ParameterInQuery {
				names = append(names, p.Value.Name)
			}
		}
	}
	return names
}

// bodyNames is the members of the body's object, or of its elements' objects
// where the body is an array.
func bodyNames(body *openapi3.RequestBodyRef) []string {
	if body == nil {
		return nil
	}
	var names []string
	for _, media := range body.Value.Content {
		schema := media.Schema.Value
		if schema.Items != nil {
			schema = schema.Items.Value
		}
		names = append(names, slices.Collect(maps.Keys(schema.Properties))...)
		for _, part := range schema.AllOf {
			names = append(names, slices.Collect(maps.Keys(part.Value.Properties))...)
		}
	}
	return names
}

func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

func list(names []string) string {
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, ",")
}
