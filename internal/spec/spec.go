// Package spec knows which operations the published Backend API document has, so
// that a request for one of them that is not served can be told from a request
// for nothing. It holds facts only: names, methods, paths, parameters. What is
// served, and how, is the route table's business.
package spec

import (
	_ "embed"
	"strings"
	"sync"
)

//go:generate go run ./gen

// Operation is one operation of the published document. Path has no version
// prefix. First and Last are the oldest and the newest API version whose document
// has the operation; Query and Body are its parameters' names over all versions.
// ID is not unique: renamed paths of different versions share theirs.
type Operation struct {
	ID     string
	Method string
	Path   string
	Tag    string
	First  string
	Last   string
	Query  []string
	Body   []string
}

//go:embed operations.tsv
var table string

// Operations is every operation, ordered by path and method. The slice is shared:
// callers must not change it.
func Operations() []Operation { return operations() }

var operations = sync.OnceValue(func() []Operation {
	lines := strings.Split(strings.TrimSpace(table), "\n")
	ops := make([]Operation, 0, len(lines))
	for _, line := range lines {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		ops = append(ops, Operation{
			ID: f[0], Method: f[1], Path: f[2], Tag: f[3], First: f[4], Last: f[5],
			Query: names(f[6]), Body: names(f[7]),
		})
	}
	return ops
})

func names(list string) []string {
	if list == "-" {
		return nil
	}
	return strings.Split(list, ",")
}
