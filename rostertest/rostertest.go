// Package rostertest starts a real Roster server inside a Go test: the same
// handler, rules and storage as the binary's, on a free loopback port and, unless
// WithDatabase names another, an empty database that goes with the test.
//
//	srv := rostertest.New(t)
//	org, err := srv.Client().Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme"})
//
// Every server is a world of its own, so tests may run in parallel. Point any
// other Clerk client at URL with SecretKey.
package rostertest

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

// Kinds of instances. On a production instance no sessions can be made.
const (
	Development = "development"
	Production  = "production"
)

// Server is a running server. It stops when the test ends, and its database goes
// unless the test brought it.
type Server struct {
	URL        string // base URL of the API, with /v1 and no trailing slash
	SecretKey  string // of the instance made by New, a development one
	InstanceID string

	svc *service.Service
}

// Option changes a server that New starts.
type Option func(*config)

type config struct {
	database   string
	now        func() time.Time
	log        *slog.Logger
	rateLimits bool
}

// WithDatabase makes the server use the database that url names, sqlite:PATH or
// postgres://USER@HOST/NAME, instead of a file that goes with the test. A file is
// made where there is none; a server's database must exist, and the server brings
// its tables up to date. What is in it stays, and each New adds an instance. Give
// one URL to two servers for two nodes of one directory: PostgreSQL serves many,
// a file those of one machine.
func WithDatabase(url string) Option { return func(c *config) { c.database = url } }

// WithClock makes the server take the time from now, which must be safe for
// concurrent use. Everything it writes then carries that time.
func WithClock(now func() time.Time) Option { return func(c *config) { c.now = now } }

// WithLogger makes the server log its requests.
func WithLogger(log *slog.Logger) Option { return func(c *config) { c.log = log } }

// WithRateLimits makes the server refuse, with 429 and Retry-After, what exceeds
// the rate limits Clerk publishes: 100 requests in 10 seconds on a development
// instance. Without it there are none.
func WithRateLimits() Option { return func(c *config) { c.rateLimits = true } }

// New starts a server with one development instance, or fails the test.
func New(t testing.TB, options ...Option) *Server {
	t.Helper()
	var c config
	for _, o := range options {
		o(&c)
	}
	if c.database == "" {
		path := filepath.Join(t.TempDir(), "roster.db")
		if err := store.NewFile(path); err != nil {
			t.Fatalf("make database: %v", err)
		}
		c.database = "sqlite:" + path
	}
	st, err := store.Open(context.Background(), c.database)
	if err != nil {
		t.Fatalf("open database: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("close database: %v", err)
		}
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	base := "http://" + l.Addr().String()
	s := &Server{URL: base + "/v1", svc: service.New(st, service.Options{Now: c.now, PublicURL: base})}
	serve(t, l, api.New(s.svc, api.Options{Logger: c.log, RateLimits: c.rateLimits}))
	s.InstanceID, s.SecretKey = s.instance(t, Development)
	return s
}

// Client is a client of the server's instance.
func (s *Server) Client(options ...client.Option) *client.Client {
	return s.ClientOf(s.SecretKey, options...)
}

// ClientOf is a client of another instance, by its key.
func (s *Server) ClientOf(secretKey string, options ...client.Option) *client.Client {
	return client.New(secretKey, append([]client.Option{client.WithBaseURL(s.URL)}, options...)...)
}

// NewInstance makes a further instance, Development or Production, and returns its
// secret key. Instances see nothing of each other.
func (s *Server) NewInstance(t testing.TB, environment string) (secretKey string) {
	t.Helper()
	_, secretKey = s.instance(t, environment)
	return secretKey
}

func (s *Server) instance(t testing.TB, environment string) (id, secretKey string) {
	t.Helper()
	inst, secretKey, err := s.svc.CreateInstance(context.Background(), t.Name(), environment, "")
	if err != nil {
		t.Fatalf("create instance: %v", err)
	}
	return inst.ID, secretKey
}

// serve answers on a socket until the test ends. It returns from the clean-up only
// when no request is under way, for the database closes next.
func serve(t testing.TB, l net.Listener, h http.Handler) {
	t.Helper()
	var requests sync.WaitGroup
	srv := api.NewServer(l.Addr().String(), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		defer requests.Done()
		h.ServeHTTP(w, r)
	}), nil)
	done := make(chan error, 1)
	go func() { done <- srv.Serve(api.Listener(l)) }()
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Errorf("stop server: %v", err)
		}
		if err := <-done; !errors.Is(err, http.ErrServerClosed) {
			t.Errorf("serve: %v", err)
		}
		requests.Wait()
	})
}
