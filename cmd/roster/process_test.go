package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// patience bounds every wait of these tests; all end as soon as what they wait for
// is there.
const patience = 60 * time.Second

// process is a roster that serves, as a process of its own.
type process struct {
	cmd    *exec.Cmd
	url    string // of the API, without /v1
	manage string // of the management listener, "" when off
	key    string // the secret key it printed, "" when it printed none
	stdout *buffer
	stderr *buffer
	exited chan struct{}
	err    error // of Wait, once exited is closed
}

// startProcess runs roster with the given arguments and waits until it listens.
func startProcess(dir string, env []string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command("roster", args...), stdout: &buffer{}, stderr: &buffer{}, exited: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = dir, env, p.stderr
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p.cmd.Stdout = in
	if err := errors.Join(p.cmd.Start(), in.Close()); err != nil {
		return nil, errors.Join(err, out.Close())
	}
	listening := make(chan struct{})
	read := make(chan struct{})
	go func() {
		defer close(read)
		p.read(out, listening)
	}()
	go func() {
		<-read
		p.err = p.cmd.Wait()
		close(p.exited)
	}()
	select {
	case <-listening:
		return p, nil
	case <-p.exited:
		return p, fmt.Errorf("roster %s ended before it listened: %w: %s", strings.Join(args, " "), p.err, p.stderr)
	case <-time.After(patience):
		return p, errors.Join(errors.New("roster does not say that it listens"), p.cmd.Process.Kill())
	}
}

// read takes the addresses and the key from what the process prints.
func (p *process) read(out io.ReadCloser, listening chan<- struct{}) {
	defer func() { _ = out.Close() }() // read to its end
	for lines := bufio.NewScanner(out); lines.Scan(); {
		line := lines.Text()
		fmt.Fprintln(p.stdout, line)
		if key, ok := strings.CutPrefix(line, "secret key, shown only now: "); ok {
			p.key = key
		}
		if url, ok := strings.CutPrefix(line, "management on "); ok {
			p.manage = url
		}
		if url, ok := strings.CutPrefix(line, "listening on "); ok {
			p.url = url
			close(listening)
		}
	}
}

// stop sends a signal and waits for the exit code, -1 when the signal ended it.
func (p *process) stop(signal os.Signal) (int, error) {
	if err := p.cmd.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return 0, err
	}
	select {
	case <-p.exited:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-time.After(patience):
		return 0, errors.Join(fmt.Errorf("roster does not end after %s", signal), p.cmd.Process.Kill())
	}
}

// startRoster is startProcess for a test, which ends with a killed process at the latest.
func startRoster(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	p, err := startProcess(dir, os.Environ(), args...)
	if p != nil {
		t.Cleanup(func() { _, _ = p.stop(syscall.SIGTERM) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// buffer is a bytes.Buffer for several goroutines.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// until polls a condition that another process makes true.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// collect walks a list to its end. No element may come twice.
func collect[T any](t *testing.T, list iter.Seq2[T, error], id func(T) string) map[string]T {
	t.Helper()
	out := map[string]T{}
	for v, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := out[id(v)]; twice {
			t.Errorf("%s is listed twice", id(v))
		}
		out[id(v)] = v
	}
	return out
}

// count asks a server for its number of users.
func count(t *testing.T, url, key string) int64 {
	t.Helper()
	n, err := client.New(key, client.WithBaseURL(url+"/v1")).Users.Count(t.Context(), roster.UserQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
