package main

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
)

// matcher says what is wrong with a value, "" for nothing. Present is false for a
// member that is not there.
type matcher func(got any, present bool) string

// like wants text that matches a pattern.
func like(pattern string) matcher {
	re := regexp.MustCompile(pattern)
	return func(got any, _ bool) string {
		if s, ok := got.(string); !ok || !re.MatchString(s) {
			return fmt.Sprintf("is %v, want text like %s", got, pattern)
		}
		return ""
	}
}

// anID wants an id of a kind.
func anID(prefix string) matcher { return like("^" + prefix + "[0-9A-Za-z]{27}$") }

// now wants a time in Unix milliseconds of the last minutes.
func now(got any, _ bool) string {
	n, ok := got.(float64)
	if off := time.Since(time.UnixMilli(int64(n))); !ok || math.Abs(off.Minutes()) > 5 {
		return fmt.Sprintf("is %v, want the present in milliseconds", got)
	}
	return ""
}

// after wants a time later than t, in milliseconds.
func after(t any) matcher {
	return func(got any, _ bool) string {
		g, ok1 := got.(float64)
		w, ok2 := t.(float64)
		if !ok1 || !ok2 || g <= w {
			return fmt.Sprintf("is %v, want later than %v", got, t)
		}
		return ""
	}
}

// absent wants no member, or null.
func absent(got any, present bool) string {
	if present && got != nil {
		return fmt.Sprintf("is %v, want none", got)
	}
	return ""
}

// set wants exactly the given texts, in any order.
func set(want ...string) matcher {
	return func(got any, _ bool) string {
		list, _ := got.([]any)
		var texts []string
		for _, e := range list {
			texts = append(texts, text(e))
		}
		slices.Sort(texts)
		slices.Sort(want)
		if !slices.Equal(texts, want) {
			return fmt.Sprintf("is %v, want %v in any order", texts, want)
		}
		return ""
	}
}

// not wants another text.
func not(other string) matcher {
	return func(got any, _ bool) string {
		if text(got) == "" || text(got) == other {
			return fmt.Sprintf("is %v, want something new", got)
		}
		return ""
	}
}

// keys wants a list of objects with exactly the given keys, in order.
func keys(want ...string) matcher {
	return func(got any, _ bool) string {
		list, _ := got.([]any)
		have := []string{}
		for _, e := range list {
			have = append(have, text(dig(e, "key")))
		}
		if !slices.Equal(have, want) {
			return fmt.Sprintf("has the keys %v, want %v", have, want)
		}
		return ""
	}
}

// within wants a whole number between two, with them.
func within(least, most float64) matcher {
	return func(got any, _ bool) string {
		n, ok := got.(float64)
		if !ok || n < least || n > most || n != math.Trunc(n) {
			return fmt.Sprintf("is %v, want from %v to %v", got, least, most)
		}
		return ""
	}
}

// match compares a value with what is wanted of it: of an object its wanted
// members, of metadata all of them, of a list every element. Members the SDK's
// types do not have are passed over.
func match(lacks []string, path string, want, got any, present bool) []string {
	if !present && lacking(lacks, path) {
		return nil
	}
	switch w := want.(type) {
	case func(any, bool) string:
		return match(lacks, path, matcher(w), got, present)
	case matcher:
		if problem := w(got, present); problem != "" {
			return []string{path + " " + problem}
		}
		return nil
	case obj:
		if !strings.HasSuffix(path, "_metadata") {
			return matchObject(lacks, path, w, got)
		}
	case first:
		return matchFirst(lacks, path, w, got)
	case []obj:
		return matchList(lacks, path, w, got)
	}
	if plain := normal(want); !reflect.DeepEqual(plain, got) {
		return []string{fmt.Sprintf("%s is %s, want %s", path, encode(got), encode(plain))}
	}
	return nil
}

func matchObject(lacks []string, path string, want obj, got any) []string {
	object, ok := got.(map[string]any)
	if !ok {
		return []string{fmt.Sprintf("%s is %s, want an object", path, encode(got))}
	}
	var problems []string
	for name, w := range want {
		g, present := object[name]
		problems = append(problems, match(lacks, strings.TrimPrefix(path+"."+name, "."), w, g, present)...)
	}
	slices.Sort(problems)
	return problems
}

func matchList(lacks []string, path string, want []obj, got any) []string {
	list, _ := got.([]any)
	if len(list) != len(want) {
		return []string{fmt.Sprintf("%s is %s, want %d elements", path, encode(got), len(want))}
	}
	var problems []string
	for i := range want {
		problems = append(problems, match(lacks, path, want[i], list[i], true)...)
	}
	return problems
}

// first wants a list whose first element holds at least this.
type first obj

func matchFirst(lacks []string, path string, want first, got any) []string {
	list, _ := got.([]any)
	if len(list) == 0 {
		return []string{fmt.Sprintf("%s is %s, want an element", path, encode(got))}
	}
	return match(lacks, path, obj(want), list[0], true)
}

// lacking reports whether a path ends in a member the SDK does not have.
func lacking(lacks []string, path string) bool {
	return slices.ContainsFunc(lacks, func(l string) bool { return path == l || strings.HasSuffix(path, "."+l) })
}

// sameOrder compares names with what is wanted, where one want of several names
// stands for as many elements in any order.
func sameOrder(got, want []string) bool {
	for _, w := range want {
		group := strings.Fields(w)
		if len(got) < len(group) {
			return false
		}
		part := slices.Sorted(slices.Values(got[:len(group)]))
		slices.Sort(group)
		if !slices.Equal(part, group) {
			return false
		}
		got = got[len(group):]
	}
	return len(got) == 0
}

// dig follows a dotted path into a decoded JSON value.
func dig(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		object, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = object[name]
	}
	return v
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// normal is a value as it looks after a way through JSON.
func normal(v any) any {
	var out any
	if err := json.Unmarshal([]byte(encode(v)), &out); err != nil {
		return err
	}
	return out
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
