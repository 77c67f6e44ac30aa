// Package store keeps the directory in SQL.
package store

import "context"

// Store is a database of the directory.
type Store struct{}

// Open opens the database a URL names, sqlite:PATH, creating and migrating it.
func Open(ctx context.Context, url string) (*Store, error) { panic("pending") }

// Close releases the database.
func (s *Store) Close() error { panic("pending") }
