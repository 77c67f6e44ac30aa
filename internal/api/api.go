// Package api is the HTTP edge: it authenticates, decodes, calls the service and
// encodes. It holds the wire's rules (status codes, envelopes, query and body
// syntax) and none of the directory's.
package api

import (
	"crypto/rand"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// Limits of a request. The service has its own on what is stored.
const (
	maxHeaderBytes = 64 << 10
	maxURLBytes    = 32 << 10
	maxBodyBytes   = 1 << 20
)

// defaultTimeout is how long one request may take inside the service.
const defaultTimeout = 30 * time.Second

// Options are what the edge takes from its surroundings. The zero Options work.
type Options struct {
	Logger  *slog.Logger          // nil logs nothing
	Metrics prometheus.Registerer // nil measures nothing
	Now     func() time.Time      // measures durations; nil is time.Now
	TraceID func() string         // 32 lower-case hexadecimal digits; nil draws random ones
	Timeout time.Duration         // of one request in the service; 0 is 30 s

	RateLimits bool // refuse what exceeds Clerk's rate limits
}

// server is the edge of one service.
type server struct {
	svc     *service.Service
	log     *slog.Logger
	now     func() time.Time
	traceID func() string
	timeout time.Duration
	table   *table
	metrics *metrics
	rates   *rates        // nil for no limits
	uploads chan struct{} // bounds those read at once
	handle  handler
}

// exchange is one request on its way through the edge, and what is known of it
// so far.
type exchange struct {
	deadline time.Time   // when the service must be done, authentication included
	header   http.Header // of the answer
	query    url.Values
	trace    string
	body     io.ReadCloser // of the request, without its limit
	caller   service.Caller
	position roster.Position // what the client has seen, in the end by the answer too
	route    *route          // nil until one matches
	probe    bool            // of health, not a request of the API
}

// handler answers one request with a value to encode, or with an error.
type handler func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error)

// New is the API of a service: everything under /v1, and the probes /healthz and
// /readyz. Serve it with NewServer.
func New(svc *service.Service, o Options) http.Handler {
	s := &server{svc: svc, log: o.Logger, now: o.Now, traceID: o.TraceID, timeout: o.Timeout, table: newTable(routes), uploads: make(chan struct{}, maxUploads)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.traceID == nil {
		s.traceID = randomTraceID
	}
	if s.timeout == 0 {
		s.timeout = defaultTimeout
	}
	s.metrics = newMetrics(o.Metrics, routes)
	if o.RateLimits {
		s.rates = newRates()
	}
	// Outermost first. Authentication comes before routing: an unknown path tells
	// a stranger nothing.
	s.handle = s.recovered(s.limited(s.probed(s.published(s.pictured(s.redeemed(s.authenticated(s.rated(s.versioned(s.positioned(s.routed))))))))))
	return s
}

// ServeHTTP answers one request, whatever becomes of it, in the wire's form, and
// observes it.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := s.now()
	x := &exchange{header: w.Header(), trace: s.traceID(), deadline: time.Now().Add(s.timeout)}
	// An incoming trace id is not trusted: it would let a client forge log lines.
	x.header["X-Clerk-Trace-Id"] = []string{x.trace}
	x.header["Clerk-Trace-Id"] = x.header["X-Clerk-Trace-Id"]
	value, err := s.handle(x, w, r)
	status, size := s.answer(x, w, r, value, err)
	if status == http.StatusServiceUnavailable && r.Context().Err() != nil {
		status = statusClientGone
	}
	s.observe(x, r, status, size, s.now().Sub(began))
}

// statusClientGone is what is observed of a request whose client did not wait. No
// client sees it, and it is no failure of the server.
const statusClientGone = 499

func randomTraceID() string {
	var id [16]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}
