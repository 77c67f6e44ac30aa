package roster

import (
	"net/url"

	"github.com/go-json-experiment/json/jsontext"
)

// Session is one sign-in of a user. Times are Unix milliseconds.
type Session struct {
	Object                   string            `json:"object"`
	ID                       string            `json:"id"`
	UserID                   string            `json:"user_id"`
	ClientID                 string            `json:"client_id"`
	Actor                    jsontext.Value    `json:"actor"`
	Status                   string            `json:"status"`
	LastActiveOrganizationID *string           `json:"last_active_organization_id"`
	LastActiveAt             int64             `json:"last_active_at"`
	ExpireAt                 int64             `json:"expire_at"`
	AbandonAt                int64             `json:"abandon_at"`
	CreatedAt                int64             `json:"created_at"`
	UpdatedAt                int64             `json:"updated_at"`
	Tasks                    *[]jsontext.Value `json:"tasks,omitzero"`
}

// Session states.
const (
	SessionActive    = "active"
	SessionRevoked   = "revoked"
	SessionEnded     = "ended"
	SessionExpired   = "expired"
	SessionRemoved   = "removed"
	SessionAbandoned = "abandoned"
	SessionReplaced  = "replaced"
	SessionPending   = "pending"
)

// SessionStatuses are the values of the status filter.
var SessionStatuses = []string{SessionAbandoned, SessionActive, SessionEnded, SessionExpired, SessionPending, SessionRemoved, SessionReplaced, SessionRevoked}

// SessionQuery chooses sessions, newest first.
type SessionQuery struct {
	Paging
	ClientID string
	UserID   string
	Status   string
}

// Values is the query string of the list.
func (q SessionQuery) Values() url.Values {
	v := url.Values{}
	q.Paging.values(v)
	setText(v, "client_id", q.ClientID)
	setText(v, "user_id", q.UserID)
	setText(v, "status", q.Status)
	return v
}

// CreateSession signs a user in, on development instances only. UserID is
// required; ActiveOrganizationID must be one of the user's organizations.
type CreateSession struct {
	UserID               string        `json:"user_id"`
	ActiveOrganizationID Field[string] `json:"active_organization_id,omitzero"`
}

// CreateToken asks for a token of a session. ExpiresInSeconds is from
// MinTokenLifetime to MaxTokenLifetime.
type CreateToken struct {
	ExpiresInSeconds Field[int64] `json:"expires_in_seconds,omitzero"`
}

// Token is a signed JWT.
type Token struct {
	Object string `json:"object"`
	JWT    string `json:"jwt"`
}

// VerifyToken holds a token of the session that is verified.
type VerifyToken struct {
	Token Field[string] `json:"token,omitzero"`
}

// RefreshSession asks for a new token in the place of one that expired. All three
// texts are required; Format is token or cookie.
type RefreshSession struct {
	ExpiredToken         string              `json:"expired_token"`
	RefreshToken         string              `json:"refresh_token"`
	RequestOrigin        string              `json:"request_origin"`
	RequestHeaders       map[string][]string `json:"request_headers,omitzero"`
	Format               Field[string]       `json:"format,omitzero"`
	RequestOriginatingIP Field[string]       `json:"request_originating_ip,omitzero"`
}

// CreateRefreshToken asks for what a browser is given at its sign-in. Origin, that of
// the application, is required. ExpiresInSeconds, from MinTokenLifetime to
// MaxRefreshLifetime, is never longer than the session lives, which it is unless
// given.
type CreateRefreshToken struct {
	Origin           string       `json:"origin"`
	ExpiresInSeconds Field[int64] `json:"expires_in_seconds,omitzero"`
}

// MaxRefreshLifetime is how long, in seconds, a refresh token may be asked to live.
const MaxRefreshLifetime = 30 * 24 * 60 * 60

// RefreshToken is a refresh token of a session, for one origin, and a first session
// token for that origin. No other answer shows it. Times are Unix milliseconds.
type RefreshToken struct {
	Object       string `json:"object"`
	SessionID    string `json:"session_id"`
	Origin       string `json:"origin"`
	RefreshToken string `json:"refresh_token"`
	JWT          string `json:"jwt"`
	CreatedAt    int64  `json:"created_at"`
	ExpiresAt    int64  `json:"expires_at"`
}

// RefreshedSession is a new session token in one of two forms: Object token has it in
// JWT, Object cookies in Cookies, which are Set-Cookie directives.
type RefreshedSession struct {
	Object  string   `json:"object"`
	JWT     string   `json:"jwt,omitzero"`
	Cookies []string `json:"cookies,omitzero"`
}
