package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/rosterhq/roster/internal/service"
)

// endpoint reads what its operation takes and calls the service. The
// constructors below fit the shapes of the service's methods, by how many ids
// the path holds.
type endpoint func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error)

// serve reads the body, carries out the route's operation under a deadline, and
// prefers the path's 404 to problems with what else was sent.
func (s *server) serve(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
	in := newRequest(x.query, x.caller.Version, x.route.ids(r.URL))
	switch {
	case uploads[x.route.operation]:
		form, done, err := s.receive(x, w, r)
		if err != nil {
			return nil, err
		}
		defer done()
		in.form = form
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		body, err := readBody(r)
		if err != nil {
			return nil, err
		}
		in.content(body)
	}
	var value any
	err := timed(r.Context(), x.deadline, func(ctx context.Context) (err error) {
		value, err = x.route.endpoint(ctx, s.svc, x.caller, in)
		if len(in.problems) == 0 || in.misshapen() || x.route.within == nil {
			return err
		}
		if missing := x.route.within(ctx, s.svc, x.caller, in.ids); missing != nil {
			return missing
		}
		return err
	})
	return value, err
}

// timed runs fn under a deadline. Whatever an engine makes of an interruption,
// the error says that it was one.
func timed(ctx context.Context, deadline time.Time, fn func(context.Context) error) error {
	ctx, cancel := context.WithDeadline(ctx, deadline)
	defer cancel()
	err := fn(ctx)
	if err != nil && ctx.Err() != nil {
		err = errors.Join(ctx.Err(), err)
	}
	return err
}

// all is an operation on a whole collection.
func all[In, Out any](read func(*request) In, call func(*service.Service, context.Context, service.Caller, In) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		in := read(r)
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c, in)
	}
}

// whole is all without parameters.
func whole[Out any](call func(*service.Service, context.Context, service.Caller) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c)
	}
}

// silent is all with an answer that says nothing.
func silent[In any](read func(*request) In, call func(*service.Service, context.Context, service.Caller, In) error) endpoint {
	return all(read, func(s *service.Service, ctx context.Context, c service.Caller, in In) (nothing, error) {
		return nothing{}, call(s, ctx, c, in)
	})
}

// nothing is the answer of an operation that has none to give: 204, no body.
type nothing struct{}

// one is an operation on what one id names.
func one[In, Out any](read func(*request) In, call func(*service.Service, context.Context, service.Caller, string, In) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		in := read(r)
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c, r.ids[0], in)
	}
}

// two is an operation on what two ids name together.
func two[In, Out any](read func(*request) In, call func(*service.Service, context.Context, service.Caller, string, string, In) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		in := read(r)
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c, r.ids[0], r.ids[1], in)
	}
}

// just is one without parameters.
func just[Out any](call func(*service.Service, context.Context, service.Caller, string) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c, r.ids[0])
	}
}

// justTwo is two without parameters.
func justTwo[Out any](call func(*service.Service, context.Context, service.Caller, string, string) (Out, error)) endpoint {
	return func(ctx context.Context, s *service.Service, c service.Caller, r *request) (any, error) {
		if err := r.refused(); err != nil {
			return nil, err
		}
		return call(s, ctx, c, r.ids[0], r.ids[1])
	}
}
