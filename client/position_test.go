package client_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// positions is a server that answers with the given positions, one a request, and
// notes those it is sent.
func positions(t *testing.T, answers ...string) (url string, sent *[]string) {
	t.Helper()
	sent = new([]string)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := len(*sent)
		*sent = append(*sent, r.Header.Get(roster.HeaderPosition))
		if answers[n] != "" {
			w.Header().Set(roster.HeaderPosition, answers[n])
		}
		_, _ = w.Write([]byte(`{"object":"total_count","total_count":0}`))
	}))
	t.Cleanup(srv.Close)
	return srv.URL, sent
}

const (
	early   = "00000000000000aa"
	late    = "00000000000000ab"
	unknown = "ffffffffffffffff"
)

func TestWithReadYourWrites(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ answers, sent []string }{
		"sends_the_latest":                    {[]string{early, late, ""}, []string{"", early, late}},
		"knows_no_position_at_first":          {[]string{"", "", early}, []string{"", "", ""}},
		"follows_a_server_that_lost_history":  {[]string{late, early, ""}, []string{"", late, early}},
		"is_not_stuck_with_an_unknown_one":    {[]string{unknown, late, ""}, []string{"", unknown, late}},
		"ignores_what_it_does_not_understand": {[]string{early, "tomorrow", ""}, []string{"", early, early}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, sent := positions(t, c.answers...)
			cl := client.New("sk_test_x", client.WithBaseURL(url), client.WithReadYourWrites())
			t.Cleanup(cl.CloseIdleConnections)
			for range c.answers {
				if _, err := cl.Users.Count(t.Context(), roster.UserQuery{}); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(*sent, c.sent) {
				t.Errorf("sent %q, want %q", *sent, c.sent)
			}
		})
	}
}

func TestClient_keeps_no_position_unasked(t *testing.T) {
	t.Parallel()
	url, sent := positions(t, early, late)
	cl := client.New("sk_test_x", client.WithBaseURL(url))
	t.Cleanup(cl.CloseIdleConnections)
	for range 2 {
		if _, err := cl.Users.Count(t.Context(), roster.UserQuery{}); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(*sent, []string{"", ""}) {
		t.Errorf("sent %q", *sent)
	}
}
