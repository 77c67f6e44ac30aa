package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store"
)

// PostgresEnv names a running PostgreSQL for the tests, as a URL whose user may
// create databases. Without it the tests start one of their own.
const PostgresEnv = "ROSTER_TEST_POSTGRES"

// Postgres returns the URL of a new empty database that lives as long as the test.
// It has the schema already: a template with it is made once and cloned. Without
// PostgreSQL the test fails in CI, and says what to install; elsewhere it is
// skipped, as loudly.
func Postgres(t testing.TB) (url string) {
	t.Helper()
	admin, err := cluster()
	if err != nil {
		if os.Getenv("CI") == "" && errors.Is(err, errNoPostgres) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	name := fmt.Sprintf("roster_test_%d_%d", os.Getpid(), databases.Add(1))
	if err := administer(admin, fmt.Sprintf("create database %s template %s", name, template())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := administer(admin, "drop database "+name+" with (force)"); err != nil {
			t.Error(err)
		}
	})
	return databaseURL(admin, name)
}

var databases atomic.Int64

var errNoPostgres = errors.New("PostgreSQL is not installed: run 'apt-get install postgresql' or set " + PostgresEnv + " to the URL of a running server whose user may create databases")

func template() string { return fmt.Sprintf("roster_template_%d", os.Getpid()) }

// cluster is the URL of the server that this process's tests share, with the
// template database made.
var cluster = sync.OnceValues(func() (string, error) {
	admin := os.Getenv(PostgresEnv)
	if admin == "" {
		var err error
		if admin, err = startCluster(); err != nil {
			return "", err
		}
	}
	if err := administer(admin, "create database "+template()); err != nil {
		return "", err
	}
	st, err := store.Open(context.Background(), databaseURL(admin, template()))
	if err != nil {
		return "", err
	}
	return admin, st.Close()
})

func databaseURL(admin, database string) string {
	u, err := url.Parse(admin)
	if err != nil {
		return admin
	}
	u.Path = "/" + database
	return u.String()
}

func administer(admin, sql string) error {
	c, err := pgx.Connect(context.Background(), admin)
	if err != nil {
		return err
	}
	_, err = c.Exec(context.Background(), sql)
	return errors.Join(err, c.Close(context.Background()))
}

// script runs a throw-away cluster for as long as its standard input stays open,
// which is until the test process ends in whatever way. It answers on a socket
// only, and its data needs to survive nothing.
const script = `
set -eu
trap 'rm -rf "$DIR"' EXIT
"$BIN/initdb" -D "$DIR/data" -U roster -A trust -E UTF8 --locale=C --no-sync >"$DIR/log" 2>&1 ||
	{ cat "$DIR/log" >&2; exit 1; }
"$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/log" -w -o "-k $DIR -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" start >/dev/null 2>&1 ||
	{ cat "$DIR/log" >&2; exit 1; }
echo ready
cat >/dev/null || true
"$BIN/pg_ctl" -D "$DIR/data" -m immediate stop >/dev/null 2>&1
`

func startCluster() (string, error) {
	bin, err := postgresBin()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "roster-postgres-")
	if err != nil {
		return "", err
	}
	cmd := exec.Command("sh", "-c", script)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "DIR=" + dir, "BIN=" + bin, "LC_ALL=C"}
	cmd.Dir = dir
	if err := asUnprivileged(cmd, dir); err != nil {
		return "", err
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	messages, err := os.Create(filepath.Join(dir, "messages"))
	if err != nil {
		return "", err
	}
	cmd.Stderr = messages
	if err := cmd.Start(); err != nil {
		return "", err
	}
	keepOpen = stdin
	ready := make([]byte, len("ready"))
	if _, err := io.ReadFull(stdout, ready); err != nil {
		text, _ := os.ReadFile(messages.Name()) // the better half of the error, if there is one
		return "", fmt.Errorf("start PostgreSQL: %w\n%s", err, text)
	}
	return "postgres://roster@/postgres?host=" + url.QueryEscape(dir), nil
}

// keepOpen is the cluster's standard input: see script.
var keepOpen io.WriteCloser

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
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", errNoPostgres
	}
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	return filepath.Dir(found[len(found)-1]), nil
}
