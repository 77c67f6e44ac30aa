package spectest

import (
	"bytes"
	"io"
	"net/http"
	"testing"
)

// Transport checks every answer that passes through it and fails the test on a
// wrong one. base nil means http.DefaultTransport.
func (c *Checker) Transport(tb testing.TB, base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	return transport{checker: c, tb: tb, base: base}
}

type transport struct {
	checker *Checker
	tb      testing.TB
	base    http.RoundTripper
}

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if closeErr := resp.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if err := t.checker.Check(r.Method, r.URL.Path, resp.StatusCode, body); err != nil {
		t.tb.Errorf("%v\nbody: %s", err, body)
	}
	return resp, nil
}
