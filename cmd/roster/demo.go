package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

const (
	demoUsers = 300
	// demoKey opens the demo directory wherever it runs: it is public, and
	// protects nothing.
	demoKey = "sk_test_RosterDemoDirectoryKeyDoNotUseInProduction"
)

// demoStart is when the demo's first user signed up; demoStep lies between two
// users, so that the demo spans the better part of a year.
var (
	demoStart = time.Date(2025, time.January, 5, 8, 0, 0, 0, time.UTC)
	demoStep  = 23*time.Hour + 17*time.Minute
)

// demo fills a store with the demo directory: through the service, one request
// after another, on a clock and randomness of its own, so that every id and time is
// the same at each start.
type demo struct {
	svc           *service.Service
	caller        service.Caller
	now           time.Time
	organizations []string // ids, parallel to companies
}

// seedDemo makes the demo instance with the given secret key and fills it. progress
// hears of each user made.
func seedDemo(ctx context.Context, st *store.Store, secretKey string, progress func(done, of int)) error {
	d := &demo{now: demoStart, organizations: make([]string, len(companies))}
	seed := [32]byte([]byte("the demo directory of roster, v1"))
	d.svc = service.New(st, service.Options{Now: func() time.Time { return d.now }, Rand: rand.NewChaCha8(seed)})
	if _, _, err := d.svc.CreateInstance(ctx, "demo", service.Development, secretKey); err != nil {
		return fmt.Errorf("create demo instance: %w", err)
	}
	var err error
	if d.caller, err = d.svc.Authenticate(ctx, secretKey); err != nil {
		return fmt.Errorf("open demo instance: %w", err)
	}
	d.caller.Version = roster.VersionMetadataEndpoints
	d.caller.UserAgent = "roster dev"
	for i := range demoUsers {
		d.now = demoStart.Add(time.Duration(i) * demoStep)
		if err := d.addUser(ctx, i); err != nil {
			return fmt.Errorf("create demo user %d: %w", i, err)
		}
		progress(i+1, demoUsers)
	}
	return nil
}

// addUser signs user i up and lets them found, join and visit organizations.
func (d *demo) addUser(ctx context.Context, i int) error {
	user, err := d.svc.CreateUser(ctx, d.caller, demoUser(i))
	if err != nil {
		return err
	}
	for k, c := range companies {
		d.now = d.now.Add(47 * time.Minute)
		switch {
		case c.creator(i):
			err = d.found(ctx, k, user.ID)
		case c.empty && i == k:
			err = d.found(ctx, k, "")
		case c.member(i):
			err = d.join(ctx, i, k, user.ID)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if i%3 == 2 || user.Banned {
		return nil
	}
	d.now = d.now.Add(time.Duration(i%9) * time.Hour)
	_, err = d.svc.CreateSession(ctx, d.caller, roster.CreateSession{UserID: user.ID})
	return err
}

func (d *demo) found(ctx context.Context, k int, creator string) error {
	org, err := d.svc.CreateOrganization(ctx, d.caller, companies[k].create(creator))
	if err != nil {
		return err
	}
	d.organizations[k] = org.ID
	return nil
}

func (d *demo) join(ctx context.Context, i, k int, userID string) error {
	_, err := d.svc.CreateMembership(ctx, d.caller, d.organizations[k], demoMembership(i, userID))
	return err
}

// progressOn draws the progress on a terminal, and nothing anywhere else.
func progressOn(w io.Writer) func(done, of int) {
	if !isTerminal(w) {
		return func(int, int) {}
	}
	return func(done, of int) {
		text := fmt.Sprintf("\rfilling the demo directory: %d of %d users", done, of)
		if done == of {
			text = "\r\x1b[K"
		}
		_, _ = io.WriteString(w, text) // only decoration: a terminal that went away is told of elsewhere
	}
}
