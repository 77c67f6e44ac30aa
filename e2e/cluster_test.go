package e2e

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store/storetest"
)

// cluster is a PostgreSQL server of one test's own, which can be killed and
// started again. It writes as safely as PostgreSQL does by default, and answers on
// a loopback port, where a proxy can be put before it.
type cluster struct {
	*process
	bin, dir, port string
	credential     *syscall.SysProcAttr
}

// newCluster makes and starts one for a test.
func newCluster(t testing.TB) *cluster {
	t.Helper()
	c := &cluster{bin: postgresBin(t)}
	t.Cleanup(c.remove)
	if err := c.make(); err != nil {
		t.Fatal(err)
	}
	return c
}

// sharedCluster is one for all tests that leave it alive.
func sharedCluster(t testing.TB) *cluster {
	t.Helper()
	bin := postgresBin(t)
	shared.once.Do(func() {
		shared.bin = bin
		shared.err = shared.make()
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return &shared.cluster
}

var shared struct {
	cluster
	once sync.Once
	err  error
}

func (c *cluster) make() (err error) {
	if c.dir, err = os.MkdirTemp("", "roster-e2e-postgres-"); err != nil {
		return err
	}
	if err := c.unprivileged(); err != nil {
		return err
	}
	cmd := c.command("initdb", "-D", c.data(), "-U", "roster", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums", "--no-sync")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, text)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, c.port, err = net.SplitHostPort(l.Addr().String()); err != nil {
		return err
	}
	if err := l.Close(); err != nil {
		return err
	}
	return c.start()
}

// remove ends the server and takes its files away.
func (c *cluster) remove() {
	if c.process != nil {
		c.kill()
	}
	_ = os.RemoveAll(c.dir) // a folder of temporary files
}

// unprivileged makes the server run as nobody when this process is root, as which
// PostgreSQL refuses to run.
func (c *cluster) unprivileged() error {
	c.credential = &syscall.SysProcAttr{}
	if os.Geteuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, errUID := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, errGID := strconv.ParseUint(nobody.Gid, 10, 32)
	if err := errors.Join(errUID, errGID, os.Chown(c.dir, int(uid), int(gid))); err != nil {
		return err
	}
	c.credential.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return nil
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, program), args...)
	attr := *c.credential
	cmd.Dir, cmd.SysProcAttr = c.dir, &attr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"}
	return cmd
}

// start starts the server, recovering from a crash if there was one, and waits
// until it answers.
func (c *cluster) start() error {
	args := []string{"-D", c.data(), "-p", c.port, "-k", c.dir, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"}
	var err error
	// The shared memory of a killed server may still be in use for a moment.
	answers := until(patience, func() bool {
		if c.process, err = launch(c.command("postgres", args...), nil); err != nil {
			return true
		}
		return until(patience, func() bool { return c.ended() || c.administer("select 1") == nil }) && !c.ended()
	})
	if err == nil && !answers {
		err = fmt.Errorf("PostgreSQL does not start: %s", c.log.tail(2000))
	}
	return err
}

func (c *cluster) ended() bool {
	select {
	case <-c.exited:
		return true
	default:
		return false
	}
}

// kill ends the server's processes, all of them, with SIGKILL.
func (c *cluster) kill() {
	children := childrenOf(c.cmd.Process.Pid)
	for _, pid := range append(children, c.cmd.Process.Pid) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // may have ended by itself
	}
	<-c.exited
}

// childrenOf lists the processes that a process started.
func childrenOf(parent int) (pids []int) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // ended since
		}
		// pid (name) state parent …
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil && len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// url is a database's, through a port of 127.0.0.1.
func (c *cluster) url(port, database string) string {
	return fmt.Sprintf("postgres://roster@127.0.0.1:%s/%s?sslmode=disable", port, database)
}

// database makes a new empty database.
func (c *cluster) database(t testing.TB, name string) {
	t.Helper()
	if err := c.administer("create database " + name); err != nil {
		t.Fatal(err)
	}
}

func (c *cluster) administer(sql string) error {
	ctx, cancel := contextFor(patience)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.url(c.port, "postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, sql)
	return errors.Join(err, conn.Close(ctx))
}

// postgresBin is the folder of the newest PostgreSQL's programs. Without one the
// test fails in CI and is skipped elsewhere, as the tests of the store do.
func postgresBin(t testing.TB) string {
	t.Helper()
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		const message = "this test kills and cuts off a PostgreSQL of its own, which is not installed: run 'apt-get install postgresql'"
		if os.Getenv("CI") != "" {
			t.Fatal(message + " (" + storetest.PostgresEnv + " is not enough)")
		}
		t.Skip(message)
	}
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	return filepath.Dir(found[len(found)-1])
}
