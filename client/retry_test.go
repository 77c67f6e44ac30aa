package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

// step is what one attempt meets: an answer, or a broken connection (status 0).
type step struct {
	status     int
	retryAfter string
	err        error
}

var midnight = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

// scripted makes a client that meets the steps and then succeeds. It never sleeps:
// waits collects what it would have slept.
func scripted(steps []step, options ...Option) (c *Client, attempts *int, waits *[]time.Duration) {
	attempts, waits = new(int), new([]time.Duration)
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.Body != nil {
			if body, err := io.ReadAll(r.Body); err != nil || r.Method != http.MethodGet && string(body) != `{"role":"org:admin"}` {
				return nil, errors.New("the body was not sent whole again")
			}
		}
		s := step{status: 200}
		if *attempts < len(steps) {
			s = steps[*attempts]
		}
		*attempts++
		if s.err != nil {
			return nil, s.err
		}
		header := http.Header{"Content-Type": {"application/json"}}
		if s.retryAfter != "" {
			header.Set("Retry-After", s.retryAfter)
		}
		return &http.Response{StatusCode: s.status, Header: header, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	})
	c = New(key, append([]Option{WithBaseURL("http://roster.test/v1"), WithHTTPClient(&http.Client{Transport: transport})}, options...)...)
	c.t.now = func() time.Time { return midnight }
	c.t.retry.random = func() float64 { return 0.5 }
	c.t.sleep = func(ctx context.Context, d time.Duration) error {
		*waits = append(*waits, d)
		return ctx.Err()
	}
	return c, attempts, waits
}

type timeout struct{}

func (timeout) Error() string   { return "took too long" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }

func TestRetries(t *testing.T) {
	t.Parallel()
	const s, ms = time.Second, time.Millisecond
	broken := errors.New("connection reset by peer")
	tests := []struct {
		name     string
		steps    []step
		options  []Option
		read     []time.Duration // nil: the read fails at once
		write    []time.Duration
		readEnd  int // status of the final error, 0 none, -1 network
		writeEnd int
	}{
		{"no failure", nil, nil, nil, nil, 0, 0},
		{"429 is repeated for all methods", []step{{status: 429, retryAfter: "2"}}, nil, []time.Duration{2 * s}, []time.Duration{2 * s}, 0, 0},
		{"429 with a date", []step{{status: 429, retryAfter: midnight.Add(3 * s).Format(http.TimeFormat)}}, nil, []time.Duration{3 * s}, []time.Duration{3 * s}, 0, 0},
		{"429 without a header backs off", []step{{status: 429}, {status: 429}, {status: 429, retryAfter: "soon"}}, nil,
			[]time.Duration{187500 * time.Microsecond, 375 * ms, 750 * ms}, []time.Duration{187500 * time.Microsecond, 375 * ms, 750 * ms}, 0, 0},
		{"a date in the past backs off", []step{{status: 429, retryAfter: midnight.Add(-s).Format(http.TimeFormat)}}, nil, []time.Duration{187500 * time.Microsecond}, []time.Duration{187500 * time.Microsecond}, 0, 0},
		{"503 is repeated for reads only", []step{{status: 503, retryAfter: "1"}}, nil, []time.Duration{s}, nil, 0, 503},
		{"a broken connection is repeated for reads only", []step{{err: broken}}, nil, []time.Duration{187500 * time.Microsecond}, nil, 0, -1},
		{"a time-out is final", []step{{err: timeout{}}}, nil, nil, nil, -1, -1},
		{"500 is final", []step{{status: 500, retryAfter: "1"}}, nil, nil, nil, 500, 500},
		{"404 is final", []step{{status: 404}}, nil, nil, nil, 404, 404},
		{"the count is bounded", []step{{status: 429, retryAfter: "1"}, {status: 429, retryAfter: "1"}, {status: 429, retryAfter: "1"}, {status: 429, retryAfter: "1"}}, nil,
			[]time.Duration{s, s, s}, []time.Duration{s, s, s}, 429, 429},
		{"retries can be turned off", []step{{status: 429, retryAfter: "1"}}, []Option{WithRetries(0)}, nil, nil, 429, 429},
		{"a longer wait than allowed is final", []step{{status: 429, retryAfter: "31"}}, nil, nil, nil, 429, 429},
		{"the longest wait can be changed", []step{{status: 429, retryAfter: "31"}}, []Option{WithMaxWait(time.Minute)}, []time.Duration{31 * s}, []time.Duration{31 * s}, 0, 0},
		{"an absurd wait is final", []step{{status: 429, retryAfter: "9223372036854775807"}}, nil, nil, nil, 429, 429},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, attempts, waits := scripted(tt.steps, tt.options...)
			_, err := c.Users.Get(t.Context(), "user_1")
			checkRetries(t, "read", err, tt.readEnd, *attempts, *waits, tt.read)
			c, attempts, waits = scripted(tt.steps, tt.options...)
			_, err = c.OrganizationMemberships.Update(t.Context(), "org_1", "user_1", roster.UpdateMembership{Role: "org:admin"})
			checkRetries(t, "write", err, tt.writeEnd, *attempts, *waits, tt.write)
		})
	}
}

func checkRetries(t *testing.T, kind string, err error, end, attempts int, waits, want []time.Duration) {
	t.Helper()
	if diff := cmp.Diff(want, waits); diff != "" {
		t.Errorf("%s waits (-want +got):\n%s", kind, diff)
	}
	if attempts != len(want)+1 {
		t.Errorf("%s: %d attempts, want %d", kind, attempts, len(want)+1)
	}
	got := 0
	var res *roster.ErrorResponse
	switch {
	case errors.As(err, &res):
		got = res.Status
	case err != nil:
		got = -1
	}
	if got != end {
		t.Errorf("%s ends with %v, want status %d", kind, err, end)
	}
}

func TestRetriesStopWithTheContext(t *testing.T) {
	t.Parallel()
	t.Run("a wait beyond the deadline returns the error at once", func(t *testing.T) {
		t.Parallel()
		c, attempts, waits := scripted([]step{{status: 429, retryAfter: "20"}})
		c.t.now = time.Now
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := c.Users.Get(ctx, "user_1")
		checkRetries(t, "read", err, 429, *attempts, *waits, nil)
	})
	t.Run("a context that ends while waiting is reported with the cause", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c, attempts, _ := scripted([]step{{status: 429, retryAfter: "20"}})
			c.t.sleep = sleep
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(5*time.Second, cancel)
			start := time.Now()
			_, err := c.Users.Get(ctx, "user_1")
			var res *roster.ErrorResponse
			if !errors.Is(err, context.Canceled) || !errors.As(err, &res) || *attempts != 1 {
				t.Errorf("error %v after %d attempts", err, *attempts)
			}
			if took := time.Since(start); took != 5*time.Second {
				t.Errorf("gave up after %v, want 5s", took)
			}
		})
	})
	t.Run("an ended context makes no attempt more", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		c, attempts, _ := scripted([]step{{err: errors.New("broken")}})
		broken := c.t.http.Transport
		c.t.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) { cancel(); return broken.RoundTrip(r) })
		if _, err := c.Users.Get(ctx, "user_1"); err == nil || *attempts != 1 {
			t.Errorf("error %v after %d attempts", err, *attempts)
		}
	})
	t.Run("the wait is real time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c, _, _ := scripted([]step{{status: 503, retryAfter: "7"}})
			c.t.sleep = sleep
			start := time.Now()
			if _, err := c.Users.Get(t.Context(), "user_1"); err != nil || time.Since(start) != 7*time.Second {
				t.Errorf("error %v after %v", err, time.Since(start))
			}
		})
	})
}

func TestBackOffIsBounded(t *testing.T) {
	t.Parallel()
	for _, random := range []float64{0, 0.999} {
		r := retry{longest: 2 * time.Second, random: func() float64 { return random }}
		for attempt := range 200 {
			if d := r.backOff(attempt); d <= 0 || d > r.longest {
				t.Fatalf("back-off %d is %v", attempt, d)
			}
		}
	}
}

// An answer that breaks off is no answer: a read is repeated, a write is not, and
// never is half of it decoded.
func TestBrokenAnswer(t *testing.T) {
	t.Parallel()
	hits := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		hits++
		if hits%2 == 1 {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `{"id":"user_`)
			return
		}
		_, _ = io.WriteString(w, `{"id":"user_1"}`)
	}))
	defer srv.Close()
	c := New(key, WithBaseURL(srv.URL))
	c.t.sleep = func(context.Context, time.Duration) error { return nil }
	if u, err := c.Users.Get(t.Context(), "user_1"); err != nil || u.ID != "user_1" || hits != 2 {
		t.Errorf("read: %+v, %v, %d requests", u, err, hits)
	}
	if _, err := c.Users.Ban(t.Context(), "user_1"); !errors.Is(err, io.ErrUnexpectedEOF) || hits != 3 {
		t.Errorf("write: %v, %d requests", err, hits)
	}
}
