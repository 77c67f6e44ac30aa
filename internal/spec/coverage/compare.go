package main

import (
	"slices"
	"strings"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/spec"
)

// parameter is one parameter of an operation. Published says whether the document
// has it, served whether it is read.
type parameter struct {
	name              string
	published, served bool
}

// row is one operation, published or our own.
type row struct {
	spec.Operation
	served    bool
	extension bool
	query     []parameter
	body      []parameter
}

// compare puts the published operations and the routes side by side. Extensions
// come last, in the order of the route table.
func compare(operations []spec.Operation, routes []api.Route) []row {
	var rows []row
	used := make(map[int]bool)
	for _, op := range operations {
		r := row{Operation: op}
		var query, body []string
		if i := slices.IndexFunc(routes, func(rt api.Route) bool { return serves(rt, op) }); i >= 0 {
			r.served, used[i] = true, true
			query, body = routes[i].Query, routes[i].Body
		}
		r.query, r.body = parameters(op.Query, query), parameters(op.Body, body)
		rows = append(rows, r)
	}
	for i, rt := range routes {
		if used[i] {
			continue
		}
		rows = append(rows, row{
			Operation: spec.Operation{ID: rt.Operation, Method: rt.Method, Path: below(rt.Pattern)}, served: true, extension: true,
			query: parameters(nil, rt.Query), body: parameters(nil, rt.Body),
		})
	}
	return rows
}

// serves reports whether a route is a published operation. Names of path
// parameters do not matter.
func serves(rt api.Route, op spec.Operation) bool {
	if rt.Method != op.Method {
		return false
	}
	ours, theirs := strings.Split(below(rt.Pattern), "/"), strings.Split(op.Path, "/")
	return slices.EqualFunc(ours, theirs, func(a, b string) bool {
		return a == b || strings.HasPrefix(a, "{") && strings.HasPrefix(b, "{")
	})
}

// below is a pattern without the version prefix.
func below(pattern string) string { return strings.TrimPrefix(pattern, "/v1") }

func parameters(published, served []string) []parameter {
	var out []parameter
	for _, name := range published {
		out = append(out, parameter{name: name, published: true, served: slices.Contains(served, name)})
	}
	for _, name := range served {
		if !slices.Contains(published, name) {
			out = append(out, parameter{name: name, served: true})
		}
	}
	return out
}
