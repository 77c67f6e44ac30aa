package client

import (
	"net/http"
	"time"

	"github.com/rosterhq/roster"
)

// Option changes a Client that New makes.
type Option func(*config)

type config struct {
	baseURL   string
	http      *http.Client
	version   roster.Version
	userAgent string
	retries   int
	maxWait   time.Duration
	cursor    bool
	remember  bool
}

// WithBaseURL sends the requests to another server. The URL includes /v1; a
// trailing slash does not matter.
func WithBaseURL(url string) Option { return func(c *config) { c.baseURL = url } }

// WithHTTPClient uses another HTTP client, its transport and time-out included.
// Without it, a request may take 30 seconds, each retry anew. Redirects are not
// followed unless h has a CheckRedirect of its own: this API has none, and
// following one could repeat a write elsewhere.
func WithHTTPClient(h *http.Client) Option { return func(c *config) { c.http = h } }

// WithVersion asks for another version of the API. The default is the newest one
// the types know, roster.VersionMetadataEndpoints; with "" none is asked for, and
// the server answers as the oldest.
func WithVersion(v roster.Version) Option { return func(c *config) { c.version = v } }

// WithUserAgent sends another User-Agent, which the server passes on in events.
func WithUserAgent(name string) Option { return func(c *config) { c.userAgent = name } }

// WithRetries bounds how often one call is repeated; 0 turns retries off. The
// default is 3. Only what cannot have happened is repeated: every request refused
// with 429, and reads that met a 503 or a broken connection.
func WithRetries(n int) Option { return func(c *config) { c.retries = n } }

// WithMaxWait bounds the wait before one retry, 30 seconds by default. An answer
// whose Retry-After asks for more is returned as the error at once.
func WithMaxWait(d time.Duration) Option { return func(c *config) { c.maxWait = d } }

// WithCursor lets the walks of memberships (All, AllInstance, AllForUser) use the
// cursor starting_after, which stays exact while the list changes in any order_by.
// Roster has it; api.clerk.com ignores the parameter on these lists, so there the
// walks end with ErrRosterOnly.
func WithCursor() Option { return func(c *config) { c.cursor = true } }
