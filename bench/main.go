package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rosterhq/roster/internal/store/storetest"
)

// plan is what a run measures.
type plan struct {
	members  []int
	small    int
	spread   int
	clients  []int
	groups   []string
	rounds   int
	while    time.Duration
	postgres string // URL of a server whose user may create databases; "" leaves it out
	embedded bool
	folder   string
	docs     string
	only     string
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-floor" {
		fail(serveFloor())
	}
	var p plan
	var sizes, clients, groups string
	flag.StringVar(&sizes, "members", "10000,100000", "members of the big organization, for each of which everything is measured")
	flag.IntVar(&p.small, "organizations", 200, "organizations of a hundred members beside it, at most")
	flag.IntVar(&p.spread, "spread", 0, "organizations of a hundred members, and nothing else, in one more directory, of which pages are measured")
	flag.StringVar(&clients, "clients", "1,8,64", "clients at a time")
	flag.StringVar(&groups, "groups", "pages,filters,depths,writes,tokens,server", "what to measure")
	flag.StringVar(&p.only, "only", "", "scenarios whose name has this text")
	flag.IntVar(&p.rounds, "rounds", 5, "rounds, of which the median counts")
	flag.DurationVar(&p.while, "while", 400*time.Millisecond, "one measurement")
	flag.StringVar(&p.postgres, "postgres", os.Getenv("ROSTER_TEST_POSTGRES"), "URL of a PostgreSQL whose user may create databases; none leaves it out, 'test' starts the one of the tests, which is not durable")
	flag.BoolVar(&p.embedded, "sqlite", true, "measure the embedded engine")
	flag.StringVar(&p.folder, "folder", "", "where the databases go; a temporary folder by default")
	flag.StringVar(&p.docs, "docs", "", "the page to write, beside its pictures, when all is measured")
	flag.Parse()
	fail(errors.Join(ints(sizes, &p.members), ints(clients, &p.clients)))
	p.rounds = max(p.rounds, 1)
	p.groups = strings.Split(groups, ",")
	fail(p.run(context.Background()))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func ints(text string, to *[]int) error {
	for _, part := range strings.Split(text, ",") {
		var n int
		if _, err := fmt.Sscan(part, &n); err != nil {
			return fmt.Errorf("%q is no number", part)
		}
		*to = append(*to, n)
	}
	return nil
}

func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func (p plan) run(ctx context.Context) (err error) {
	if p.folder == "" {
		if p.folder, err = os.MkdirTemp("", "roster-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(p.folder)) }()
	}
	if p.postgres == "test" {
		if p.postgres, err = storetest.Cluster(); err != nil {
			return err
		}
	}
	binary, err := build(p.folder)
	if err != nil {
		return err
	}
	t, err := newTemplate(ctx, binary, p.folder)
	if err != nil {
		return err
	}
	floor, err := startFloor()
	if err != nil {
		return err
	}
	defer func() { _ = floor.cmd.Process.Kill() }() // it keeps nothing
	var all report
	for _, d := range p.directories() {
		if err := p.engines(ctx, t, binary, floor, d, &all); err != nil {
			return err
		}
	}
	if p.docs == "" {
		return nil
	}
	return all.write(p) // not before: of a run that broke off the last whole page is better
}

func (p plan) engines(ctx context.Context, t *template, binary string, floor *server, d directory, all *report) error {
	if p.embedded {
		database := fmt.Sprintf("sqlite:%s/users-%d-members-%d.db", p.folder, d.users, d.members)
		if err := p.measure(ctx, t, binary, "sqlite", database, floor, d, all); err != nil {
			return err
		}
	}
	if p.postgres == "" {
		return nil
	}
	name := fmt.Sprintf("roster_bench_%d_%d_%s", d.users, d.members, run)
	database, drop, err := makeDatabase(ctx, p.postgres, name)
	if err != nil {
		return err
	}
	return errors.Join(p.measure(ctx, t, binary, "postgres", database, floor, d, all), drop())
}

// measure seeds a database and runs everything on it.
func (p plan) measure(ctx context.Context, t *template, binary, engine, database string, floor *server, d directory, all *report) error {
	took, err := seed(ctx, t, binary, database, d)
	if err != nil {
		return err
	}
	say("%-9s %8d seeded in %s", engine, d.memberships(), took.Round(time.Millisecond))
	s, err := all.start(binary, engine, database, d, took, p.rounds)
	if err != nil {
		return err
	}
	store, err := openStorage(ctx, database, d)
	if err != nil {
		return errors.Join(err, s.stop())
	}
	b := &bench{engine: engine, d: d, server: s, floor: floor, storage: store, rounds: p.rounds, while: p.while, say: say, turns: make([]atomic.Uint32, d.members)}
	return errors.Join(p.scenarios(b, all), store.close(), s.stop())
}

// seed imports the directory, unless the file is there from an earlier run.
func seed(ctx context.Context, t *template, binary, database string, d directory) (time.Duration, error) {
	if path, isFile := strings.CutPrefix(database, "sqlite:"); isFile {
		if _, err := os.Stat(path); err == nil {
			return 0, nil
		}
	}
	began := time.Now()
	cmd := exec.CommandContext(ctx, binary, "import", "--database", database)
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	err = errors.Join(t.write(in, d), in.Close())
	if ended := cmd.Wait(); ended != nil {
		err = fmt.Errorf("import: %w: %s", errors.Join(ended, err), stderr.String())
	}
	return time.Since(began), err
}

func (p plan) scenarios(b *bench, all *report) error {
	for _, group := range [][]scenario{pages, depths, filters, writes} {
		for _, s := range group {
			if !p.wants(s.group) || !b.d.has(s) || !strings.Contains(s.name, p.only) {
				continue
			}
			for _, clients := range p.clientsOf(b.d) {
				r, err := b.compare(s, clients)
				if err != nil {
					return err
				}
				all.Results = append(all.Results, r)
			}
		}
	}
	if p.wants("server") && p.only == "" && !b.d.spread() {
		return b.whole(all)
	}
	return nil
}

// directories are what is measured, in their order.
func (p plan) directories() (all []directory) {
	for _, members := range p.members {
		all = append(all, big(members, p.small))
	}
	if p.spread > 0 {
		all = append(all, spread(p.spread))
	}
	return all
}

// clientsOf is how many clients at a time a directory is measured with: growth is
// told by one number of them, so only one directory is measured with each.
func (p plan) clientsOf(d directory) []int {
	if d.spread() || d.members != p.medium() {
		return []int{p.middle()}
	}
	return p.clients
}

func (p plan) wants(group string) bool {
	return slices.Contains(p.groups, group)
}
