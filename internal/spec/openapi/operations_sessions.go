package main

import "github.com/rosterhq/roster"

var (
	noSession   = []roster.Kind{roster.ErrSessionNotFound}
	deadSession = []roster.Kind{roster.ErrSessionNotActive}
)

var sessionOperations = map[string]operation{
	"createSession": {
		tag: sessions, summary: "Sign a user in, on development instances", body: roster.CreateSession{}, answers: "The new session.", result: roster.Session{},
		errors: join(noUser, []roster.Kind{roster.ErrParamMissing, roster.ErrActiveOrganization, roster.ErrRequestForEnvironment, roster.ErrUserBanned}),
	},
	"GetSessionList": {
		tag: sessions, summary: "List sessions, newest first", answers: "The sessions; with paginated=true a page that says how many match.",
		result: []roster.Session{}, alternative: roster.Page[roster.Session]{},
	},
	"GetSession":    {tag: sessions, summary: "Get a session", answers: "The session.", result: roster.Session{}, errors: noSession},
	"RevokeSession": {tag: sessions, summary: "Revoke a session", answers: "The revoked session.", result: roster.Session{}, errors: noSession},
	"CreateSessionToken": {
		tag: sessions, summary: "Make a token of an active session", body: roster.CreateToken{}, answers: "The signed token.", result: roster.Token{},
		errors: join(noSession, deadSession),
	},

	"CreateSessionTokenFromTemplate": {
		tag: sessions, summary: "Make a token of an active session by a JWT template", body: roster.CreateToken{}, answers: "The signed token.", result: roster.Token{},
		errors: join(noSession, noTemplate, deadSession, []roster.Kind{roster.ErrTokenTooLarge}),
	},
	"RefreshSession": {
		tag: sessions, summary: "Ask for a token in the place of an expired one", body: roster.RefreshSession{}, answers: "The signed token, or cookies with it.", result: roster.RefreshedSession{},
		errors: []roster.Kind{
			roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrRefreshOriginInvalid, roster.ErrExpiredTokenInvalid, roster.ErrExpiredTokenMissingSession,
			roster.ErrRefreshSessionMismatch, roster.ErrExpiredTokenMissingParty, roster.ErrRefreshOriginMismatch, roster.ErrRefreshSessionNotFound,
			roster.ErrRefreshSessionInactive, roster.ErrRefreshTokenIneligible, roster.ErrRefreshTokenNotFound,
		},
	},
	"CreateRefreshToken": {
		tag: sessions, summary: "Make a refresh token of an active session", body: roster.CreateRefreshToken{}, answers: "The refresh token and a session token.",
		result: roster.RefreshToken{}, errors: join(noSession, deadSession, []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrParamUnknown, roster.ErrUserBanned}),
	},
	"VerifySession": {
		tag: sessions, summary: "Verify a session by a token of it, before API version 2025-04-10", body: roster.VerifyToken{}, answers: "The session.", result: roster.Session{},
		errors: join(noSession, deadSession, []roster.Kind{roster.ErrSessionTokenInvalid, roster.ErrOperationDeprecated, roster.ErrParamUnknown}),
	},

	"GetClientList": {
		tag: clients, summary: "List clients, newest first", answers: "The clients; with paginated=true a page that says how many there are.",
		result: []roster.Client{}, alternative: roster.Page[roster.Client]{},
	},
	"GetClient": {tag: clients, summary: "Get a client", answers: "The client.", result: roster.Client{}, errors: []roster.Kind{roster.ErrClientNotFound}},
	"VerifyClient": {
		tag: clients, summary: "Find the client of a session token", body: roster.VerifyClient{}, answers: "The client.", result: roster.Client{},
		errors: join(noSession, deadSession, []roster.Kind{roster.ErrSessionTokenInvalid, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},
}
