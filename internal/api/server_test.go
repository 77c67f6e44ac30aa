package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/rostertest"
)

// send sends one request and returns status, body and header.
func send(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func request(t *testing.T, srv *rostertest.Server, method, path string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, srv.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+srv.SecretKey)
	return r
}

// wantFailure holds an answer against the envelope.
func wantFailure(t *testing.T, resp *http.Response, body string, status int, code roster.Code) {
	t.Helper()
	var envelope roster.ErrorResponse
	if err := json.Unmarshal([]byte(body), &envelope); err != nil {
		t.Fatalf("%d, no envelope: %v\n%s", resp.StatusCode, err, body)
	}
	if resp.StatusCode != status || len(envelope.Errors) == 0 || envelope.Errors[0].Code != code {
		t.Errorf("got %d %s; want %d %s", resp.StatusCode, body, status, code)
	}
	if got := resp.Header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type is %q", got)
	}
	var id struct {
		Trace string `json:"clerk_trace_id"`
	}
	if err := json.Unmarshal([]byte(body), &id); err != nil || len(id.Trace) != 32 || id.Trace != resp.Header.Get("X-Clerk-Trace-Id") {
		t.Errorf("trace id is %q in the body, %q in the header", id.Trace, resp.Header.Get("X-Clerk-Trace-Id"))
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	const mb = 1 << 20
	big := `{"username":"` + strings.Repeat("a", mb) + `"}`

	t.Run("a long URL", func(t *testing.T) {
		resp, body := send(t, request(t, srv, "GET", "/users?query="+strings.Repeat("a", 33<<10), nil))
		wantFailure(t, resp, body, 414, roster.CodeRequestURITooLong)
	})
	t.Run("a long header", func(t *testing.T) {
		r := request(t, srv, "GET", "/users", nil)
		r.Header.Set("X-Filler", strings.Repeat("a", 72<<10))
		resp, body := send(t, r)
		wantFailure(t, resp, body, 431, roster.CodeRequestHeaderTooLarge)
	})
	t.Run("a header just short of it", func(t *testing.T) {
		r := request(t, srv, "GET", "/users", nil)
		r.Header.Set("X-Filler", strings.Repeat("a", 60<<10))
		if resp, body := send(t, r); resp.StatusCode != 200 {
			t.Errorf("%d %s", resp.StatusCode, body)
		}
	})
	for _, target := range []struct{ method, path string }{
		{"POST", "/users"}, {"DELETE", "/users/user_x"}, {"POST", "/sessions/sess_x/revoke"}, {"PUT", "/users/user_x/metadata"},
	} {
		t.Run("a big body to "+target.method+target.path, func(t *testing.T) {
			r := request(t, srv, target.method, target.path, strings.NewReader(big))
			r.Header.Set("Content-Type", "application/json")
			resp, body := send(t, r)
			wantFailure(t, resp, body, 413, roster.CodeRequestBodyTooLarge)
		})
		t.Run("a big body of unknown length to "+target.method+target.path, func(t *testing.T) {
			r := request(t, srv, target.method, target.path, io.MultiReader(strings.NewReader(big)))
			resp, body := send(t, r)
			wantFailure(t, resp, body, 413, roster.CodeRequestBodyTooLarge)
		})
	}
	t.Run("a body just short of it", func(t *testing.T) {
		r := request(t, srv, "POST", "/users", strings.NewReader(big[:mb-2]+`"}`))
		r.Header.Set("Content-Type", "application/json")
		resp, body := send(t, r)
		wantFailure(t, resp, body, 422, roster.CodeUsernameInvalidLength)
	})
}

func TestBodies_of_clients_that_send_none(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	user, err := srv.Client().Users.Create(context.Background(), roster.CreateUser{Username: roster.Value("ann.lee")})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		body io.Reader
		kind string
	}{
		{"nothing", nil, ""},
		{"nothing, as text", strings.NewReader(""), "text/plain; charset=utf-8"},
		{"nothing, as JSON", strings.NewReader(""), "application/json"},
		{"nothing, of unknown length", io.MultiReader(strings.NewReader("")), ""},
		{"null, of unknown length", io.MultiReader(strings.NewReader("null")), "application/json"},
		{"an empty object", strings.NewReader("{}"), "application/json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, target := range []string{"/ban", "/unban"} {
				r := request(t, srv, "POST", "/users/"+user.ID+target, tt.body)
				if tt.kind != "" {
					r.Header.Set("Content-Type", tt.kind)
				}
				if resp, body := send(t, r); resp.StatusCode != 200 {
					t.Errorf("%s: %d %s", target, resp.StatusCode, body)
				}
				tt.body = strings.NewReader("")
			}
		})
	}
	t.Run("a body without a type", func(t *testing.T) {
		r := request(t, srv, "POST", "/users/"+user.ID+"/ban", strings.NewReader("{}"))
		resp, body := send(t, r)
		wantFailure(t, resp, body, 415, roster.CodeUnsupportedContentType)
		if !strings.Contains(body, `\"application/octet-stream\"`) {
			t.Errorf("the type it is taken for is not named: %s", body)
		}
	})
	t.Run("a body with a GET is nobody's business", func(t *testing.T) {
		r := request(t, srv, "GET", "/users/"+user.ID, strings.NewReader("x"))
		if resp, body := send(t, r); resp.StatusCode != 200 {
			t.Errorf("%d %s", resp.StatusCode, body)
		}
	})
}

func TestAuthorization_given_twice(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	r := request(t, srv, "GET", "/users", nil)
	r.Header.Add("Authorization", "Bearer "+srv.SecretKey)
	resp, body := send(t, r)
	wantFailure(t, resp, body, 401, roster.CodeAuthorizationHeaderFormatInvalid)
}

// What net/http refuses by itself, before any handler, is in the envelope too.
func TestListener_refusals(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	host := strings.TrimSuffix(strings.TrimPrefix(srv.URL, "http://"), "/v1")
	tests := []struct {
		name, raw string
		status    int
		code      roster.Code
	}{
		{"no HTTP at all", "hello\r\n\r\n", 400, roster.CodeBadRequest},
		{"a broken escape in the path", "GET /v1/users/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400, roster.CodeBadRequest},
		{"no host", "GET /v1/users HTTP/1.1\r\n\r\n", 400, roster.CodeBadRequest},
		{"a header without a colon", "GET /v1/users HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n", 400, roster.CodeBadRequest},
		{"an HTTP that is not spoken", "GET /v1/users HTTP/3.0\r\nHost: x\r\n\r\n", 505, roster.CodeBadRequest},
		{"an unknown transfer encoding", "POST /v1/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501, roster.CodeBadRequest},
		{"OPTIONS of the whole server", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 401, roster.CodeAuthorizationHeaderFormatInvalid},
		{"a known OPTIONS of the whole server", "OPTIONS * HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 404, roster.CodeResourceNotFound},
		{"a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 404, roster.CodeResourceNotFound},
		{"an absolute target", "DELETE http://x/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 405, roster.CodeMethodNotAllowed},
		{"a body that ends early", "POST /v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, roster.CodeRequestBodyInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := c.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(c, tt.raw); err != nil {
				t.Fatal(err)
			}
			resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "GET"})
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			wantFailure(t, resp, string(body), tt.status, tt.code)
		})
	}
}

// newService is a service on an empty database, and a key of its one instance.
func newService(t testing.TB) (svc *service.Service, st *store.Store, secretKey string) {
	t.Helper()
	st, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "roster.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	svc = service.New(st, service.Options{})
	_, secretKey, err = svc.CreateInstance(context.Background(), "test", service.Development, "")
	if err != nil {
		t.Fatal(err)
	}
	return svc, st, secretKey
}

func TestTimeout_is_a_503_to_try_again_after(t *testing.T) {
	t.Parallel()
	svc, _, key := newService(t)
	h := api.New(svc, api.Options{Timeout: time.Nanosecond})
	for _, method := range []string{"GET", "POST"} {
		r := httptest.NewRequest(method, "/v1/organizations", strings.NewReader(`{"name":"Acme"}`))
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		wantFailure(t, w.Result(), w.Body.String(), 503, roster.CodeServiceUnavailable)
		if got := w.Header().Get("Retry-After"); got != "1" {
			t.Errorf("%s: Retry-After is %q", method, got)
		}
	}
}

func TestProbes_tell_when_the_store_is_gone(t *testing.T) {
	t.Parallel()
	svc, st, _ := newService(t)
	registry := prometheus.NewRegistry()
	main, manage := api.New(svc, api.Options{}), api.Manage(svc, registry)
	probe := func(h http.Handler, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	for _, h := range []http.Handler{main, manage} {
		for _, path := range []string{"/healthz", "/readyz"} {
			if w := probe(h, path); w.Code != 200 {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	}
	w := probe(manage, "/v1/users")
	wantFailure(t, w.Result(), w.Body.String(), 404, roster.CodeResourceNotFound)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for _, h := range []http.Handler{main, manage} {
		if w := probe(h, "/healthz"); w.Code != 200 {
			t.Errorf("/healthz: %d %s", w.Code, w.Body)
		}
		w := probe(h, "/readyz")
		wantFailure(t, w.Result(), w.Body.String(), 503, roster.CodeServiceUnavailable)
	}
}

// FuzzRequest sends anything anywhere and expects JSON, and no failure of ours.
func FuzzRequest(f *testing.F) {
	svc, _, key := newService(f)
	h := api.New(svc, api.Options{})
	for _, rt := range api.Routes() {
		f.Add(rt.Method, strings.NewReplacer("{", "", "}", "").Replace(rt.Pattern), "limit=1&user_id=-a&order_by=-created_at", "", `{"name":"A","user_id":"b","role":"org:admin","public_metadata":{"a":null}}`)
	}
	f.Add("POST", "/v1/users", "%zz", "2026-05-12", `{"email_address":["a@b.co"],"public_metadata":"\ud800"}`)
	f.Fuzz(func(t *testing.T, method, path, query, version, body string) {
		r, err := http.NewRequest(method, "http://x/", strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		r.URL.Path, r.URL.RawQuery = path, query
		r.RequestURI, r.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:1"
		r.Header = http.Header{"Authorization": {"Bearer " + key}, "Content-Type": {"application/json"}}
		if version != "" {
			r.Header["Clerk-Api-Version"] = []string{version}
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != 501 || !json.Valid(w.Body.Bytes()) && method != "HEAD" {
			t.Errorf("%s %s?%s %q: %d %s", method, path, query, body, w.Code, w.Body)
		}
		if w.Code >= 400 && method != "HEAD" && !bytes.HasPrefix(w.Body.Bytes(), []byte(`{"errors":[{"message":`)) {
			t.Errorf("%s %s?%s: %d %s is no envelope", method, path, query, w.Code, w.Body)
		}
		if want := fmt.Sprint(w.Body.Len()); w.Header().Get("Content-Length") != want && method != "HEAD" {
			t.Errorf("Content-Length is %s, want %s", w.Header().Get("Content-Length"), want)
		}
	})
}
