package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

// JWKS are the keys that verify session tokens.
type JWKS struct{ t *transport }

// Get reads the public keys of the instance. A verifier keeps them, and asks again
// when it meets a token of a key it does not know.
func (k JWKS) Get(ctx context.Context) (*roster.JWKS, error) {
	return call[roster.JWKS](ctx, k.t, operation{method: http.MethodGet, path: "/jwks"})
}
