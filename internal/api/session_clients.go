package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// listing is the page of a list that comes in two forms.
type listing struct {
	roster.Paging
	paginated bool
}

func paginated(r *request) listing {
	return listing{Paging: r.query.page(), paginated: r.query.boolean("paginated").Or(false)}
}

// inForm is a page where one was asked for, else the bare array that older clients
// know.
func inForm[T any](call func(*service.Service, context.Context, service.Caller, roster.Paging) (roster.Page[T], error)) func(*service.Service, context.Context, service.Caller, listing) (any, error) {
	return func(s *service.Service, ctx context.Context, c service.Caller, in listing) (any, error) {
		page, err := call(s, ctx, c, in.Paging)
		if err != nil || in.paginated {
			return page, err
		}
		return page.Data, nil
	}
}

func verifyClient(r *request) roster.VerifyClient {
	defer r.body.closed()
	return roster.VerifyClient{Token: r.body.required("token")}
}
