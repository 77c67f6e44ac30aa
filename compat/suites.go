package main

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// suite is one SDK's driver: where it lies, how it is made ready and started.
// Commands run in dir. The registry is asked whether it answers at all when making
// ready fails.
type suite struct {
	name     string
	language string
	dir      string
	ready    [][]string
	start    []string
	ask      []string // a question that the language's client puts to its registry
}

var suites = []suite{
	{
		name: "js", language: "JavaScript", dir: "js",
		ready: [][]string{{"npm", "ci", "--no-audit", "--no-fund"}},
		start: []string{"node", "driver.mjs"},
		ask:   []string{"npm", "view", "@clerk/backend", "version"},
	},
	{
		name: "go", language: "Go", dir: "gosdk",
		ready: [][]string{{"go", "mod", "download"}},
		start: []string{"go", "run", "."},
		ask:   []string{"go", "list", "-m", "-versions", "github.com/clerk/clerk-sdk-go/v2"},
	},
	{
		name: "python", language: "Python", dir: "python",
		ready: [][]string{
			{"python3", "-m", "venv", ".venv"},
			{".venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"},
		},
		start: []string{".venv/bin/python", "driver.py"},
		ask:   []string{"python3", "-m", "pip", "index", "versions", "clerk-backend-api"},
	},
	{
		name: "java", language: "Java", dir: "java",
		ready: [][]string{{"mvn", "--quiet", "--batch-mode", "process-classes"}},
		start: []string{"java", "-cp", "target/classes:target/lib/*", "compat.Driver"},
		ask:   []string{"mvn", "--quiet", "--batch-mode", "dependency:get", "-Dartifact=com.clerk:backend-api:LATEST", "-Dtransitive=false"},
	},
}

// prepare installs the SDK as its language does.
func (s suite) prepare(ctx context.Context) error {
	for _, command := range append(s.ready, s.start) {
		if strings.HasPrefix(command[0], ".") {
			continue
		}
		if _, err := exec.LookPath(command[0]); err != nil {
			return fmt.Errorf("%s is not installed", command[0])
		}
	}
	for _, command := range s.ready {
		cmd := exec.CommandContext(ctx, command[0], command[1:]...)
		cmd.Dir = s.dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", strings.Join(command, " "), err, last(string(out)))
		}
	}
	return nil
}

// reachable reports whether the registry answers, or could: a client that is not
// installed is no excuse.
func (s suite) reachable(ctx context.Context) bool {
	if _, err := exec.LookPath(s.ask[0]); err != nil {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.ask[0], s.ask[1:]...)
	cmd.Dir = s.dir
	return cmd.Run() == nil
}

// last is the last line of a program's output.
func last(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}
