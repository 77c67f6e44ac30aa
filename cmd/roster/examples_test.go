package main

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
)

var update = flag.Bool("update", false, "write testdata/requests.golden anew")

// TestExamples_rehearse runs every command's examples with --dry-run: each must be
// understood, print the request of the golden file, and send nothing.
func TestExamples_rehearse(t *testing.T) {
	var sent atomic.Int64
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { sent.Add(1) }))
	defer srv.Close()
	t.Chdir(t.TempDir())
	writeExampleFiles(t)
	got := &strings.Builder{}
	for _, line := range exampleLines(newRoot(nil)) {
		args := append(words(t, line)[1:], "--dry-run", "--base-url", srv.URL, "--secret-key", demoKey)
		out, errOut := &bytes.Buffer{}, &bytes.Buffer{}
		if code := execute(t.Context(), args, out, errOut); code != 0 {
			t.Errorf("%s ends with exit code %d: %s", line, code, errOut)
		}
		if strings.Contains(out.String()+errOut.String(), demoKey) {
			t.Errorf("%s prints the secret key", line)
		}
		fmt.Fprintf(got, "$ %s\n%s\n", line, withoutHeaders(strings.ReplaceAll(out.String(), srv.URL, "")))
	}
	if n := sent.Load(); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
	compareGolden(t, "requests.golden", got.String())
}

// testdata is found before a test changes the folder.
var testdata, _ = os.Getwd()

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	path := testdata + "/testdata/" + name
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", name, diff)
	}
}

// writeExampleFiles makes the files that examples name.
func writeExampleFiles(t *testing.T) {
	t.Helper()
	for name, text := range map[string]string{
		"metadata.json":    `{"plan":"team"}`,
		"logo.png":         "a logo",
		"photo.png":        "a photo",
		"claims.json":      `{"role":"{{org.role}}"}`,
		"token.txt":        "eyJ.eyJ.x\n",
		"expired.txt":      "eyJ.eyJ.y\n",
		"refresh.txt":      "z\n",
		"invitations.json": `[{"email_address":"ada@example.com","role":"org:member"},{"email_address":"bob@example.com","role":"org:admin"}]`,
		"password.txt":     "correct horse battery staple\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// exampleLines are the examples of the commands on a directory.
func exampleLines(root *cobra.Command) []string {
	var out []string
	for _, group := range root.Commands() {
		if group.GroupID != groupDirectory {
			continue
		}
		for _, cmd := range group.Commands() {
			for line := range strings.SplitSeq(cmd.Example, "\n") {
				out = append(out, strings.TrimSpace(line))
			}
		}
	}
	return out
}

// words splits a command line as a shell does, single quotes included.
func words(t *testing.T, line string) []string {
	t.Helper()
	var out []string
	word, quoted, begun := "", false, false
	for _, r := range line {
		switch {
		case r == '\'':
			quoted, begun = !quoted, true
		case r == ' ' && !quoted:
			if begun {
				out = append(out, word)
			}
			word, begun = "", false
		default:
			word, begun = word+string(r), true
		}
	}
	if quoted {
		t.Fatalf("%s: a quote is open", line)
	}
	if begun {
		out = append(out, word)
	}
	return out
}

// withoutHeaders leaves the first line and the body of a printed request.
func withoutHeaders(request string) string {
	head, body, _ := strings.Cut(request, "\n\n")
	first, _, _ := strings.Cut(head, "\n")
	return strings.TrimRight(first+"\n"+body, "\n") + "\n"
}
