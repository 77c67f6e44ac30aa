package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	neturl "net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// ErrNoPostgres says that PostgreSQL is missing, and how to change that.
var ErrNoPostgres = errors.New("PostgreSQL is not installed: run 'apt-get install postgresql' or set " + PostgresEnv + " to the URL of a running server whose user may create databases")

// script runs a throw-away cluster for as long as its standard input stays open,
// which is until the test process ends in whatever way. It answers on a socket
// only, and its data needs to survive nothing. OF is the folder of the cluster that
// it is to follow, empty for a cluster of its own.
const script = `
set -eu
end() {
	"$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1 || true # it may not run yet
	rm -rf "$DIR"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE
if [ -n "$OF" ]; then
	"$BIN/pg_basebackup" -h "$OF" -U roster -D "$DIR/data" -c fast -X stream -R --no-sync
else
	"$BIN/initdb" -D "$DIR/data" -U roster -A trust -E UTF8 --locale=C --no-sync
fi >"$DIR/log" 2>&1 || { cat "$DIR/log" >&2; exit 1; }
"$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/log" -w -o "-k $DIR -c listen_addresses= -c dynamic_shared_memory_type=mmap -c fsync=off -c full_page_writes=off -c max_connections=300" start >/dev/null 2>&1 ||
	{ cat "$DIR/log" >&2; exit 1; }
echo ready
cat >/dev/null
`

// startCluster starts a cluster, or with the folder of another a standby of that.
func startCluster(of string) (url, dir string, err error) {
	bin, err := postgresBin()
	if err != nil {
		return "", "", err
	}
	if dir, err = os.MkdirTemp("", "roster-postgres-"); err != nil {
		return "", "", err
	}
	cmd := exec.CommandContext(context.Background(), "sh", "-c", script)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "DIR=" + dir, "BIN=" + bin, "OF=" + of, "LC_ALL=C"}
	cmd.Dir = dir
	if err := runCluster(cmd, dir); err != nil {
		return "", "", errors.Join(fmt.Errorf("start PostgreSQL: %w", err), os.RemoveAll(dir))
	}
	return "postgres://roster@/postgres?host=" + neturl.QueryEscape(dir), dir, nil
}

// runCluster starts the script and returns once PostgreSQL answers.
func runCluster(cmd *exec.Cmd, dir string) error {
	if err := asUnprivileged(cmd, dir); err != nil {
		return err
	}
	if err := outlive(cmd); err != nil {
		return err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	messages, err := os.Create(filepath.Join(dir, "messages"))
	if err != nil {
		return err
	}
	defer func() { _ = messages.Close() }() // all that is wanted of it has been read
	cmd.Stderr = messages
	if err := cmd.Start(); err != nil {
		return err
	}
	ready := make([]byte, len("ready"))
	if _, err := io.ReadFull(stdout, ready); err != nil {
		ended := cmd.Wait()                                                 // removes the file, not what it holds
		text, unread := io.ReadAll(io.NewSectionReader(messages, 0, 1<<20)) // the better half of the error
		return fmt.Errorf("%w\n%s", errors.Join(err, ended, unread), text)
	}
	return nil
}

// asUnprivileged makes cmd run as the user nobody when this process is root, as
// which PostgreSQL refuses to run.
func asUnprivileged(cmd *exec.Cmd, dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, err := strconv.ParseUint(nobody.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(nobody.Gid, 10, 32)
	if err != nil {
		return err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return os.Chown(dir, int(uid), int(gid))
}

// postgresBin is the folder of the newest PostgreSQL's programs.
func postgresBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // where the others are too
		return filepath.Dir(path), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", ErrNoPostgres
	}
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	return filepath.Dir(found[len(found)-1]), nil
}
