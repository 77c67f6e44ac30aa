package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// remote is PostgreSQL.
type remote struct {
	bare
	url string
}

func openRemote(ctx context.Context, url string, d directory) (*remote, error) {
	r := &remote{bare: bare{d: d}, url: url}
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	rows, err := c.Query(ctx, "select * from memberships where organization_id = $1 and user_id = $2", bigID, userID(3))
	if err != nil {
		return nil, errors.Join(err, c.Close(ctx))
	}
	for rows.Next() {
		if r.membership, err = rows.Values(); err != nil {
			break
		}
	}
	for i, f := range rows.FieldDescriptions() {
		r.columns = append(r.columns, f.Name)
		if f.Name == "instance_id" && r.membership != nil {
			r.instance = fmt.Sprint(r.membership[i])
		}
	}
	return r, errors.Join(err, rows.Err(), c.Close(ctx))
}

func (r *remote) reader(q reading) (func(int) error, func() error, error) {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return nil, nil, err
	}
	sql := q.sql()
	var text [15]*string
	var created, updated int64
	var banned bool
	do := func(n int) error {
		found, err := c.Query(ctx, sql, r.instance, bigID, userID(somebody(r.d, n)))
		if err != nil {
			return err
		}
		got := 0
		for ; found.Next(); got++ {
			if err := found.Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &created, &updated,
				&text[5], &text[6], &text[7], &text[8], &text[9], &text[10], &text[11], &banned); err != nil {
				return err
			}
		}
		return errors.Join(found.Err(), q.check(got))
	}
	return do, func() error { return c.Close(ctx) }, nil
}

// writer sends a transaction in one go and waits for its commit.
func (r *remote) writer(w writing) (func(int) error, func() error, error) {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return nil, nil, err
	}
	send := func(writes ...bound) error {
		b := &pgx.Batch{} // which is one transaction
		for _, w := range writes {
			b.Queue(w.sql, w.args...).Exec(func(t pgconn.CommandTag) error { return w.check(t.RowsAffected()) })
		}
		return c.SendBatch(ctx, b).Close()
	}
	var more []bound
	for range r.lacking(w) {
		more = append(more, r.insert())
	}
	err = send(more...)
	if err == nil && len(more) > enough/2 { // of which there are no statistics
		_, err = c.Exec(ctx, "analyze memberships")
	}
	if err != nil {
		return nil, nil, errors.Join(err, c.Close(ctx))
	}
	return func(n int) error { return send(r.write(w, n), r.event()) }, func() error { return c.Close(ctx) }, nil
}

func (r *remote) close() error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return err
	}
	for _, table := range []string{"memberships", "outbox"} {
		_, failed := c.Exec(ctx, "delete from "+table+" where instance_id = $1", floorInstance)
		err = errors.Join(err, failed)
	}
	return errors.Join(err, c.Close(ctx))
}
