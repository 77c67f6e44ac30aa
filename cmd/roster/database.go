package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

const databaseHint = "--database takes sqlite:PATH, a file in a folder that exists and may be written"

// openStore opens the database at url, made if need be. That it cannot be opened
// is a usage error: the place is the caller's choice.
func openStore(ctx context.Context, url string) (*store.Store, error) {
	if scheme, _, _ := strings.Cut(url, ":"); scheme == "postgres" || scheme == "postgresql" {
		return nil, usagef(databaseHint, "PostgreSQL is not served by this version")
	}
	st, err := store.Open(ctx, url)
	switch {
	case err == nil:
		return st, nil
	case errors.Is(err, store.ErrNewer):
		return nil, usagef("run the version of roster that wrote it, or a later one", "%s", err)
	case errors.Is(err, context.Canceled):
		return nil, err
	}
	return nil, usagef(databaseHint, "%s", err)
}

// withService runs fn on the database at url. Unless create is set the database
// must be there: a mistyped path is to be told, not turned into an empty database.
func withService(ctx context.Context, url string, create bool, fn func(*service.Service) error) (err error) {
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok && !create {
		if _, err := os.Stat(strings.TrimPrefix(path, "//")); errors.Is(err, os.ErrNotExist) {
			return usagef("roster serve and roster instances create make one", "there is no database at %s", path)
		}
	}
	st, err := openStore(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return fn(service.New(st, service.Options{}))
}
