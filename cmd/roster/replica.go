package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rosterhq/roster/internal/store"
)

// replicaLogInterval is how often a replica's failure is logged, at most.
const replicaLogInterval = time.Minute

// listReads counts where lists were read, and now and then logs why not from the
// replica.
type listReads struct {
	log   *slog.Logger
	now   func() time.Time
	total *prometheus.CounterVec

	mu     sync.Mutex
	logged map[string]time.Time // by reason
}

func newListReads(log *slog.Logger) *listReads {
	return &listReads{log: log, now: time.Now, logged: map[string]time.Time{}, total: prometheus.NewCounterVec(
		prometheus.CounterOpts{Name: "roster_list_reads_total", Help: "Lists read, by the server they came from and, for the database, why not from the replica."},
		[]string{"from", "reason"},
	)}
}

// observe is told of each list: nil where the replica served it.
func (l *listReads) observe(err error) {
	if err == nil {
		l.total.WithLabelValues("replica", "").Inc()
		return
	}
	reason := "refused" // not found, say: the database has the last word
	switch {
	case errors.Is(err, store.ErrBehind):
		reason = "behind"
	case errors.Is(err, store.ErrUnavailable):
		reason = "unavailable"
	}
	l.total.WithLabelValues("database", reason).Inc()
	if reason != "refused" && l.due(reason) {
		l.log.Warn("lists are read from the database", "reason", reason, "error", err)
	}
}

// due reports whether a reason was not logged lately.
func (l *listReads) due(reason string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if last, ok := l.logged[reason]; ok && now.Sub(last) < replicaLogInterval {
		return false
	}
	l.logged[reason] = now
	return true
}

// openServed opens the database to serve and, where there is one, its replica.
func openServed(ctx context.Context, f serveFlags, reads *listReads) (*store.Store, error) {
	if f.readDatabase == "" {
		return openStore(ctx, f.database)
	}
	if !isPostgres(f.database) || !isPostgres(f.readDatabase) {
		return nil, usagef("--read-database goes with --database postgres://… and is a URL of the same form", "only a PostgreSQL database has a replica to read from")
	}
	st, err := store.OpenWithReplica(ctx, f.database, store.Replica{URL: f.readDatabase, Observe: reads.observe})
	return st, openFailure(err)
}
