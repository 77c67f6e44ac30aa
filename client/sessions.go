package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// Sessions are the sign-ins of users.
type Sessions struct{ t *transport }

const (
	sessions      = "/sessions"
	oneSession    = "/sessions/{session_id}"
	sessionRevoke = "/sessions/{session_id}/revoke"
	sessionTokens = "/sessions/{session_id}/tokens"

	sessionTemplateTokens = "/sessions/{session_id}/tokens/{template_name}"
	sessionRefresh        = "/sessions/{session_id}/refresh"
	sessionRefreshTokens  = "/sessions/{session_id}/refresh_tokens"
	sessionVerify         = "/sessions/{session_id}/verify"
)

// Create signs a user in, on development instances only.
//
// Codes: resource_not_found (user), organization_not_found_or_unauthorized,
// request_invalid_for_environment, user_banned.
func (s Sessions) Create(ctx context.Context, in roster.CreateSession) (*roster.Session, error) {
	return call[roster.Session](ctx, s.t, operation{method: http.MethodPost, path: sessions, body: in})
}

// List reads one page of sessions, newest first. Clerk wants UserID or ClientID.
// The list has no cursor: StartingAfter is ErrNoCursor.
func (s Sessions) List(ctx context.Context, q roster.SessionQuery) (*roster.Page[roster.Session], error) {
	op := operation{method: http.MethodGet, path: sessions, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	op.query.Set("paginated", "true") // a bare array without a total otherwise
	return call[roster.Page[roster.Session]](ctx, s.t, op)
}

// All walks sessions, newest first, q.Limit at a time (500 unless given). It copes
// with sessions that come and go meanwhile, and ends with an error rather than leave
// one out, see ErrListChanged.
func (s Sessions) All(ctx context.Context, q roster.SessionQuery) iter.Seq2[roster.Session, error] {
	return walk[roster.Session]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Session], error) {
			q.Paging = p
			return s.List(ctx, q)
		},
		id:     func(s *roster.Session) string { return s.ID },
		paging: q.Paging,
		steady: true,
	}.all(ctx)
}

// Get reads a session.
//
// Codes: resource_not_found.
func (s Sessions) Get(ctx context.Context, sessionID string) (*roster.Session, error) {
	return call[roster.Session](ctx, s.t, operation{method: http.MethodGet, path: oneSession, ids: []string{sessionID}})
}

// Revoke ends a session.
//
// Codes: resource_not_found.
func (s Sessions) Revoke(ctx context.Context, sessionID string) (*roster.Session, error) {
	return call[roster.Session](ctx, s.t, operation{method: http.MethodPost, path: sessionRevoke, ids: []string{sessionID}})
}

// CreateToken makes a session token, a JWT that says who is signed in and what they
// may do in the organization that the session is in. It lives 60 seconds unless in
// says otherwise. From API version 2025-04-10 on it has the second format.
//
// Codes: resource_not_found, authentication_invalid (the session is over).
func (s Sessions) CreateToken(ctx context.Context, sessionID string, in roster.CreateToken) (*roster.Token, error) {
	return call[roster.Token](ctx, s.t, operation{method: http.MethodPost, path: sessionTokens, ids: []string{sessionID}, body: in})
}

// CreateTokenFromTemplate makes a token that claims what a JWT template says, by the
// template's name. It lives as long as the template says unless in says otherwise.
//
// Codes: resource_not_found (session or template), authentication_invalid (the
// session is over), form_param_exceeds_allowed_size (64 KiB of claims).
func (s Sessions) CreateTokenFromTemplate(ctx context.Context, sessionID, templateName string, in roster.CreateToken) (*roster.Token, error) {
	return call[roster.Token](ctx, s.t, operation{method: http.MethodPost, path: sessionTemplateTokens, ids: []string{sessionID, templateName}, body: in})
}

// CreateRefreshToken makes what an application gives a browser that it signed in: a
// session token for the application's origin, and the refresh token that gets further
// ones. Only a Roster server has this: ErrRosterOnly elsewhere.
//
// Codes: resource_not_found, authentication_invalid (the session is over), user_banned,
// form_param_missing, form_param_nil, form_param_format_invalid,
// form_param_value_invalid.
func (s Sessions) CreateRefreshToken(ctx context.Context, sessionID string, in roster.CreateRefreshToken) (*roster.RefreshToken, error) {
	op := operation{method: http.MethodPost, path: sessionRefreshTokens, ids: []string{sessionID}, body: in, addition: true}
	return call[roster.RefreshToken](ctx, s.t, op)
}

// Refresh asks for a new session token in the place of one that expired, with the
// refresh token that a browser was given at its sign-in.
//
// Codes, all with status 401: refresh_request_origin_invalid,
// expired_session_token_invalid, expired_session_token_missing_sid,
// refresh_sid_mismatch, expired_session_token_missing_azp,
// refresh_request_origin_azp_mismatch, session_refresh_session_not_found,
// session_refresh_inactive_session, session_refresh_session_token_ineligible,
// refresh_token_not_found.
func (s Sessions) Refresh(ctx context.Context, sessionID string, in roster.RefreshSession) (*roster.RefreshedSession, error) {
	return call[roster.RefreshedSession](ctx, s.t, operation{method: http.MethodPost, path: sessionRefresh, ids: []string{sessionID}, body: in})
}

// Verify reads a session if the token proves that somebody is signed in by it. API
// versions from 2025-04-10 on have no such operation: use the key set.
//
// Codes: resource_not_found, invalid_session_token, authentication_invalid (the
// session is over), operation_deprecated.
func (s Sessions) Verify(ctx context.Context, sessionID string, in roster.VerifyToken) (*roster.Session, error) {
	return call[roster.Session](ctx, s.t, operation{method: http.MethodPost, path: sessionVerify, ids: []string{sessionID}, body: in})
}
