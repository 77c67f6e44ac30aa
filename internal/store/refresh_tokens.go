package store

import "context"

// maxRefreshTokens is how many a session has; the oldest makes room.
const maxRefreshTokens = 10

// RefreshToken is what a browser gets new tokens of a session by, for one origin. The
// token itself is not kept. Times are Unix milliseconds.
type RefreshToken struct {
	Hash      string
	SessionID string
	Origin    string
	ExpiresAt int64
}

// InsertRefreshToken adds a refresh token to a session.
func (tx *Tx) InsertRefreshToken(k RefreshToken) error {
	if _, err := tx.exec(`delete from refresh_tokens
where instance_id = $1 and hash in (
	select hash
	from refresh_tokens
	where instance_id = $1 and session_id = $2
	order by created_at desc, hash desc
	limit 1000 offset $3)`, tx.Instance, k.SessionID, int64(maxRefreshTokens-1)); err != nil {
		return err
	}
	_, err := tx.exec(`insert into refresh_tokens (instance_id, hash, session_id, origin, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6)`, tx.Instance, k.Hash, k.SessionID, k.Origin, tx.Now, k.ExpiresAt)
	return err
}

// RefreshToken is the refresh token with a hash, or ErrNotFound.
func (tx *Tx) RefreshToken(hash string) (k RefreshToken, err error) {
	err = tx.one(`select hash, session_id, origin, expires_at
from refresh_tokens
where instance_id = $1 and hash = $2`, []any{tx.Instance, hash}, &k.Hash, &k.SessionID, &k.Origin, &k.ExpiresAt)
	return k, err
}

// DeleteRefreshTokens removes those of a session.
func (tx *Tx) DeleteRefreshTokens(sessionID string) error {
	_, err := tx.exec(`delete from refresh_tokens
where instance_id = $1 and session_id = $2`, tx.Instance, sessionID)
	return err
}

// ClearRefreshTokens forgets those of all instances that have expired.
func (s *Store) ClearRefreshTokens(ctx context.Context, now int64) error {
	return s.clear(ctx, now, `delete from refresh_tokens
where (instance_id, hash) in (
	select instance_id, hash
	from refresh_tokens
	where expires_at <= $1
	limit $2)`, now)
}
