package api_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// replicated is a server that reads lists from a replica.
type replicated struct {
	*storetest.Pair
	t        *testing.T
	svc      *service.Service
	url, key string

	mu      sync.Mutex
	changed sync.Cond
	served  error // of the last list: nil if the replica served it
}

// newReplicated starts one with an instance that the replica has; with another
// replica than the pair's when one is named.
func newReplicated(t *testing.T, readURL string) *replicated {
	t.Helper()
	s := &replicated{Pair: storetest.Replicated(t), t: t}
	s.changed.L = &s.mu
	if readURL == "" {
		readURL = s.Replica
	}
	st, err := store.OpenWithReplica(t.Context(), s.Primary, store.Replica{URL: readURL, Observe: s.observe})
	if err != nil {
		t.Fatal(err)
	}
	s.svc = service.New(st, service.Options{})
	srv := httptest.NewServer(api.New(s.svc, api.Options{}))
	t.Cleanup(func() {
		srv.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	s.url = srv.URL
	if _, s.key, err = s.svc.CreateInstance(context.Background(), t.Name(), service.Development, ""); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *replicated) observe(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served = err
	s.changed.Broadcast()
}

// last is nil where the replica served the last list, else why it did not.
func (s *replicated) last() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served
}

// awaitList returns once a list, asked for by others, came from the replica or not.
func (s *replicated) awaitList(byReplica bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for (s.served == nil) != byReplica {
		s.changed.Wait()
	}
}

func (s *replicated) client(options ...client.Option) *client.Client {
	return client.New(s.key, append(options, client.WithBaseURL(s.url+"/v1"))...)
}

// answered is an answer and the position it came with.
type answered struct {
	status   int
	body     string
	position string
}

// send makes a request that has seen the given positions.
func (s *replicated) send(method, path, body string, seen ...string) answered {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.key)
	r.Header.Set("Content-Type", "application/json")
	r.Header[roster.HeaderPosition] = seen
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := io.ReadAll(res.Body)
	if err = errors.Join(err, res.Body.Close()); err != nil {
		s.t.Fatal(err)
	}
	return answered{res.StatusCode, string(text), res.Header.Get(roster.HeaderPosition)}
}

// createUser makes a user and returns its id and the position of the write.
func (s *replicated) createUser(name string) (id, position string) {
	s.t.Helper()
	a := s.send("POST", "/v1/users", `{"username":"`+name+`","skip_password_requirement":true}`)
	var u struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(a.body), &u); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("create user: %v, %d %s", err, a.status, a.body)
	}
	if _, err := roster.ParsePosition(a.position); err != nil {
		s.t.Errorf("a write answers with position %q", a.position)
	}
	return u.ID, a.position
}

// lists reports whether the list of users has an id, for a reader who has seen the
// given positions.
func (s *replicated) lists(id string, seen ...string) bool {
	s.t.Helper()
	a := s.send("GET", "/v1/users?limit=500", "", seen...)
	if a.status != http.StatusOK {
		s.t.Fatalf("list: %d %s", a.status, a.body)
	}
	return strings.Contains(a.body, id)
}

// settle returns once the replica serves a reader who has seen everything.
func (s *replicated) settle() {
	s.t.Helper()
	_, seen := s.createUser("settled." + strings.ToLower(s.key[len(s.key)-12:]))
	for served := errors.New("not asked"); served != nil; served = s.last() {
		if s.t.Context().Err() != nil {
			s.t.Fatal("the replica never served")
		}
		s.send("GET", "/v1/users/count", "", seen)
	}
}
