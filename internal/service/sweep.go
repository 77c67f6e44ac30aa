package service

import (
	"context"
	"log/slog"
	"time"
)

const sweepInterval = 10 * time.Minute

// Run does what falls due with time, until ctx ends: it forgets the places of
// removed users and memberships. Any number of servers may do so at once.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(sweepInterval)
	defer tick.Stop()
	for {
		if err := s.store.ClearTombstones(ctx, s.now().UnixMilli()); err != nil && ctx.Err() == nil {
			log.Error("sweep failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
