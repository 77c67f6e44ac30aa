package api

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/spec"
)

const prefix = "/v1"

// methods are those an operation may have.
var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}

// route is one row of the route table: what is asked for, and what answers it.
// operation is the published document's operationId, or our own name for what is
// not in it. within is the resource the path names.
type route struct {
	method    string
	path      string // below /v1
	operation string
	within    presence
	endpoint  endpoint
}

// presence answers with the 404 of the resource a path names, where there is
// none.
type presence func(ctx context.Context, s *service.Service, c service.Caller, ids []string) error

func (x *exchange) pattern() string {
	if x.route == nil {
		return ""
	}
	return prefix + x.route.path
}

// table finds routes. The matching is net/http's; its answers to what does not
// match (redirects, plain text) never reach a client.
type table struct {
	mux    *http.ServeMux
	routes map[string]*route // by the pattern given to mux
}

func newTable(rows []route) *table {
	t := &table{mux: http.NewServeMux(), routes: map[string]*route{}}
	for i := range rows {
		pattern := rows[i].method + " " + prefix + rows[i].path
		for _, p := range []string{pattern, pattern + "/{$}"} { // one trailing slash is tolerated
			t.mux.Handle(p, http.NotFoundHandler())
			t.routes[p] = &rows[i]
		}
	}
	return t
}

// find is the route of a request, nil when there is none. The mux would redirect
// unclean paths, which no client of an API expects.
func (t *table) find(r *http.Request) *route {
	if unclean(r.URL) {
		return nil
	}
	_, pattern := t.mux.Handler(r)
	return t.routes[pattern]
}

func unclean(u *url.URL) bool {
	p := u.EscapedPath()
	return !strings.HasPrefix(p, "/") || strings.Contains(p, "//") || strings.Contains(p+"/", "/./") || strings.Contains(p+"/", "/../")
}

// methods are those the path of a request is served with.
func (t *table) methods(r *http.Request) []string {
	var out []string
	for _, m := range methods {
		probe := &http.Request{Method: m, URL: r.URL, Host: r.Host}
		if t.find(probe) != nil {
			out = append(out, m)
		}
	}
	return out
}

// ids are the decoded parameters of a path, in order. What cannot be an id
// becomes one that nothing has.
func (rt *route) ids(u *url.URL) []string {
	var ids []string
	segments := strings.Split(strings.TrimPrefix(u.EscapedPath(), prefix), "/")
	for i, name := range strings.Split(rt.path, "/") {
		if !strings.HasPrefix(name, "{") || i >= len(segments) {
			continue
		}
		id, err := url.PathUnescape(segments[i])
		if err != nil || !utf8.ValidString(id) || strings.ContainsRune(id, 0) {
			id = "\uFFFD"
		}
		ids = append(ids, id)
	}
	return ids
}

// routed carries out the operation the request asks for.
func (s *server) routed(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
	x.route = s.table.find(r)
	if x.route == nil {
		return nil, s.unrouted(x, r)
	}
	return s.serve(x, w, r)
}

// unrouted says why nothing serves a request: the operation is documented and
// missing here, the path knows other methods, or there is no such path.
func (s *server) unrouted(x *exchange, r *http.Request) error {
	path := r.URL.EscapedPath()
	if unclean(r.URL) {
		return roster.ErrPathNotFound.New(path)
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	allowed := s.table.methods(r)
	if below, ok := strings.CutPrefix(path, prefix); ok {
		op, documented, found := spec.Find(method, strings.TrimSuffix(below, "/"))
		if found {
			return roster.ErrNotImplemented.New(op.ID, op.Method, prefix+op.Path)
		}
		allowed = append(allowed, documented...)
	}
	if len(allowed) == 0 {
		return roster.ErrPathNotFound.New(path)
	}
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	return notAllowed(x, r.Method, slices.Compact(allowed))
}

func notAllowed(x *exchange, method string, allowed []string) error {
	list := strings.Join(allowed, ", ")
	x.header["Allow"] = []string{list}
	return roster.ErrMethodNotAllowed.New(fmt.Sprintf("%q", method), list)
}
