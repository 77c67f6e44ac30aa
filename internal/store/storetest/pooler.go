package storetest

import (
	"context"
	"errors"
	"fmt"
	neturl "net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Pooled is the URL of a new empty database, as Postgres has it, by way of a
// PgBouncer in transaction mode that has few sessions. Without PgBouncer the test
// fails in CI and is skipped elsewhere.
func Pooled(t testing.TB) (url string) {
	t.Helper()
	url = Postgres(t)
	dir, err := pooler()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") == "" {
		t.Skip("PgBouncer is not installed: run 'apt-get install pgbouncer'")
	}
	if err != nil {
		t.Fatal(err)
	}
	direct, err := pgx.ParseConfig(url)
	if err != nil {
		t.Fatal(err)
	}
	return "postgres://" + direct.User + "@/" + direct.Database + "?default_query_exec_mode=exec&port=6432&host=" + neturl.QueryEscape(dir)
}

// poolerScript runs PgBouncer as script runs PostgreSQL.
const poolerScript = `
set -eu
end() {
	kill "$pid" 2>/dev/null || true # it may have ended by itself
	rm -rf "$DIR"
}
PATH="$PATH:/usr/sbin"
pgbouncer -q "$DIR/pgbouncer.ini" >&2 &
pid=$!
trap end EXIT
trap 'exit 1' HUP INT TERM
trap '' PIPE
until [ -S "$DIR/.s.PGSQL.6432" ]; do
	kill -0 "$pid"
	sleep 0.02
done
echo ready
cat >/dev/null
`

const poolerConfig = `[databases]
* = host=%s port=%d user=%s
[pgbouncer]
unix_socket_dir = %s
listen_port = 6432
auth_type = trust
auth_file = %[4]s/users
pool_mode = transaction
default_pool_size = 3
max_client_conn = 1000
logfile = %[4]s/log
`

// pooler is the folder of the socket of a PgBouncer in front of the tests' server.
var pooler = sync.OnceValues(func() (dir string, err error) {
	if _, err := os.Stat("/usr/sbin/pgbouncer"); err != nil { // not in everybody's path
		if _, err := exec.LookPath("pgbouncer"); err != nil {
			return "", err
		}
	}
	admin, err := Cluster()
	if err != nil {
		return "", err
	}
	server, err := pgx.ParseConfig(admin)
	if err != nil {
		return "", err
	}
	if dir, err = os.MkdirTemp("", "roster-pooler-"); err != nil {
		return "", err
	}
	config := fmt.Sprintf(poolerConfig, server.Host, server.Port, server.User, dir)
	cmd := exec.CommandContext(context.Background(), "sh", "-c", poolerScript)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "DIR=" + dir}
	cmd.Dir = dir
	if err = errors.Join(
		os.WriteFile(filepath.Join(dir, "pgbouncer.ini"), []byte(config), 0o644),
		os.WriteFile(filepath.Join(dir, "users"), fmt.Appendf(nil, "%q %q\n", server.User, server.Password), 0o644),
		runCluster(cmd, dir),
	); err != nil {
		return "", errors.Join(fmt.Errorf("start PgBouncer: %w", err), os.RemoveAll(dir))
	}
	return dir, nil
})
