// Package store keeps the directory in SQL that is written once for every engine.
// It owns transactions, statements and what lists need to be fast; it knows no
// rules. Every statement's first condition is the instance.
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// ErrNotFound says that the instance has no such row.
var ErrNotFound = errors.New("not found")

// ErrTaken says that a value which is unique in the instance belongs to another.
var ErrTaken = errors.New("taken")

// Store is a database of the directory.
type Store struct {
	engine  engine
	slots   chan struct{} // bounds the transactions that run or wait
	lane    chan struct{} // lets those that keep meeting others pass one at a time
	replica *replica      // to read lists from, or nil
	roles   *knownRoles
}

func newStore(e engine) *Store {
	return &Store{engine: e, slots: make(chan struct{}, maxTransactions), lane: make(chan struct{}, 1), roles: &knownRoles{}}
}

// Open opens the database a URL names, sqlite:PATH or postgres://…, creating (a
// file) and migrating it.
func Open(ctx context.Context, url string) (*Store, error) {
	if err := Migrate(ctx, url, func(Migration) {}); err != nil {
		return nil, err
	}
	e, err := openEngine(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", display(url), err)
	}
	return newStore(e), nil
}

func openEngine(ctx context.Context, url string) (engine, error) {
	if path, isFile := filePath(url); isFile {
		return openSQLite(path)
	}
	return openPostgres(ctx, url)
}

// filePath is the file that a URL of the embedded engine names.
func filePath(url string) (path string, isFile bool) {
	path, isFile = strings.CutPrefix(url, "sqlite:")
	return strings.TrimPrefix(path, "//"), isFile
}

// check reports early, in words, what no engine could open.
func check(url string) error {
	path, isFile := filePath(url)
	scheme, _, _ := strings.Cut(url, ":")
	switch {
	case isFile && (path == "" || strings.HasPrefix(path, ":")):
		return fmt.Errorf("database %q names no file: use sqlite:PATH", url)
	case !isFile && scheme != "postgres" && scheme != "postgresql":
		return fmt.Errorf("unknown database %q: use sqlite:PATH or postgres://USER@HOST/NAME", redact(url))
	}
	return nil
}

// display is what messages call a database.
func display(url string) string {
	if path, isFile := filePath(url); isFile {
		return path
	}
	return redact(url)
}

// redact keeps a URL's credentials out of messages.
func redact(url string) string {
	scheme, _, isURL := strings.Cut(url, "://")
	if !isURL {
		return "…"
	}
	return scheme + "://…"
}

// usable reports early, in words, what keeps a database file from being opened.
func usable(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("folder %s does not exist", filepath.Dir(path))
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("it is a folder")
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return errors.Unwrap(err)
	}
	return f.Close()
}

// Close waits for running transactions and releases the database.
func (s *Store) Close() error {
	if s.replica != nil {
		return errors.Join(s.replica.close(), s.engine.close())
	}
	return s.engine.close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.engine.lookup(ctx, func(c conn) error {
		return c.run(query{sql: "select 1", each: func(row) error { return nil }})
	})
}

// Read runs fn on one consistent snapshot of an instance. fn may run more than
// once.
func (s *Store) Read(ctx context.Context, instance string, fn func(*Tx) error) error {
	return s.retry(ctx, func() error {
		return s.engine.read(ctx, func(c conn) error { return fn(s.snapshot(c, instance)) })
	})
}

// Write runs fn in a transaction on an instance; now, in Unix milliseconds, is
// the time of every row it changes. It returns nil once the changes are durable.
// fn may run more than once.
func (s *Store) Write(ctx context.Context, instance string, now int64, fn func(*Tx) error) error {
	return s.writeBy(ctx, s.engine.write, instance, now, fn)
}

// Bulk is Write for many rows at a time.
func (s *Store) Bulk(ctx context.Context, instance string, now int64, fn func(*Tx) error) error {
	return s.writeBy(ctx, s.engine.bulk, instance, now, fn)
}

func (s *Store) writeBy(ctx context.Context, write func(context.Context, func(conn) error) error, instance string, now int64, fn func(*Tx) error) error {
	var first []string
	return s.retry(ctx, func() error {
		var tx *Tx
		err := write(ctx, func(c conn) error {
			tx = s.snapshot(c, instance)
			tx.Now, tx.writes, tx.first = now, true, &first
			if err := tx.holdFirst(); err != nil {
				return err
			}
			if err := fn(tx); err != nil {
				return err
			}
			return tx.finish()
		})
		if errors.Is(err, errUnknown) {
			return s.settle(ctx, tx, err)
		}
		return err
	})
}

// Tx is a transaction on one instance. Now is its time in Unix milliseconds; whoever
// reads what time changes sets it.
type Tx struct {
	conn
	Instance string
	Now      int64
	// PublicURL is what addresses of pictures start with, without a trailing slash.
	PublicURL string

	event  string  // the last event appended
	writes bool    // or reads on one snapshot
	queue  []query // which go with the next query, or the commit
	failed error   // of what was sent last, nil if all is well

	first *[]string // organizations to begin with, which runs before learned of late

	// What was read already. A lock that is taken, or a change, forgets all but the roles;
	// a lock and a change of the roles forget these.
	known         []reply            // to what was asked ahead
	membership    *roster.Membership // the last that was asked for by its ids
	organizations map[string]*roster.Organization
	roles         map[string]*roleInfo // by id
	expected      map[string]*roleInfo // roles of who only says what will be asked, see Ahead; nil for every other
	revision      *int64               // of the roles; nil while it is not known

	totals  map[string]int64 // by role id, to be counted at the end, see addTotal
	doubted bool             // the key's grant is not confirmed yet
	cache   *knownRoles
}

// snapshot is a transaction that sees one state of the instance, or changes it.
func (s *Store) snapshot(c conn, instance string) *Tx {
	return &Tx{conn: c, Instance: instance, queue: make([]query, 0, 4), organizations: map[string]*roster.Organization{}, cache: s.roles}
}

// along queues a query, whose rows are there once the next one has run: both take
// one trip to the database.
func (tx *Tx) along(sql string, args []any, each func(row) error) {
	tx.enqueue(query{sql: sql, args: args, each: each})
}

// commonAlong is along for what nearly everybody asks.
func (tx *Tx) commonAlong(sql string, args []any, each func(row) error) {
	tx.enqueue(query{sql: sql, args: args, each: each, common: true})
}

func (tx *Tx) enqueue(q query) {
	if known, err := tx.answer(q); !known || err != nil {
		tx.queue = append(tx.queue, q)
	}
}

// later queues a change of which nothing needs to be known but that it fails, if it
// does: it goes with the next query, or with the commit.
func (tx *Tx) later(sql string, args ...any) {
	tx.forget()
	tx.queue = append(tx.queue, query{sql: sql, args: args})
}

// Last says that the next query of a read is its last, and that it and those along with
// it have keys of what they read, which saves a trip to the database or two. A read that
// goes on all the same is only begun again.
func (tx *Tx) Last() { tx.once(true) }

// query runs what is queued and a query.
func (tx *Tx) query(sql string, args []any, each func(row) error) error {
	q := query{sql: sql, args: args, each: each}
	if known, err := tx.answer(q); known {
		return errors.Join(err, tx.flush())
	}
	return tx.send(append(tx.queue, q))
}

// send runs queries, and fails with those that find the key's grant changed.
func (tx *Tx) send(queries []query) error {
	tx.queue = nil
	tx.failed = tx.run(queries...)
	if tx.failed == nil && tx.doubted {
		tx.failed = ErrRevoked
	}
	return tx.failed
}

// flush runs what is queued.
func (tx *Tx) flush() error {
	if len(tx.queue) == 0 {
		return nil
	}
	return tx.send(tx.queue)
}

// finish lets the changes that are queued go with the commit.
func (tx *Tx) finish() error {
	tx.countTotals()
	queries := slices.DeleteFunc(tx.queue, func(q query) bool { return q.each != nil }) // who would look at the rows?
	tx.queue = nil
	return tx.conn.finish(queries...)
}

// exec runs what is queued and a statement.
func (tx *Tx) exec(sql string, args ...any) (affected int64, err error) {
	tx.forget()
	err = tx.send(append(tx.queue, query{sql: sql, args: args, affected: &affected}))
	return affected, err
}

// one runs a query for at most one row.
func (tx *Tx) one(sql string, args []any, dest ...any) error {
	found := false
	err := tx.query(sql, args, func(r row) error {
		found = true
		return r.scan(dest...)
	})
	if err == nil && !found {
		return ErrNotFound
	}
	return err
}
