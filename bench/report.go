package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// report is all that a run found.
type report struct {
	Results []result
	Figures []figures
}

// write writes the page, and its pictures beside it.
func (r *report) write(p plan) error {
	var b strings.Builder
	b.WriteString(introduction)
	fmt.Fprintf(&b, "\nCommit %s, %s, %d cores (%s), medians of %d rounds of %s.\n", commit(), time.Now().UTC().Format(time.DateOnly),
		runtime.NumCPU(), processor(), p.rounds, p.while)
	r.targets(&b, p)
	r.whole(&b)
	for _, group := range []struct{ name, title, text string }{
		{"pages", "Pages", "The floor is HTTP and storage, one after the other."},
		{"writes", "Changes", "Durable, each with its event. The floor's rows are committed together on SQLite, each by itself on PostgreSQL. That of update user writes the user and its memberships' copies, not what partial matches are found by."},
		{"tokens", "Tokens", "The floor is one RSA signature of 2048 bits."},
		{"depths", "Deep pages", "The floor is the first page."},
		{"filters", "Filters", "Pages of ten members, or of users in another order than by default. The floor is HTTP alone: what a filter has to cost at least, nobody can say. Partial matches that many have look through everybody, which is not measured at a million: there it takes seconds."},
	} {
		r.group(&b, group.name, group.title, group.text)
	}
	r.growth(&b, p)
	err := r.pictures(&b, p)
	return errors.Join(err, os.WriteFile(p.docs, []byte(b.String()), 0o644)) //nolint:gosec // a page for everybody
}

const introduction = `# Benchmarks

<!-- Written by the command below; do not edit. -->

What a request costs beside the least it could cost. One command measures all of it, in turns, so that the machine's mood
falls on all alike; only the ratios mean something elsewhere:

` + "```sh" + `
cd bench && go run . -members 10000,100000,1000000 -spread 10000 -postgres URL -docs ../docs/benchmarks.md
` + "```" + `

The server is a process of its own; its load, a client that does no more than it must, shares the machine with it. Everything
is included: authentication, validation, ` + "`total_count`" + `, the event in the outbox. Two floors stand beside it: bare
` + "`net/http`" + ` reading the same request and writing the same bytes, and the same page read, or the same rows written durably, on
the engine's bare native driver. Combined, 1/(1/http + 1/storage), they are what both cost one after the other with nothing
in between. CPU is the server's own, of all its threads.

The directory comes in by ` + "`roster import`" + `, the way for anybody's people by the million: one organization of everybody, and up to
200 of a hundred; or nothing but organizations of a hundred.
`

func (r *report) whole(b *strings.Builder) {
	b.WriteString("\n## The server\n\nStarts follow a clean end, each on the files that the last one has read.\n\n| Engine | Members | Import of it all | Start to first answer | Memory idle | under 64 × page of 500 | Binary | Reads beside 500 writes/s: p50 | p99 | HTTP alone, with no writes: p50 | p99 |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, f := range r.Figures {
		fmt.Fprintf(b, "| %s | %s | %s | %d ms | %d MB | %s | %.1f MB | %s | %s | %s | %s |\n", f.Engine, people(f.Members, f.Organizations), seconds(f.Seeded),
			f.Start.Milliseconds(), f.Idle>>20, megabytes(f.Busy), float64(f.Binary)/(1<<20), micros(f.P50), micros(f.P99), micros(f.HTTP50), micros(f.HTTP99))
	}
}

// people says how many members there are, and where.
func people(members, organizations int) string {
	if organizations == 0 {
		return thousands(members)
	}
	return thousands(members) + " in " + thousands(organizations)
}

func seconds(d time.Duration) string {
	if d == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

func megabytes(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%d MB", n>>20)
}

func micros(d time.Duration) string {
	if d == 0 {
		return "–"
	}
	return thousands(int(d.Microseconds())) + " µs"
}

// group is a table of scenarios that have something in common.
func (r *report) group(b *strings.Builder, name, title, text string) {
	rows := slices.DeleteFunc(slices.Clone(r.Results), func(r result) bool { return r.Group != name })
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", title, text)
	b.WriteString("| Request | Engine | Members | Clients | Requests/s | HTTP alone | Storage alone | Server / combined | CPU | p50 | p99 |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range rows {
		fmt.Fprintf(b, "| %s | %s | %s | %d | %s | %s | %s | %.2f | %s µs | %s µs | %s µs |\n", r.Scenario, r.Engine, people(r.Members, r.Organizations), r.Clients,
			rate(r.Server), rate(r.HTTP), rate(r.Storage), r.Ratio(), rate(r.CPU), rate(r.P50), rate(r.P99))
	}
}

func rate(v float64) string {
	if v == 0 {
		return "–"
	}
	return thousands(int(v + 0.5))
}

func thousands(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// growth tells how the time of an answer grows with the organization.
func (r *report) growth(b *strings.Builder, p plan) {
	if len(p.members) < 2 {
		return
	}
	small, big := p.members[len(p.members)-2], p.members[len(p.members)-1]
	fmt.Fprintf(b, "\n## Growth\n\nThe time of an answer at %s members, in times of that at %s, with %d clients.\n\n| Request | Engine | Times |\n|---|---|---|\n",
		thousands(big), thousands(small), p.middle())
	for _, one := range r.Results {
		if one.Members != big || one.Organizations > 0 || one.Clients != p.middle() {
			continue
		}
		for _, other := range r.Results {
			if other.Members == small && other.Scenario == one.Scenario && other.Engine == one.Engine && other.Clients == one.Clients {
				fmt.Fprintf(b, "| %s | %s | %.1f |\n", one.Scenario, one.Engine, other.Server/one.Server)
			}
		}
	}
}

// pictures draws what the tables say.
func (r *report) pictures(b *strings.Builder, p plan) error {
	folder := filepath.Join(filepath.Dir(p.docs), "benchmarks")
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // pictures for everybody
		return err
	}
	var failed error
	for _, kind := range []struct {
		name, title string
		draw        func(engine string, p plan) string
	}{{"growth", "Growth", r.plot}, {"latency", "Latency", r.latencies}} {
		for _, engine := range []string{"sqlite", "postgres"} {
			picture := kind.draw(engine, p)
			if picture == "" {
				continue
			}
			fmt.Fprintf(b, "\n![%s on %s](benchmarks/%s-%s.svg)\n", kind.title, engine, kind.name, engine)
			failed = errors.Join(failed, os.WriteFile(filepath.Join(folder, kind.name+"-"+engine+".svg"), []byte(picture), 0o644)) //nolint:gosec // likewise
		}
	}
	return failed
}

// middle is the number of clients that tables of one use.
func (p plan) middle() int { return p.clients[len(p.clients)/2] }

func commit() string {
	out, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}

func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(text)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
