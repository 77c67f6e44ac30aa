package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

// BlocklistIdentifiers are the identifiers that are kept out while the instance's
// restrictions say so.
type BlocklistIdentifiers struct{ t *transport }

const (
	blocklist    = "/blocklist_identifiers"
	oneBlocklist = "/blocklist_identifiers/{identifier_id}"
)

// List reads the whole block-list, newest first.
func (b BlocklistIdentifiers) List(ctx context.Context) (*roster.Page[roster.ListedIdentifier], error) {
	return call[roster.Page[roster.ListedIdentifier]](ctx, b.t, operation{method: http.MethodGet, path: blocklist})
}

// Create puts an identifier on the block-list. Users who have it stay.
//
// Codes: form_param_missing, form_param_nil, form_param_format_invalid,
// form_already_exists, quota_exceeded.
func (b BlocklistIdentifiers) Create(ctx context.Context, in roster.CreateBlocklistIdentifier) (*roster.ListedIdentifier, error) {
	return call[roster.ListedIdentifier](ctx, b.t, operation{method: http.MethodPost, path: blocklist, body: in})
}

// Delete takes an identifier off the block-list.
//
// Codes: resource_not_found.
func (b BlocklistIdentifiers) Delete(ctx context.Context, identifierID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, b.t, operation{method: http.MethodDelete, path: oneBlocklist, ids: []string{identifierID}})
}
