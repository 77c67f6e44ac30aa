package e2e

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/rosterhq/roster"
)

const (
	diskBytes    = 24 << 20
	ballastBytes = 8 << 20
	fullWriters  = 8
)

// TestFull_disk_costs_answers_and_no_data fills the disk under an SQLite database,
// frees some of it, and does so again, twice killing the server while it is full.
func TestFull_disk_costs_answers_and_no_data(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	ballast := filepath.Join(dir, "ballast")
	database := "sqlite:" + filepath.Join(dir, "roster.db")
	binary := build(t, source)
	db := look(t, database)
	n := serve(t, binary, database)
	to := n.client(t)
	l, err := newLedger(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	var refused int
	var v verdict
	rounds := 4
	for round := range rounds {
		weigh(t, ballast)
		for wave := range 3 { // the first fills the disk, the others find it full
			for _, err := range l.writers(t.Context(), to, fullWriters, fmt.Sprintf("round%d-wave%d", round, wave), func() {}) {
				refused += wantUnavailable(t, err)
			}
		}
		if _, err := to.OrganizationMemberships.List(t.Context(), l.home, roster.MembershipQuery{}); err != nil {
			t.Errorf("round %d: a read on a full disk: %v", round, err)
		}
		if round%2 == 1 {
			n.kill(t)
			startFull(t, binary, database)
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if round%2 == 1 {
			n = serve(t, binary, database)
			to = n.client(t)
		}
		// It goes on by itself, and for some while.
		p := l.person(fmt.Sprintf("round%d-after", round), round)
		if !until(patience, func() bool { return l.write(t.Context(), to, p) == nil }) {
			t.Fatal("the server does not write again")
		}
		for p.stage < last {
			if err := l.write(t.Context(), to, p); err != nil {
				t.Fatal(err)
			}
		}
		intact(t, database, db)
		v = l.check(t, db)
	}
	n.kill(t)
	intact(t, database, db)
	report(t, "times full", rounds, "refused with 503", refused, "acknowledged writes", v.acknowledged, "lost", v.lost, "repeated", v.repeated)
}

// startFull starts a server while the disk is full: it may serve or say why it does
// not, but nothing may break.
func startFull(t *testing.T, binary, database string) {
	t.Helper()
	lines := make(chan string, 16)
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--manage", "off", "--database", database, "--secret-key", secretKey)
	p, err := launch(cmd, lines)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case <-lines:
		t.Log("a server starts on a full disk")
		p.end(t, syscall.SIGTERM)
	case <-p.exited:
		t.Logf("a server does not start on a full disk: %s", p.log)
	case <-time.After(patience):
		t.Error("a server neither starts on a full disk nor ends")
		p.kill(t)
	}
	if code := cmd.ProcessState.ExitCode(); code < 0 || code > 2 {
		t.Errorf("exit code %d: %s", code, p.log)
	}
}

// wantUnavailable fails the test unless err is a refusal with 503 in the envelope
// that says when to come again. It returns 1 for one.
func wantUnavailable(t testing.TB, err error) int {
	t.Helper()
	var answered *roster.ErrorResponse
	if !errors.As(err, &answered) || answered.Status != http.StatusServiceUnavailable ||
		!errors.Is(err, roster.CodeServiceUnavailable) || answered.RetryAfter <= 0 || answered.TraceID == "" {
		t.Errorf("want 503 with Retry-After in the envelope, got %v", err)
		return 0
	}
	return 1
}

// smallDisk mounts a small file system in memory. That needs root; elsewhere the
// test is skipped.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", diskBytes))
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// weigh writes a file that takes space.
func weigh(t *testing.T, path string) {
	t.Helper()
	err := os.WriteFile(path, make([]byte, ballastBytes), 0o600)
	if err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}
