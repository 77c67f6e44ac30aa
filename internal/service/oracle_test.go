package service_test

import (
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// oracleBudget bounds the time of the whole comparison on an engine; a machine too
// slow for all directories compares fewer. The statements are the same on all
// engines, so each need not see as much. queriesPerDirectory is how many of each
// kind are asked of one.
const (
	oracleBudget        = 12 * time.Second
	queriesPerDirectory = 15
)

// TestListsEqualOracle builds random directories and asks random queries of them:
// every list must answer what plain loops over the same data predict, in data,
// order and total_count.
func TestListsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(oracleBudget)
		directories, answers := 0, 0
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			w := randomWorld(t, st)
			d := drawDirectory(t, w)
			for range queriesPerDirectory {
				for _, compare := range []func(*rapid.T, *world, *directory){
					compareMembers, compareInstanceMembers, compareMembershipsOfUser,
					comparePeople, compareCompanies, compareVisits, compareClients,
				} {
					compare(t, w, d)
					answers++
				}
			}
			directories++
		})
		t.Logf("%d queries of %d directories", answers, directories)
	})
}

// tries ends a long random test when its time is over, unless more cases were asked
// for.
type tries struct {
	began     time.Time
	budget    time.Duration
	unbounded bool
}

func newTries(budget time.Duration) tries {
	return tries{time.Now(), budget, os.Getenv("ROSTER_RAPID_CHECKS") != ""}
}

func (t tries) over() bool { return !t.unbounded && time.Since(t.began) > t.budget }

// randomWorld is an instance of its own on the shared store. Equal seeds make equal
// ids, so that directories also prove that instances do not see each other.
func randomWorld(t *rapid.T, st *store.Store) *world {
	seed := [32]byte{byte(index(t, "ids", 4))}
	return newInstance(t, st, service.Options{Rand: rand.NewChaCha8(seed)})
}

// same compares rows and totals.
func same[Row any](t *rapid.T, what string, query any, got, want []Row, total, wantTotal int64) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" || total != wantTotal {
		t.Fatalf("%s: %+v\ntotal_count = %d, want %d\n-want +got:\n%s", what, query, total, wantTotal, diff)
	}
}
