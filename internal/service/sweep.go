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
// removed users and memberships, and keys that verify nothing any more, enrols whom
// the change of a domain did not reach, notes which invitations are past their time,
// and sends mail. Any number of servers may do so at once.
func (s *Service) Run(ctx context.Context, log *slog.Logger) {
	var post sync.WaitGroup
	defer post.Wait()
	if s.mailer != nil {
		post.Go(func() { s.deliver(ctx, log) })
	}
	tick := time.NewTicker(sweepInterval)
	defer tick.Stop()
	for {
		now := s.now().UnixMilli()
		if err := errors.Join(s.store.ClearTombstones(ctx, now), s.store.ClearSigningKeys(ctx, now, now-skewGrace), s.EnrolRest(ctx),
			s.store.ExpireInvitations(ctx, now), s.store.ClearRefreshTokens(ctx, now)); err != nil && ctx.Err() == nil {
			log.Error("sweep failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
