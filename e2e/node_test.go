package e2e

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rosterhq/roster/client"
)

// secretKey opens the one instance of every database here.
const secretKey = "sk_test_endToEndTestsOfRosterUseThisKeyAndNoOther1"

// process is a program that ends with the test process at the latest, in whatever
// way that ends.
type process struct {
	cmd    *exec.Cmd
	log    *buffer
	exited chan struct{}
}

// launch starts a program whose output goes to a buffer, and to lines too.
func launch(cmd *exec.Cmd, lines chan<- string) (*process, error) {
	p := &process{cmd: cmd, log: &buffer{}, exited: make(chan struct{})}
	cmd.Stderr = p.log
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout = in
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
	started := make(chan error)
	go func() {
		// The signal at the parent's death comes when this thread ends.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := errors.Join(cmd.Start(), in.Close())
		started <- err
		if err == nil {
			_ = cmd.Wait() // how a killed process ends is no news
			close(p.exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, errors.Join(err, out.Close())
	}
	go func() {
		defer func() { _ = out.Close() }() // read to its end
		for s := bufio.NewScanner(out); s.Scan(); {
			fmt.Fprintln(p.log, s.Text())
			select {
			case lines <- s.Text():
			default:
			}
		}
	}()
	return p, nil
}

// end sends a signal and waits for the end.
func (p *process) end(t testing.TB, signal os.Signal) {
	t.Helper()
	if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Fatal(err)
	}
	select {
	case <-p.exited:
	case <-time.After(patience):
		_ = p.cmd.Process.Kill()
		t.Fatalf("%s does not end after %s: %s", p.cmd.Path, signal, p.log)
	}
}

func (p *process) kill(t testing.TB) {
	t.Helper()
	p.end(t, syscall.SIGKILL)
}

// node is a Roster server.
type node struct {
	*process
	url string // of the API, without /v1
}

// serve starts a server on a database.
func serve(t testing.TB, binary, database string, env ...string) *node {
	t.Helper()
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--manage", "off", "--log-level", "warn", "--database", database, "--secret-key", secretKey)
	cmd.Env = append(os.Environ(), env...)
	lines := make(chan string, 16)
	p, err := launch(cmd, lines)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.kill(t)
		if t.Failed() && p.log.Len() > 0 {
			t.Logf("log of the server on %s, its end:\n%s", database, p.log.tail(4000))
		}
	})
	n := &node{process: p}
	deadline := time.After(patience)
	for n.url == "" {
		select {
		case line := <-lines:
			n.url, _ = strings.CutPrefix(line, "listening on ")
			if !strings.HasPrefix(line, "listening on ") {
				n.url = ""
			}
		case <-p.exited:
			t.Fatalf("server ended before it listened: %s", p.log)
		case <-deadline:
			t.Fatalf("server does not say that it listens: %s", p.log)
		}
	}
	return n
}

// client calls a node, each request once: what is not answered is in doubt.
func (n *node) client(t testing.TB, options ...client.Option) *client.Client {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	return client.New(secretKey, append([]client.Option{
		client.WithBaseURL(n.url + "/v1"),
		client.WithRetries(0),
		client.WithCursor(),
		client.WithHTTPClient(&http.Client{Transport: transport, Timeout: 2 * patience}),
	}, options...)...)
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

var _ io.Writer = (*buffer)(nil)

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string { return b.tail(1 << 20) }

func (b *buffer) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Len()
}

func (b *buffer) tail(n int) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := b.b.Bytes()
	return string(text[max(0, len(text)-n):])
}
