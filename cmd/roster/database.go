package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

const databaseHint = "--database takes sqlite:PATH, a file in a folder that exists and may be written, or postgres://USER@HOST/NAME"

// isPostgres reports whether a database's URL is of PostgreSQL.
func isPostgres(url string) bool {
	scheme, _, _ := strings.Cut(url, ":")
	return scheme == "postgres" || scheme == "postgresql"
}

// openStore opens the database at url, made if need be.
func openStore(ctx context.Context, url string) (*store.Store, error) {
	st, err := store.Open(ctx, url)
	return st, openFailure(err)
}

// openFailure is why a database cannot be opened, as a usage error: the place is
// the caller's choice.
func openFailure(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, store.ErrNewer):
		return usagef("run the version of roster that wrote it, or a later one", "%s", err)
	}
	return usagef(databaseHint, "%s", err)
}

// mustExist refuses a file that is not there: a mistyped path is to be told, not
// turned into an empty database.
func mustExist(url string) error {
	path, isFile := strings.CutPrefix(url, "sqlite:")
	if !isFile {
		return nil
	}
	if _, err := os.Stat(strings.TrimPrefix(path, "//")); errors.Is(err, os.ErrNotExist) {
		return usagef("roster serve and roster instances create make one", "there is no database at %s", path)
	}
	return nil
}

// withService runs fn on the database at url. Unless create is set the database
// must be there.
func withService(ctx context.Context, url string, create bool, fn func(*service.Service) error) (err error) {
	if !create {
		if err := mustExist(url); err != nil {
			return err
		}
	}
	st, err := openStore(ctx, url)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return fn(service.New(st, service.Options{}))
}
