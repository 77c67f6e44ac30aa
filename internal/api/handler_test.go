package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
)

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
