package client_test

import (
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/rostertest"
)

func provokeTokens(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client()
	over := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: w.strangerID}))(t)
	must(c.Sessions.Revoke(ctx, over.ID))(t)
	on := func(section, code string, call func() error) { calls[section+" "+code] = call }
	on("SessionsCreateToken", "resource_not_found", func() error { return second(c.Sessions.CreateToken(ctx, "sess_none", roster.CreateToken{})) })
	on("SessionsCreateToken", "authentication_invalid", func() error { return second(c.Sessions.CreateToken(ctx, over.ID, roster.CreateToken{})) })
	on("SessionsCreateToken", "form_param_value_invalid", func() error {
		return second(c.Sessions.CreateToken(ctx, w.sessionID, roster.CreateToken{ExpiresInSeconds: roster.Value[int64](29)}))
	})
	on("JWKSGet", "clerk_key_invalid", func() error { return second(srv.ClientOf("sk_test_x").JWKS.Get(ctx)) })
}
