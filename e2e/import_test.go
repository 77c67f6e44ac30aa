package e2e

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// exported is the export of a directory that takes some transactions to import.
func exported(t *testing.T, binary string) []byte {
	t.Helper()
	database := "sqlite:" + filepath.Join(t.TempDir(), "exported.db")
	n := serve(t, binary, database)
	populate(t, n.client(t), bounded(2_000))
	n.kill(t)
	text, err := exec.Command(binary, "export", "--database", database).Output()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// populate makes one organization and its members, many at a time, whose changes share
// what a commit costs.
func populate(t *testing.T, to *client.Client, members int) {
	t.Helper()
	home, err := to.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Home"})
	if err != nil {
		t.Fatal(err)
	}
	var next atomic.Int64
	var clients sync.WaitGroup
	for range 16 {
		clients.Go(func() {
			for i := next.Add(1); i <= int64(members) && !t.Failed(); i = next.Add(1) {
				u, err := to.Users.Create(t.Context(), roster.CreateUser{EmailAddress: []string{fmt.Sprintf("m%d@example.com", i)}, SkipPasswordRequirement: true})
				if err == nil {
					_, err = to.OrganizationMemberships.Create(t.Context(), home.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	clients.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

// importing is `roster import` as a process that reads from a pipe.
func importing(t *testing.T, binary, database string, args ...string) (*exec.Cmd, io.WriteCloser) {
	t.Helper()
	cmd := exec.Command(binary, append([]string{"import", "--database", database}, args...)...)
	cmd.Stderr = &buffer{}
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return cmd, in
}

// TestKilled_import_goes_on kills imports at random points of their input, resumes
// each where it stopped, kills it again, and wants the export back byte by byte.
// Until the end the instance must not be there.
func TestKilled_import_goes_on(t *testing.T) {
	binary := build(t, source)
	text := exported(t, binary)
	onEngines(t, func(t *testing.T, database string) {
		rng := rand.New(rand.NewPCG(3, 4))
		kills := 0
		for at := 0; at < len(text); {
			at += 1 + rng.IntN(len(text)/8)
			cmd, in := importing(t, binary, database, "--resume")
			if at < len(text) {
				if _, err := in.Write(text[:at]); err != nil {
					t.Fatalf("%v: %s", err, cmd.Stderr)
				}
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait() // killed
				kills++
				if out, err := exec.Command(binary, "export", "--database", database).CombinedOutput(); err == nil {
					t.Fatalf("after %d of %d bytes the instance is there: %.200s", at, len(text), out)
				}
				continue
			}
			if _, err := in.Write(text); err != nil {
				t.Fatal(err)
			}
			if err := in.Close(); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Fatalf("%v: %s", err, cmd.Stderr)
			}
		}
		wantExport(t, binary, database, text)
		report(t, "kills", kills, "lines", bytes.Count(text, []byte("\n")), "lost", 0, "repeated", 0)
	})
}

// wantExport wants the export of a database to be what was imported.
func wantExport(t *testing.T, binary, database string, want []byte) {
	t.Helper()
	got, err := exec.Command(binary, "export", "--database", database).Output()
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the export differs from what was imported: %d bytes, want %d; %v", len(got), len(want), err)
	}
}

// TestCut_imports_are_settled cuts the connection of an import at its commits,
// before PostgreSQL hears of them and before the answer comes back. The import must
// find out by itself what happened and go on.
func TestCut_imports_are_settled(t *testing.T) {
	t.Parallel()
	registerCut()
	binary := build(t, source)
	text := exported(t, binary)
	file := filepath.Join(t.TempDir(), "export.jsonl")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	pg := sharedCluster(t)
	for i := range bounded(10) {
		name := fmt.Sprintf("cut_import_%d", i)
		pg.database(t, name)
		if out, err := exec.Command(binary, "migrate", "up", "--database", pg.url(pg.port, name)).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		w := newWire(t, pg)
		w.add(damage{Name: "cut", Type: cutCommitType, Stream: "upstream", Toxicity: 1, Attributes: map[string]any{"before": 0.2, "after": 0.3}})
		out, err := exec.Command(binary, "import", "--database", pg.url(w.port(), name), "--input", file).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "imported") {
			t.Errorf("%v: %s", err, out)
		}
		wantExport(t, binary, pg.url(pg.port, name), text)
	}
}
