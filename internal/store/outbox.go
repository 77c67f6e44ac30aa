package store

import (
	"context"
	"slices"
)

// insertEvent is the statement by which an event's id is claimed.
const insertEvent = `insert into outbox (instance_id, id, type, payload, created_at)
values ($1, $2, $3, $4, $5)
on conflict do nothing`

// Event is a change that somebody may want to be told of. Payload is the
// webhook's body.
type Event struct{ ID, Type, Payload string }

// AppendEvents keeps events for delivery, in the transaction of the change they
// tell of.
func (tx *Tx) AppendEvents(events ...Event) error {
	const chunk = 200 // rows a statement adds
	for batch := range slices.Chunk(events, chunk) {
		c := (&clause{}).add("insert into outbox (instance_id, id, type, payload, created_at)\nvalues ")
		for i, e := range batch {
			if i > 0 {
				c.add(",\n\t")
			}
			c.add("(?, ?, ?, ?, ?)", tx.Instance, e.ID, e.Type, e.Payload, tx.Now)
			tx.event = e.ID
		}
		tx.later(c.String(), c.args...)
	}
	return nil
}

// Events lists an instance's events, oldest first, up to a limit.
func (s *Store) Events(ctx context.Context, instance string, limit int) (payloads []string, err error) {
	err = s.Read(ctx, instance, func(tx *Tx) error {
		payloads = nil
		return tx.query(`select payload
from outbox
where instance_id = $1
order by created_at, id
limit $2`, []any{instance, limit}, func(r row) error {
			var p string
			err := r.scan(&p)
			payloads = append(payloads, p)
			return err
		})
	})
	return payloads, err
}
