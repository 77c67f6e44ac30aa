package storetest

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// PostgresPrograms is the folder of PostgreSQL's programs, such as pg_dump. Where
// they are missing the test ends as Postgres has it.
func PostgresPrograms(t testing.TB) string {
	t.Helper()
	bin, err := postgresBin()
	if errors.Is(err, ErrNoPostgres) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	// initdb in the path may be a link to where the others are.
	if initdb, err := filepath.EvalSymlinks(filepath.Join(bin, "initdb")); err == nil {
		bin = filepath.Dir(initdb)
	}
	return bin
}
