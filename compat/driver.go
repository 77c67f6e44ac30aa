package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// callTimeout bounds one call of an SDK; some retry server errors for an hour.
const callTimeout = 60 * time.Second

// hello is the first line of a driver. Calls maps the scenario's calls to the
// SDK's functions, separated by commas where there are several; a call that is not
// in it is not offered. Classes are all that the SDK's client has, and Offers all
// functions of those that calls are made on, by the same names, as the SDK itself
// tells them. LeftOut are the classes and functions that the driver makes no call
// for, as they are of resources that Roster does not have. Parameters are what the
// function of a call takes, under the wire's names; JavaScript has types for them, and
// no program sees those. Errors are the types the SDK raises for an API error. Lacks names
// members the SDK's types do not have, by the last part or parts of their path;
// "call:" before it limits that to one call.
type hello struct {
	SDK        string              `json:"sdk"`
	Version    string              `json:"version"`
	Calls      map[string]string   `json:"calls"`
	Classes    []string            `json:"classes"`
	Offers     []string            `json:"offers"`
	LeftOut    []string            `json:"left_out"`
	Parameters map[string][]string `json:"parameters"`
	Errors     []string            `json:"errors"`
	Lacks      []string            `json:"lacks"`
}

type request struct {
	Call string `json:"call"`
	Args args   `json:"args"`
}

// response is one line a driver answers with: what the SDK decoded (under the
// wire's names), the API error it raised, why the SDK cannot express the call, or
// how it broke.
type response struct {
	Result      any       `json:"result"`
	Error       *apiError `json:"error"`
	Unsupported string    `json:"unsupported"`
	Crash       string    `json:"crash"`
}

// apiError is an API error as the SDK raises it.
type apiError struct {
	Type    string     `json:"type"`
	Status  int        `json:"status"`
	TraceID string     `json:"trace_id"`
	Errors  []sdkError `json:"errors"`
}

type sdkError struct {
	Code        string         `json:"code"`
	Message     string         `json:"message"`
	LongMessage string         `json:"long_message"`
	Meta        map[string]any `json:"meta"`
}

// driver is a running driver program.
type driver struct {
	hello  hello
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Scanner
	stderr tail
}

func startDriver(ctx context.Context, s suite, url, key string) (*driver, error) {
	program := s.start[0]
	if strings.HasPrefix(program, ".") {
		abs, err := filepath.Abs(filepath.Join(s.dir, program))
		if err != nil {
			return nil, err
		}
		program = abs
	}
	d := &driver{cmd: exec.CommandContext(ctx, program, s.start[1:]...)}
	d.cmd.Dir, d.cmd.Stderr = s.dir, &d.stderr
	d.cmd.Env = append(os.Environ(), "CLERK_API_URL="+url, "CLERK_SECRET_KEY="+key)
	var err error
	if d.in, err = d.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	d.out = bufio.NewScanner(out)
	d.out.Buffer(nil, 16<<20)
	if err := d.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the %s driver: %w", s.name, err)
	}
	if err := d.read(&d.hello); err != nil {
		return nil, fmt.Errorf("greet the %s driver: %w", s.name, err)
	}
	return d, nil
}

// call makes one call of the SDK.
func (d *driver) call(call string, a args) response {
	if _, ok := d.hello.Calls[call]; !ok {
		return response{Unsupported: "the SDK has no such call"}
	}
	line, err := json.Marshal(request{Call: call, Args: a})
	if err != nil {
		return response{Crash: err.Error()}
	}
	if _, err := d.in.Write(append(line, '\n')); err != nil {
		return response{Crash: d.died(err)}
	}
	var r response
	if err := d.read(&r); err != nil {
		return response{Crash: d.died(err)}
	}
	return r
}

// read takes the driver's next line. A driver that says nothing in time is ended.
func (d *driver) read(v any) error {
	watch := time.AfterFunc(callTimeout, func() { _ = d.cmd.Process.Kill() })
	defer watch.Stop()
	if !d.out.Scan() {
		if err := d.out.Err(); err != nil {
			return err
		}
		return errors.New(d.died(io.ErrUnexpectedEOF))
	}
	if err := json.Unmarshal(d.out.Bytes(), v); err != nil {
		return fmt.Errorf("%w in %q", err, d.out.Text())
	}
	return nil
}

func (d *driver) died(err error) string {
	return fmt.Sprintf("the driver broke: %v: %s", err, last(d.stderr.String()))
}

// stop lets the driver end by itself.
func (d *driver) stop() error {
	if err := d.in.Close(); err != nil {
		return err
	}
	if err := d.cmd.Wait(); err != nil {
		return fmt.Errorf("the driver ended badly: %w: %s", err, last(d.stderr.String()))
	}
	return nil
}

// tail keeps the end of what a program prints. Safe for concurrent use.
type tail struct {
	mu   sync.Mutex
	text []byte
}

func (t *tail) Write(p []byte) (int, error) {
	const most = 8192
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-most):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.text)
}
