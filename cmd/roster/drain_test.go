package main

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

const newUser = `{"email_address":["ada@example.com"],"skip_password_requirement":true}`

// hold starts a request and leaves it in the server's hands: its head is sent, and
// the server has asked for the body. The returned function sends it and reads the
// answer's status line and whatever follows.
func hold(t *testing.T, url, key string) (finish func() string) {
	t.Helper()
	addr := strings.TrimPrefix(url, "http://")
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	fmt.Fprintf(c, "POST /v1/users HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", addr, key, len(newUser))
	in := bufio.NewReader(c)
	if line, err := in.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("the server does not ask for the body: %q, %v", line, err)
	}
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return func() string {
		t.Helper()
		if _, err := c.Write([]byte(newUser)); err != nil {
			t.Fatal(err)
		}
		line, err := in.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(line)
	}
}

func refused(url string) func() bool {
	return func() bool {
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err == nil {
			_ = c.Close()
		}
		return err != nil
	}
}

func TestServe_lets_running_requests_finish_on_SIGTERM(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	args := []string{"serve", "--addr", "127.0.0.1:0", "--manage", "127.0.0.1:0", "--database", "sqlite:roster.db"}
	p := startRoster(t, dir, args...)
	finish := hold(t, p.url, p.key)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until(t, "the server to take no more connections", refused(p.url))
	res, err := http.Get(p.manage + "/healthz")
	if err != nil {
		t.Fatalf("management does not answer during the drain: %v", err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("/healthz during the drain: %s, %v", res.Status, err)
	}
	if got := finish(); got != "HTTP/1.1 200 OK" {
		t.Errorf("the running request got %q", got)
	}
	select {
	case <-p.exited:
	case <-time.After(patience):
		t.Fatal("the server does not end")
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d: %s", code, p.stderr)
	}
	again := startRoster(t, dir, args...)
	if got := count(t, again.url, p.key); got != 1 {
		t.Errorf("%d users after the drain, want 1", got)
	}
}

func TestServe_ends_at_once_on_the_second_signal(t *testing.T) {
	t.Parallel()
	p := startRoster(t, t.TempDir(), "serve", "--addr", "127.0.0.1:0", "--manage", "off", "--database", "sqlite:roster.db")
	hold(t, p.url, p.key)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	until(t, "the server to take no more connections", refused(p.url))
	began := time.Now()
	code, err := p.stop(syscall.SIGTERM)
	if err != nil {
		t.Fatal(err)
	}
	if want := 128 + int(syscall.SIGTERM); code != want || time.Since(began) > drainTimeout/2 {
		t.Errorf("exit code %d after %s, want %d at once", code, time.Since(began), want)
	}
}

func TestRun_cuts_off_what_does_not_end_in_time(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	st, err := store.Open(ctx, "sqlite:"+t.TempDir()+"/roster.db")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}()
	svc := service.New(st, service.Options{})
	_, key, err := svc.CreateInstance(ctx, "test", "", "")
	if err != nil {
		t.Fatal(err)
	}
	ls, err := listen(ctx, "127.0.0.1:0", "off")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, ls, svc, api.Options{Logger: slog.New(slog.DiscardHandler)}, 10*time.Millisecond)
	}()
	hold(t, baseURL(ls.api), key)
	cancel()
	select {
	case err := <-ended:
		if err == nil || !strings.Contains(err.Error(), "cut off") {
			t.Errorf("run returns %v, want that a request was cut off", err)
		}
	case <-time.After(patience):
		t.Fatal("run does not return")
	}
}

func TestReport_tells_one_line_and_the_exit_code(t *testing.T) {
	t.Parallel()
	out := &strings.Builder{}
	if code := report(out, fmt.Errorf("two\nlines: %w", os.ErrPermission)); code != exitFailure {
		t.Errorf("exit code %d, want %d", code, exitFailure)
	}
	if got, want := out.String(), "roster: two lines: permission denied\n"; got != want {
		t.Errorf("reports %q, want %q", got, want)
	}
}
