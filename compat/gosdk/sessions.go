package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/clerk/clerk-sdk-go/v2/client"
	"github.com/clerk/clerk-sdk-go/v2/jwks"
	"github.com/clerk/clerk-sdk-go/v2/jwttemplate"
	"github.com/clerk/clerk-sdk-go/v2/session"
	"github.com/go-jose/go-jose/v3"
)

var sessionCalls = map[string]function{
	"sessions.create": {"session.Create", plain(session.Create)},
	"sessions.list":   {"session.List", plain(session.List)},
	"sessions.get":    {"session.Get", only(session.Get, "session_id")},
	"sessions.revoke": {"session.Revoke", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return session.Revoke(ctx, &session.RevokeParams{ID: w["session_id"]})
	}, "session_id")},
	"sessions.token":          {"session.CreateToken", call(createToken, "session_id")},
	"sessions.template_token": {"session.CreateToken", call(createToken, "session_id", "template_name")},
	"sessions.verify": {"session.Verify", call(func(ctx context.Context, w path, p *session.VerifyParams) (any, error) {
		p.ID = w["session_id"]
		return session.Verify(ctx, p) //nolint:staticcheck // deprecated, and called by old applications
	}, "session_id")},

	"clients.list":   {"client.List", plain(listClients)},
	"clients.get":    {"client.Get", only(client.Get, "client_id")},
	"clients.verify": {"client.Verify", plain(client.Verify)},

	"jwt_templates.create": {"jwttemplate.Create", plain(jwttemplate.Create)},
	"jwt_templates.list":   {"jwttemplate.List", plain(jwttemplate.List)},
	"jwt_templates.get":    {"jwttemplate.Get", only(jwttemplate.Get, "template_id")},
	"jwt_templates.update": {"jwttemplate.Update", with(jwttemplate.Update, "template_id")},
	"jwt_templates.delete": {"jwttemplate.Delete", only(jwttemplate.Delete, "template_id")},

	"jwks.get": {"jwks.Get", call(getKeys)},
}

// listClients says that the SDK decodes an object, where the document has a list. An
// error it can read.
func listClients(ctx context.Context, p *client.ListParams) (any, error) {
	list, err := client.List(ctx, p)
	if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) {
		return nil, unsupportedError("decodes an object from what is documented as a list")
	}
	return list, err
}

// getKeys shows RSA keys, which the SDK decodes for its verifier, in the wire's form.
func getKeys(ctx context.Context, _ path, p *jwks.GetParams) (any, error) {
	set, err := jwks.Get(ctx, p)
	if err != nil {
		return nil, err
	}
	keys := []jose.JSONWebKey{}
	for _, k := range set.Keys {
		keys = append(keys, jose.JSONWebKey{Key: k.Key, KeyID: k.KeyID, Algorithm: k.Algorithm, Use: k.Use})
	}
	return map[string]any{"keys": keys}, nil
}

// createToken makes a token by a template if one is named.
func createToken(ctx context.Context, w path, p *session.CreateTokenParams) (any, error) {
	p.ID, p.TemplateName = w["session_id"], w["template_name"]
	return session.CreateToken(ctx, p)
}
