package main

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/rosterhq/roster"
)

const unknownTemplate = "jtmp_000000000000000000000000000"

// claims checks what the token of the result claims. What proves a token is checked
// with the SDKs that verify them.
func (r *reply) claims(want obj) *reply {
	if !r.answered() {
		return r
	}
	parts := strings.Split(r.get("jwt"), ".")
	if len(parts) != 3 {
		r.problem("the token is %q", r.get("jwt"))
		return r
	}
	var got map[string]any
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err == nil {
		err = json.Unmarshal(payload, &got)
	}
	if err != nil {
		r.problem("the token's claims: %v", err)
		return r
	}
	exp, _ := got["exp"].(float64)
	iat, _ := got["iat"].(float64)
	got["lives"] = exp - iat
	r.Problems = append(r.Problems, match(nil, "claims", want, got, true)...)
	return r
}

func (s *session) manageTemplates() {
	create := func(name string, a args) *reply {
		nextMillisecond()
		return s.call("jwt_templates.create", name, a)
	}
	create("creates and answers with the whole template", args{"name": "hasura", "claims": obj{"role": "{{org.role}}", "Deep": obj{"fixedValue": []int{1, 2}}}, "lifetime": 90, "allowed_clock_skew": 10}).
		as("hasura").has(obj{
		"object": "jwt_template", "id": anID("jtmp_"), "name": "hasura", "claims": obj{"role": "{{org.role}}", "Deep": obj{"fixedValue": []int{1, 2}}},
		"lifetime": 90, "allowed_clock_skew": 10, "custom_signing_key": false, "signing_algorithm": "RS256", "created_at": now, "updated_at": now,
	})
	create("creates one without claims", args{"name": "plain", "claims": obj{}}).as("plain").has(obj{"claims": obj{}, "lifetime": 60, "allowed_clock_skew": 5})
	create("takes a key of its own", args{"name": "own", "claims": obj{}, "custom_signing_key": true, "signing_algorithm": "HS256", "signing_key": strings.Repeat("k", 32), "allowed_clock_skew": 9}).as("own").
		has(obj{"allowed_clock_skew": 9, "custom_signing_key": true, "signing_algorithm": "HS256"})
	create("refuses a key too short", args{"name": "short", "claims": obj{}, "custom_signing_key": true, "signing_algorithm": "HS256", "signing_key": "k"}).
		fails(422, roster.CodeParamValueInvalid, "signing_key")
	create("refuses a taken name", args{"name": "plain", "claims": obj{}}).fails(422, roster.CodeAlreadyExists, "name")
	create("refuses claims that every token carries", args{"name": "bad", "claims": obj{"sub": "me"}}).fails(400, roster.CodeReservedClaim, "claims")
	create("refuses a shortcode that means nothing", args{"name": "bad", "claims": obj{"a": "{{user.private_metadata}}"}}).fails(422, roster.CodeParamValueInvalid, "claims")
	create("refuses a life too short", args{"name": "bad", "claims": obj{}, "lifetime": 29}).fails(422, roster.CodeParamValueInvalid, "lifetime")
	s.call("jwt_templates.list", "lists newest first", args{}).has(obj{"data": first{"name": "own"}})
	s.call("jwt_templates.list", "pages by limit and offset", args{"limit": 1, "offset": 1}).lists(byID, s.templates(), "plain")
	s.call("jwt_templates.list", "lists without a total when told so", args{"paginated": false}).has(obj{"data": first{"name": "own"}})
	s.call("jwt_templates.get", "gets a template", args{"template_id": s.id("plain")}).has(obj{"id": s.id("plain"), "name": "plain", "claims": obj{}})
	s.call("jwt_templates.get", "refuses an unknown template", args{"template_id": unknownTemplate}).fails(404, roster.CodeResourceNotFound, "")
	s.call("jwt_templates.update", "changes what is given", args{"template_id": s.id("plain"), "name": "plainer", "claims": obj{}, "lifetime": 120}).
		has(obj{"id": s.id("plain"), "name": "plainer", "lifetime": 120, "updated_at": now})
	s.call("jwt_templates.update", "refuses a taken name", args{"template_id": s.id("plain"), "name": "own", "claims": obj{}}).fails(422, roster.CodeAlreadyExists, "name")
	s.call("jwt_templates.update", "refuses an unknown template", args{"template_id": unknownTemplate, "name": "x", "claims": obj{}}).fails(404, roster.CodeResourceNotFound, "")
	s.call("jwt_templates.update", "takes another key", args{
		"template_id": s.id("own"), "name": "own", "claims": obj{}, "allowed_clock_skew": 20, "custom_signing_key": true, "signing_algorithm": "HS512", "signing_key": strings.Repeat("k", 64),
	}).has(obj{"id": s.id("own"), "allowed_clock_skew": 20, "custom_signing_key": true, "signing_algorithm": "HS512"})
	s.call("jwt_templates.delete", "deletes and tells what was deleted", args{"template_id": s.id("own")}).has(obj{"object": "jwt_template", "id": s.id("own"), "deleted": true})
	s.call("jwt_templates.delete", "refuses an unknown template", args{"template_id": unknownTemplate}).fails(404, roster.CodeResourceNotFound, "")
}

// templates is how many there are: not all SDKs can give a template claims.
func (s *session) templates() int {
	if s.id("hasura") == "" {
		return 2
	}
	return 3
}

func (s *session) makeTokens() {
	s.call("sessions.create", "signs ann in", args{"user_id": s.id("ann")}).as("ann-1").has(obj{"status": roster.SessionActive})
	one := s.id("ann-1")
	s.call("sessions.token", "makes a token for a minute", args{"session_id": one}).has(obj{"object": "token"}).
		claims(obj{"sub": s.id("ann"), "sid": one, "iss": like("^http"), "lives": 60})
	s.call("sessions.token", "makes one that lives as long as asked", args{"session_id": one, "expires_in_seconds": 120}).claims(obj{"sid": one, "lives": 120})
	s.call("sessions.token", "refuses a life too short", args{"session_id": one, "expires_in_seconds": 29}).fails(422, roster.CodeParamValueInvalid, "expires_in_seconds")
	s.call("sessions.token", "refuses an unknown session", args{"session_id": unknownSession}).fails(404, roster.CodeResourceNotFound, "")
	s.call("sessions.template_token", "makes a token by a template", args{"session_id": one, "template_name": "plainer"}).has(obj{"object": "token"}).
		claims(obj{"sub": s.id("ann"), "lives": 120, "sid": absent})
	s.call("sessions.template_token", "makes one that lives as long as asked", args{"session_id": one, "template_name": "plainer", "expires_in_seconds": 300}).claims(obj{"lives": 300})
	if s.id("hasura") != "" {
		s.call("sessions.template_token", "makes the claims of a template", args{"session_id": one, "template_name": "hasura"}).
			claims(obj{"Deep": obj{"fixedValue": []int{1, 2}}, "role": like("^org:(admin|owner)$"), "lives": 90})
	}
	s.call("sessions.template_token", "refuses an unknown template", args{"session_id": one, "template_name": "nothing"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("sessions.template_token", "refuses an unknown session", args{"session_id": unknownSession, "template_name": "plainer"}).fails(404, roster.CodeResourceNotFound, "")
}

// verifyTokens plays what old versions of the API verified tokens by, which says
// that it is over, and what refreshes them, which is for browsers' tokens alone.
func (s *session) verifyTokens() {
	one := s.id("ann-1")
	jwt := s.call("sessions.token", "makes a token to come back with", args{"session_id": one, "expires_in_seconds": 3600}).get("jwt")
	s.call("sessions.verify", "says that it is over", args{"session_id": one, "token": jwt}).fails(410, roster.CodeOperationDeprecated, "")
	s.call("clients.verify", "finds the client of a token", args{"token": jwt}).has(obj{"object": "client", "id": anID("client_"), "session_ids": []string{one}})
	s.call("clients.verify", "refuses what is no token", args{"token": "x"}).fails(400, roster.CodeInvalidSessionToken, "")
	refresh := func(name, origin string, code roster.Code) {
		s.call("sessions.refresh", name, args{
			"session_id": one, "expired_token": jwt, "refresh_token": "r", "request_origin": origin, "format": "token",
			"request_originating_ip": "192.0.2.1", "request_headers": obj{"user-agent": []string{"browser"}},
		}).fails(401, code, "")
	}
	refresh("refuses a token that names no application", "https://app.example", roster.CodeExpiredTokenMissingParty)
	refresh("refuses what is no origin", "app", roster.CodeRefreshOriginInvalid)
	s.call("sessions.revoke", "signs ann out", args{"session_id": one}).has(obj{"status": roster.SessionRevoked})
	s.call("sessions.token", "refuses a session that is over", args{"session_id": one}).fails(401, roster.CodeAuthenticationInvalid, "")
	s.call("clients.verify", "refuses the token of a session that is over", args{"token": jwt}).fails(401, roster.CodeAuthenticationInvalid, "")
}

func (s *session) showClients() {
	s.call("sessions.create", "signs dee in", args{"user_id": s.id("dee")}).as("dee-1").has(obj{"status": roster.SessionActive})
	client := s.call("sessions.get", "names its client", args{"session_id": s.id("dee-1")}).get("client_id")
	s.call("clients.get", "gets a client", args{"client_id": client}).has(obj{
		"object": "client", "id": client, "session_ids": []string{s.id("dee-1")}, "sessions": []obj{{"id": s.id("dee-1"), "user_id": s.id("dee")}},
		"last_active_session_id": s.id("dee-1"), "sign_in_id": absent, "sign_up_id": absent, "created_at": now, "updated_at": now,
	})
	s.call("clients.get", "refuses an unknown client", args{"client_id": "client_000000000000000000000000000"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("clients.handshake_payload", "keeps nothing for browsers to fetch", args{"nonce": "n"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("clients.list", "lists newest first", args{"limit": 1}).has(obj{"data": []obj{{"id": client}}})
	s.call("clients.list", "lists without a total when told so", args{"limit": 1, "offset": 0, "paginated": false}).has(obj{"data": []obj{{"id": client}}})
}

func (s *session) showKeys() {
	s.call("jwks.get", "gets the key that tokens are signed with", args{}).
		has(obj{"keys": []obj{{"kid": anID("ins_"), "alg": "RS256", "use": "sig", "kty": "RSA", "n": like("^[0-9A-Za-z_-]{300,}$"), "e": "AQAB"}}})
}
