package store

import (
	"context"

	"github.com/rosterhq/roster"
)

// verificationLife is how long, in milliseconds, a verification that expired is
// known to have been one.
const verificationLife = 60 * 60 * 1000

// Verification is a code that was sent to an address. ID and Code are digests: of the
// id that only the client has, and of the code. ExpiresAt is in Unix milliseconds.
type Verification struct {
	ID               string
	UserID           string
	IdentificationID string
	Strategy         string
	Code             string
	Status           string
	Attempts         int64
	ExpiresAt        int64
}

// InsertVerification adds a verification that nobody attempted yet. The transaction
// must have locked the user.
func (tx *Tx) InsertVerification(v Verification) error {
	_, err := tx.exec(`insert into verifications (instance_id, id_digest, user_id, identification_id, strategy, code_digest,
	status, attempts, expires_at, created_at)
values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)`, tx.Instance, v.ID, v.UserID, v.IdentificationID, v.Strategy, v.Code,
		roster.IdentificationUnverified, v.ExpiresAt, tx.Now)
	return err
}

// Verification is a verification of an address as it stands, or ErrNotFound.
func (tx *Tx) Verification(identificationID, id string) (*Verification, error) {
	v := &Verification{}
	err := tx.one(`select id_digest, user_id, identification_id, strategy, code_digest, status, attempts, expires_at
from verifications
where instance_id = $1 and id_digest = $2 and identification_id = $3`, []any{tx.Instance, id, identificationID},
		&v.ID, &v.UserID, &v.IdentificationID, &v.Strategy, &v.Code, &v.Status, &v.Attempts, &v.ExpiresAt)
	if err != nil {
		return nil, err
	}
	if v.Status == roster.IdentificationUnverified && v.ExpiresAt <= tx.Now {
		v.Status = roster.VerificationExpired
	}
	return v, nil
}

// AttemptVerification counts an attempt with the right code or a wrong one, and notes
// what comes of it: failed after the last attempt. ErrNotFound means that none is left,
// or that it is over otherwise. Any number may try at once.
func (tx *Tx) AttemptVerification(v *Verification, right bool) error {
	outcome, last := roster.IdentificationUnverified, roster.VerificationFailed
	if right {
		outcome, last = roster.IdentificationVerified, roster.IdentificationVerified
	}
	return tx.one(`update verifications
set attempts = attempts + 1, status = case when attempts + 1 < $3 then $4 else $5 end
where instance_id = $1 and id_digest = $2 and status = $6 and attempts < $3 and expires_at > $7
returning status, attempts`,
		[]any{tx.Instance, v.ID, roster.MaxVerificationAttempts, outcome, last, roster.IdentificationUnverified, tx.Now}, &v.Status, &v.Attempts)
}

// OpenVerifications is how many verifications of an address have not expired and saw
// no right code, and when the first of them expires. The transaction must have locked
// the user.
func (tx *Tx) OpenVerifications(userID, identificationID string) (n, until int64, err error) {
	err = tx.one(`select count(*), coalesce(min(expires_at), 0)
from verifications
where instance_id = $1 and user_id = $2 and identification_id = $3 and expires_at > $4 and status <> $5`,
		[]any{tx.Instance, userID, identificationID, tx.Now, roster.IdentificationVerified}, &n, &until)
	return n, until, err
}

// DeleteOldestVerification makes room for another verification of an address.
func (tx *Tx) DeleteOldestVerification(userID, identificationID string) error {
	_, err := tx.exec(`delete from verifications
where instance_id = $1 and id_digest in (
	select id_digest
	from verifications
	where instance_id = $1 and user_id = $2 and identification_id = $3 and expires_at > $4 and status <> $5
	order by expires_at, id_digest
	limit 1)`, tx.Instance, userID, identificationID, tx.Now, roster.IdentificationVerified)
	return err
}

// deleteVerifications removes the verifications of an address, or of all of a user's
// for "", and their codes that were not sent yet.
func (tx *Tx) deleteVerifications(userID, identificationID string) error {
	for _, sql := range []string{
		`delete from mails
where instance_id = $1 and verification in (
	select id_digest
	from verifications
	where instance_id = $1 and user_id = $2 and (identification_id = $3 or $3 = ''))`,
		`delete from verifications
where instance_id = $1 and user_id = $2 and (identification_id = $3 or $3 = '')`,
	} {
		if _, err := tx.exec(sql, tx.Instance, userID, identificationID); err != nil {
			return err
		}
	}
	return nil
}

// ClearVerifications forgets, in all instances, the verifications that expired long
// ago.
func (s *Store) ClearVerifications(ctx context.Context, now int64) error {
	return s.clear(ctx, now, `delete from verifications
where (instance_id, id_digest) in (
	select instance_id, id_digest
	from verifications
	where expires_at < $1
	limit $2)`, now-verificationLife)
}
