package store

import (
	"context"
	"strconv"
	"strings"
	"sync"
)

// sqliteBulkPragmas give an import memory for the pages that it changes in no order,
// and let several of its transactions share a checkpoint (pages of 4 KB).
const sqliteBulkPragmas = `pragma cache_size=-65536; pragma wal_autocheckpoint=16384;`

// sqliteBulk is a connection for the transactions of an import. It is not the
// writer's: they need no savepoint, which would copy every page before it is changed.
type sqliteBulk struct {
	mu sync.Mutex // one transaction at a time
	c  *sqliteConn
}

// bulk runs a write in a transaction of its own.
func (e *sqlite) bulk(ctx context.Context, fn func(conn) error) (err error) {
	e.many.mu.Lock()
	defer e.many.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	c, err := e.many.open(e.path)
	if err != nil {
		return sqliteError(err)
	}
	if err := sqliteError(c.db.Exec("begin immediate")); err != nil {
		return err
	}
	sound := false
	defer func() {
		if !sound { // fn panicked, or its transaction cannot be ended
			c.discard()
			e.many.c = nil
		}
	}()
	c.ctx = ctx
	if err := fn(c); err != nil {
		sound = c.db.GetAutocommit() || c.db.Exec("rollback") == nil
		return err
	}
	err = c.commit()
	sound = c.db.GetAutocommit()
	return err
}

// open is the connection, which is made when it is first needed.
func (b *sqliteBulk) open(path string) (c *sqliteConn, err error) {
	if b.c == nil {
		if c, err = openSQLiteConn(path); err != nil {
			return nil, err
		}
		b.c = c
		if err := c.db.Exec(sqliteBulkPragmas); err != nil {
			return nil, err
		}
	}
	return b.c, nil
}

func (b *sqliteBulk) close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.c == nil {
		return nil
	}
	return b.c.close()
}

// insert adds row by row: a statement for many would keep a journal of its own, to
// undo what it did of them.
func (c *sqliteConn) insert(instance string, in insert) (added int64, err error) {
	sources := make([]string, len(in.columns))
	for i := range in.columns {
		sources[i] = "$" + strconv.Itoa(i+2) + " as column" + strconv.Itoa(i+1)
	}
	sql := in.statement("(select " + strings.Join(sources, ", ") + ") as v")
	args := make([]any, 1, 1+len(in.columns))
	args[0] = instance
	for _, values := range in.values {
		n, err := c.exec(sql, append(args[:1], values...)...)
		if err != nil {
			return added, err
		}
		added += n
	}
	return added, nil
}
