package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rosterhq/roster"
)

// postgresConn runs statements on a connection or in its transaction.
type postgresConn struct {
	ctx context.Context
	q   interface {
		Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
		Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
		SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	}
	begin string           // goes with the first query
	seen  *roster.Position // where to note, once the transaction is over, what it may have seen; or nil
}

func (c *postgresConn) serial() bool { return false }

func (c *postgresConn) exec(sql string, args ...any) (int64, error) {
	if c.begin != "" {
		if _, err := c.q.Exec(c.ctx, c.begin); err != nil {
			return 0, err
		}
		c.begin = ""
	}
	tag, err := c.q.Exec(c.ctx, sql, args...)
	return tag.RowsAffected(), err
}

func (c *postgresConn) run(queries ...query) error {
	if c.begin == "" && len(queries) == 1 {
		rows, err := c.q.Query(c.ctx, queries[0].sql, queries[0].args...)
		if err != nil {
			return err
		}
		return queries[0].read(rows)
	}
	b := &pgx.Batch{}
	if c.begin != "" {
		b.Queue(c.begin)
	}
	for _, q := range queries {
		b.Queue(q.sql, q.args...)
	}
	results := c.q.SendBatch(c.ctx, b)
	err := c.collect(results, queries)
	if closed := results.Close(); err == nil {
		err = closed
	}
	return err
}

// collect takes the results of queries that were sent together.
func (c *postgresConn) collect(results pgx.BatchResults, queries []query) error {
	if c.begin != "" {
		c.begin = ""
		if _, err := results.Exec(); err != nil {
			return err
		}
	}
	for _, q := range queries {
		rows, err := results.Query()
		if err == nil {
			err = q.read(rows)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// read takes the rows.
func (q query) read(rows pgx.Rows) error {
	defer rows.Close()
	for rows.Next() {
		if err := q.each(postgresRow{rows}); err != nil {
			return err
		}
	}
	return rows.Err()
}

type postgresRow struct{ rows pgx.Rows }

func (r postgresRow) scan(dest ...any) error {
	for i, d := range dest {
		if m, ok := d.(*roster.Metadata); ok {
			dest[i] = (*[]byte)(m)
		}
	}
	return r.rows.Scan(dest...)
}
