package store

import (
	"context"
	"strconv"
	"strings"
)

// planOnce keeps PostgreSQL from planning a statement anew for every batch, and from
// reading a whole table to find what one refers to.
const planOnce = "set local plan_cache_mode = force_generic_plan"

// bulk is write, whose deadline nobody waits for.
func (e *postgres) bulk(ctx context.Context, fn func(conn) error) error {
	return e.run(ctx, []string{beginWrite, planOnce}, fn)
}

// insert sends each column as an array.
func (c *postgresConn) insert(instance string, in insert) (added int64, err error) {
	args := make([]any, 1, 1+len(in.columns))
	args[0] = instance
	arrays, names := make([]string, len(in.columns)), make([]string, len(in.columns))
	for i, column := range in.columns {
		array, kind := column.array(in.values, i)
		args = append(args, array)
		arrays[i] = "cast($" + strconv.Itoa(i+2) + " as " + kind + "[])"
		names[i] = "column" + strconv.Itoa(i+1)
	}
	return c.exec(in.statement("unnest("+strings.Join(arrays, ", ")+") as v("+strings.Join(names, ", ")+")"), args...)
}

// array is a column of rows, and what PostgreSQL calls the type of one value.
func (c Column) array(rows [][]any, i int) (array any, kind string) {
	switch c.Type {
	case Integer:
		return gather[int64](rows, i), "bigint"
	case Boolean:
		return gather[bool](rows, i), "boolean"
	case Bytes:
		list := make([][]byte, len(rows))
		for n, values := range rows {
			list[n], _ = values[i].([]byte)
		}
		return list, "bytea"
	}
	return gather[string](rows, i), "text"
}

// gather is column i of rows, nil where it is null.
func gather[T any](rows [][]any, i int) []*T {
	list, values := make([]*T, len(rows)), make([]T, len(rows))
	for n, row := range rows {
		switch v := row[i].(type) {
		case T:
			values[n] = v
			list[n] = &values[n]
		case *T:
			list[n] = v
		}
	}
	return list
}
