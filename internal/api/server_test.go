package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
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
