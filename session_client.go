package roster

import "net/url"

// Client is a browser or device with the sessions it holds, newest first. Times are
// Unix milliseconds.
type Client struct {
	Object                     string    `json:"object"`
	ID                         string    `json:"id"`
	SessionIDs                 []string  `json:"session_ids"`
	Sessions                   []Session `json:"sessions"`
	SignInID                   *string   `json:"sign_in_id"`
	SignUpID                   *string   `json:"sign_up_id"`
	LastActiveSessionID        *string   `json:"last_active_session_id"`
	LastAuthenticationStrategy *string   `json:"last_authentication_strategy"`
	CreatedAt                  int64     `json:"created_at"`
	UpdatedAt                  int64     `json:"updated_at"`
}

// VerifyClient holds a token of one of the client's sessions; Token is required.
type VerifyClient struct {
	Token string `json:"token"`
}

// ClientQuery chooses clients, newest first.
type ClientQuery struct{ Paging }

// Values is the query string of the list.
func (q ClientQuery) Values() url.Values {
	v := url.Values{}
	q.Paging.values(v)
	return v
}
