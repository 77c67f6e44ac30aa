package store

import (
	"context"
	"fmt"
)

const insertEvent = `insert into outbox (instance_id, id, type, payload, created_at)
values ($1, $2, $3, $4, $5)
on conflict do nothing`

// AppendEvent keeps an event for delivery, in the transaction of the change it
// tells of. payload is the webhook's body.
func (tx *Tx) AppendEvent(id, eventType, payload string) error {
	tx.event = id
	n, err := tx.exec(insertEvent, tx.Instance, id, eventType, payload, tx.Now)
	if err == nil && n == 0 {
		err = fmt.Errorf("event %s: %w", id, ErrTaken)
	}
	return err
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
