package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
)

func TestHeaders(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		options        []Option
		version, agent string
	}{
		{"defaults", nil, string(roster.VersionMetadataEndpoints), "roster-go"},
		{"another version", []Option{WithVersion(roster.VersionOldest)}, "2021-02-05", "roster-go"},
		{"no version", []Option{WithVersion("")}, "", "roster-go"},
		{"another user agent", []Option{WithUserAgent("payroll/2")}, string(roster.VersionMetadataEndpoints), "payroll/2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got http.Header
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got = r.Header.Clone()
				_, _ = io.WriteString(w, "{}")
			}))
			defer srv.Close()
			c := New(" "+key+"\n", append(tt.options, WithBaseURL(srv.URL))...)
			defer c.CloseIdleConnections()
			if _, err := c.Users.Get(t.Context(), "user_1"); err != nil {
				t.Fatal(err)
			}
			if got.Get("Clerk-API-Version") != tt.version || got.Get("User-Agent") != tt.agent || got.Get("Authorization") != "Bearer "+key {
				t.Errorf("headers %v", got)
			}
		})
	}
}

func TestDefaultBaseURL(t *testing.T) {
	t.Parallel()
	if got, want := New(key).String(), "client of https://api.clerk.com/v1"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
}

// An id that is missing must never turn a request into another one, such as the
// deletion of a member into that of the organization.
func TestUnusableInputIsRefusedBeforeSending(t *testing.T) {
	t.Parallel()
	c, requests := newServer(t, "{}")
	for _, id := range []string{"", ".", ".."} {
		for name, call := range map[string]func() error{
			"organization_id": func() error {
				_, err := c.OrganizationMemberships.Create(t.Context(), id, roster.CreateMembership{})
				return err
			},
			"user_id": func() error {
				_, err := c.OrganizationMemberships.Delete(t.Context(), "org_1", id)
				return err
			},
			"session_id": func() error {
				_, err := c.Sessions.Revoke(t.Context(), id)
				return err
			},
		} {
			if err := call(); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s %q: error %v, want one that names it", name, id, err)
			}
		}
	}
	if _, err := c.OrganizationMemberships.List(t.Context(), "org_1", roster.MembershipQuery{OrganizationID: roster.Only("org_2")}); err == nil {
		t.Error("a filter that the list does not have is accepted")
	}
	after := roster.Paging{StartingAfter: "x"}
	if _, err := c.Organizations.List(t.Context(), roster.OrganizationQuery{Paging: after}); !errors.Is(err, ErrNoCursor) {
		t.Errorf("organizations by cursor: %v", err)
	}
	if _, err := c.Sessions.List(t.Context(), roster.SessionQuery{Paging: after}); !errors.Is(err, ErrNoCursor) {
		t.Errorf("sessions by cursor: %v", err)
	}
	if len(*requests) != 0 {
		t.Errorf("sent %v", *requests)
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "127.0.0.1:8787/v1", "ftp://x/v1", "http://", "http://x/v1?a=b", "http://[::1", "/v1"} {
		if _, err := New(key, WithBaseURL(url)).Users.Get(t.Context(), "user_1"); err == nil || !strings.Contains(err.Error(), "base URL") {
			t.Errorf("base URL %q: %v", url, err)
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Clerk's own API ignores what it does not know, so Roster's additions must not
// reach it.
func TestAdditionsAreRefusedForClerk(t *testing.T) {
	t.Parallel()
	sent := 0
	never := &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) { sent++; return nil, errors.New("sent") })}
	c := New(key, WithHTTPClient(never), WithCursor(), WithRetries(0))
	ctx := t.Context()
	after := roster.Paging{StartingAfter: "x"}
	for name, call := range map[string]func() error{
		"get membership": func() error { _, err := c.OrganizationMemberships.Get(ctx, "o", "u"); return err },
		"list cursor": func() error {
			_, err := c.OrganizationMemberships.List(ctx, "o", roster.MembershipQuery{Paging: after})
			return err
		},
		"user list cursor": func() error { _, err := c.OrganizationMemberships.ListForUser(ctx, "u", after); return err },
		"instance list filter": func() error {
			_, err := c.OrganizationMemberships.ListInstance(ctx, roster.MembershipQuery{Role: []string{"org:admin"}})
			return err
		},
	} {
		if err := call(); !errors.Is(err, ErrRosterOnly) {
			t.Errorf("%s: %v, want ErrRosterOnly", name, err)
		}
	}
	if sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
	if _, err := c.OrganizationMemberships.ListInstance(ctx, roster.MembershipQuery{OrderBy: roster.Asc("username"), Paging: roster.Paging{Limit: 1, Offset: 1}}); errors.Is(err, ErrRosterOnly) || sent == 0 {
		t.Errorf("what Clerk knows is refused: %v", err)
	}
}

func TestTheKeyIsNeverPrinted(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	defer srv.Close()
	for _, url := range []string{srv.URL, gone.URL, "http://[::1", "https://user:password@127.0.0.1:1/v1"} {
		c := New(key, WithBaseURL(url), WithRetries(0))
		_, err := c.Users.Get(t.Context(), "user_1")
		if err == nil {
			t.Errorf("%s: no error", url)
		}
		for _, v := range []any{c, *c, c.OrganizationMemberships, c.Users, err} {
			var out strings.Builder
			slog.New(slog.NewTextHandler(&out, nil)).Info("client", "value", v)
			for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
				fmt.Fprintf(&out, format, v)
			}
			for _, secret := range []string{key, fmt.Sprintf("%x", key), "password"} {
				if strings.Contains(out.String(), secret) {
					t.Errorf("printing the %T of %s shows %q", v, url, secret)
				}
			}
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	followed := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed = true }))
	defer other.Close()
	srv := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer srv.Close()
	var res *roster.ErrorResponse
	if _, err := New(key, WithBaseURL(srv.URL)).Users.Delete(t.Context(), "user_1"); !errors.As(err, &res) || res.Status != 307 || followed {
		t.Errorf("error %v, followed %v", err, followed)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"id":"`+r.URL.Path[len("/users/"):]+`"}`)
	}))
	defer srv.Close()
	c := New(key, WithBaseURL(srv.URL))
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			id := fmt.Sprint("user_", i)
			if u, err := c.Users.Get(context.Background(), id); err != nil || u.ID != id {
				t.Errorf("%s: %+v, %v", id, u, err)
			}
		})
	}
	wg.Wait()
}
