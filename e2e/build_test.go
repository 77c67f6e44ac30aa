package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// mutant breaks the server on purpose: in one file of it a text takes the place of
// another. A test that lets a mutant pass sees nothing, so each kind of proof here
// is tried on some. The compiler's -overlay builds them; no file is changed.
type mutant struct {
	name     string
	file     string // of the main module
	old, new string
}

// source is the server as it is.
var source = mutant{name: "roster"}

var (
	buildsMu sync.Mutex
	builds   = map[string]func() (string, error){}
)

// build is the path of the binary that m makes, built once a run.
func build(t testing.TB, m mutant) string {
	t.Helper()
	buildsMu.Lock()
	once, known := builds[m.name]
	if !known {
		once = sync.OnceValues(func() (string, error) { return compile(m) })
		builds[m.name] = once
	}
	buildsMu.Unlock()
	path, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func compile(m mutant) (string, error) {
	out := filepath.Join(scratch, m.name)
	args := []string{"build", "-buildvcs=false", "-o", out}
	if m.file != "" {
		overlay, err := m.overlay()
		if err != nil {
			return "", err
		}
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.Command("go", append(args, "./cmd/roster")...)
	cmd.Dir = ".."
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", &buildError{m.name, string(text), err}
	}
	return out, nil
}

// overlay writes the changed file and tells the compiler of it.
func (m mutant) overlay() (string, error) {
	path, err := filepath.Abs(filepath.Join("..", m.file))
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), m.old) != 1 {
		return "", &buildError{name: m.name, text: "the text it changes is not once in " + m.file + ": write the mutant anew"}
	}
	changed := filepath.Join(scratch, m.name+".go.txt")
	if err := os.WriteFile(changed, []byte(strings.Replace(string(text), m.old, m.new, 1)), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(scratch, m.name+".overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

type buildError struct {
	name, text string
	err        error
}

func (e *buildError) Error() string { return "build " + e.name + ": " + e.text }
func (e *buildError) Unwrap() error { return e.err }
