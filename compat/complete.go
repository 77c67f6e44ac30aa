package main

import (
	"fmt"
	"slices"
	"strings"
)

// complete holds what a driver maps against what its SDK offers, and against the
// checks. It is an error that the SDK has a function no call stands for, as when a
// new version brought one; that a call stands for a function the SDK does not have;
// and that the scenario never makes a call the driver maps as the SDK can make it, or
// never with a parameter that its function takes.
func (h hello) complete(checks []*check) error {
	var mapped, wrong []string
	for call, functions := range h.Calls {
		mapped = append(mapped, strings.Split(functions, ", ")...)
		if !slices.ContainsFunc(checks, func(c *check) bool { return c.Call == call && c.Offered }) {
			wrong = append(wrong, call+" is never made")
		}
	}
	for call, parameters := range h.Parameters {
		for _, p := range parameters {
			if !slices.ContainsFunc(checks, func(c *check) bool { return c.Call == call && c.Offered && c.gives(p) }) {
				wrong = append(wrong, call+" is never given "+p)
			}
		}
	}
	for _, f := range h.Offers {
		if !slices.Contains(mapped, f) {
			wrong = append(wrong, f+" is not mapped")
		}
	}
	for _, f := range mapped {
		if !slices.Contains(h.Offers, f) {
			wrong = append(wrong, f+" is nothing the SDK offers")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("%s: %s", h.SDK, strings.Join(slices.Compact(wrong), ", "))
}

// gives reports whether the check's call has an argument.
func (c *check) gives(name string) bool {
	_, ok := c.args[name]
	return ok
}
