package api_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rosterhq/roster/rostertest"
)

// A client that announces a body which is too large learns so at once, whether it
// sends the body or not.
func TestTooLargeBodyIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	base, err := url.Parse(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", base.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil { // the server's own patience is 30 s
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "+srv.SecretKey+
		"\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), "request_body_too_large") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

// Whatever a client calls itself, its writes work and its name does not swell the
// events.
func TestStrangeUserAgents(t *testing.T) {
	t.Parallel()
	srv := rostertest.New(t)
	for _, agent := range []string{"bad\xffagent", strings.Repeat("x", 60_000)} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL+"/organizations", strings.NewReader(`{"name":"Acme"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header = http.Header{"Authorization": {"Bearer " + srv.SecretKey}, "Content-Type": {"application/json"}, "User-Agent": {agent}}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%.20q: %d", agent, res.StatusCode)
		}
	}
}
