package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const liveKey = "sk_live_RosterTestKeyDoNotUseInProductionAtAll00000"

// at runs a command line against a server and returns how it ended.
func at(t *testing.T, url string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	out, errOut := &bytes.Buffer{}, &bytes.Buffer{}
	code = execute(t.Context(), append(args, "--base-url", url), out, errOut)
	return code, out.String(), errOut.String()
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	const refusal = `{"errors":[{"message":"m","long_message":"The thing is wrong.","code":"some_code"%s}],"clerk_trace_id":"trace"}`
	tests := []struct {
		status int
		header string
		body   string
		code   int
		want   string
	}{
		{200, "", `{"object":"user","id":"user_1"}`, 0, ""},
		{400, "", fmt.Sprintf(refusal, ""), exitRefused, "roster: The thing is wrong (some_code)\nhint: see roster users get --help\n"},
		{403, "", fmt.Sprintf(refusal, ""), exitRefused, "roster: The thing is wrong (some_code)\nhint: see roster users get --help\n"},
		{422, "", fmt.Sprintf(refusal, `,"meta":{"param_name":"slug"}`), exitRefused, "roster: The thing is wrong (slug: some_code)\nhint: see roster users get --help\n"},
		{401, "", fmt.Sprintf(refusal, ""), exitAuthentication, "roster: The thing is wrong (some_code)\nhint: is the secret key one of URL/v1? --secret-key or ROSTER_SECRET_KEY gives it\n"},
		{404, "", fmt.Sprintf(refusal, ""), exitNotFound, "roster: The thing is wrong (some_code)\nhint: roster users list shows what is there\n"},
		{404, "", "<html>", exitNotFound, "roster: The answer is not an error of this API; it begins \"<html>\" (unreadable_error)\nhint: does the base URL URL/v1 lead to the API?\n"},
		{429, "60", fmt.Sprintf(refusal, ""), exitBusy, "roster: The thing is wrong (some_code)\nhint: try again in 1m0s\n"},
		{503, "60", fmt.Sprintf(refusal, ""), exitBusy, "roster: The thing is wrong (some_code)\nhint: try again in 1m0s\n"},
		{501, "", fmt.Sprintf(refusal, ""), exitFailure, "roster: The thing is wrong (some_code)\nhint: this server does not have the operation\n"},
		{500, "", fmt.Sprintf(refusal, ""), exitFailure, "roster: The thing is wrong (some_code)\nhint: the server's log tells more of it, trace trace\n"},
		{200, "", `[`, exitFailure, "roster: client: GET /users/{user_id}: decode answer: "},
		{302, "", "", exitRefused, "roster: "},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.status, tt.header, tt.body[:min(len(tt.body), 1)]), func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if tt.header != "" {
					w.Header().Set("Retry-After", tt.header)
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			}))
			defer srv.Close()
			code, _, stderr := at(t, srv.URL, "users", "get", "user_1", "--secret-key", demoKey)
			if want := strings.ReplaceAll(tt.want, "URL/v1", srv.URL+"/v1"); code != tt.code || !strings.HasPrefix(stderr, want) || want == "" && stderr != "" {
				t.Errorf("exit code %d, want %d, with %q, want %q", code, tt.code, stderr, want)
			}
		})
	}
}

func TestExitCodes_without_an_answer(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	srv.Close()
	code, _, stderr := at(t, srv.URL, "orgs", "delete", "org_1", "--secret-key", demoKey)
	want := "roster: no answer from " + srv.URL + "/v1: connection refused\nhint: --base-url or ROSTER_BASE_URL says where the server is\n"
	if code != exitUnreachable || stderr != want {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// A key of the environment goes to its own address: --base-url chooses among them.
func TestResolve(t *testing.T) {
	const clerk = "https://api.clerk.com/v1"
	type env = map[string]string
	tests := []struct {
		name           string
		given          remote
		env            env
		key, from, url string
	}{
		{"nothing", remote{}, nil, "", "", "http://127.0.0.1:8787/v1"},
		{"flags", remote{baseURL: "http://h", secretKey: "a"}, env{"ROSTER_BASE_URL": "http://x", "ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "a", "--secret-key", "http://h/v1"},
		{"roster's variables", remote{}, env{"ROSTER_BASE_URL": "http://x/v1/", "ROSTER_SECRET_KEY": " b\n", "CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "b", "ROSTER_SECRET_KEY", "http://x/v1/"},
		{"roster's key never goes to Clerk", remote{}, env{"ROSTER_SECRET_KEY": "b", "CLERK_API_URL": "http://y"}, "b", "ROSTER_SECRET_KEY", "http://127.0.0.1:8787/v1"},
		{"a given key never goes to Clerk", remote{secretKey: "a"}, env{"CLERK_API_URL": "http://y", "CLERK_SECRET_KEY": "c"}, "a", "--secret-key", "http://127.0.0.1:8787/v1"},
		{"a given key goes to Clerk by the flag", remote{secretKey: "a", baseURL: "https://api.clerk.com"}, env{"CLERK_SECRET_KEY": "c"}, "a", "--secret-key", clerk},
		{"clerk's key goes to Clerk", remote{}, env{"CLERK_SECRET_KEY": "c"}, "c", "CLERK_SECRET_KEY", clerk},
		{"clerk's variables", remote{}, env{"CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "c", "CLERK_SECRET_KEY", "http://y/v1"},
		{"clerk's key never goes to Roster", remote{}, env{"ROSTER_BASE_URL": "http://x", "CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "", "", "http://x/v1"},
		{"unless that is its address", remote{}, env{"ROSTER_BASE_URL": "http://x", "CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://X:80/v1/"}, "c", "CLERK_SECRET_KEY", "http://x/v1"},

		{"the flag alone, for roster's key", remote{baseURL: "http://h"}, env{"ROSTER_SECRET_KEY": "b"}, "b", "ROSTER_SECRET_KEY", "http://h/v1"},
		{"the flag means Clerk", remote{baseURL: clerk}, env{"ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "c", "CLERK_SECRET_KEY", clerk},
		{"however it is spelled", remote{baseURL: "HTTPS://API.clerk.com:443"}, env{"ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "c", "CLERK_SECRET_KEY", "https://API.clerk.com:443/v1"},
		{"the flag means Clerk, of whom there is no key", remote{baseURL: clerk}, env{"ROSTER_SECRET_KEY": "b"}, "", "", clerk},
		{"nor by another scheme", remote{baseURL: "http://api.clerk.com:8443"}, env{"ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "", "", "http://api.clerk.com:8443/v1"},
		{"nor with a dot behind it", remote{baseURL: "https://api.clerk.com."}, env{"ROSTER_SECRET_KEY": "b"}, "", "", "https://api.clerk.com./v1"},
		{"which is where Clerk's key goes", remote{baseURL: "https://api.clerk.com."}, env{"ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "c", "CLERK_SECRET_KEY", "https://api.clerk.com./v1"},
		{"nor by a scheme and with a dot", remote{baseURL: "http://API.Clerk.com.:8443"}, env{"ROSTER_SECRET_KEY": "b"}, "", "", "http://API.Clerk.com.:8443/v1"},
		{"the flag means Clerk's other address, of which there is no key", remote{baseURL: "http://y"}, env{"ROSTER_SECRET_KEY": "b", "CLERK_API_URL": "http://y"}, "", "", "http://y/v1"},
		{"however that is spelled", remote{baseURL: "HTTP://Y.:80/v1/"}, env{"ROSTER_SECRET_KEY": "b", "CLERK_API_URL": "http://y"}, "", "", "HTTP://Y.:80/v1/"},
		{"the variable means Clerk's other address", remote{}, env{"ROSTER_BASE_URL": "http://y", "ROSTER_SECRET_KEY": "b", "CLERK_API_URL": "http://y"}, "b", "ROSTER_SECRET_KEY", "http://y/v1"},
		{"the flag means Clerk's other address", remote{baseURL: "http://y/"}, env{"ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "c", "CLERK_SECRET_KEY", "http://y/v1"},
		{"which is the only one then", remote{baseURL: clerk}, env{"CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "", "", clerk},
		{"the flag means Roster's address", remote{baseURL: "http://x/v1"}, env{"ROSTER_BASE_URL": "http://x", "ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "b", "ROSTER_SECRET_KEY", "http://x/v1"},
		{"of which there is no key", remote{baseURL: "http://x"}, env{"ROSTER_BASE_URL": "http://x", "CLERK_SECRET_KEY": "c"}, "", "", "http://x/v1"},
		{"the flag means neither", remote{baseURL: "http://h"}, env{"ROSTER_BASE_URL": "http://x", "ROSTER_SECRET_KEY": "b", "CLERK_SECRET_KEY": "c"}, "", "", "http://h/v1"},
		{"nor with Clerk's key alone", remote{baseURL: "http://h/api"}, env{"CLERK_SECRET_KEY": "c", "CLERK_API_URL": "http://y"}, "", "", "http://h/api"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, name := range []string{"ROSTER_BASE_URL", "ROSTER_SECRET_KEY", "CLERK_SECRET_KEY", "CLERK_API_URL"} {
				t.Setenv(name, tt.env[name])
			}
			r := tt.given
			r.resolve()
			if diff := cmp.Diff([]string{tt.key, tt.from, tt.url}, []string{r.secretKey, r.keyFrom, r.baseURL}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A production instance changes only when somebody agrees to it, and reading it
// needs nobody.
func TestLiveKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		args []string
		code int
		sent int64
	}{
		{"reads", []string{"orgs", "list"}, 0, 1},
		{"refuses a write", []string{"orgs", "delete", "org_1"}, exitUsage, 0},
		{"refuses a write under another white space", []string{"orgs", "delete", "org_1", "--secret-key", " " + liveKey + "\n"}, exitUsage, 0},
		{"writes with --yes", []string{"orgs", "delete", "org_1", "--yes"}, 0, 1},
		{"rehearses", []string{"orgs", "delete", "org_1", "--dry-run"}, 0, 0},
		{"rehearses with --yes", []string{"orgs", "delete", "org_1", "-y", "--dry-run"}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var sent atomic.Int64
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				sent.Add(1)
				_, _ = io.WriteString(w, `{"data":[],"total_count":0}`)
			}))
			defer srv.Close()
			args := tt.args
			if !slices.Contains(args, "--secret-key") {
				args = append(args, "--secret-key", liveKey)
			}
			code, out, stderr := at(t, srv.URL, args...)
			if code != tt.code || sent.Load() != tt.sent {
				t.Errorf("exit code %d, want %d; %d requests, want %d: %s", code, tt.code, sent.Load(), tt.sent, stderr)
			}
			if strings.Contains(out+stderr, liveKey) {
				t.Errorf("the key is printed: %s%s", out, stderr)
			}
			if want := "\nhint: --yes agrees to it, --dry-run shows the request\n"; tt.code != 0 && !strings.HasSuffix(stderr, want) {
				t.Errorf("%q does not end with %q", stderr, want)
			}
		})
	}
}

// Whatever a server and a command line do, the key and passwords stay unseen.
func TestSecretsAreNotPrinted(t *testing.T) {
	t.Parallel()
	const password = "correct horse battery staple"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = fmt.Fprintf(w, `{"errors":[{"long_message":"Who is %s?","code":"c"}]}`, r.Header.Get("Authorization"))
	}))
	defer srv.Close()
	withUser := strings.Replace(srv.URL, "http://", "http://me:"+password[:7]+"@", 1)
	lines := [][]string{
		{"users", "create", "--password", password, "-v"},
		{"users", "create", "--password", password, "--dry-run"},
		{"users", "create", "--input", "testdata/secret.json", "--dry-run"},
		{"users", "get", "user_1", "-v"},
		{"users", "get", "user_" + demoKey, "-v"},
	}
	for _, line := range lines {
		for _, url := range []string{srv.URL, withUser} {
			_, out, stderr := at(t, url, append(line, "--secret-key", demoKey)...)
			for _, secret := range []string{demoKey, password, password[:7]} {
				if strings.Contains(out+stderr, secret) {
					t.Errorf("%q prints a secret: %s%s", line, out, stderr)
				}
			}
		}
	}
}

func TestHideMembers(t *testing.T) {
	t.Parallel()
	const in = `{"name":"a","password":"x","list":[{"code":"1"},{"code":null}],"public_metadata":{"token":"theirs"}}`
	const want = `{"name":"a","password":"(not shown)","list":[{"code":"(not shown)"},{"code":null}],"public_metadata":{"token":"theirs"}}`
	if got := string(hideMembers([]byte(in))); got != want {
		t.Errorf("%s", got)
	}
	if got := shownBody("multipart/form-data; boundary=b", []byte("12345")); got != "(5 bytes of multipart/form-data; boundary=b)" {
		t.Errorf("%s", got)
	}
}
