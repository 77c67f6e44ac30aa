package e2e

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

const crashWriters = 12

// crashes kills something, again and again, under writers.
type crashes struct {
	t       *testing.T
	db      *sql.DB
	kills   int
	writes  int64  // acknowledged at least
	kill    func() // at any moment, from any goroutine
	recover func() *client.Client
}

func (c *crashes) run(first *client.Client) {
	c.t.Helper()
	l, err := newLedger(c.t.Context(), first)
	if err != nil {
		c.t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	var v verdict
	kills, to := 0, first
	for ; kills < c.kills || l.acks.Load() < c.writes; kills++ {
		share := 1 + int(c.writes)/c.kills
		target := l.acks.Load() + int64(share/2+rng.IntN(share))
		var once atomic.Bool
		l.writers(c.t.Context(), to, crashWriters, fmt.Sprintf("round%d", kills), func() {
			if l.acks.Load() >= target && once.CompareAndSwap(false, true) {
				c.kill() // in the middle of everybody else's requests
			}
		})
		to = c.recover()
		v = l.check(c.t, c.db)
		c.totals(to, l.home)
		if c.t.Failed() {
			c.t.Fatalf("after kill %d", kills+1)
		}
	}
	report(c.t, "kills", kills, "acknowledged writes", v.acknowledged, "lost", v.lost, "repeated", v.repeated,
		"without answer", v.inDoubt, "of them happened", v.happened)
}

// totals asks the server itself: its counters must equal what it lists.
func (c *crashes) totals(to *client.Client, home string) {
	c.t.Helper()
	listed := int64(0)
	for _, err := range to.OrganizationMemberships.All(c.t.Context(), home, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}}) {
		if err != nil {
			c.t.Fatal(err)
		}
		listed++
	}
	page, err := to.OrganizationMemberships.List(c.t.Context(), home, roster.MembershipQuery{})
	if err != nil {
		c.t.Fatal(err)
	}
	org, err := to.Organizations.Get(c.t.Context(), home, roster.OrganizationInclude{MembersCount: true})
	if err != nil {
		c.t.Fatal(err)
	}
	if page.TotalCount != listed || *org.MembersCount != listed {
		c.t.Errorf("total_count %d, members_count %d, listed %d", page.TotalCount, *org.MembersCount, listed)
	}
}

// TestKilled_server_loses_and_repeats_nothing kills the server at random points of
// 10,000 acknowledged writes, on both engines.
func TestKilled_server_loses_and_repeats_nothing(t *testing.T) {
	t.Parallel()
	binary := build(t, source)
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			database := "sqlite:" + filepath.Join(t.TempDir(), "roster.db")
			if name == "postgres" {
				c := newCluster(t)
				c.database(t, "directory")
				database = c.url(c.port, "directory")
			}
			db := look(t, database)
			n := serve(t, binary, database)
			c := &crashes{t: t, db: db, kills: bounded(30), writes: int64(bounded(10_000)), kill: func() { _ = n.cmd.Process.Kill() }}
			c.recover = func() *client.Client {
				n.kill(t)
				gone(t, database, db)
				intact(t, database, db)
				n = serve(t, binary, database)
				return n.client(t)
			}
			c.run(n.client(t))
			n.kill(t)
			checkPages(t, database, db)
		})
	}
}

// TestKilled_postgres_loses_and_repeats_nothing kills every process of the database
// under a server that goes on, and must find back by itself.
func TestKilled_postgres_loses_and_repeats_nothing(t *testing.T) {
	t.Parallel()
	binary, pg := build(t, source), newCluster(t)
	pg.database(t, "directory")
	database := pg.url(pg.port, "directory")
	n := serve(t, binary, database)
	to, db := n.client(t), look(t, database)
	killed := make(chan struct{}, 1)
	c := &crashes{t: t, db: db, kills: bounded(10), writes: int64(bounded(2_000)), kill: func() {
		pg.kill()
		killed <- struct{}{}
	}}
	c.recover = func() *client.Client {
		<-killed
		if err := pg.start(); err != nil {
			t.Fatal(err)
		}
		if !until(patience, func() bool { _, err := to.Users.Count(t.Context(), roster.UserQuery{}); return err == nil }) {
			t.Fatal("the server does not find back to its database")
		}
		if !until(patience, func() bool { return db.Ping() == nil }) {
			t.Fatal("the database does not answer")
		}
		return to
	}
	c.run(to)
	n.kill(t)
	checkPages(t, database, db)
}

// gone waits until PostgreSQL has ended what a killed server had begun.
func gone(t *testing.T, database string, db *sql.DB) {
	t.Helper()
	if !isPostgres(database) {
		return
	}
	if !until(patience, func() bool {
		left := 1
		err := db.QueryRow("select count(*) from pg_stat_activity where application_name = 'roster'").Scan(&left)
		return err == nil && left == 0
	}) {
		t.Fatal("sessions of the killed server do not end")
	}
}

// intact checks the pages of an SQLite file.
func intact(t testing.TB, database string, db *sql.DB) {
	t.Helper()
	if isPostgres(database) {
		return
	}
	var result string
	if err := db.QueryRow("pragma integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Errorf("integrity_check: %s, %v", result, err)
	}
}

// checkPages checks all pages of a database: SQLite's integrity check, or
// PostgreSQL's amcheck of every table, checksums included, and of every B-tree; it
// reads no other kind of index before version 18.
func checkPages(t *testing.T, database string, db *sql.DB) {
	t.Helper()
	intact(t, database, db)
	if !isPostgres(database) {
		return
	}
	if _, err := db.Exec("create extension amcheck"); err != nil {
		if strings.Contains(err.Error(), "58P01") || strings.Contains(err.Error(), "0A000") {
			t.Logf("pages are not checked: %v", err)
			return
		}
		t.Fatal(err)
	}
	var damage, indexes int
	if err := db.QueryRow(`select count(*)
from pg_class c, lateral verify_heapam(c.oid)
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`).Scan(&damage); err != nil || damage > 0 {
		t.Errorf("verify_heapam finds %d problems, %v", damage, err)
	}
	if err := db.QueryRow(`select count(*)
from (select bt_index_parent_check(i.indexrelid, true, true)
	from pg_index i
	join pg_class c on c.oid = i.indexrelid
	join pg_am a on a.oid = c.relam
	where c.relnamespace = 'public'::regnamespace and a.amname = 'btree') checked`).Scan(&indexes); err != nil || indexes == 0 {
		t.Errorf("bt_index_parent_check of %d indexes: %v", indexes, err)
	}
}
