package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Pair is a PostgreSQL database and its streaming replica.
type Pair struct {
	Primary, Replica string // URLs

	t     testing.TB
	admin string // of the replica
}

// Replicated returns a new empty database, without a schema, on a server that has a
// standby. The servers are the test's own until it ends: other tests wait, because
// pausing the standby pauses all of it. Missing PostgreSQL is met as by Postgres.
func Replicated(t testing.TB) *Pair {
	t.Helper()
	replicated.Lock()
	t.Cleanup(replicated.Unlock)
	servers, err := servers()
	if err != nil {
		if os.Getenv("CI") == "" && errors.Is(err, ErrNoPostgres) {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	name := "roster_test_" + strings.ToLower(rand.Text())
	if err := administer(servers[0], "create database "+name); err != nil {
		t.Fatal(err)
	}
	p := &Pair{Primary: databaseURL(servers[0], name), Replica: databaseURL(servers[1], name), t: t, admin: servers[1]}
	t.Cleanup(func() {
		p.Resume()
		if err := administer(servers[0], "drop database "+name+" with (force)"); err != nil {
			t.Error(err)
		}
	})
	return p
}

var replicated sync.Mutex

// servers are a primary and its standby.
var servers = sync.OnceValues(func() (urls [2]string, err error) {
	var dir string
	if urls[0], dir, err = startCluster(""); err == nil {
		urls[1], _, err = startCluster(dir)
	}
	return urls, err
})

// Pause makes the replica stay as it is: changes still reach it, and wait there.
func (p *Pair) Pause() {
	p.t.Helper()
	p.must(`select pg_wal_replay_pause()`)
	p.await(`select pg_get_wal_replay_pause_state() = 'paused'`)
}

// Resume ends Pause.
func (p *Pair) Resume() {
	p.t.Helper()
	p.must(`select pg_wal_replay_resume()`)
}

func (p *Pair) must(sql string) {
	p.t.Helper()
	if err := administer(p.admin, sql); err != nil {
		p.t.Error(err)
	}
}

// await asks until the answer is yes.
func (p *Pair) await(sql string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, p.admin)
	if err != nil {
		p.t.Error(err)
		return
	}
	for yes := false; err == nil && !yes; {
		err = c.QueryRow(ctx, sql).Scan(&yes)
	}
	if err := errors.Join(err, c.Close(ctx)); err != nil {
		p.t.Error(err)
	}
}
