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
	"strings"
)

// ErrNotFound says that the instance has no such row.
var ErrNotFound = errors.New("not found")

// ErrTaken says that a value which is unique in the instance belongs to another.
var ErrTaken = errors.New("taken")

// Store is a database of the directory.
type Store struct {
	engine engine
	slots  chan struct{} // bounds the transactions that run or wait
}

func newStore(e engine) *Store { return &Store{engine: e, slots: make(chan struct{}, maxTransactions)} }

// Open opens the database a URL names, sqlite:PATH or postgres://…, creating (a
// file) and migrating it.
func Open(ctx context.Context, url string) (*Store, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return openFile(ctx, url, strings.TrimPrefix(rest, "//"))
	case "postgres", "postgresql":
		return openServer(ctx, url)
	}
	return nil, fmt.Errorf("unknown database %q: use sqlite:PATH or postgres://USER@HOST/NAME", redact(url))
}

func openFile(ctx context.Context, url, path string) (*Store, error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return nil, fmt.Errorf("database %q names no file: use sqlite:PATH", url)
	}
	if err := usable(path); err != nil {
		return nil, err
	}
	if err := migrateSQLite(ctx, path); err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	e, err := openSQLite(path)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return newStore(e), nil
}

func openServer(ctx context.Context, url string) (*Store, error) {
	if err := migratePostgres(ctx, url); err != nil {
		return nil, fmt.Errorf("open database %s: %w", redact(url), err)
	}
	e, err := openPostgres(ctx, url)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", redact(url), err)
	}
	return newStore(e), nil
}

// redact keeps a URL's credentials out of messages.
func redact(url string) string {
	scheme, _, _ := strings.Cut(url, ":")
	return scheme + ":…"
}

// usable reports early, in words, what keeps a database file from being opened.
func usable(path string) error {
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return fmt.Errorf("open database %s: folder %s does not exist", path, filepath.Dir(path))
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("open database %s: it is a folder", path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open database %s: %w", path, errors.Unwrap(err))
	}
	return f.Close()
}

// Close waits for running transactions and releases the database.
func (s *Store) Close() error { return s.engine.close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return s.engine.read(ctx, func(c conn) error {
		return c.query("select 1", nil, func(row) error { return nil })
	})
}

// Read runs fn on one consistent snapshot of an instance. fn may run more than
// once.
func (s *Store) Read(ctx context.Context, instance string, fn func(*Tx) error) error {
	return s.retry(ctx, func() error {
		return s.engine.read(ctx, func(c conn) error { return fn(&Tx{conn: c, Instance: instance}) })
	})
}

// Write runs fn in a transaction on an instance; now, in Unix milliseconds, is
// the time of every row it changes. It returns nil once the changes are durable.
// fn may run more than once.
func (s *Store) Write(ctx context.Context, instance string, now int64, fn func(*Tx) error) error {
	return s.retry(ctx, func() error {
		var tx *Tx
		err := s.engine.write(ctx, func(c conn) error {
			tx = &Tx{conn: c, Instance: instance, Now: now}
			return fn(tx)
		})
		if errors.Is(err, errUnknown) {
			return s.settle(ctx, tx, err)
		}
		return err
	})
}

// Tx is a transaction on one instance. Now is its time in Unix milliseconds.
type Tx struct {
	conn
	Instance string
	Now      int64
	event    string               // the last event appended
	roles    map[string]*roleInfo // by id, loaded once
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
