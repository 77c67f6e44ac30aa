package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// Clients are browsers and devices, with the sessions they hold.
type Clients struct{ t *transport }

// List reads one page of clients, newest first. The list has no cursor:
// StartingAfter is ErrNoCursor.
func (c Clients) List(ctx context.Context, q roster.ClientQuery) (*roster.Page[roster.Client], error) {
	op := operation{method: http.MethodGet, path: "/clients", query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	op.query.Set("paginated", "true") // a bare array without a total otherwise
	return call[roster.Page[roster.Client]](ctx, c.t, op)
}

// All walks clients, newest first, q.Limit at a time (500 unless given), as
// Sessions.All does.
func (c Clients) All(ctx context.Context, q roster.ClientQuery) iter.Seq2[roster.Client, error] {
	return walk[roster.Client]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Client], error) {
			q.Paging = p
			return c.List(ctx, q)
		},
		id:     func(c *roster.Client) string { return c.ID },
		paging: q.Paging,
		steady: true,
	}.all(ctx)
}

// Get reads a client.
//
// Codes: resource_not_found.
func (c Clients) Get(ctx context.Context, clientID string) (*roster.Client, error) {
	return call[roster.Client](ctx, c.t, operation{method: http.MethodGet, path: "/clients/{client_id}", ids: []string{clientID}})
}

// Verify finds the client that holds the session of a session token.
//
// Codes: invalid_session_token, authentication_invalid (the session is over).
func (c Clients) Verify(ctx context.Context, in roster.VerifyClient) (*roster.Client, error) {
	return call[roster.Client](ctx, c.t, operation{method: http.MethodPost, path: "/clients/verify", body: in})
}
