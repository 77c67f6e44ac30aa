package client

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	requestTimeout = 30 * time.Second
	// maxAnswer bounds an answer, in bytes. The largest honest one, a page of 500
	// memberships with full metadata, has about 17 MB.
	maxAnswer = 64 << 20
	// idleConnections kept per host; the standard library keeps 2, which makes
	// concurrent callers dial again and again.
	idleConnections = 64
)

// transport is the HTTP ritual: address, headers, retries, limits, errors.
type transport struct {
	base      *url.URL
	baseError error
	clerk     bool // the base is Clerk's own API, which lacks Roster's additions
	cursor    bool
	http      *http.Client
	header    func() http.Header // a function, which no print verb looks into: it knows the secret key
	retry     retry
	now       func() time.Time
	sleep     func(context.Context, time.Duration) error
	maxAnswer int64
	memory    memory
}

func newTransport(secretKey string, c config) *transport {
	t := &transport{
		cursor:    c.cursor,
		http:      newHTTPClient(c.http),
		retry:     retry{max: c.retries, longest: c.maxWait, random: rand.Float64},
		now:       time.Now,
		sleep:     sleep,
		maxAnswer: maxAnswer,
		memory:    memory{on: c.remember},
		header:    func() http.Header { return newHeader(secretKey, c) },
	}
	t.base, t.baseError = parseBase(c.baseURL)
	t.clerk = t.base.Hostname() == "api.clerk.com"
	return t
}

func newHeader(secretKey string, c config) http.Header {
	h := http.Header{
		"Authorization": {"Bearer " + strings.TrimSpace(secretKey)},
		"Accept":        {"application/json"},
		"User-Agent":    {c.userAgent},
	}
	if c.version != "" {
		h.Set("Clerk-API-Version", string(c.version))
	}
	return h
}

// parseBase never returns a nil URL.
func parseBase(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(text, "/"))
	if err != nil {
		return &url.URL{}, fmt.Errorf("client: base URL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return u, fmt.Errorf("client: base URL %q is not http(s)://host/v1", u.Redacted())
	}
	return u, nil
}

func newHTTPClient(given *http.Client) *http.Client {
	h := http.Client{Timeout: requestTimeout}
	if given != nil {
		h = *given
	} else if std, ok := http.DefaultTransport.(*http.Transport); ok {
		own := std.Clone()
		own.MaxIdleConnsPerHost = idleConnections
		h.Transport = own
	}
	if h.CheckRedirect == nil {
		h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return &h
}

// try makes one attempt. The error is a *roster.ErrorResponse, or a networkError
// when there is no whole answer.
func (t *transport) try(ctx context.Context, op operation, target string, body []byte) ([]byte, error) {
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	req, err := http.NewRequestWithContext(ctx, op.method, target, reader)
	if err != nil {
		return nil, fmt.Errorf("client: %v: %w", op, err)
	}
	req.Header = t.header()
	switch {
	case op.form != nil:
		req.Header.Set("Content-Type", "multipart/form-data; boundary="+formBoundary)
	case op.method != http.MethodGet && op.method != http.MethodDelete, body != nil:
		req.Header.Set("Content-Type", "application/json") // Clerk wants it even where there is no body
	}
	seen := t.memory.recall(req.Header)
	res, err := t.http.Do(req)
	if err != nil {
		return nil, networkError{fmt.Errorf("client: %v: %w", op, err)}
	}
	defer res.Body.Close()
	t.memory.learn(res.Header, seen)
	answer, err := io.ReadAll(io.LimitReader(res.Body, t.maxAnswer+1))
	switch {
	case err != nil:
		return nil, networkError{fmt.Errorf("client: %v: read answer: %w", op, err)}
	case int64(len(answer)) > t.maxAnswer:
		return nil, fmt.Errorf("client: %v: the answer has more than %d bytes", op, t.maxAnswer)
	case res.StatusCode < 200 || res.StatusCode > 299:
		return nil, newErrorResponse(res, answer, t.now())
	}
	return answer, nil
}
