package service

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const sweepInterval = 10 * time.Minute

// Run does what falls due with time, until ctx ends: it forgets the places of
// removed users and memberships, keys that verify nothing any more and codes that
// nobody can use, enrols whom the change of a domain did not reach, notes which
// invitations are past their time, and sends mail. Any number of servers may do so at
// once.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	var post sync.WaitGroup
	defer post.Wait()
	if len(s.channels()) > 0 {
		post.Go(func() { s.deliver(ctx, log) })
	}
	tick := time.NewTicker(sweepInterval)
	defer tick.Stop()
	for {
		now := s.now().UnixMilli()
		if err := errors.Join(s.store.ClearTombstones(ctx, now), s.store.ClearSigningKeys(ctx, now, now-skewGrace), s.EnrolRest(ctx),
			s.store.ExpireInvitations(ctx, now), s.store.ClearRefreshTokens(ctx, now),
			s.store.ClearVerifications(ctx, now), s.store.ClearMails(ctx, now)); err != nil && ctx.Err() == nil {
			log.Error("sweep failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
