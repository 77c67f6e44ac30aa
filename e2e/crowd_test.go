package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

const (
	crowd = 3000
	// crowdBytes is what a waiting client may cost, all included: its connection,
	// its goroutine and its request.
	crowdBytes = 96 << 10
)

// TestCrowd_before_a_slow_database_is_bounded lets 3,000 clients ask at once while
// the database answers after two seconds. What exceeds the server's bounds is
// refused with 503, every client gets an answer in time, and memory stays bounded.
func TestCrowd_before_a_slow_database_is_bounded(t *testing.T) {
	t.Parallel()
	pg := sharedCluster(t)
	pg.database(t, "crowd")
	w := newWire(t, pg)
	n := serve(t, build(t, source), pg.url(w.port(), "crowd"))
	to := n.client(t, client.WithHTTPClient(&http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1}, Timeout: 2 * patience}))
	l, err := newLedger(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	before := memory(t, n, "VmRSS")
	w.add(damage{Name: "slow", Type: "latency", Stream: "downstream", Toxicity: 1, Attributes: map[string]any{"latency": 2000}})
	took := make([]time.Duration, crowd)
	errs := make([]error, crowd)
	var all sync.WaitGroup
	for i := range crowd {
		all.Go(func() {
			began := time.Now()
			_, errs[i] = to.OrganizationMemberships.List(context.WithoutCancel(t.Context()), l.home, roster.MembershipQuery{})
			took[i] = time.Since(began)
		})
	}
	all.Wait()
	refused := 0
	for _, err := range errs {
		if err != nil {
			refused += wantUnavailable(t, err)
		}
	}
	slices.Sort(took)
	if took[crowd-1] > longest {
		t.Errorf("an answer took %s", took[crowd-1])
	}
	if refused < crowd/2 {
		t.Errorf("%d of %d refused: the database cannot serve so many", refused, crowd)
	}
	peak := memory(t, n, "VmHWM")
	if grown := peak - before; grown > crowd*crowdBytes {
		t.Errorf("memory grew by %d MB", grown>>20)
	}
	w.heal()
	healed := time.Now()
	if !until(patience, func() bool { _, err := to.Users.Count(t.Context(), roster.UserQuery{}); return err == nil }) {
		t.Fatal("the server does not find back to its database")
	}
	report(t, "clients", crowd, "answered", crowd-refused, "refused with 503", refused, "median", took[crowd/2].Round(time.Millisecond),
		"slowest", took[crowd-1].Round(time.Millisecond), "memory before", mega(before), "at its peak", mega(peak), "back after", time.Since(healed).Round(time.Millisecond))
}

func mega(bytes int64) string { return fmt.Sprintf("%d MB", bytes>>20) }

// memory reads a field of what the kernel knows of a server's memory, in bytes.
func memory(t *testing.T, n *node, field string) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", n.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, field+":"); ok {
			var kilobytes int64
			if _, err := fmt.Sscan(value, &kilobytes); err != nil {
				t.Fatal(err)
			}
			return kilobytes << 10
		}
	}
	t.Fatalf("the kernel tells no %s", field)
	return 0
}
