package store

import (
	"context"
	"errors"
)

// ErrUnavailable marks failures of the database that may pass: it is busy, full
// or shutting down. Nothing was changed, except perhaps where the answer to a
// commit was lost and the database did not come back in time to tell.
var ErrUnavailable = errors.New("database unavailable")

// errConflict marks failures of a transaction that met another: running it again
// is expected to work. They are ErrUnavailable too.
var errConflict = errors.New("transactions in conflict")

// errUnknown marks a commit that may have happened or not. It is ErrUnavailable
// too.
var errUnknown = errors.New("outcome of commit unknown")

// errCrowded marks that a transaction did not get its turn in time: waiting again
// would take as long again. It is ErrUnavailable too.
var errCrowded = errors.New("too many wait for the database")

// engine is a database that runs the store's SQL. Placeholders are $1, $2, …;
// text compares by bytes.
type engine interface {
	// read runs fn on one consistent snapshot.
	read(ctx context.Context, fn func(conn) error) error
	// lookup is read for what must not wait behind lists: keys and health.
	lookup(ctx context.Context, fn func(conn) error) error
	// write runs fn in a transaction of its own and returns nil once it is durable.
	// When fn fails nothing of it stays.
	write(ctx context.Context, fn func(conn) error) error
	// bulk is write for many rows: it may use more memory and takes nobody along.
	bulk(ctx context.Context, fn func(conn) error) error
	close() error
}

// conn runs statements inside one transaction. Arguments are string, int64, int,
// bool, []byte, *string, *int64 or nil.
type conn interface {
	exec(sql string, args ...any) (affected int64, err error)
	// insert adds rows to a table of an instance and returns how many did fit.
	insert(instance string, in insert) (added int64, err error)
	// run runs queries, one after the other, and sends them together where the
	// database is far away.
	run(queries ...query) error
	// finish takes the last statements of the transaction, which go along with its
	// commit where the database is far away. Whether they fail shows there.
	finish(statements ...query) error
	// once says that the next run is the last: it needs no transaction around it. What
	// runs behind it all the same fails with errMore, and engine.read begins again; then,
	// and where nothing is gained, once is false. The run may walk where each of its
	// statements has keys of what it reads, or reads along an index in its order.
	once(walk bool) bool
	// serial reports whether transactions that write run one after another, so that
	// nothing needs to be locked.
	serial() bool
	// fullText reports whether user_search is a full-text table of the engine, not one
	// of arrays.
	fullText() bool
}

// errMore says that a read which announced its last query went on.
var errMore = errors.New("more queries than announced")

// query is a statement and what is done with each of its rows; each is nil where it
// changes rows instead, and affected, if set, gets how many. Many ask one that is common
// again and again, and it finds little: an engine that knows that nothing has changed
// meanwhile may hand out the rows it found before.
type query struct {
	sql      string
	args     []any
	each     func(row) error
	affected *int64
	common   bool
}

// row is the current row of a query. Destinations are *string, *int64, *bool,
// *[]byte, *roster.Metadata, and **string and **int64 for what may be null.
type row interface {
	scan(dest ...any) error
	// raw is a text column as it is, nil for null, and valid until the next call.
	raw(column int) []byte
	// integer and flag are columns that are not null.
	integer(column int) int64
	flag(column int) bool
}
