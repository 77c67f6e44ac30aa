package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/rosterhq/roster"
)

// keySetPath is where an issuer publishes its keys, below its address.
const keySetPath = "/.well-known/jwks.json"

// keySetAge says how long a verifier may keep the keys, in seconds. One that meets a
// token of a key it does not know asks again.
const keySetAge = "public, max-age=300"

// published answers with the public keys of an instance, at its issuer's address, or
// of the only instance at the root. Verifiers have no secret key.
func (s *server) published(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		path := r.URL.EscapedPath()
		below, found := strings.CutSuffix(path, keySetPath)
		instance := strings.TrimPrefix(below, "/")
		if !found || below == "/" || strings.HasPrefix(path, prefix+"/") || strings.Contains(instance, "/") {
			return next(x, w, r)
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			return nil, notAllowed(x, r.Method, []string{http.MethodGet, http.MethodHead})
		}
		var set *roster.JWKS
		err := timed(r.Context(), x.deadline, func(ctx context.Context) (err error) {
			set, err = s.svc.PublicJWKS(ctx, instance)
			return err
		})
		if err == nil {
			x.header["Cache-Control"] = []string{keySetAge}
		}
		return set, err
	}
}
