package e2e

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/rosterhq/roster/client"
)

const (
	offices     = 3 // histories at a time
	clients     = 6 // of one history, half on each node
	callsEach   = 25
	checkAtMost = 60 * time.Second
)

// pair is two servers on one database.
type pair struct {
	binary, database string
	nodes            [2]*node
	clients          [2]*client.Client
}

func newPair(t *testing.T, m mutant, database string) *pair {
	t.Helper()
	p := &pair{binary: build(t, m), database: database}
	for i := range p.nodes {
		p.start(t, i)
	}
	return p
}

func (p *pair) start(t *testing.T, i int) {
	t.Helper()
	p.nodes[i] = serve(t, p.binary, p.database)
	p.clients[i] = p.nodes[i].client(t)
}

// tally counts what the histories were made of.
type tally struct{ histories, calls, unknown, kills int }

// TestHistories_are_linearizable lets clients of two nodes on one database create,
// change, merge, remove, read, list and rename, and looks for an order of all the
// requests, each between its start and its answer, that explains every answer. In
// every third round one node is killed on the way.
func TestHistories_are_linearizable(t *testing.T) {
	onEngines(t, func(t *testing.T, database string) {
		p := newPair(t, source, database)
		var sum tally
		for round := range bounded(24) {
			kill := round%3 == 2
			for _, history := range p.round(t, round, kill, &sum) {
				if result, path := judge(t, history); result != porcupine.Ok {
					t.Fatalf("round %d: %s: see %s", round, result, path)
				}
			}
			if kill {
				p.start(t, 1)
			}
		}
		sound(t, look(t, database))
		report(t, "histories", sum.histories, "calls", sum.calls, "without answer", sum.unknown, "kills", sum.kills, "not linearizable", 0)
	})
}

// TestHistories_show_a_broken_guard proves that the check sees: servers whose
// guard was taken away do not pass it.
func TestHistories_show_a_broken_guard(t *testing.T) {
	t.Parallel()
	for i, m := range []mutant{
		{"answers-before-commit", "internal/store/sqlite.go",
			"		err = e.end()\n	}\n	for _, w := range batch {",
			"		for _, w := range batch {\n			close(w.done)\n		}\n		err = e.end()\n		batch = nil\n	}\n	for _, w := range batch {"},
		{"locks-no-user", "internal/store/locks.go",
			"from users\nwhere instance_id = $1 and id = $2\nfor update`",
			"from users\nwhere instance_id = $1 and id = $2`"},
	} {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			p := newPair(t, m, engines[i].open(t))
			var sum tally
			for round := range bounded(40) {
				for _, history := range p.round(t, round, false, &sum) {
					if result, _ := judge(t, history); result == porcupine.Illegal {
						t.Logf("seen in history %d, after %d calls", sum.histories, sum.calls)
						return
					}
				}
			}
			t.Errorf("%d histories passed", sum.histories)
		})
	}
}

// round records a history of each of some organizations at once.
func (p *pair) round(t *testing.T, number int, kill bool, sum *tally) [][]porcupine.Operation {
	t.Helper()
	var calls atomic.Int64
	fatal := int64(math.MaxInt64)
	if kill {
		fatal = rand.New(rand.NewPCG(uint64(number), 1)).Int64N(offices * clients * callsEach / 2)
		sum.kills++
	}
	histories := make([][]porcupine.Operation, offices)
	var all sync.WaitGroup
	for i := range histories {
		o, err := newOffice(t.Context(), p.clients[0], fmt.Sprintf("round%d-office%d", number, i))
		if err != nil {
			t.Fatal(err)
		}
		all.Go(func() {
			histories[i] = p.record(t, o, uint64(number*offices+i), func() {
				if calls.Add(1) == fatal {
					_ = p.nodes[1].cmd.Process.Kill() // starts again after the round
				}
			})
		})
	}
	all.Wait()
	for _, h := range histories {
		sum.histories++
		sum.calls += len(h)
		for _, op := range h {
			if op.Output.(answer).unknown {
				sum.unknown++
			}
		}
	}
	return histories
}

// record lets clients loose on one organization and writes down what they see.
// Before each call it says so to count.
func (p *pair) record(t *testing.T, o *office, seed uint64, count func()) []porcupine.Operation {
	var mu sync.Mutex
	var history []porcupine.Operation
	var wg sync.WaitGroup
	began := time.Now()
	for id := range clients {
		rng, through := rand.New(rand.NewPCG(seed, uint64(id))), id%2
		wg.Go(func() {
			for range callsEach {
				count()
				op := porcupine.Operation{ClientId: id, Input: randomCall(rng), Call: int64(time.Since(began))}
				out, err := o.do(t.Context(), p.clients[through], op.Input.(call))
				op.Output, op.Return = out, int64(time.Since(began))
				if err != nil {
					t.Errorf("%+v: %v", op.Input, err)
				}
				if out.unknown {
					// It may happen until the end of time. The client goes on elsewhere.
					op.Return, through = math.MaxInt64, 1-through
				}
				mu.Lock()
				history = append(history, op)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return history
}

// judge checks a history. One that fails is drawn, in a file.
func judge(t *testing.T, history []porcupine.Operation) (result porcupine.CheckResult, drawing string) {
	t.Helper()
	result, info := porcupine.CheckOperationsVerbose(model, history, checkAtMost)
	if result == porcupine.Ok {
		return result, ""
	}
	drawing = filepath.Join(t.ArtifactDir(), "history.html")
	if err := porcupine.VisualizePath(model, info, drawing); err != nil {
		t.Error(err)
	}
	return result, drawing
}
