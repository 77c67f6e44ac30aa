package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rosterhq/roster/internal/store"
)

// PostgresEnv names a running PostgreSQL for the tests, as a URL whose user may
// create databases. Without it the tests start one of their own.
const PostgresEnv = "ROSTER_TEST_POSTGRES"

// Postgres returns the URL of a new empty database that lives as long as the test
// and has the schema already. Without PostgreSQL the test fails in CI, and says
// what to install; elsewhere it is skipped, as loudly.
func Postgres(t testing.TB) (url string) {
	t.Helper()
	url, drop, err := NewPostgres()
	if errors.Is(err, ErrNoPostgres) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(); err != nil {
			t.Error(err)
		}
	})
	return url
}

// NewPostgres makes an empty database with the schema, and a server for it if
// there is none yet. drop removes the database; the server ends with the process.
func NewPostgres() (url string, drop func() error, err error) {
	admin, err := Cluster()
	if err != nil {
		return "", nil, err
	}
	// Other processes make databases on the same server.
	name := "roster_test_" + strings.ToLower(rand.Text())
	url, drop = databaseURL(admin, name), func() error { return administer(admin, "drop database "+name+" with (force)") }
	if os.Getenv(PostgresEnv) == "" {
		if err := madeTemplate(); err != nil {
			return "", nil, err
		}
		return url, drop, administer(admin, "create database "+name+" template "+template)
	}
	if err := administer(admin, "create database "+name+" template template0 encoding 'UTF8'"); err != nil {
		return "", nil, err
	}
	if err := migrate(url); err != nil {
		return "", nil, errors.Join(err, drop())
	}
	return url, drop, nil
}

// Cluster is the URL of the server that this process's tests share, whose user may
// create databases.
var Cluster = sync.OnceValues(func() (url string, err error) {
	if url = os.Getenv(PostgresEnv); url != "" {
		return url, nil
	}
	url, _, err = startCluster("")
	return url, err
})

const template = "roster_template"

// madeTemplate makes the database that others are clones of, which is faster than
// to make each. On a server that outlives the tests it would stay behind.
var madeTemplate = sync.OnceValue(func() error {
	admin, err := Cluster()
	if err != nil {
		return err
	}
	if err := administer(admin, "create database "+template); err != nil {
		return err
	}
	return migrate(databaseURL(admin, template))
})

func migrate(url string) error {
	st, err := store.Open(context.Background(), url)
	if err != nil {
		return err
	}
	return st.Close()
}

func databaseURL(admin, database string) string {
	u, err := url.Parse(admin)
	if err != nil {
		return admin
	}
	u.Path = "/" + database
	return u.String()
}

func administer(admin, sql string) error {
	c, err := pgx.Connect(context.Background(), admin)
	if err != nil {
		return err
	}
	_, err = c.Exec(context.Background(), sql)
	return errors.Join(err, c.Close(context.Background()))
}
