package e2e

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http/httptrace"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// scene is what the two requests of a schedule meet: two organizations, three
// users who are in neither, and two nodes to ask.
type scene struct {
	ctx        context.Context
	nodes      [2]*client.Client
	oldest     [2]*client.Client // the same, asking as the API's first version does
	org, other string
	users      [3]string
	role       *roster.Role // nobody's, if prepared
	db         *sql.DB
}

// stage makes scenes on one database.
type stage struct {
	database string
	db       *sql.DB
	nodes    [2]*client.Client
	oldest   [2]*client.Client
	scenes   atomic.Int64
}

func newStage(t *testing.T, m mutant, database string) *stage {
	t.Helper()
	p := newPair(t, m, database)
	s := &stage{database: database, db: look(t, database), nodes: p.clients}
	for i, n := range p.nodes {
		s.oldest[i] = n.client(t, client.WithVersion(roster.VersionOldest))
	}
	return s
}

func (s *stage) scene(ctx context.Context) (*scene, error) {
	n := s.scenes.Add(1)
	sc := &scene{ctx: ctx, nodes: s.nodes, oldest: s.oldest, db: s.db}
	for _, o := range []struct {
		id   *string
		name string
	}{{&sc.org, "scene"}, {&sc.other, "other"}} {
		made, err := s.nodes[0].Organizations.Create(ctx, roster.CreateOrganization{Name: fmt.Sprintf("%s %d", o.name, n)})
		if err != nil {
			return nil, err
		}
		*o.id = made.ID
	}
	for i := range sc.users {
		email := fmt.Sprintf("user%d-%d@example.com", i, n)
		u, err := s.nodes[0].Users.Create(ctx, roster.CreateUser{EmailAddress: []string{email}, FirstName: roster.Value("before"), SkipPasswordRequirement: true})
		if err != nil {
			return nil, err
		}
		sc.users[i] = u.ID
	}
	return sc, nil
}

// join adds a user to an organization.
func (sc *scene) join(organizationID string, user int, role string) error {
	_, err := sc.nodes[0].OrganizationMemberships.Create(sc.ctx, organizationID, roster.CreateMembership{UserID: sc.users[user], Role: role})
	return err
}

// request is one of the two, sent through a node.
type request func(ctx context.Context, sc *scene, node int) error

// send starts a request. sent is closed once the node has it, done tells its
// outcome.
func (sc *scene) send(r request, node int) (sent <-chan struct{}, done <-chan roster.Code) {
	wrote, outcome := make(chan struct{}), make(chan roster.Code, 1)
	var once atomic.Bool
	ctx := httptrace.WithClientTrace(sc.ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) {
		if once.CompareAndSwap(false, true) {
			close(wrote)
		}
	}})
	go func() { outcome <- codeOf(r(ctx, sc, node)) }()
	return wrote, outcome
}

// codeOf is the code of a refusal, "" for success.
func codeOf(err error) roster.Code {
	var refusal *roster.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &refusal):
		return refusal.Code
	}
	return roster.Code(err.Error())
}

// park makes the database hold rows, so that requests wait for them.
func (s *stage) park(sc *scene, hold func(*scene) (string, []any)) (release func() error, err error) {
	c, err := s.db.Conn(sc.ctx)
	if err != nil {
		return nil, err
	}
	sql, args := "", []any(nil)
	begin, sql, args := "begin", sql, args
	if isPostgres(s.database) {
		sql, args = hold(sc)
	} else {
		begin = "begin immediate" // its one writer
	}
	release = func() error {
		_, err := c.ExecContext(context.WithoutCancel(sc.ctx), "rollback")
		return errors.Join(err, c.Close())
	}
	if _, err := c.ExecContext(sc.ctx, begin); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if sql != "" {
		if _, err := c.ExecContext(sc.ctx, sql, args...); err != nil {
			return nil, errors.Join(err, release())
		}
	}
	return release, nil
}

// parked waits until n requests wait for a lock, on an engine that tells.
func (s *stage) parked(n int) bool {
	if !isPostgres(s.database) {
		return true
	}
	return until(5*time.Second, func() bool {
		waiting := 0
		err := s.db.QueryRow(`select count(*)
from pg_stat_activity
where datname = current_database() and application_name = 'roster' and wait_event_type = 'Lock'`).Scan(&waiting)
		return err == nil && waiting == n
	})
}
