package store

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/rosterhq/roster"
)

// postgresConn runs statements on a connection, in a transaction that begins with the
// first of them.
type postgresConn struct {
	ctx   context.Context
	q     *pgx.Conn
	begin []string         // go with the first query
	last  []query          // go with the commit
	stage stage            // of a read
	walk  bool             // what is read is walked to, see walks
	xid   string           // names a transaction that writes, once it has begun
	seen  *roster.Position // where to note, once the transaction is over, what it may have seen; or nil
}

// stage is how far a read has come to the run that it announced as its last. Queries
// sent together are one transaction by themselves, on one snapshot where the session's
// isolation says so, which saves the trips that begin and end another.
type stage int

const (
	unannounced stage = iota
	announced
	over
	unwanted // the read has a transaction of its own anyway
)

func (c *postgresConn) serial() bool { return false }

func (c *postgresConn) fullText() bool { return false }

func (c *postgresConn) once(walk bool) bool {
	c.walk = walk
	if c.stage == unannounced && len(c.begin) > 0 {
		c.stage, c.begin = announced, nil
	}
	return c.stage == announced
}

func (c *postgresConn) exec(sql string, args ...any) (affected int64, err error) {
	err = c.run(query{sql: sql, args: args, affected: &affected})
	return affected, err
}

func (c *postgresConn) finish(statements ...query) error {
	c.last = statements
	return nil
}

func (c *postgresConn) run(queries ...query) error {
	alone := c.stage == announced
	switch {
	case alone:
		c.stage = over
	case c.stage == over:
		return errMore
	}
	if c.walk && (alone || planningOf(c.q) == walks) {
		last := &queries[len(queries)-1]
		last.sql = walkMark + last.sql
	}
	if alone || len(c.begin) > 0 {
		return c.runPlanned(alone, queries)
	}
	return c.runNow(queries)
}

func (c *postgresConn) runNow(queries []query) error {
	if len(c.begin) > 0 || len(queries) > 1 {
		return c.runAll(c.ctx, queries)
	}
	q := queries[0]
	if q.each == nil {
		tag, err := c.q.Exec(c.ctx, q.sql, q.args...)
		return q.changed(tag, err)
	}
	rows, err := c.q.Query(c.ctx, q.sql, q.args...)
	if err != nil {
		return err
	}
	return q.read(rows)
}

// runAll sends queries together, behind what begins the transaction.
func (c *postgresConn) runAll(ctx context.Context, queries []query) error {
	first := make([]query, len(c.begin), len(c.begin)+1+len(queries))
	for i, sql := range c.begin {
		first[i].sql = sql
	}
	if slices.Contains(c.begin, beginWrite) {
		first = append(first, query{sql: currentTransaction, each: func(r row) error { return r.scan(&c.xid) }})
	}
	c.begin = nil
	queries = append(first, queries...)
	b := &pgx.Batch{}
	for _, q := range queries {
		b.Queue(q.sql, q.args...)
	}
	results := c.q.SendBatch(ctx, b)
	err := collect(results, queries)
	if closed := results.Close(); err == nil {
		err = closed
	}
	return err
}

// collect takes the results of queries that were sent together.
func collect(results pgx.BatchResults, queries []query) error {
	for _, q := range queries {
		if q.each == nil {
			tag, err := results.Exec()
			if err = q.changed(tag, err); err != nil {
				return err
			}
			continue
		}
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

// changed takes the result of a statement. A commit of what failed before only says
// so.
func (q query) changed(tag pgconn.CommandTag, err error) error {
	if err == nil && q.sql == commit && tag.String() == "ROLLBACK" {
		err = pgx.ErrTxCommitRollback
	}
	if q.affected != nil {
		*q.affected = tag.RowsAffected()
	}
	return err
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
	plainBytes(dest)
	return r.rows.Scan(dest...)
}

// plainBytes makes destinations out of those that the driver does not know.
func plainBytes(dest []any) {
	for i, d := range dest {
		if m, ok := d.(*roster.Metadata); ok {
			dest[i] = (*[]byte)(m)
		}
	}
}

// keep is the row for later, when its connection has gone on.
func (r postgresRow) keep() row {
	k := keptRow{r.rows.Conn().TypeMap(), slices.Clone(r.rows.FieldDescriptions()), slices.Clone(r.rows.RawValues())}
	for i, v := range k.values {
		k.values[i] = slices.Clone(v)
	}
	return k
}

type keptRow struct {
	types  *pgtype.Map
	fields []pgconn.FieldDescription
	values [][]byte
}

func (r keptRow) scan(dest ...any) error {
	plainBytes(dest)
	return pgx.ScanRow(r.types, r.fields, r.values, dest...)
}

func (r postgresRow) raw(column int) []byte { return r.rows.RawValues()[column] }

func (r postgresRow) integer(column int) int64 {
	return integer(r.rows.RawValues()[column], r.rows.FieldDescriptions()[column])
}

func (r postgresRow) flag(column int) bool { return flag(r.rows.RawValues()[column]) }

func (r keptRow) raw(column int) []byte { return r.values[column] }

func (r keptRow) integer(column int) int64 { return integer(r.values[column], r.fields[column]) }

func (r keptRow) flag(column int) bool { return flag(r.values[column]) }

func integer(value []byte, field pgconn.FieldDescription) int64 {
	if field.Format == pgx.BinaryFormatCode {
		return int64(binary.BigEndian.Uint64(value))
	}
	n, _ := strconv.ParseInt(string(value), 10, 64) // the server writes nothing else
	return n
}

// flag reads a boolean, binary or as text.
func flag(value []byte) bool { return value[0] == 1 || value[0] == 't' }
