package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store/storetest"
)

// documents are the pages whose examples are run and whose links are followed.
var documents = []string{
	"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md",
	"docs/getting-started.md", "docs/cli.md", "docs/operations.md", "docs/engines.md", "docs/consistency.md", "docs/extensions.md", "docs/deviations.md",
	"docs/api/README.md", "docs/api/organization-memberships.md", "docs/api/organizations.md", "docs/api/users.md",
	"docs/api/sessions.md", "docs/api/errors.md",
}

const root = "../.."

var (
	codeBlock = regexp.MustCompile("(?m)^```sh runnable( background)?\n((?s:.*?))^```$")
	link      = regexp.MustCompile(`\]\(([^)#:]+)(?:#([^)]*))?\)`)
	heading   = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// TestDocs_examples_run runs each page's blocks that are marked "sh runnable" as
// one shell session, top to bottom. A block marked "background" starts a server,
// which the blocks behind it mean by the default addresses.
func TestDocs_examples_run(t *testing.T) {
	t.Parallel()
	for _, page := range documents {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			addresses := strings.NewReplacer()
			session := "set -eu\n"
			for _, block := range codeBlock.FindAllStringSubmatch(readPage(t, page), -1) {
				if block[1] == "" {
					session += addresses.Replace(block[2])
					continue
				}
				p := startExample(t, dir, block[2])
				addresses = strings.NewReplacer("http://"+defaultAddr, p.url, "http://"+defaultManage, p.manage)
			}
			cmd := exec.Command("sh", "-c", session)
			cmd.Dir = dir
			if strings.Contains(session, "postgres://") {
				withPostgres(t, cmd)
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("the examples end with %v:\n%s\n%s", err, session, out)
			}
		})
	}
}

// withPostgres puts PostgreSQL's programs at a session's hand, and databases of the
// test's, empty ones, in the place of those that the page names.
func withPostgres(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	cmd.Env = append(os.Environ(), "PATH="+storetest.PostgresPrograms(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for _, name := range []string{"postgres://roster@db/roster", "postgres://roster@db/restored"} {
		url := storetest.Postgres(t)
		c, err := pgx.Connect(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Exec(t.Context(), "drop schema public cascade; create schema public")
		if err := errors.Join(err, c.Close(context.Background())); err != nil {
			t.Fatal(err)
		}
		cmd.Args[2] = strings.ReplaceAll(cmd.Args[2], name, "'"+url+"'")
	}
}

// startExample runs the server command of a block, on free ports.
func startExample(t *testing.T, dir, command string) *process {
	t.Helper()
	command = strings.Replace(strings.TrimSpace(command), "go run ./cmd/roster", "roster", 1)
	words := strings.Fields(command)
	if words[0] != "roster" {
		t.Fatalf("%q does not start roster", command)
	}
	return startRoster(t, dir, append(words[1:], "--addr", "127.0.0.1:0", "--manage", "127.0.0.1:0")...)
}

func TestDocs_links_lead_somewhere(t *testing.T) {
	t.Parallel()
	for _, page := range documents {
		for _, l := range link.FindAllStringSubmatch(readPage(t, page), -1) {
			target := filepath.Join(filepath.Dir(page), l[1])
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, l[1])
				continue
			}
			if l[2] != "" && !anchors(readPage(t, target))[l[2]] {
				t.Errorf("%s links to %s, which has no heading %q", page, l[1], l[2])
			}
		}
	}
}

// anchors are a page's headings as links name them.
func anchors(text string) map[string]bool {
	out := map[string]bool{}
	for _, h := range heading.FindAllStringSubmatch(text, -1) {
		out[strings.ReplaceAll(strings.ToLower(strings.Trim(h[1], "` ")), " ", "-")] = true
	}
	return out
}

func readPage(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
