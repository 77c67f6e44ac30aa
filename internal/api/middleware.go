package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"github.com/rosterhq/roster"
)

// panicError is a panic on its way to the log.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// recovered turns a panic into an internal error, so that one request's bug
// stays that request's.
func (s *server) recovered(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (value any, err error) {
		defer func() {
			if p := recover(); p != nil {
				value, err = nil, &panicError{value: p, stack: debug.Stack()}
			}
		}()
		return next(x, w, r)
	}
}

// limited bounds what a request may make the server read.
func (s *server) limited(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		if len(r.RequestURI) > maxURLBytes {
			return nil, roster.ErrURITooLong.New(maxURLBytes)
		}
		x.body = r.Body
		r.Body = http.MaxBytesReader(w, r.Body, maxBodyBytes)
		return next(x, w, r)
	}
}

// authenticated lets only requests with a known secret key pass.
func (s *server) authenticated(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		key, err := bearer(r.Header)
		if err != nil {
			return nil, err
		}
		if err := s.identify(x, r, key); err != nil {
			return nil, err
		}
		x.caller.ClientIP = clientIP(r.RemoteAddr)
		x.caller.UserAgent = userAgent(r)
		value, err := next(x, w, r)
		if x.caller.Confirmed() || err != nil && unavailable(err) {
			return value, err
		}
		// What was refused before any transaction says nothing to who has no key.
		if stranger := timed(r.Context(), x.deadline, func(ctx context.Context) error {
			return s.svc.Confirm(ctx, x.caller)
		}); stranger != nil {
			return nil, stranger
		}
		return value, err
	}
}

// identify finds the caller with a key.
func (s *server) identify(x *exchange, r *http.Request, key string) error {
	var known bool
	if x.caller, known = s.svc.Recall(key); known {
		return nil
	}
	return timed(r.Context(), x.deadline, func(ctx context.Context) (err error) {
		x.caller, err = s.svc.Authenticate(ctx, key)
		return err
	})
}

// userAgent is the program that asks, briefly: every event repeats it.
func userAgent(r *http.Request) string {
	return brief(strings.ToValidUTF8(r.UserAgent(), "\uFFFD"))
}

// bearer is the secret key of a request.
func bearer(h http.Header) (string, error) {
	values := h["Authorization"]
	if len(values) != 1 {
		return "", roster.ErrAuthorizationHeader.New()
	}
	scheme, key, _ := strings.Cut(values[0], " ")
	key = strings.TrimSpace(key)
	if !strings.EqualFold(scheme, "Bearer") || key == "" {
		return "", roster.ErrAuthorizationHeader.New()
	}
	return key, nil
}

// clientIP is the host of the connection. Forwarding headers are not looked at:
// anybody can send them.
func clientIP(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return ""
	}
	return host
}

// versioned reads the query and the API version the request chose.
func (s *server) versioned(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		var err error
		x.query, err = url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return nil, roster.ErrMalformedParameters.New(queryProblem(err))
		}
		version, err := chosenVersion(r.Header["Clerk-Api-Version"], x.query["__clerk_api_version"])
		if err != nil {
			return nil, err
		}
		x.caller.Version = version
		x.header["Clerk-Api-Version"] = []string{string(version)}
		return next(x, w, r)
	}
}

func queryProblem(err error) string {
	var escape url.EscapeError
	if errors.As(err, &escape) {
		return fmt.Sprintf("%q is not a percent escape", string(escape))
	}
	return "parameters are separated by & only"
}

// chosenVersion is what header and query parameter say; together they may say it
// once.
func chosenVersion(header, query []string) (roster.Version, error) {
	switch {
	case len(header)+len(query) == 0:
		return roster.VersionOldest, nil
	case len(header) > 0 && len(query) > 0:
		return "", roster.ErrAPIVersionInvalid.New("it is given both as header and as query parameter")
	case len(header)+len(query) > 1:
		return "", roster.ErrAPIVersionInvalid.New("it is given more than once")
	}
	version := roster.Version(append(header, query...)[0])
	if !version.Known() {
		return "", roster.ErrAPIVersionInvalid.New(fmt.Sprintf("%q is none of %s", string(version), knownVersions()))
	}
	return version, nil
}

func knownVersions() string {
	names := make([]string, len(roster.Versions))
	for i, v := range roster.Versions {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}
