package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rosterhq/roster/internal/store/storetest"
)

// engine is a kind of database that every suite is run on.
type engine struct {
	name string
	// open makes an empty database, for which dir has room, and what removes it.
	open func(dir string) (url string, drop func() error, err error)
}

var engines = []engine{
	{"sqlite", func(dir string) (string, func() error, error) {
		return "sqlite:" + filepath.Join(dir, "roster.db"), func() error { return nil }, nil
	}},
	{"postgres", func(string) (string, func() error, error) { return storetest.NewPostgres() }},
}

// enginesFor are all engines, or the one that a database given by its URL runs on.
func enginesFor(database string) ([]engine, error) {
	if database == "" {
		return engines, nil
	}
	scheme, _, _ := strings.Cut(database, ":")
	name, known := map[string]string{"sqlite": "sqlite", "postgres": "postgres", "postgresql": "postgres"}[scheme]
	if !known {
		return nil, fmt.Errorf("--database takes sqlite:PATH or postgres://USER@HOST/NAME, not %s", database)
	}
	return []engine{{name, func(string) (string, func() error, error) { return database, func() error { return nil }, nil }}}, nil
}
