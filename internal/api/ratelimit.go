package api

import (
	"hash/maphash"
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// Clerk's published limits, in requests per rateWindow.
const (
	rateWindow      = 10 * time.Second
	rateProduction  = 1000
	rateDevelopment = 100
	rateResource    = 10 // changes of one user, organization or membership
)

// rated refuses what exceeds Clerk's rate limits, for those who want to meet them
// in their tests. It does nothing unless switched on.
func (s *server) rated(next handler) handler {
	if s.rates == nil {
		return next
	}
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		if err := s.ration(s.buckets(x, r)...); err != nil {
			return nil, err
		}
		return next(x, w, r)
	}
}

// ration takes from buckets, or says when there is something in them again.
func (s *server) ration(from ...bucket) error {
	if s.rates == nil {
		return nil
	}
	for _, b := range from {
		if wait := s.rates.take(b, s.now()); wait > 0 {
			e := roster.ErrTooManyRequests.New()
			e.Meta = &roster.Meta{ResetsIn: int64(math.Ceil(wait.Seconds()))}
			return e
		}
	}
	return nil
}

// bucket names what a limit counts, and the limit.
type bucket struct {
	key   string
	limit int
}

// buckets are the limits a request counts against: the instance's, and that of
// what it changes.
func (s *server) buckets(x *exchange, r *http.Request) []bucket {
	limit := rateProduction
	if x.caller.Environment == service.Development {
		limit = rateDevelopment
	}
	out := []bucket{{x.caller.InstanceID, limit}}
	if r.Method != http.MethodPatch && r.Method != http.MethodPut {
		return out
	}
	if route := s.table.find(r); route != nil && route.within != nil {
		key := x.caller.InstanceID + "/" + strings.Join(route.ids(r.URL), "/")
		out = append(out, bucket{key, rateResource})
	}
	return out
}

// rates holds the token buckets that are in use. One that nobody took from for a
// whole window is full, so it is forgotten without loss.
type rates struct {
	seed   maphash.Seed
	shards [16]rateShard
}

type rateShard struct {
	mu      sync.Mutex
	buckets map[string]*rateBucket
	swept   time.Time
}

type rateBucket struct {
	limiter *rate.Limiter
	used    time.Time
}

func newRates() *rates {
	r := &rates{seed: maphash.MakeSeed()}
	for i := range r.shards {
		r.shards[i].buckets = map[string]*rateBucket{}
	}
	return r
}

// take takes a token and returns 0, or how long until there is one.
func (r *rates) take(b bucket, now time.Time) time.Duration {
	shard := &r.shards[maphash.String(r.seed, b.key)%uint64(len(r.shards))]
	shard.mu.Lock()
	defer shard.mu.Unlock()
	shard.sweep(now)
	held := shard.buckets[b.key]
	if held == nil {
		held = &rateBucket{limiter: rate.NewLimiter(rate.Every(rateWindow/time.Duration(b.limit)), b.limit)}
		shard.buckets[b.key] = held
	}
	held.used = now
	reservation := held.limiter.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// sweep forgets full buckets, once a window.
func (s *rateShard) sweep(now time.Time) {
	if now.Sub(s.swept) < rateWindow {
		return
	}
	s.swept = now
	for key, b := range s.buckets {
		if now.Sub(b.used) >= rateWindow {
			delete(s.buckets, key)
		}
	}
}
