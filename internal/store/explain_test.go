package store

import (
	"context"
	"fmt"
	"strings"
)

// recorder notes the queries that run on a connection.
type recorder struct {
	conn
	seen []query
	sent int // trips to a database that is far away
}

func (r *recorder) run(queries ...query) error {
	r.seen = append(r.seen, queries...)
	r.sent++
	return r.conn.run(queries...)
}

// Explain runs fn on a snapshot and returns the plan of each query that it ran on
// memberships, users, their index or spans, but for the one that goes a bounded way
// along an index; PostgreSQL's tell what was read.
func (s *Store) Explain(ctx context.Context, instance string, fn func(*Tx) error) ([]string, error) {
	return s.explained(ctx, instance, func(sql string) bool {
		return !strings.Contains(sql, "limit 1 offset") && (strings.Contains(sql, "memberships t") || strings.Contains(sql, "users t") ||
			strings.Contains(sql, "from user_search") || strings.Contains(sql, "from member_spans"))
	}, fn)
}

// explained runs fn on a snapshot and returns the plans of the queries that are asked
// for by their text.
func (s *Store) explained(ctx context.Context, instance string, asked func(sql string) bool, fn func(*Tx) error) (plans []string, err error) {
	err = s.engine.read(ctx, func(c conn) error {
		r := &recorder{conn: c}
		if err := fn(s.snapshot(r, instance)); err != nil {
			return err
		}
		for _, q := range r.seen {
			if !asked(q.sql) {
				continue
			}
			plan, err := explain(c, q)
			if err != nil {
				return fmt.Errorf("explain %s: %w", q.sql, err)
			}
			plans = append(plans, plan)
		}
		return nil
	})
	return plans, err
}

// Explained is a statement and its plan.
type Explained struct{ SQL, Plan string }

// ExplainAll runs fn on a snapshot and returns the plan of each query that it ran.
func (s *Store) ExplainAll(ctx context.Context, instance string, fn func(*Tx) error) (list []Explained, err error) {
	var statements []string
	plans, err := s.explained(ctx, instance, func(sql string) bool {
		if !strings.HasPrefix(sql, "select") {
			return false
		}
		statements = append(statements, sql)
		return true
	}, func(tx *Tx) error {
		statements = nil
		return fn(tx)
	})
	for i, plan := range plans {
		list = append(list, Explained{statements[i], plan})
	}
	return list, err
}

// Asked is the rows of a statement, of one column of text, on a connection as it was left.
func (s *Store) Asked(ctx context.Context, sql string) (rows []string, err error) {
	err = s.engine.lookup(ctx, func(c conn) error {
		rows = nil
		return c.run(query{sql: sql, each: func(r row) error {
			rows = append(rows, string(r.raw(0)))
			return nil
		}})
	})
	return rows, err
}

// Shown is a setting inside a transaction.
func (tx *Tx) Shown(name string) (value string, err error) {
	err = tx.one("select current_setting($1)", []any{name}, &value)
	return value, err
}

func explain(c conn, q query) (plan string, err error) {
	how := "explain (analyze, buffers, costs off, timing off) "
	if c.fullText() {
		how = "explain query plan "
	}
	err = c.run(query{sql: how + q.sql, args: q.args, each: func(r row) error {
		var id, parent, unused int64
		var line string
		dest := []any{&line}
		if c.fullText() {
			dest = []any{&id, &parent, &unused, &line}
		}
		err := r.scan(dest...)
		plan += line + "\n"
		return err
	}})
	return plan, err
}
