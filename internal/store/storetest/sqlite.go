package storetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/rosterhq/roster/internal/store"
)

// SQLite returns the URL of a new empty database that lives as long as the test
// and has the schema already. It is in memory where the machine has a file system
// there.
func SQLite(t testing.TB) (url string) {
	t.Helper()
	scratch, err := scratch()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(scratch, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(folder, "roster.db")
	if err := store.NewFile(path); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + path
}

// scratch is this process's folder for files. It goes with the process, in
// whatever way that ends, for memory that a killed test leaves behind is gone
// until the machine starts again.
var scratch = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("/dev/shm", "roster-sqlite-")
	if err != nil {
		folder, err = os.MkdirTemp("", "roster-sqlite-")
	}
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(context.Background(), "sh", "-c", `cat >/dev/null; rm -rf "$DIR"`)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "DIR=" + folder}
	if err = outlive(cmd); err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return "", fmt.Errorf("guard %s: %w", folder, err)
	}
	return folder, nil
})

// outlive prepares a command that cleans up behind this process: it is spared the
// signals that end the process group, such as an interrupt from the keyboard, and
// its standard input ends with the process.
func outlive(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	input, err := cmd.StdinPipe()
	ends.Store(cmd, input)
	return err
}

// ends keeps open what such commands wait for the end of.
var ends sync.Map
