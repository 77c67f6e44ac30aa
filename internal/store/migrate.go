package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver" // migrations run through database/sql
	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNewer says that the database was written by a newer version of this program.
var ErrNewer = errors.New("database is newer than this program")

// Migration is one step of the schema. AppliedAt, in Unix milliseconds, is nil
// while it is pending.
type Migration struct {
	Version   int64  `json:"version"`
	Name      string `json:"name"`
	AppliedAt *int64 `json:"applied_at"`
}

// migrationPatience bounds how long a process waits for another that migrates the
// same database.
const migrationPatience = 5 * time.Minute

// Migrations lists the steps to this program's schema in a database, which it
// leaves as it is; ErrNewer when the database went further.
func Migrations(ctx context.Context, url string) (list []Migration, err error) {
	err = withMigrator(url, false, func(m *migrator) error {
		list, err = m.list(ctx)
		return err
	})
	return list, err
}

// Migrate applies what is pending, one process at a time, and calls each before
// and after each step: pending first, then with its time. ErrNewer when the
// database went further.
func Migrate(ctx context.Context, url string, each func(Migration)) error {
	return withMigrator(url, true, func(m *migrator) error { return m.up(ctx, each) })
}

// migrator brings one database up to date.
type migrator struct {
	db       *sql.DB
	provider *goose.Provider
	exists   string // counts the tables named goose_db_version
	applied  string // lists version and time in Unix milliseconds
	deferred string // counts the tables named deferred_indexes
}

func withMigrator(url string, create bool, fn func(*migrator) error) (err error) {
	if err := check(url); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("open database %s: %w", display(url), err)
		}
	}()
	m, err := openMigrator(url, create)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.db.Close()) }()
	return fn(m)
}

func openMigrator(url string, create bool) (*migrator, error) {
	path, isFile := filePath(url)
	if !isFile {
		return openPostgresMigrator(url)
	}
	return openSQLiteMigrator(path, create)
}

// openSQLiteMigrator opens the file at path; unless create is set it must be there.
func openSQLiteMigrator(path string, create bool) (*migrator, error) {
	options := "?_txlock=immediate&_pragma=busy_timeout(5000)&mode=rw"
	if create {
		if err := usable(path); err != nil {
			return nil, err
		}
		options = "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)"
	}
	db, err := driver.Open("file:"+(&url.URL{Path: path}).EscapedPath()+options, registerSearch)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return newMigrator(&migrator{
		db:       db,
		exists:   `select count(*) from sqlite_master where type = 'table' and name = 'goose_db_version'`,
		applied:  `select version_id, cast(strftime('%s', tstamp) as integer) * 1000 from goose_db_version where is_applied`,
		deferred: sqliteHasDeferred,
	}, goose.DialectSQLite3, "sqlite")
}

func openPostgresMigrator(url string) (*migrator, error) {
	config, err := pgxpool.ParseConfig(url) // knows the parameters of the pool
	if err != nil {
		return nil, err
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = postgresConnectTimeout
	}
	config.ConnConfig.RuntimeParams["timezone"] = "UTC" // which times of migrations are in
	if pooled(config.ConnConfig) {
		limitSessions(config.ConnConfig) // takes out what a pooler refuses
	}
	return newMigrator(&migrator{
		db:       stdlib.OpenDB(*config.ConnConfig),
		exists:   `select count(*) from pg_tables where schemaname = current_schema() and tablename = 'goose_db_version'`,
		applied:  `select version_id, cast(extract(epoch from tstamp) * 1000 as bigint) from goose_db_version where is_applied`,
		deferred: postgresHasDeferred,
	}, goose.DialectPostgres, "postgres", goose.WithLocker(&migrationLock{}))
}

func newMigrator(m *migrator, dialect goose.Dialect, folder string, options ...goose.ProviderOption) (*migrator, error) {
	files, err := fs.Sub(migrations, "migrations/"+folder)
	if err == nil {
		m.provider, err = goose.NewProvider(dialect, m.db, files, append(options, goMigrations(files, dialect)...)...)
	}
	if err != nil {
		return nil, errors.Join(err, m.db.Close())
	}
	return m, nil
}

// list is every step this program knows, in order.
func (m *migrator) list(ctx context.Context) ([]Migration, error) {
	times, err := m.times(ctx)
	if err != nil {
		return nil, err
	}
	var list []Migration
	for _, s := range m.provider.ListSources() {
		step := Migration{Version: s.Version, Name: strings.TrimSuffix(filepath.Base(s.Path), filepath.Ext(s.Path))}
		if at, applied := times[s.Version]; applied {
			step.AppliedAt = &at
		}
		list = append(list, step)
		delete(times, s.Version)
	}
	newest := list[len(list)-1].Version
	for version := range times {
		if version > newest {
			return nil, fmt.Errorf("%w: schema %d, known up to %d", ErrNewer, version, newest)
		}
	}
	return list, nil
}

// times is when each applied version was, without taking a lock or making a table.
func (m *migrator) times(ctx context.Context) (map[int64]int64, error) {
	times := map[int64]int64{}
	var tables int
	if err := m.db.QueryRowContext(ctx, m.exists).Scan(&tables); err != nil || tables == 0 {
		return times, err
	}
	rows, err := m.db.QueryContext(ctx, m.applied)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its failure is in rows.Err
	for rows.Next() {
		var version, at int64
		if err := rows.Scan(&version, &at); err != nil {
			return nil, err
		}
		times[version] = at
	}
	return times, rows.Err()
}

// up applies what is pending. Another process may be doing the same: PostgreSQL's
// lock lets one at a time in; on SQLite, where the file's lock is held only for a
// step, whoever comes second finds the step done when it looks again.
func (m *migrator) up(ctx context.Context, each func(Migration)) error {
	for deadline, failures := time.Now().Add(migrationPatience), 0; ; {
		before, err := m.pending(ctx)
		if err == nil {
			if len(before) == 0 {
				return nil
			}
			err = m.step(ctx, before[0], each)
		}
		switch {
		case err == nil:
			failures = 0
			continue
		case errors.Is(err, ErrNewer), ctx.Err() != nil:
			return err
		case !errors.Is(err, sqlite3.BUSY) && !errors.Is(err, sqlite3.LOCKED):
			failures++
		}
		if after, unread := m.pending(ctx); unread == nil && len(after) < len(before) {
			failures = 0 // somebody else made it
		}
		if failures == 3 || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(firstPause + rand.N(maxPause)):
		}
	}
}

func (m *migrator) pending(ctx context.Context) (pending []Migration, err error) {
	list, err := m.list(ctx)
	for _, step := range list {
		if step.AppliedAt == nil {
			pending = append(pending, step)
		}
	}
	return pending, err
}

// step applies the next migration, or finds that somebody else has.
func (m *migrator) step(ctx context.Context, next Migration, each func(Migration)) error {
	each(next)
	if err := m.restoreIndexes(ctx); err != nil {
		return fmt.Errorf("make indexes that an import left away: %w", err)
	}
	_, err := m.provider.UpByOne(ctx)
	if err != nil && !errors.Is(err, goose.ErrNoNextVersion) {
		return fmt.Errorf("migrate to %s: %w", next.Name, err)
	}
	list, err := m.list(ctx)
	for _, done := range list {
		if done.Version == next.Version && done.AppliedAt != nil {
			each(done)
		}
	}
	return err
}
