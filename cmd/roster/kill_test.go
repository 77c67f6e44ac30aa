package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"       // looks at the database behind the server's back
	_ "github.com/ncruces/go-sqlite3/driver" // likewise

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const (
	killRounds  = 5
	killWriters = 8
	killSeed    = 20
)

// ledger is what the server acknowledged.
type ledger struct {
	mu            sync.Mutex
	users         map[string]string // id → email address
	organizations map[string]string // id → creator
	members       map[string]int    // user id → the number merged into the metadata, 0 for none
	removed       map[string]bool   // user ids
	doubt         map[string]bool   // user ids whose last change was not answered
}

func newLedger() *ledger {
	return &ledger{users: map[string]string{}, organizations: map[string]string{}, members: map[string]int{}, removed: map[string]bool{}, doubt: map[string]bool{}}
}

func (l *ledger) note(fn func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fn()
}

// TestServe_loses_nothing_acknowledged_when_killed kills the server at random
// points under concurrent writers and looks at what the next start finds.
func TestServe_loses_nothing_acknowledged_when_killed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) { killAndLook(t, e.URL(t)) })
}

func killAndLook(t *testing.T, url string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(killSeed, 0))
	args := []string{"serve", "--addr", "127.0.0.1:0", "--manage", "off", "--database", url, "--log-level", "warn", "--secret-key", demoKey}
	p := startRoster(t, "", args...)
	home, err := connect(t, p).Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Home"})
	if err != nil {
		t.Fatal(err)
	}
	kept := newLedger()
	for round := range killRounds {
		target := int64(40 + rng.IntN(400))
		var acknowledged atomic.Int64
		// The writer whose answer is the target kills the server, in the middle of
		// everybody else's requests.
		done := func() {
			if acknowledged.Add(1) == target {
				_ = p.cmd.Process.Kill()
			}
		}
		c := connect(t, p)
		var writers sync.WaitGroup
		for w := range killWriters {
			writers.Go(func() {
				for n := 1; write(t.Context(), c, home.ID, kept, fmt.Sprintf("r%d-w%d-n%d", round, w, n), n, done); n++ {
				}
			})
		}
		writers.Wait()
		if code, err := p.stop(syscall.SIGKILL); err != nil || code != -1 {
			t.Fatalf("round %d: exit code %d, %v: %s", round, code, err, p.stderr)
		}
		p = startRoster(t, "", args...)
		kept.check(t, connect(t, p), home.ID)
		if t.Failed() {
			t.Fatalf("round %d, killed after %d acknowledged writes", round, target)
		}
	}
	if code, err := p.stop(syscall.SIGTERM); err != nil || code != 0 {
		t.Fatalf("exit code %d, %v: %s", code, err, p.stderr)
	}
	checkDatabase(t, url)
}

// connect makes a client that never tries again: what is not answered is in doubt.
func connect(t *testing.T, p *process) *client.Client {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: killWriters}
	t.Cleanup(transport.CloseIdleConnections)
	return client.New(demoKey, client.WithBaseURL(p.url+"/v1"), client.WithRetries(0), client.WithCursor(), client.WithHTTPClient(&http.Client{Transport: transport}))
}

// step is one request and what its acknowledgement means.
type step struct {
	run  func() error
	note func()
}

// write takes one user through creation, membership, merge, and sometimes removal
// or a new organization, and notes what is acknowledged. It returns false once the
// server does not answer.
func write(ctx context.Context, c *client.Client, home string, l *ledger, tag string, n int, done func()) bool {
	email := tag + "@example.com"
	user, err := c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{email}, SkipPasswordRequirement: true})
	if err != nil {
		return false
	}
	l.note(func() { l.users[user.ID] = email })
	done()
	steps := []step{
		{func() error {
			_, err := c.OrganizationMemberships.Create(ctx, home, roster.CreateMembership{UserID: user.ID, Role: roster.RoleMember})
			return err
		}, func() { l.members[user.ID] = 0 }},
		{func() error {
			_, err := c.OrganizationMemberships.UpdateMetadata(ctx, home, user.ID, roster.UpdateMetadata{PublicMetadata: metadataf(`{"n":%d}`, n)})
			return err
		}, func() { l.members[user.ID] = n }},
	}
	if last := lastStep(ctx, c, home, l, tag, user.ID, n); last != nil {
		steps = append(steps, *last)
	}
	for _, s := range steps {
		if err := s.run(); err != nil {
			l.note(func() { l.doubt[user.ID] = true })
			return false
		}
		l.note(s.note)
		done()
	}
	return true
}

// lastStep removes every third user again, lets every third make an organization,
// and is nil for the others.
func lastStep(ctx context.Context, c *client.Client, home string, l *ledger, tag, userID string, n int) *step {
	switch n % 3 {
	case 0:
		return &step{func() error {
			_, err := c.OrganizationMemberships.Delete(ctx, home, userID)
			return err
		}, func() { delete(l.members, userID); l.removed[userID] = true }}
	case 1:
		var org *roster.Organization
		return &step{func() (err error) {
			org, err = c.Organizations.Create(ctx, roster.CreateOrganization{Name: tag, CreatedBy: roster.Value(userID)})
			return err
		}, func() { l.organizations[org.ID] = userID }}
	}
	return nil
}

// check compares what the server tells with what it acknowledged, and its totals
// with its rows.
func (l *ledger) check(t *testing.T, c *client.Client, home string) {
	t.Helper()
	ctx := t.Context()
	users := collect(t, c.Users.All(ctx, roster.UserQuery{Paging: roster.Paging{Limit: 500}}), func(u roster.User) string { return u.ID })
	for id, email := range l.users {
		u, there := users[id]
		if !there || len(u.EmailAddresses) != 1 || u.EmailAddresses[0].EmailAddress != email {
			t.Errorf("acknowledged user %s (%s) is lost or incomplete", id, email)
		}
	}
	total, err := c.Users.Count(ctx, roster.UserQuery{})
	if err != nil || int(total) != len(users) {
		t.Errorf("users: count says %d, the list has %d (%v)", total, len(users), err)
	}
	members := collect(t, c.OrganizationMemberships.All(ctx, home, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}}), func(m roster.Membership) string { return m.PublicUserData.UserID })
	l.checkMembers(t, members)
	org, err := c.Organizations.Get(ctx, home, roster.OrganizationInclude{MembersCount: true})
	if err != nil || int(*org.MembersCount) != len(members) {
		t.Errorf("members_count of %v, the list has %d (%v)", org, len(members), err)
	}
	organizations := collect(t, c.Organizations.All(ctx, roster.OrganizationQuery{Paging: roster.Paging{Limit: 500}, OrganizationInclude: roster.OrganizationInclude{MembersCount: true}}), func(o roster.Organization) string { return o.ID })
	for id := range l.organizations {
		if _, there := organizations[id]; !there {
			t.Errorf("acknowledged organization %s is lost", id)
		}
	}
	for id, o := range organizations {
		if id != home && *o.MembersCount != 1 {
			t.Errorf("organization %s came without its creator: %d members", id, *o.MembersCount)
		}
	}
}

func (l *ledger) checkMembers(t *testing.T, members map[string]roster.Membership) {
	t.Helper()
	for id, n := range l.members {
		m, there := members[id]
		if !there && !l.doubt[id] {
			t.Errorf("acknowledged membership of %s is lost", id)
		}
		if want := fmt.Sprintf(`{"n":%d}`, n); there && n > 0 && m.PublicMetadata.String() != want {
			t.Errorf("acknowledged merge is lost: %s has %s, want %s", id, m.PublicMetadata, want)
		}
	}
	for id := range l.removed {
		if _, there := members[id]; there {
			t.Errorf("the removed membership of %s is back", id)
		}
	}
	for id, m := range members {
		if m.PublicUserData.Identifier == nil || l.users[id] != "" && *m.PublicUserData.Identifier != l.users[id] {
			t.Errorf("membership of %s shows %v", id, m.PublicUserData)
		}
	}
}

// checkDatabase holds the database itself against its rules: sound pages, counters
// that equal rows, and an event for every change.
func checkDatabase(t *testing.T, url string) {
	t.Helper()
	driver := "pgx"
	path, isFile := strings.CutPrefix(url, "sqlite:")
	if isFile {
		driver, url = "sqlite3", "file:"+path
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	if isFile {
		var sound string
		if err := db.QueryRow("pragma integrity_check").Scan(&sound); err != nil || sound != "ok" {
			t.Errorf("integrity_check: %s, %v", sound, err)
		}
	}
	for _, rule := range []struct{ what, got, want string }{
		{"counters equal rows", "select coalesce(sum(members), 0) from member_counts", "select count(*) from memberships"},
		{"an event for each membership", "select sum(case type when 'organizationMembership.created' then 1 when 'organizationMembership.deleted' then -1 else 0 end) from outbox", "select count(*) from memberships"},
		{"an event for each user", "select count(*) from outbox where type = 'user.created'", "select count(*) from users"},
		{"an event for each organization", "select count(*) from outbox where type = 'organization.created'", "select count(*) from organizations"},
		{"an address for each user", "select count(*) from identifications", "select count(*) from users"},
	} {
		var got, want int
		if err := db.QueryRow(rule.got).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRow(rule.want).Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s: %d against %d", rule.what, got, want)
		}
	}
}
