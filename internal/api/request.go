package api

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
)

// maxProblems bounds how many problems one answer names, so that a small broken
// request cannot ask for a huge answer.
const maxProblems = 100

// request is what one operation was sent, read through typed readers. A reader
// that finds a problem notes it and returns the zero value; the operation runs
// only when nobody found any, so a client learns of all problems at once.
type request struct {
	ids      []string // of the path, decoded
	version  roster.Version
	query    query
	body     body
	form     *form // of an upload, nil otherwise
	problems roster.Errors
	names    *Route // where to note the names that are read; nil outside Routes

	array, arrayRead bool // the body is an array; a reader takes it for one
}

func newRequest(values url.Values, version roster.Version, ids []string) *request {
	r := &request{ids: ids, version: version}
	r.query = query{request: r, params: values}
	r.body = body{request: r}
	return r
}

// content takes in the parsed body.
func (r *request) content(c content) {
	r.body.fields, r.body.elements, r.array = c.fields, c.elements, c.array
}

// problem notes one.
func (r *request) problem(e *roster.Error) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, e)
	}
}

// refused is why the operation cannot run, nil when it can.
func (r *request) refused() error {
	if r.names != nil {
		return errListening
	}
	if r.misshapen() {
		return roster.ErrRequestBodyInvalid.New("it is an array, not an object")
	}
	return r.problems.Err()
}

// misshapen reports whether the body is an array that no reader takes.
func (r *request) misshapen() bool { return r.array && !r.arrayRead }

// errListening keeps a request that only listens from being carried out.
var errListening = roster.Errors{roster.ErrInternal.New()}

// sound reports whether text can be stored and compared: UTF-8 without NUL, which
// not every database engine takes.
func sound(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

// note adds a name once.
func note(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

func notAllowedValue(name, value string) *roster.Error {
	return roster.ErrParamNotAllowed.On(name, brief(value))
}

// maxEcho is how many bytes of a refused value an answer repeats.
const maxEcho = 200

func brief(value string) string {
	if len(value) <= maxEcho {
		return value
	}
	return strings.ToValidUTF8(value[:maxEcho], "") + "…"
}
