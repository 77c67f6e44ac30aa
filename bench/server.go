package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const secretKey = "sk_test_benchmarksOfRosterUseThisKeyAndNoOther1234"

// build makes the binary that is measured.
func build(folder string) (string, error) {
	out := filepath.Join(folder, "roster")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, "./cmd/roster")
	cmd.Dir, cmd.Env = "..", append(os.Environ(), "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build roster: %w: %s", err, text)
	}
	return out, nil
}

// server is a process that answers HTTP.
type server struct {
	cmd     *exec.Cmd
	url     string
	stderr  *bytes.Buffer
	started time.Time
}

// start serves a database.
func start(binary, database string) (*server, error) {
	return launch(exec.Command(binary, "serve", "--addr", "127.0.0.1:0", "--manage", "off", "--log-level", "error", "--database", database, "--secret-key", secretKey))
}

// launch starts a program and waits until it says where it listens.
func launch(cmd *exec.Cmd) (*server, error) {
	s := &server{cmd: cmd, stderr: &bytes.Buffer{}, started: time.Now()}
	cmd.Stderr = s.stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			s.url = url
			go func() { _, _ = io.Copy(io.Discard, out) }() // until it ends
			return s, nil
		}
	}
	return nil, fmt.Errorf("%s ended before it listened: %w: %s", cmd, cmd.Wait(), s.stderr)
}

func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := s.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && s.stderr.Len() == 0 {
		return nil
	}
	return err
}

func (s *server) addr() string { return strings.TrimPrefix(s.url, "http://") }

// ticks of /proc count hundredths of a second.
const tick = 10 * time.Millisecond

// cpu is the time the process has spent on processors.
func (s *server) cpu() time.Duration { return cpuOf(s.cmd.Process.Pid) }

func cpuOf(pid int) time.Duration {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	var sum int64
	for _, f := range fields[11:13] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0
		}
		sum += n
	}
	return time.Duration(sum) * tick
}

// resident is the memory of the process, in bytes; peak is the most it had.
func (s *server) resident() (now, peak int64) {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(s.cmd.Process.Pid) + "/status")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		kb, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			now = kb << 10
		case "VmHWM":
			peak = kb << 10
		}
	}
	return now, peak
}
