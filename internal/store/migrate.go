package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"

	_ "github.com/ncruces/go-sqlite3/driver" // migrations run through database/sql
	"github.com/pressly/goose/v3"
)

//go:embed migrations
var migrations embed.FS

// ErrNewer says that the database was written by a newer version of this program.
var ErrNewer = errors.New("database is newer than this program")

// migrateSQLite brings the file at path up to date. Another process may be doing
// the same: the one that comes second finds the work done when it looks again.
func migrateSQLite(ctx context.Context, path string) (err error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(5000)&_pragma=journal_mode(wal)&_pragma=synchronous(full)"
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return err
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version
	for attempt := 0; ; attempt++ {
		version, err := p.GetDBVersion(ctx)
		switch {
		case err == nil && version > newest:
			return fmt.Errorf("%w: schema %d, known up to %d", ErrNewer, version, newest)
		case err == nil && version == newest:
			return nil
		}
		if _, err := p.Up(ctx); err != nil && attempt == 3 {
			return err
		}
	}
}
