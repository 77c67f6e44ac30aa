package client

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
)

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	const full = `{"errors":[{"message":"is missing","long_message":"l","code":"form_param_missing","meta":{"param_name":"role"}},` +
		`{"message":"m","long_message":"l2","code":"a_code_of_tomorrow","meta":{"something":[1]}}],"clerk_trace_id":"t1","meta":{}}`
	fullErrors := roster.Errors{
		{Status: 422, Code: roster.CodeParamMissing, Message: "is missing", LongMessage: "l", Meta: &roster.Meta{ParamName: "role"}},
		{Status: 422, Code: "a_code_of_tomorrow", Message: "m", LongMessage: "l2", Meta: &roster.Meta{}},
	}
	unreadable := func(status int, body string) roster.Errors {
		return roster.Errors{{Status: status, Code: CodeUnreadable, Message: http.StatusText(status), LongMessage: excerpt([]byte(body))}}
	}
	tests := []struct {
		name   string
		status int
		header http.Header
		body   string
		want   roster.ErrorResponse
	}{
		{"every failure is kept", 422, nil, full, roster.ErrorResponse{Status: 422, TraceID: "t1", Errors: fullErrors}},
		{"the trace id of the body counts", 422, http.Header{"X-Clerk-Trace-Id": {"h1"}}, full, roster.ErrorResponse{Status: 422, TraceID: "t1", Errors: fullErrors}},
		{"else that of the header", 502, http.Header{"X-Clerk-Trace-Id": {"h1"}, "Clerk-Trace-Id": {"h2"}}, "", roster.ErrorResponse{Status: 502, TraceID: "h1", Errors: unreadable(502, "")}},
		{"else that of the other header", 502, http.Header{"Clerk-Trace-Id": {"h2"}}, "", roster.ErrorResponse{Status: 502, TraceID: "h2", Errors: unreadable(502, "")}},
		{"a page of a proxy", 504, nil, "<html>\xff", roster.ErrorResponse{Status: 504, Errors: unreadable(504, "<html>\xff")}},
		{"JSON of somebody else", 404, nil, `{"error":"no"}`, roster.ErrorResponse{Status: 404, Errors: unreadable(404, `{"error":"no"}`)}},
		{"no errors in it", 400, nil, `{"errors":[],"clerk_trace_id":"t1"}`, roster.ErrorResponse{Status: 400, TraceID: "t1", Errors: unreadable(400, `{"errors":[],"clerk_trace_id":"t1"}`)}},
		{"a null for an error", 400, nil, `{"errors":[null]}`, roster.ErrorResponse{Status: 400, Errors: roster.Errors{{Status: 400, Code: CodeUnreadable}}}},
		{"a time to wait", 429, http.Header{"Retry-After": {"90"}}, full, roster.ErrorResponse{Status: 429, TraceID: "t1", RetryAfter: 90 * time.Second, Errors: roster.Errors{
			{Status: 429, Code: fullErrors[0].Code, Message: "is missing", LongMessage: "l", Meta: fullErrors[0].Meta},
			{Status: 429, Code: fullErrors[1].Code, Message: "m", LongMessage: "l2", Meta: &roster.Meta{}},
		}}},
		{"details of other forms", 400, nil, `{"errors":[{"message":"m","code":"a","meta":{"param_name":7,"param_names":["p"],"resets_in":1.5}},{"message":"n","code":"b","meta":[1]}]}`,
			roster.ErrorResponse{Status: 400, Errors: roster.Errors{
				{Status: 400, Code: "a", Message: "m", Meta: &roster.Meta{ParamNames: []string{"p"}}}, {Status: 400, Code: "b", Message: "n", Meta: &roster.Meta{}},
			}}},
		{"not modified is no answer either", 304, nil, "", roster.ErrorResponse{Status: 304, Errors: unreadable(304, "")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for name, values := range tt.header {
					w.Header()[name] = values
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer srv.Close()
			_, err := New(key, WithBaseURL(srv.URL), WithRetries(0)).Users.Get(t.Context(), "user_1")
			var got *roster.ErrorResponse
			if !errors.As(err, &got) {
				t.Fatalf("error %v is no *roster.ErrorResponse", err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if !errors.Is(err, tt.want.Errors[0].Code) {
				t.Errorf("errors.Is(%v, %s) = false", err, tt.want.Errors[0].Code)
			}
		})
	}
}

func TestUnreadableAnswersAreErrors(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{"no body": "", "a page": "<html>", "half": `{"id":"user_1"`, "another shape": `[]`, "two": `{}{}`} {
		c, _ := newServer(t, body)
		if u, err := c.Users.Get(t.Context(), "user_1"); err == nil || !strings.Contains(err.Error(), "GET /users/{user_id}") {
			t.Errorf("%s: %+v, %v", name, u, err)
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	t.Parallel()
	body := `{"id":"` + strings.Repeat("x", 100) + `"}`
	c, requests := newServer(t, body)
	c.t.maxAnswer = int64(len(body))
	if _, err := c.Users.Get(t.Context(), "user_1"); err != nil {
		t.Errorf("an answer as large as allowed: %v", err)
	}
	c.t.maxAnswer--
	if _, err := c.Users.Get(t.Context(), "user_1"); err == nil || !strings.Contains(err.Error(), "more than 108 bytes") || len(*requests) != 2 {
		t.Errorf("a larger one: %v, %d requests", err, len(*requests))
	}
}

func TestNetworkErrorsWrapTheirCause(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	_, err := New(key, WithBaseURL(gone.URL), WithRetries(0)).Users.Delete(t.Context(), "user_1")
	if op := new(net.OpError); !errors.As(err, &op) || op.Op != "dial" {
		t.Errorf("error %v does not wrap the dial", err)
	}
	if errors.As(err, new(*roster.ErrorResponse)) {
		t.Errorf("error %v pretends to be an answer", err)
	}
}

func TestBodiesThatCannotBeEncoded(t *testing.T) {
	t.Parallel()
	c, requests := newServer(t, "{}")
	_, err := c.OrganizationMemberships.Create(t.Context(), "org_1", roster.CreateMembership{PublicMetadata: roster.Metadata(`{"a":`)})
	if err == nil || len(*requests) != 0 {
		t.Errorf("metadata that is no JSON: %v, %d requests", err, len(*requests))
	}
}
