package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestMain(m *testing.M) {
	// Under the race detector every process would sleep a second at its end.
	if err := os.Setenv("GORACE", os.Getenv("GORACE")+" atexit_sleep_ms=0"); err != nil {
		panic(err)
	}
	testscript.Main(m, map[string]func(){"roster": main})
}

// TestScript runs the scripts of testdata/script: each is one story told at the
// command line. Beside testscript's own commands they have:
//
//	exits CODE COMMAND ARG…           run a command that must end with that exit code
//	start NAME ARG…                   run roster in the background until it listens; sets
//	                                  $NAME_url, $NAME_manage and $NAME_key; its output is
//	                                  in NAME.out and NAME.err
//	end NAME [SIGNAL]                 end it (TERM) and demand exit code 0
//	api STATUS METHOD URL KEY [BODY]  one request; the answer's body becomes stdout
//	database VARIABLE ENGINE          make an empty database and set a variable to its URL
//	capture VARIABLE REGEXP           set a variable to the match, or its group, in stdout
//
// The scripts of testdata/engines are run on every engine, whose name is $ENGINE.
func TestScript(t *testing.T) {
	t.Parallel()
	runScripts(t, "testdata/script", "")
	storetest.Each(t, func(t *testing.T, e storetest.Engine) { runScripts(t, "testdata/engines", e.Name) })
}

func runScripts(t *testing.T, dir, engine string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir:                 dir,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": scriptExits, "start": scriptStart, "end": scriptEnd, "api": scriptAPI, "capture": scriptCapture,
			"database": scriptDatabase,
		},
		Condition: scriptCondition,
		Setup: func(e *testscript.Env) error {
			e.Values[processes{}] = map[string]*process{}
			e.Values[scriptTest{}] = e.T().(testing.TB)
			e.Setenv("TMPDIR", e.WorkDir)
			e.Setenv("ENGINE", engine)
			e.Setenv("GORACE", os.Getenv("GORACE"))
			return nil
		},
	})
}

// scriptCondition knows [ipv6]: not every container has it.
func scriptCondition(name string) (bool, error) {
	if name != "ipv6" {
		return false, fmt.Errorf("unknown condition %q", name)
	}
	l, err := net.Listen("tcp", "[::1]:0")
	if err == nil {
		err = l.Close()
	}
	return err == nil, nil
}

// scriptTest is the key of a script's test.
type scriptTest struct{}

func scriptDatabase(ts *testscript.TestScript, _ bool, args []string) {
	for _, e := range storetest.Engines {
		if e.Name == args[1] {
			ts.Setenv(args[0], e.URL(ts.Value(scriptTest{}).(testing.TB)))
			return
		}
	}
	ts.Fatalf("no engine %s", args[1])
}

// processes is the key of a script's map from name to running roster.
type processes struct{}

func scriptProcesses(ts *testscript.TestScript) map[string]*process {
	return ts.Value(processes{}).(map[string]*process)
}

func scriptExits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%s ends with exit code %d, want %d", strings.Join(args[1:], " "), got, want)
	}
}

func scriptStart(ts *testscript.TestScript, _ bool, args []string) {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "GORACE", "ROSTER_ADDR", "ROSTER_DATABASE", "ROSTER_SECRET_KEY", "ROSTER_MANAGE", "ROSTER_RATE_LIMITS", "ROSTER_PUBLIC_URL", "ROSTER_ISSUER", "ROSTER_LOG_LEVEL", "ROSTER_LOG_FORMAT"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	name := args[0]
	p, err := startProcess(ts.MkAbs("."), env, args[1:]...)
	if p != nil {
		scriptProcesses(ts)[name] = p
		ts.Defer(func() { _, _ = p.stop(syscall.SIGTERM) })
	}
	ts.Check(err)
	ts.Setenv(name+"_url", p.url)
	ts.Setenv(name+"_manage", p.manage)
	ts.Setenv(name+"_key", p.key)
	writeOutput(ts, name, p)
}

// writeOutput makes what a process has printed so far files of the script.
func writeOutput(ts *testscript.TestScript, name string, p *process) {
	ts.Check(os.WriteFile(ts.MkAbs(name+".out"), []byte(p.stdout.String()), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs(name+".err"), []byte(p.stderr.String()), 0o600))
}

func scriptEnd(ts *testscript.TestScript, _ bool, args []string) {
	name := args[0]
	signal := syscall.SIGTERM
	if len(args) > 1 && args[1] == "INT" {
		signal = syscall.SIGINT
	}
	p := scriptProcesses(ts)[name]
	if p == nil {
		ts.Fatalf("no process %s", name)
	}
	code, err := p.stop(signal)
	ts.Check(err)
	writeOutput(ts, name, p)
	if code != 0 {
		ts.Fatalf("%s ended with exit code %d: %s", name, code, p.stderr)
	}
}

func scriptAPI(ts *testscript.TestScript, _ bool, args []string) {
	want, method, url, key := args[0], args[1], args[2], args[3]
	var body io.Reader
	if len(args) > 4 {
		body = strings.NewReader(args[4])
	}
	req, err := http.NewRequest(method, url, body)
	ts.Check(err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Authorization", "Bearer "+key)
	}
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	ts.Check(err)
	if strconv.Itoa(res.StatusCode) != want {
		ts.Fatalf("%s %s answers %s, want %s: %s", method, url, res.Status, want, answer)
	}
	_, err = ts.Stdout().Write(answer)
	ts.Check(err)
}

func scriptCapture(ts *testscript.TestScript, _ bool, args []string) {
	match := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if match == nil {
		ts.Fatalf("stdout has nothing like %s", args[1])
	}
	ts.Setenv(args[0], match[len(match)-1])
}
