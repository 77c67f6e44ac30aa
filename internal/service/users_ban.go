package service

import (
	"context"
	"slices"
	"time"

	"github.com/rosterhq/roster"
)

// lockout is how long a user stays locked who is not unlocked before.
const lockout = time.Hour

// BanUser keeps a user out and revokes the user's sessions.
func (s *Service) BanUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, (*tx).ban)
}

// UnbanUser lets a user in again.
func (s *Service) UnbanUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, (*tx).unban)
}

// BanUsers bans all of the users or, when one of them is unknown, none.
func (s *Service) BanUsers(ctx context.Context, c Caller, in roster.Users) ([]roster.User, error) {
	return s.changeUsers(ctx, c, in.UserIDs, (*tx).ban)
}

// UnbanUsers lets all of the users in again.
func (s *Service) UnbanUsers(ctx context.Context, c Caller, in roster.Users) ([]roster.User, error) {
	return s.changeUsers(ctx, c, in.UserIDs, (*tx).unban)
}

func (t *tx) ban(u *roster.User) error {
	u.Banned = true
	return t.endSessions(u, roster.SessionRevoked, roster.EventSessionRevoked)
}

func (t *tx) unban(u *roster.User) error {
	u.Banned = false
	return nil
}

// changeUsers is changeUser for several, in one transaction. They are locked in the
// order of their ids, so that two such changes do not wait for each other, and
// answered in the order they were named, each once.
func (s *Service) changeUsers(ctx context.Context, c Caller, ids []string, apply func(*tx, *roster.User) error) (out []roster.User, err error) {
	var k checks
	if len(ids) == 0 {
		k.add(roster.ErrParamMissing.On("user_ids"))
	}
	if len(ids) > roster.MaxBulkUsers {
		k.add(roster.ErrParamArraySize.On("user_ids", roster.MaxBulkUsers))
	}
	if err := k.problems.Err(); err != nil {
		return nil, err
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(ids)))
	err = s.write(ctx, c, func(t *tx) error {
		changed := make(map[string]*roster.User, len(sorted))
		for _, id := range sorted {
			if changed[id], err = t.changeUser(id, apply); err != nil {
				return err
			}
		}
		out = make([]roster.User, 0, len(sorted))
		for _, id := range ids {
			if u := changed[id]; u != nil {
				out = append(out, *u)
				changed[id] = nil
			}
		}
		return nil
	})
	return out, err
}

// LockUser keeps a user from signing in for a while; one who is locked stays so for
// as long from now.
func (s *Service) LockUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, (*tx).lock)
}

// UnlockUser lifts a lock.
func (s *Service) UnlockUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	return s.changeUser(ctx, c, userID, func(t *tx, u *roster.User) error {
		u.Locked, u.LockoutExpiresInSeconds = false, nil
		return t.SetLock(u.ID, false, nil)
	})
}

func (t *tx) lock(u *roster.User) error {
	until, left := t.Now+lockout.Milliseconds(), int64(lockout/time.Second)
	u.Locked, u.LockoutExpiresInSeconds = true, &left
	return t.SetLock(u.ID, true, &until)
}
