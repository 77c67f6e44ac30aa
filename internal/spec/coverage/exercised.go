package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/rosterhq/roster/internal/api"
)

// exercised reads what a run of the wire scenarios saw done, a line for each route, and
// narrows the routes to that.
func exercised(file string, routes []api.Route) ([]api.Route, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	seen := make(map[string][2][]string)
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("%s, line %d: %d fields instead of 4", file, n+1, len(f))
		}
		seen[f[0]+" "+f[1]] = [2][]string{strings.Split(f[2], ","), strings.Split(f[3], ",")}
	}
	var out []api.Route
	for _, rt := range routes {
		names, ok := seen[rt.Method+" "+rt.Pattern]
		if !ok {
			continue
		}
		rt.Query, rt.Body = among(rt.Query, names[0]), among(rt.Body, names[1])
		out = append(out, rt)
	}
	return out, nil
}

func among(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(name string) bool { return !slices.Contains(some, name) })
}
