package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// AllowlistIdentifiers are the identifiers that alone are let in while the instance's
// restrictions say so.
type AllowlistIdentifiers struct{ t *transport }

const (
	allowlist    = "/allowlist_identifiers"
	oneAllowlist = "/allowlist_identifiers/{identifier_id}"
)

// List reads one page of the allow-list, newest first. The list has no cursor:
// StartingAfter is ErrNoCursor.
func (a AllowlistIdentifiers) List(ctx context.Context, q roster.AllowlistQuery) (*roster.Page[roster.ListedIdentifier], error) {
	op := operation{method: http.MethodGet, path: allowlist, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	op.query.Set("paginated", "true") // a bare array without a total otherwise
	return call[roster.Page[roster.ListedIdentifier]](ctx, a.t, op)
}

// All walks the allow-list, newest first, q.Limit at a time (500 unless given), as
// Sessions.All does.
func (a AllowlistIdentifiers) All(ctx context.Context, q roster.AllowlistQuery) iter.Seq2[roster.ListedIdentifier, error] {
	return walk[roster.ListedIdentifier]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.ListedIdentifier], error) {
			q.Paging = p
			return a.List(ctx, q)
		},
		id:     func(i *roster.ListedIdentifier) string { return i.ID },
		paging: q.Paging,
		steady: true,
	}.all(ctx)
}

// Create puts an identifier on the allow-list. A Roster server refuses Notify.
//
// Codes: form_param_missing, form_param_nil, form_param_format_invalid,
// form_already_exists, form_param_value_invalid (notify), quota_exceeded.
func (a AllowlistIdentifiers) Create(ctx context.Context, in roster.CreateAllowlistIdentifier) (*roster.ListedIdentifier, error) {
	return call[roster.ListedIdentifier](ctx, a.t, operation{method: http.MethodPost, path: allowlist, body: in})
}

// Delete takes an identifier off the allow-list. Users who have it stay.
//
// Codes: resource_not_found.
func (a AllowlistIdentifiers) Delete(ctx context.Context, identifierID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, a.t, operation{method: http.MethodDelete, path: oneAllowlist, ids: []string{identifierID}})
}
