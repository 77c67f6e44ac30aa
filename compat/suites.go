package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

// suite is one SDK's driver: where it lies, how it is made ready and started.
// Commands run in dir. Registry is asked whether it answers at all when making
// ready fails.
type suite struct {
	name     string
	language string
	dir      string
	ready    [][]string
	start    []string
	registry string
}

var suites = []suite{
	{
		name: "js", language: "JavaScript", dir: "js",
		ready:    [][]string{{"npm", "ci", "--no-audit", "--no-fund"}},
		start:    []string{"node", "driver.mjs"},
		registry: "https://registry.npmjs.org/@clerk%2fbackend",
	},
	{
		name: "go", language: "Go", dir: "gosdk",
		ready:    [][]string{{"go", "mod", "download"}},
		start:    []string{"go", "run", "."},
		registry: "https://proxy.golang.org/github.com/clerk/clerk-sdk-go/v2/@latest",
	},
	{
		name: "python", language: "Python", dir: "python",
		ready: [][]string{
			{"python3", "-m", "venv", ".venv"},
			{".venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"},
		},
		start:    []string{".venv/bin/python", "driver.py"},
		registry: "https://pypi.org/simple/clerk-backend-api/",
	},
	{
		name: "java", language: "Java", dir: "java",
		ready:    [][]string{{"mvn", "--quiet", "--batch-mode", "process-classes"}},
		start:    []string{"java", "-cp", "target/classes:target/lib/*", "compat.Driver"},
		registry: "https://repo.maven.apache.org/maven2/com/clerk/backend-api/maven-metadata.xml",
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

// reachable reports whether the registry answers anything at all.
func (s suite) reachable(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.registry, nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	return errors.Join(resp.Body.Close()) == nil && resp.StatusCode < http.StatusInternalServerError
}

// last is the last line of a program's output.
func last(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return lines[len(lines)-1]
}
