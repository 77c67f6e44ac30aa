package api_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/rostertest"
)

// What net/http refuses by itself, before any handler, is in the envelope too.
func TestListener_refusals(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	host := strings.TrimSuffix(strings.TrimPrefix(srv.URL, "http://"), "/v1")
	tests := []struct {
		name, raw string
		status    int
		code      roster.Code
	}{
		{"no HTTP at all", "hello\r\n\r\n", 400, roster.CodeBadRequest},
		{"a broken escape in the path", "GET /v1/users/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400, roster.CodeBadRequest},
		{"no host", "GET /v1/users HTTP/1.1\r\n\r\n", 400, roster.CodeBadRequest},
		{"a header without a colon", "GET /v1/users HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n", 400, roster.CodeBadRequest},
		{"an HTTP that is not spoken", "GET /v1/users HTTP/3.0\r\nHost: x\r\n\r\n", 505, roster.CodeBadRequest},
		{"an unknown transfer encoding", "POST /v1/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501, roster.CodeBadRequest},
		{"OPTIONS of the whole server", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 401, roster.CodeAuthorizationHeaderFormatInvalid},
		{"a known OPTIONS of the whole server", "OPTIONS * HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 404, roster.CodeResourceNotFound},
		{"a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 404, roster.CodeResourceNotFound},
		{"an absolute target", "DELETE http://x/v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nConnection: close\r\n\r\n", 405, roster.CodeMethodNotAllowed},
		{"a body that ends early", "POST /v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + srv.SecretKey + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, roster.CodeRequestBodyInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c, err := net.Dial("tcp", host)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := c.Close(); err != nil {
					t.Error(err)
				}
			})
			if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(c, tt.raw); err != nil {
				t.Fatal(err)
			}
			resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: "GET"})
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, err := io.ReadAll(resp.Body)
			if err != nil {
				t.Fatal(err)
			}
			wantFailure(t, resp, string(body), tt.status, tt.code)
		})
	}
}
