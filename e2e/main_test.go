package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rs/zerolog"
)

// patience bounds every wait for something that should happen; all waits end as
// soon as it does.
const patience = 60 * time.Second

// scratch is a folder for the run: the binaries, as far as tests build them.
var scratch string

// atOnce is how many tests run at a time where the command does not say: most of
// them wait, for time-outs, for disks and for each other.
const atOnce = "8"

func TestMain(m *testing.M) {
	given := false
	flag.Parse()
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "test.parallel" })
	if !given {
		if err := flag.Set("test.parallel", atOnce); err != nil {
			panic(err)
		}
	}
	zerolog.SetGlobalLevel(zerolog.Disabled) // the proxy tells of each connection
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if scratch, err = os.MkdirTemp("", "roster-e2e-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer func() {
		if err := os.RemoveAll(scratch); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	defer shared.remove()
	return m.Run()
}

// bounded is how often something is repeated: a number that CI can bear, or ten
// times it.
func bounded(n int) int {
	if os.Getenv("ROSTER_E2E") == "long" {
		return 10 * n
	}
	return n
}

// until polls a condition that another process makes true, and reports whether it
// did in time.
func until(limit time.Duration, done func() bool) bool {
	deadline := time.After(limit)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			return false
		}
	}
	return true
}

// report prints the numbers of a test that passed, as a table: name, value, name,
// value.
func report(t *testing.T, cells ...any) {
	t.Helper()
	if t.Failed() {
		return
	}
	var head, row strings.Builder
	for i := 0; i+1 < len(cells); i += 2 {
		fmt.Fprintf(&head, "| %v ", cells[i])
		fmt.Fprintf(&row, "| %v ", cells[i+1])
	}
	t.Logf("\n%s|\n%s|", &head, &row)
}

func contextFor(limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), limit)
}
