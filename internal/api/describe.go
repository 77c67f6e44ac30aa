package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/spec"
)

// Route describes one operation that is served, for what is generated from the
// table. Query and Body are the names its reader looks at, in that order.
type Route struct {
	Method    string
	Pattern   string // with /v1; parameters in braces
	Operation string // the published operationId, or our own for extensions
	Extension bool   // not in the published document
	Query     []string
	Body      []string
	Form      bool // the body is a form with a file
}

// Routes describes the whole table. The names cannot drift from what is read:
// each reader runs once, over a request that only listens.
func Routes() []Route {
	out := make([]Route, len(routes))
	for i, rt := range routes {
		_, _, documented := spec.Find(rt.method, rt.path)
		out[i] = Route{Method: rt.method, Pattern: prefix + rt.path, Operation: rt.operation, Extension: !documented, Form: uploads[rt.operation]}
		listen := newRequest(nil, roster.VersionOldest, nil)
		listen.names = &out[i]
		// Such a request is always refused, so the service is never called.
		_, _ = rt.endpoint(context.Background(), nil, service.Caller{}, listen)
	}
	return out
}
