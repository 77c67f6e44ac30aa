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

// placeOfMembership is a membership's value of a column, nil for null, also when
// the membership is gone. ErrNotFound when the list never had it.
func (tx *Tx) placeOfMembership(organizationID, id, column string) (any, error) {
	return tx.place(`memberships`, `and (organization_id = $3 or $3 = '')`, column, id, organizationID)
}

// placeOfUser is placeOfMembership for the list of users by created_at.
func (tx *Tx) placeOfUser(id string) (any, error) {
	return tx.place(`users`, ``, `created_at`, id)
}

func (tx *Tx) place(table, scope, column, id string, args ...any) (any, error) {
	args = append([]any{tx.Instance, id}, args...)
	var number *int64
	var text *string
	dest := any(&text)
	if column == "created_at" {
		dest = &number
	}
	err := tx.one(`select `+column+`
from `+table+`
where instance_id = $1 and id = $2 `+scope+`
union all
select `+column+`
from tombstones
where instance_id = $1 and id = $2 `+scope+`
limit 1`, args, dest)
	switch {
	case err != nil:
		return nil, err
	case number != nil:
		return *number, nil
	case text != nil:
		return *text, nil
	}
	return nil, nil
}
