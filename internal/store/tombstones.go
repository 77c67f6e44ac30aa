package store

import (
	"context"
	"errors"
)

// A cursor names the last element of the page before. That element may be removed
// before the next page is asked for, so where it stood is kept for a while.

// tombstoneLife is how long, in milliseconds, a removed element still serves as a
// cursor.
const tombstoneLife = 60 * 60 * 1000

// buryMemberships keeps the places of the memberships t that match a condition
// whose arguments start at $3.
func (tx *Tx) buryMemberships(condition string, args ...any) {
	tx.bury(`t.id, t.organization_id, t.user_id, t.created_at, t.first_name, t.last_name, t.username, t.email_address, t.phone_number`,
		`memberships t`, condition, args...)
}

// buryUser keeps a user's place in the order of creation; nothing personal stays.
func (tx *Tx) buryUser(id string) {
	tx.bury(`t.id, null, null, t.created_at, null, null, null, null, null`, `users t`, `t.id = $3`, id)
}

// ClearTombstones forgets the places of what was removed long ago, in all
// instances. It is to be called from time to time: they hold personal data.
func (s *Store) ClearTombstones(ctx context.Context, now int64) error {
	return s.clear(ctx, now, `delete from tombstones
where (instance_id, id) in (
	select instance_id, id
	from tombstones
	where deleted_at < $1
	limit $2)`, now-tombstoneLife)
}

// clear runs a statement that removes what is older than a time ($1), some ($2) at a
// time so that other writes come in between, until nothing is left.
func (s *Store) clear(ctx context.Context, now int64, sql string, before int64) error {
	const chunk = 1000
	for cleared := int64(chunk); cleared == chunk; {
		err := s.Write(ctx, "", now, func(tx *Tx) (err error) {
			cleared, err = tx.exec(sql, before, chunk)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) bury(columns, from, condition string, args ...any) {
	tx.later(`insert into tombstones (instance_id, id, organization_id, user_id, created_at,
	first_name, last_name, username, email_address, phone_number, deleted_at)
select t.instance_id, `+columns+`, cast($2 as bigint)
from `+from+`
where t.instance_id = $1 and `+condition+`
on conflict do nothing`, append([]any{tx.Instance, tx.Now}, args...)...)
}

// ofScope are the conditions on what a list of memberships ever had.
const ofScope = `and t.organization_id is not null
	and (t.organization_id = $3 or $3 = '')
	and (t.user_id = $4 or $4 = '')`

// whole is a condition that no index knows. One that has all else of an instance's rows
// would be read whole where instances are small on the average.
const whole = `t.updated_at >= 0`

// placeAlong is where a membership stands in a list, for the next query to find out;
// behind that stands tells whether it does.
func (tx *Tx) placeAlong(of scope, id string, by ordering) (p *place, stands *bool) {
	stands = new(bool)
	tx.along(`select 1
from memberships t
where t.instance_id = $1 and t.id = $2 and `+whole+`
	`+ofScope, []any{tx.Instance, id, of.organizationID, of.userID}, func(row) error {
		*stands = true
		return nil
	})
	return &place{id: id, from: "memberships"}, stands
}

// placeOfMembership is where a membership stands in a list, also when it is gone.
// ErrNotFound when the list never had it.
func (tx *Tx) placeOfMembership(of scope, id string, by ordering) (p *place, err error) {
	for _, table := range []string{`memberships t`, `tombstones t`} {
		p, err = tx.place(table, ofScope, by, id, of.organizationID, of.userID)
		if !errors.Is(err, ErrNotFound) {
			break
		}
	}
	return p, err
}

// placeOfUser is placeOfMembership for the list of users, by created_at: of
// removed users nothing else is known.
func (tx *Tx) placeOfUser(id string, by ordering) (*place, error) {
	p, err := tx.place(`users t`, ``, by, id)
	if errors.Is(err, ErrNotFound) {
		p, err = tx.place(`tombstones t`, `and t.organization_id is null`, by, id)
	}
	return p, err
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
where t.instance_id = $1 and t.id = $2
	`+scope, args, dest)
	switch {
	case err != nil:
		return nil, err
	case number != nil:
		return &place{key: *number, id: id}, nil
	case text != nil:
		return &place{key: *text, id: id}, nil
	}
	return &place{id: id}, nil
}
