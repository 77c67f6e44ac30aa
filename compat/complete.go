package main

import (
	"fmt"
	"slices"
	"strings"
)

// complete holds what a driver maps against what its SDK offers, and against the
// checks. It is an error that the SDK has a class or function that no call stands for
// and that is not left out by name, as when a new version brought one; that a call
// stands for a function the SDK does not have, or one is left out; and that the
// scenario never makes a call the driver maps as the SDK can make it, or never with a
// parameter that its function takes.
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
	driven := make([]string, 0, len(mapped)) // classes
	for _, f := range mapped {
		class, _, _ := strings.Cut(f, ".")
		driven = append(driven, class)
	}
	for _, of := range []struct{ has, mapped []string }{{h.Classes, driven}, {h.functions(), mapped}} {
		for _, name := range of.has {
			if !slices.Contains(of.mapped, name) && !slices.Contains(h.LeftOut, name) {
				wrong = append(wrong, name+" is not mapped")
			}
		}
		for _, name := range of.mapped {
			if !slices.Contains(of.has, name) {
				wrong = append(wrong, name+" is nothing the SDK offers")
			}
		}
	}
	for _, name := range h.LeftOut {
		if slices.Contains(driven, name) || !slices.Contains(h.Classes, name) && !slices.Contains(h.Offers, name) {
			wrong = append(wrong, name+" is not there to be left out")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("%s: %s", h.SDK, strings.Join(slices.Compact(wrong), ", "))
}

// functions are what the SDK offers but for what is left out.
func (h hello) functions() []string {
	return slices.DeleteFunc(slices.Clone(h.Offers), func(f string) bool { return slices.Contains(h.LeftOut, f) })
}

// gives reports whether the check's call has an argument.
func (c *check) gives(name string) bool {
	_, ok := c.args[name]
	return ok
}
