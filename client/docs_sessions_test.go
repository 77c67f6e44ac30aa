package client_test

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/sessions.md about tokens, and of jwks.md.

func exampleSessionsCreateToken(ctx context.Context, c *client.Client, fmt *output, w world) error {
	sessionID := w.sessionID
	//
	token, err := c.Sessions.CreateToken(ctx, sessionID, roster.CreateToken{
		ExpiresInSeconds: roster.Value(int64(3600)),
	})
	if err != nil {
		return err
	}
	fmt.Println("Authorization: Bearer", token.JWT[:3]+"…")
	return nil
}

func exampleJWKSGet(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	set, err := c.JWKS.Get(ctx)
	if err != nil {
		return err
	}
	for _, key := range set.Keys {
		fmt.Println(key.Kty, key.Alg, key.Use)
	}
	return nil
}
