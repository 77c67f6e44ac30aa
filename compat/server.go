package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// startTimeout and stopTimeout bound how long the server may take to answer and
// to drain.
const (
	startTimeout = 15 * time.Second
	stopTimeout  = 15 * time.Second
)

// server is a running roster binary on a database of its own.
type server struct {
	url      string // without the version prefix
	binary   string
	database string
	cmd      *exec.Cmd
	log      tail
}

// build makes the roster binary in a folder.
func build(ctx context.Context, dir string) (binary string, err error) {
	main, err := root()
	if err != nil {
		return "", err
	}
	binary = filepath.Join(dir, "roster")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/roster")
	cmd.Dir = main
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the server: %w\n%s", err, out)
	}
	return binary, nil
}

// startServer starts the binary on a free loopback port.
func startServer(ctx context.Context, binary, database string) (*server, error) {
	s := &server{binary: binary, database: database}
	addr, err := freeAddr(ctx)
	if err != nil {
		return nil, err
	}
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	s.url = "http://" + addr
	s.cmd = exec.CommandContext(ctx, s.binary, "serve", "--addr", addr, "--manage", "127.0.0.1:0", "--database", s.database, "--secret-key", key,
		"--mail-dir", filepath.Join(filepath.Dir(binary), "mail"))
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	if err := s.await(ctx); err != nil {
		return nil, errors.Join(err, s.cmd.Process.Kill(), s.logged())
	}
	return s, nil
}

// await returns once the server answers.
func (s *server) await(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/healthz", nil)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			if err := resp.Body.Close(); err != nil {
				return err
			}
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return errors.New("the server does not answer on /healthz")
		}
	}
}

// newInstance makes a tenant for one suite and returns its secret key.
func (s *server) newInstance(ctx context.Context, name string) (string, error) {
	key, err := newKey()
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, s.binary, "instances", "create", "--name", "compat-"+name, "--secret-key", key, "--database", s.database)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("create an instance: %w\n%s", err, out)
	}
	return key, nil
}

// stop ends the server as a supervisor would and expects a clean exit.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop the server: %w", err)
	}
	done := make(chan error, 1)
	go func() { done <- s.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			return errors.Join(fmt.Errorf("the server did not stop cleanly: %w", err), s.logged())
		}
		return nil
	case <-time.After(stopTimeout):
		return errors.Join(errors.New("the server ignores SIGTERM"), s.cmd.Process.Kill(), s.logged())
	}
}

// abandon makes sure that nothing stays behind, whatever happened.
func (s *server) abandon() {
	if s.cmd.ProcessState == nil {
		_ = s.cmd.Process.Kill()
	}
}

// logged is the end of the server's log as an error.
func (s *server) logged() error { return fmt.Errorf("server log:\n%s", s.log.String()) }

func freeAddr(ctx context.Context) (string, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// newKey is a fresh development secret key.
func newKey() (string, error) {
	key := []byte("sk_test_")
	for range 42 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(base62))))
		if err != nil {
			return "", err
		}
		key = append(key, base62[n.Int64()])
	}
	return string(key), nil
}
