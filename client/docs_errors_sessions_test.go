package client_test

import (
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
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

	large := must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value("large"), SkipPasswordRequirement: true, PublicMetadata: roster.Metadata(`{"a":"` + strings.Repeat("x", 8000) + `"}`)}))(t)
	verbose := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: large.ID}))(t)
	must(c.JWTTemplates.Create(ctx, roster.CreateJWTTemplate{Name: "verbose", Claims: roster.Metadata(`{"a":"` + strings.Repeat("{{user.public_metadata}}", 9) + `"}`)}))(t)
	template := func(section, session, name, code string, seconds int64) {
		on(section, code, func() error {
			return second(c.Sessions.CreateTokenFromTemplate(ctx, session, name, roster.CreateToken{ExpiresInSeconds: roster.Value(seconds)}))
		})
	}
	template("SessionsCreateTokenFromTemplate", w.sessionID, "none", "resource_not_found", 60)
	template("SessionsCreateTokenFromTemplate", over.ID, w.templateName, "authentication_invalid", 60)
	template("SessionsCreateTokenFromTemplate", w.sessionID, w.templateName, "form_param_value_invalid", 1)
	template("SessionsCreateTokenFromTemplate", verbose.ID, "verbose", "form_param_exceeds_allowed_size", 60)
	provokeVerify(t, on, srv, w, over)
	provokeTemplates(t, on, c, w)
}

func provokeVerify(t *testing.T, on func(section, code string, call func() error), srv *rostertest.Server, w world, over *roster.Session) {
	t.Helper()
	ctx, c := t.Context(), srv.Client()
	older := srv.Client(client.WithVersion("2024-10-01"))
	plain := must(c.Sessions.CreateTokenFromTemplate(ctx, w.sessionID, w.templateName, roster.CreateToken{}))(t).JWT
	expired := func(token string) roster.RefreshSession {
		return roster.RefreshSession{ExpiredToken: token, RefreshToken: "r", RequestOrigin: "https://example.com"}
	}
	refresh := func(code, session string, in roster.RefreshSession) {
		on("SessionsRefresh", code, func() error { return second(c.Sessions.Refresh(ctx, session, in)) })
	}
	refresh("form_param_nil", w.sessionID, roster.RefreshSession{})
	bad := expired("x")
	bad.Format = roster.Value("paper")
	refresh("form_param_value_invalid", w.sessionID, bad)
	bad = expired("x")
	bad.RequestOrigin = "here"
	refresh("refresh_request_origin_invalid", w.sessionID, bad)
	refresh("expired_session_token_invalid", w.sessionID, expired("x"))
	refresh("expired_session_token_missing_sid", w.sessionID, expired(plain))
	refresh("refresh_sid_mismatch", over.ID, expired(w.token()))
	refresh("expired_session_token_missing_azp", w.sessionID, expired(w.token()))
	give := func(id string, in roster.CreateRefreshToken) (*roster.RefreshToken, error) {
		return c.Sessions.CreateRefreshToken(ctx, id, in)
	}
	app := roster.CreateRefreshToken{Origin: "https://app.example"}
	refresh("refresh_request_origin_azp_mismatch", w.sessionID, expired(must(give(w.sessionID, app))(t).JWT))
	app.Origin = "https://example.com"
	refresh("refresh_token_not_found", w.sessionID, expired(must(give(w.sessionID, app))(t).JWT))
	brief := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: w.strangerID}))(t)
	refresh("session_refresh_inactive_session", brief.ID, expired(must(give(brief.ID, app))(t).JWT))
	must(c.Sessions.Revoke(ctx, brief.ID))(t)
	for code, in := range map[string]roster.CreateRefreshToken{
		"form_param_nil": {}, "form_param_format_invalid": {Origin: "app"},
		"form_param_value_invalid": {Origin: "https://app.example", ExpiresInSeconds: roster.Value[int64](1)},
	} {
		on("SessionsCreateRefreshToken", code, func() error { return second(give(w.sessionID, in)) })
	}
	on("SessionsCreateRefreshToken", "resource_not_found", func() error { return second(give("sess_none", app)) })
	on("SessionsCreateRefreshToken", "authentication_invalid", func() error { return second(give(over.ID, app)) })

	verify := func(by *client.Client, code, session, token string) {
		on("SessionsVerify", code, func() error {
			return second(by.Sessions.Verify(ctx, session, roster.VerifyToken{Token: roster.Value(token)}))
		})
	}
	ended := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: w.strangerID}))(t)
	last := must(c.Sessions.CreateToken(ctx, ended.ID, roster.CreateToken{}))(t).JWT
	must(c.Sessions.Revoke(ctx, ended.ID))(t)
	verify(older, "resource_not_found", "sess_none", last)
	verify(older, "invalid_session_token", w.sessionID, last)
	verify(older, "authentication_invalid", ended.ID, last)
	verify(c, "operation_deprecated", w.sessionID, last)
	on("ClientsList", "form_param_value_invalid", func() error {
		return second(c.Clients.List(ctx, roster.ClientQuery{Paging: roster.Paging{Limit: 501}}))
	})
	on("ClientsGet", "resource_not_found", func() error { return second(c.Clients.Get(ctx, "client_none")) })
	on("ClientsVerify", "form_param_nil", func() error { return second(c.Clients.Verify(ctx, roster.VerifyClient{})) })
	on("ClientsVerify", "invalid_session_token", func() error { return second(c.Clients.Verify(ctx, roster.VerifyClient{Token: "x"})) })
	on("ClientsVerify", "authentication_invalid", func() error { return second(c.Clients.Verify(ctx, roster.VerifyClient{Token: last})) })
}

func provokeTemplates(t *testing.T, on func(section, code string, call func() error), c *client.Client, w world) {
	t.Helper()
	ctx, none := t.Context(), roster.Metadata(`{}`)
	other := must(c.JWTTemplates.Create(ctx, roster.CreateJWTTemplate{Name: "other", Claims: none}))(t)
	for code, in := range map[string]roster.CreateJWTTemplate{
		"form_param_nil":                  {Claims: none},
		"form_param_format_invalid":       {Name: "a b", Claims: none},
		"form_param_max_length_exceeded":  {Name: strings.Repeat("a", 65), Claims: none},
		"form_already_exists":             {Name: w.templateName, Claims: none},
		"form_param_value_invalid":        {Name: "x", Claims: roster.Metadata(`{"a":"{{user.secrets}}"}`)},
		"form_param_exceeds_allowed_size": {Name: "x", Claims: roster.Metadata(`{"a":"` + strings.Repeat("x", 8200) + `"}`)},
		"jwt_template_reserved_claim":     {Name: "x", Claims: roster.Metadata(`{"sub":"me"}`)},
		"form_conditional_param_missing":  {Name: "x", Claims: none, CustomSigningKey: roster.Value(true)},
	} {
		on("JWTTemplatesCreate", code, func() error { return second(c.JWTTemplates.Create(ctx, in)) })
		on("JWTTemplatesUpdate", code, func() error { return second(c.JWTTemplates.Update(ctx, other.ID, roster.UpdateJWTTemplate(in))) })
	}
	on("JWTTemplatesList", "form_param_value_invalid", func() error {
		return second(c.JWTTemplates.List(ctx, roster.JWTTemplateQuery{Paging: roster.Paging{Limit: 501}}))
	})
	on("JWTTemplatesGet", "resource_not_found", func() error { return second(c.JWTTemplates.Get(ctx, "jtmp_none")) })
	on("JWTTemplatesUpdate", "resource_not_found", func() error {
		return second(c.JWTTemplates.Update(ctx, "jtmp_none", roster.UpdateJWTTemplate{Name: "x", Claims: none}))
	})
	on("JWTTemplatesDelete", "resource_not_found", func() error { return second(c.JWTTemplates.Delete(ctx, "jtmp_none")) })
}
