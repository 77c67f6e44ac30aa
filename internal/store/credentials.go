package store

import "time"

// Credentials are what a user proves to be the one with. BackupCodes is a JSON array
// of digests; PasswordHasher is nil where the hash is of our own making; TOTPStep is
// the last step of time whose code was used.
type Credentials struct {
	PasswordHash, PasswordHasher *string
	TOTPSecret                   *string
	TOTPStep                     *int64
	BackupCodes                  *string
}

// Credentials are a user's, or ErrNotFound.
func (tx *Tx) Credentials(userID string) (c Credentials, err error) {
	err = tx.one(`select password_hash, password_hasher, totp_secret, totp_step, backup_codes
from users
where instance_id = $1 and id = $2`, []any{tx.Instance, userID},
		&c.PasswordHash, &c.PasswordHasher, &c.TOTPSecret, &c.TOTPStep, &c.BackupCodes)
	return c, err
}

// SetPassword keeps a password's hash and what made it, nil for ourselves; without
// a hash it takes the password away. Nobody has broken a new password yet.
func (tx *Tx) SetPassword(userID string, hash, hasher *string) error {
	var at *int64
	if hash != nil {
		at = &tx.Now
	}
	_, err := tx.exec(`update users
set password_hash = $3, password_hasher = $4, password_last_updated_at = $5, password_compromised = false
where instance_id = $1 and id = $2`, tx.Instance, userID, hash, hasher, at)
	return err
}

// RehashPassword puts our own hash in the place of another, unless the password was
// changed meanwhile.
func (tx *Tx) RehashPassword(userID, old, hash string) error {
	_, err := tx.exec(`update users
set password_hash = $4, password_hasher = null
where instance_id = $1 and id = $2 and password_hash = $3`, tx.Instance, userID, old, hash)
	return err
}

// SetPasswordCompromised notes whether somebody else may know a user's password.
func (tx *Tx) SetPasswordCompromised(userID string, compromised bool) error {
	_, err := tx.exec(`update users
set password_compromised = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, compromised)
	return err
}

// SetTOTP keeps the secret shared with a user's authenticator, nil for none.
func (tx *Tx) SetTOTP(userID string, secret *string) error {
	_, err := tx.exec(`update users
set totp_secret = $3, totp_step = null
where instance_id = $1 and id = $2`, tx.Instance, userID, secret)
	return err
}

// SetTOTPStep notes the step of time of the last code that was used.
func (tx *Tx) SetTOTPStep(userID string, step int64) error {
	_, err := tx.exec(`update users
set totp_step = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, step)
	return err
}

// SetBackupCodes keeps the digests of a user's backup codes, nil for none.
func (tx *Tx) SetBackupCodes(userID string, codes *string) error {
	_, err := tx.exec(`update users
set backup_codes = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, codes)
	return err
}

// SetLock locks a user until a time in Unix milliseconds, for good where it is nil,
// or lifts the lock.
func (tx *Tx) SetLock(userID string, locked bool, until *int64) error {
	_, err := tx.exec(`update users
set locked = $3, lockout_expires_at = $4
where instance_id = $1 and id = $2`, tx.Instance, userID, locked, until)
	return err
}

// lockAt is how a lock reads at now: whether it holds, and for how many seconds
// more, nil for ever.
func lockAt(locked bool, until *int64, now int64) (bool, *int64) {
	if !locked || until == nil {
		return locked, nil
	}
	if *until <= now {
		return false, nil
	}
	second := time.Second.Milliseconds()
	left := (*until - now + second - 1) / second
	return true, &left
}
