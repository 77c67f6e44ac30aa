package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rosterhq/roster"
)

// args are the arguments of a call under the wire's names, path parameters
// included; obj is what a result must hold.
type (
	args map[string]any
	obj  map[string]any
)

// session plays the scenario on one driver.
type session struct {
	driver *driver
	aside  aside
	checks []*check
	cast   map[string]string // ids by the name the scenario knows them by
}

// check is one call of the SDK and what was wrong with its outcome.
type check struct {
	Call     string
	Name     string
	Offered  bool
	Why      string // of what is not offered
	Problems []string

	args args
}

func (c *check) ok() bool { return len(c.Problems) == 0 }

func (c *check) problem(format string, a ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, a...))
}

// reply is a check together with what the SDK answered.
type reply struct {
	*check
	session  *session
	response response
}

// call makes one call and opens its check. The name is the rule the check proves.
func (s *session) call(call, name string, a args) *reply {
	c := &check{Call: call, Name: name, Offered: true, args: a}
	s.checks = append(s.checks, c)
	r := &reply{check: c, session: s, response: s.driver.call(call, a)}
	if why := r.response.Unsupported; why != "" {
		c.Offered, c.Why = false, why
	}
	if crash := r.response.Crash; crash != "" {
		c.problem("the SDK broke: %s", crash)
	}
	return r
}

// answered reports whether there is a result to look at; an API error is noted.
func (r *reply) answered() bool {
	if !r.Offered || !r.ok() {
		return false
	}
	if e := r.response.Error; e != nil {
		r.problem("unexpected %s", describe(e))
		return false
	}
	return true
}

// succeeds checks only that the call did not fail.
func (r *reply) succeeds() *reply {
	r.answered()
	return r
}

// has checks the result against what it must hold at least.
func (r *reply) has(want obj) *reply {
	if r.answered() {
		r.Problems = append(r.Problems, match(r.lacks(), "", want, r.response.Result, true)...)
	}
	return r
}

// lacks is what the SDK's types do not have in the result of this call.
func (r *reply) lacks() []string {
	var lacks []string
	for _, l := range r.session.driver.hello.Lacks {
		call, path, limited := strings.Cut(l, ":")
		switch {
		case !limited:
			lacks = append(lacks, l)
		case call == r.Call:
			lacks = append(lacks, path)
		}
	}
	return lacks
}

// lists checks a page: the members at key, in order, and the total. Several keys,
// separated by commas, make names joined by a slash. A want of several names,
// separated by spaces, stands for as many elements in any order.
func (r *reply) lists(key string, total int, want ...string) *reply {
	if !r.answered() {
		return r
	}
	page, ok := r.response.Result.(map[string]any)
	if !ok {
		r.problem("the result is no list: %v", r.response.Result)
		return r
	}
	data, _ := page["data"].([]any)
	var got []string
	for _, element := range data {
		var names []string
		for k := range strings.SplitSeq(key, ",") {
			names = append(names, r.session.nameOf(text(dig(element, k))))
		}
		got = append(got, strings.Join(names, "/"))
	}
	if !sameOrder(got, want) {
		r.problem("listed %v, want %v", got, want)
	}
	if n, ok := page["total_count"]; ok && n != float64(total) {
		r.problem("total is %v, want %d", n, total)
	}
	return r
}

// fails checks that the call failed, and how. Param is the parameter the first
// error is about, "" for none.
func (r *reply) fails(status int, code roster.Code, param string) *reply {
	if !r.Offered || !r.ok() {
		return r
	}
	e := r.response.Error
	if e == nil {
		r.problem("succeeded, want %d %s", status, code)
		return r
	}
	if e.Status != status || len(e.Errors) == 0 || e.Errors[0].Code != string(code) {
		r.problem("%s, want %d %s", describe(e), status, code)
		return r
	}
	if !slices.Contains(r.session.driver.hello.Errors, e.Type) {
		r.problem("raised a %s", e.Type)
	}
	if !traceID.MatchString(e.TraceID) {
		r.problem("trace id is %q", e.TraceID)
	}
	first := e.Errors[0]
	if first.Message == "" || first.LongMessage == "" {
		r.problem("the messages are %q and %q", first.Message, first.LongMessage)
	}
	if got := text(first.Meta["param_name"]); got != param {
		r.problem("the error is about parameter %q, want %q", got, param)
	}
	return r
}

// alsoAbout checks that the failure names a further parameter.
func (r *reply) alsoAbout(param string) *reply {
	if !r.Offered || !r.ok() {
		return r
	}
	for _, e := range r.response.Error.Errors[1:] {
		if text(e.Meta["param_name"]) == param {
			return r
		}
	}
	r.problem("no further error is about %s: %s", param, describe(r.response.Error))
	return r
}

var traceID = regexp.MustCompile(`^[0-9a-f]{32}$`)

// as remembers the result's id under a name of the scenario.
func (r *reply) as(name string) *reply {
	if id := r.id(); id != "" {
		r.session.cast[name] = id
	}
	return r
}

// get is a member of the result, by a dotted path.
func (r *reply) get(path string) string { return text(dig(r.response.Result, path)) }

func (r *reply) id() string { return text(dig(r.response.Result, "id")) }

// nameOf is the scenario's name of an id, or the value itself.
func (s *session) nameOf(id string) string {
	for name, known := range s.cast {
		if known == id {
			return name
		}
	}
	return id
}

// nextMillisecond returns once the clock, whose precision is the one of the
// directory's times, has moved on; what is made afterwards sorts later.
func nextMillisecond() {
	time.Sleep(time.Until(time.Now().Truncate(time.Millisecond).Add(time.Millisecond)))
}

func describe(e *apiError) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d", e.Type, e.Status)
	for _, one := range e.Errors {
		fmt.Fprintf(&b, " [%s %v: %s]", one.Code, one.Meta, one.LongMessage)
	}
	return b.String()
}
