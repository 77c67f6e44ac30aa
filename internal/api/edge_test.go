package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

const testTrace = "0123456789abcdef0123456789abcdef"

// edge is a server whose requests all end as fn says, and its log.
func edge(t *testing.T, registry prometheus.Registerer, fn handler) (*server, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	clock := time.Unix(0, 0)
	s := New(nil, Options{
		Logger:  slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Metrics: registry,
		Now:     func() time.Time { clock = clock.Add(1500 * time.Microsecond); return clock },
		TraceID: func() string { return testTrace },
	}).(*server)
	s.handle = s.recovered(fn)
	return s, &log
}

func ask(h http.Handler, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, target, nil))
	return w
}

func TestAnswer_failures(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		err    error
		status int
		codes  []roster.Code
		retry  string
		logged string // besides the request's line; "" for nothing
	}{
		{"of the catalogue", roster.ErrAlreadyAMember.New("user_x"), 400, []roster.Code{roster.CodeAlreadyAMember}, "", ""},
		{"wrapped", fmt.Errorf("deep down: %w", roster.ErrSlugsDisabled.New()), 403, []roster.Code{roster.CodeOrganizationSlugsDisabled}, "", ""},
		{"several", roster.Errors{roster.ErrParamMissing.On("a"), roster.ErrParamNil.On("b")}, 422, []roster.Code{roster.CodeParamMissing, roster.CodeParamNil}, "", ""},
		{"out of time", fmt.Errorf("read: %w", context.DeadlineExceeded), 503, []roster.Code{roster.CodeServiceUnavailable}, "1", "deadline"},
		{"interrupted", timed(context.Background(), time.Now(), func(context.Context) error { return errors.New("interrupted") }), 503, []roster.Code{roster.CodeServiceUnavailable}, "1", "deadline"},
		{"refused in time's last moment", timed(context.Background(), time.Now(), func(context.Context) error { return roster.ErrSlugsDisabled.New() }), 403, []roster.Code{roster.CodeOrganizationSlugsDisabled}, "", ""},
		{"store unavailable", fmt.Errorf("write: %w", store.ErrUnavailable), 503, []roster.Code{roster.CodeServiceUnavailable}, "1", "unavailable"},
		{"anything else", errors.New("the disk is on fire"), 500, []roster.Code{roster.CodeInternalError}, "", "the disk is on fire"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, log := edge(t, nil, func(*exchange, http.ResponseWriter, *http.Request) (any, error) { return nil, tt.err })
			w := ask(s, "GET", "/v1/users")
			if w.Code != tt.status || w.Header().Get("Retry-After") != tt.retry {
				t.Errorf("status %d, Retry-After %q; want %d, %q", w.Code, w.Header().Get("Retry-After"), tt.status, tt.retry)
			}
			var at int
			for _, code := range tt.codes {
				i := strings.Index(w.Body.String()[at:], `"code":"`+string(code)+`"`)
				if i < 0 {
					t.Fatalf("%s lacks %s", w.Body, code)
				}
				at += i
			}
			if strings.Contains(w.Body.String(), "fire") {
				t.Errorf("the cause is told: %s", w.Body)
			}
			if lines := strings.Count(log.String(), "\n"); (tt.logged == "") != (lines == 1) || !strings.Contains(log.String(), tt.logged) {
				t.Errorf("log:\n%s", log)
			}
		})
	}
}

func TestAnswer_envelope(t *testing.T) {
	t.Parallel()
	s, _ := edge(t, nil, func(*exchange, http.ResponseWriter, *http.Request) (any, error) {
		return nil, &roster.Error{Status: 422, Message: "is <b>", LongMessage: "a & b\xff", Code: "some_code", Meta: &roster.Meta{ParamName: "p"}}
	})
	w := ask(s, "GET", "/v1/users")
	want := `{"errors":[{"message":"is \u003cb\u003e","long_message":"a \u0026 b` + "\ufffd" + `","code":"some_code","meta":{"param_name":"p"}}],"clerk_trace_id":"` + testTrace + `"}`
	if diff := cmp.Diff(want, w.Body.String()); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	wantHeader := http.Header{
		"Content-Type": {"application/json"}, "Content-Length": {fmt.Sprint(len(want))},
		"X-Clerk-Trace-Id": {testTrace}, "Clerk-Trace-Id": {testTrace},
	}
	if diff := cmp.Diff(wantHeader, w.Header()); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
}

func TestAnswer_values(t *testing.T) {
	t.Parallel()
	s, _ := edge(t, nil, func(*exchange, http.ResponseWriter, *http.Request) (any, error) {
		return roster.Membership{PublicMetadata: roster.Metadata(`{"z":"<&>","a":1.50,"n":12345678901234567890}`)}, nil
	})
	body := ask(s, "GET", "/").Body.String()
	if want := `"public_metadata":{"z":"\u003c\u0026\u003e","a":1.50,"n":12345678901234567890}`; !strings.Contains(body, want) {
		t.Errorf("%s lacks %s", body, want)
	}
	if !strings.HasSuffix(body, "}") {
		t.Errorf("%q ends with more than the value", body)
	}
}

func TestAnswer_what_cannot_be_encoded_is_an_internal_error(t *testing.T) {
	t.Parallel()
	s, log := edge(t, nil, func(*exchange, http.ResponseWriter, *http.Request) (any, error) { return make(chan int), nil })
	w := ask(s, "GET", "/v1/users")
	if w.Code != 500 || !strings.Contains(w.Body.String(), testTrace) {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("log:\n%s", log)
	}
}

func TestAnswer_nobody_waits_for(t *testing.T) {
	t.Parallel()
	s, log := edge(t, nil, func(_ *exchange, _ http.ResponseWriter, r *http.Request) (any, error) {
		return nil, timed(r.Context(), time.Now().Add(time.Minute), func(context.Context) error { return errors.New("interrupted") })
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/v1/users", nil))
	if w.Code != 503 {
		t.Errorf("status is %d", w.Code)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "level=INFO") || !strings.Contains(log.String(), "status=499") {
		t.Errorf("log:\n%s", log)
	}
}

func TestRecovered(t *testing.T) {
	t.Parallel()
	s, log := edge(t, nil, func(*exchange, http.ResponseWriter, *http.Request) (any, error) { panic("a bug") })
	w := ask(s, "GET", "/v1/users")
	if w.Code != 500 || strings.Contains(w.Body.String(), "bug") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "panic: a bug") || !strings.Contains(log.String(), "edge_test.go") || !strings.Contains(log.String(), testTrace) {
		t.Errorf("log:\n%s", log)
	}
}

func TestObserve_one_line_without_secrets(t *testing.T) {
	t.Parallel()
	s, log := edge(t, nil, func(x *exchange, _ http.ResponseWriter, _ *http.Request) (any, error) {
		x.route, x.caller.InstanceID = &routes[0], "ins_1"
		return []string{}, nil
	})
	r := httptest.NewRequest("GET", "/v1/organization_memberships?query=secret", strings.NewReader("secret"))
	r.Header.Set("Authorization", "Bearer secret")
	r.Header.Set("X-Clerk-Trace-Id", "secret")
	s.ServeHTTP(httptest.NewRecorder(), r)
	got := log.String()
	for _, want := range []string{"method=GET", "route=/v1/organization_memberships", "status=200", "duration_ms=1.5", "bytes=2", "trace_id=" + testTrace, "instance_id=ins_1"} {
		if !strings.Contains(got, want) {
			t.Errorf("log lacks %s:\n%s", want, got)
		}
	}
	if strings.Contains(got, "secret") || strings.Count(got, "\n") != 1 {
		t.Errorf("log:\n%s", got)
	}
}

func TestObserve_metrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	s, _ := edge(t, registry, func(x *exchange, _ http.ResponseWriter, r *http.Request) (any, error) {
		if r.URL.Path == "/v1/organization_memberships" {
			x.route = &routes[0]
			return "", nil
		}
		return nil, roster.ErrPathNotFound.New("/")
	})
	ask(s, "GET", "/v1/organization_memberships")
	ask(s, "GET", "/v1/organization_memberships")
	ask(s, "GET", "/nothing")
	got := ask(Manage(nil, registry), "GET", "/metrics").Body.String()
	for _, want := range []string{
		`roster_http_requests_total{method="GET",route="/v1/organization_memberships",status="2xx"} 2`,
		`roster_http_requests_total{method="",route="",status="4xx"} 1`,
		`roster_http_request_seconds_count{method="GET",route="/v1/organization_memberships"} 2`,
		`roster_http_request_seconds_bucket{method="GET",route="/v1/organization_memberships",le="0.001"} 0`,
		`roster_http_request_seconds_bucket{method="GET",route="/v1/organization_memberships",le="0.0025"} 2`,
		`roster_http_requests_total{method="POST",route="/v1/users",status="5xx"} 0`,
	} {
		if !strings.Contains(got, want+"\n") {
			t.Errorf("metrics lack %s", want)
		}
	}
}
