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
