package store

import "context"

// SigningKey signs the tokens of an instance's sessions. PrivateKey is PKCS #8 in
// PEM: it is protected as the database is. Times are Unix milliseconds; nothing the
// key signed is valid after CoversUntil, and a retired one signs no more.
type SigningKey struct {
	ID          string
	PrivateKey  string
	CreatedAt   int64
	RetiredAt   *int64
	CoversUntil int64
}

// SigningKeys are the instance's keys that tokens may still be signed with, the
// active one first.
func (tx *Tx) SigningKeys() (out []SigningKey, err error) {
	err = tx.query(`select id, private_key, created_at, retired_at, covers_until
from signing_keys
where instance_id = $1
order by retired_at is null desc, retired_at desc, id`, []any{tx.Instance}, func(r row) error {
		var k SigningKey
		err := r.scan(&k.ID, &k.PrivateKey, &k.CreatedAt, &k.RetiredAt, &k.CoversUntil)
		out = append(out, k)
		return err
	})
	return out, err
}

// ActiveSigningKey is the key that signs, or ErrNotFound.
func (tx *Tx) ActiveSigningKey() (k *SigningKey, err error) {
	tx.signingKeyAlong(&k)
	if err := tx.flush(); err != nil {
		return nil, err
	}
	if k == nil {
		return nil, ErrNotFound
	}
	return k, nil
}

// signingKeyAlong reads the key that signs, if there is one, along with the next query.
func (tx *Tx) signingKeyAlong(k **SigningKey) {
	tx.along(`select id, private_key, created_at, covers_until
from signing_keys
where instance_id = $1 and retired_at is null`, []any{tx.Instance}, func(r row) error {
		*k = &SigningKey{}
		return r.scan(&(*k).ID, &(*k).PrivateKey, &(*k).CreatedAt, &(*k).CoversUntil)
	})
}

// InsertSigningKey adds the key that signs from now on and retires the one before.
// The transaction must have locked the instance.
func (tx *Tx) InsertSigningKey(id, privateKey string) error {
	if _, err := tx.exec(`update signing_keys
set retired_at = $2
where instance_id = $1 and retired_at is null`, tx.Instance, tx.Now); err != nil {
		return err
	}
	_, err := tx.exec(`insert into signing_keys (instance_id, id, private_key, created_at, covers_until)
values ($1, $2, $3, $4, $4)`, tx.Instance, id, privateKey, tx.Now)
	return err
}

// CoverSigningKey says that a key signs what is valid until a time.
func (tx *Tx) CoverSigningKey(id string, until int64) error {
	_, err := tx.exec(`update signing_keys
set covers_until = $3
where instance_id = $1 and id = $2 and covers_until < $3`, tx.Instance, id, until)
	return err
}

// ClearSigningKeys forgets, in all instances, the retired keys of which nothing is
// valid any more since before.
func (s *Store) ClearSigningKeys(ctx context.Context, now, before int64) error {
	return s.Write(ctx, "", now, func(tx *Tx) error {
		_, err := tx.exec(`delete from signing_keys
where retired_at is not null and covers_until < $1`, before)
		return err
	})
}
