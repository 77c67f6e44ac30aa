package main

import (
	"context"
	"errors"

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
	var failed error
	r.membership, err = learn(ctx, c, "memberships", copiedMembership)
	r.person, failed = learn(ctx, c, "users", copiedPerson)
	return r, errors.Join(err, failed, c.Close(ctx))
}

// learn reads a row.
func learn(ctx context.Context, c *pgx.Conn, table, sql string) (row, error) {
	r := row{table: table}
	rows, err := c.Query(ctx, sql)
	if err != nil {
		return r, err
	}
	for _, f := range rows.FieldDescriptions() {
		r.columns = append(r.columns, f.Name)
	}
	r.values, err = pgx.CollectExactlyOneRow(rows, func(found pgx.CollectableRow) ([]any, error) { return found.Values() })
	return r, err
}

func (r *remote) reader(q reading) (func(int) error, func() error, error) {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return nil, nil, err
	}
	sql, instance := q.sql(), r.instance()
	var text [15]*string
	var created, updated int64
	var banned bool
	do := func(n int) error {
		found, err := c.Query(ctx, sql, instance, bigID, userID(somebody(r.d, n)))
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
	more := r.lacking(w)
	err = send(more...)
	if err == nil && len(more) > enough/2 { // of which there are no statistics
		_, err = c.Exec(ctx, "analyze memberships, users")
	}
	if err != nil {
		return nil, nil, errors.Join(err, c.Close(ctx))
	}
	return func(n int) error { return send(append(r.write(w, n), r.event())...) }, func() error { return c.Close(ctx) }, nil
}

func (r *remote) close() error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, r.url)
	if err != nil {
		return err
	}
	for _, table := range written {
		_, failed := c.Exec(ctx, "delete from "+table+" where instance_id = $1", floorInstance)
		err = errors.Join(err, failed)
	}
	return errors.Join(err, c.Close(ctx))
}
