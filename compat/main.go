package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/rosterhq/roster/internal/store/storetest"
)

var errFailed = errors.New("some checks failed")

func main() {
	only := flag.String("only", "", "comma-separated suites to run (js, go, python, java); all by default")
	database := flag.String("database", "", "run on this empty database, sqlite:PATH or postgres://…, alone; by default on both engines, each with a database that goes with the run")
	asJSON := flag.Bool("json", false, "print one JSON line per check instead of a table")
	docs := flag.String("docs", "", "write the result as a Markdown page to this file; needs all suites on both engines")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, *only, *database, *asJSON, *docs); {
	case errors.Is(err, errFailed):
		os.Exit(1)
	case err != nil:
		fmt.Fprintln(os.Stderr, "compat:", err)
		os.Exit(2)
	}
}

func run(ctx context.Context, only, database string, asJSON bool, docs string) (err error) {
	chosen, err := choose(only)
	if err != nil {
		return err
	}
	on, err := enginesFor(database)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "roster-compat-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary, err := build(ctx, dir)
	if err != nil {
		return err
	}
	ready := prepareAll(ctx, chosen)
	var results []result
	for _, e := range on {
		found, err := runEngine(ctx, dir, binary, e, ready)
		if err != nil {
			return fmt.Errorf("on %s: %w", e.name, err)
		}
		results = append(results, found...)
	}
	if docs != "" {
		if err := writePage(docs, results); err != nil {
			return err
		}
	}
	return report(os.Stdout, results, asJSON)
}

// prepareAll makes every suite ready, and is a result for each: skipped where that
// failed.
func prepareAll(ctx context.Context, chosen []suite) []result {
	var ready []result
	for _, s := range chosen {
		r := result{suite: s}
		if err := s.prepare(ctx); err != nil {
			r.skipped = err.Error()
			if os.Getenv("CI") == "true" && s.reachable(ctx) {
				r.fault = "CI may not skip a suite whose registry answers"
			}
		}
		ready = append(ready, r)
	}
	return ready
}

// runEngine runs what is ready against a server on one engine. Without PostgreSQL
// the suites are skipped on it, which CI takes for a failure.
func runEngine(ctx context.Context, dir, binary string, e engine, ready []result) (results []result, err error) {
	url, drop, err := e.open(dir)
	if errors.Is(err, storetest.ErrNoPostgres) {
		r := result{engine: e.name, skipped: err.Error()}
		if os.Getenv("CI") == "true" {
			r.fault = "CI may not skip an engine"
		}
		return []result{r}, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, drop()) }()
	srv, err := startServer(ctx, binary, url)
	if err != nil {
		return nil, err
	}
	defer srv.abandon()
	for _, r := range ready {
		r.engine = e.name
		if r.skipped == "" {
			r.run(ctx, srv)
		}
		results = append(results, r)
	}
	return results, srv.stop()
}

// choose is the suites named, in the order they are always run.
func choose(only string) ([]suite, error) {
	if only == "" {
		return suites, nil
	}
	var chosen []suite
	names := strings.Split(only, ",")
	for _, s := range suites {
		if i := slices.Index(names, s.name); i >= 0 {
			chosen = append(chosen, s)
			names = slices.Delete(names, i, i+1)
		}
	}
	if len(names) > 0 {
		return nil, fmt.Errorf("no suite is called %s", strings.Join(names, ", "))
	}
	return chosen, nil
}

// result is what one suite found on one engine. Skipped says why it did not run, if
// it did not; fault says why that counts as a failure, if it does.
type result struct {
	suite   suite
	engine  string
	hello   hello
	checks  []*check
	skipped string
	fault   string
}

func (r *result) run(ctx context.Context, srv *server) {
	key, err := srv.newInstance(ctx, r.suite.name)
	if err == nil {
		err = r.play(ctx, srv, key)
	}
	if err != nil {
		r.fault = err.Error()
	}
}

// play runs both scenarios with keys of the suite's own, then knocks with the key of
// another instance and with one that nobody has.
func (r *result) play(ctx context.Context, srv *server, key string) error {
	family, err := srv.newInstance(ctx, r.suite.name+"-family")
	if err != nil {
		return err
	}
	other, err := srv.newInstance(ctx, r.suite.name+"-other")
	if err != nil {
		return err
	}
	wrong, err := newKey()
	if err != nil {
		return err
	}
	s := &session{cast: make(map[string]string)}
	for _, part := range []struct {
		key  string
		play func()
	}{{key, s.scenario}, {family, s.family}, {other, s.trespass}, {wrong, s.intrude}} {
		s.aside = aside{ctx, srv.url, part.key}
		if s.driver, err = startDriver(ctx, r.suite, srv.url, part.key); err != nil {
			return err
		}
		r.hello = s.driver.hello
		part.play()
		r.checks = s.checks
		if err := s.driver.stop(); err != nil {
			return err
		}
	}
	return r.hello.complete(r.checks)
}

// root is the folder of the main module.
func root() (string, error) { return filepath.Abs("..") }
