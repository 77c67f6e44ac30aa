package store

import "context"

// A cursor names the last element of the page before. That element may be removed
// before the next page is asked for, so where it stood is kept for a while.

// tombstoneLife is how long, in milliseconds, a removed element still serves as a
// cursor.
const tombstoneLife = 60 * 60 * 1000

// buryMemberships keeps the places of the memberships t that match a condition
// whose arguments start at $3.
func (tx *Tx) buryMemberships(condition string, args ...any) error {
	return tx.bury(`t.id, t.organization_id, t.created_at, t.first_name, t.last_name, t.username, t.email_address, t.phone_number`,
		`memberships t`, condition, args...)
}

// buryUser keeps a user's place in the order of creation; nothing personal stays.
func (tx *Tx) buryUser(id string) error {
	return tx.bury(`t.id, null, t.created_at, null, null, null, null, null`, `users t`, `t.id = $3`, id)
}

// ClearTombstones forgets the places of what was removed long ago, in all
// instances. It is to be called from time to time: they hold personal data.
func (s *Store) ClearTombstones(ctx context.Context, now int64) error {
	return s.Write(ctx, "", now, func(tx *Tx) error {
		_, err := tx.exec(`delete from tombstones
where deleted_at < $1`, now-tombstoneLife)
		return err
	})
}

func (tx *Tx) bury(columns, from, condition string, args ...any) error {
	_, err := tx.exec(`insert into tombstones (instance_id, id, organization_id, created_at,
	first_name, last_name, username, email_address, phone_number, deleted_at)
select t.instance_id, `+columns+`, cast($2 as bigint)
from `+from+`
where t.instance_id = $1 and `+condition+`
on conflict do nothing`, append([]any{tx.Instance, tx.Now}, args...)...)
	return err
}

// placeOfMembership is where a membership stands in a list, also when it is gone.
// ErrNotFound when the list never had it.
func (tx *Tx) placeOfMembership(organizationID, id string, by ordering) (*place, error) {
	return tx.place(`memberships t`, `and (t.organization_id = $3 or $3 = '')`, by, id, organizationID)
}

// placeOfUser is placeOfMembership for the list of users, by created_at: of
// removed users nothing else is known.
func (tx *Tx) placeOfUser(id string, by ordering) (*place, error) {
	return tx.place(`users t`, ``, by, id)
}

func (tx *Tx) place(table, scope string, by ordering, id string, args ...any) (*place, error) {
	args = append([]any{tx.Instance, id}, args...)
	var number *int64
	var text *string
	dest := any(&text)
	if !by.nullable {
		dest = &number
	}
	err := tx.one(`select `+by.column+`
from `+table+`
where t.instance_id = $1 and t.id = $2 `+scope+`
union all
select `+by.column+`
from tombstones t
where t.instance_id = $1 and t.id = $2 `+scope+`
limit 1`, args, dest)
	switch {
	case err != nil:
		return nil, err
	case number != nil:
		return &place{*number, id}, nil
	case text != nil:
		return &place{*text, id}, nil
	}
	return &place{nil, id}, nil
}
