package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"
)

// backupPages is how many pages are copied between two looks at the context.
const backupPages = 1024

// Backup copies the database of an sqlite: URL, as it is at one moment, to a file.
// Who writes to it meanwhile need not wait.
func Backup(ctx context.Context, url, to string) (err error) {
	path, isFile := filePath(url)
	if !isFile {
		return errors.New("only SQLite databases are backed up this way")
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("back up %s: %w", path, err)
		}
	}()
	db, err := sqlite3.OpenFlags(path, sqlite3.OPEN_READWRITE)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.BusyTimeout(sqliteBusy); err != nil {
		return err
	}
	// A transaction keeps the snapshot: without it the copy would begin anew at every
	// change.
	if err := db.Exec("begin; select count(*) from sqlite_master"); err != nil {
		return err
	}
	b, err := db.BackupInit("main", to)
	if err != nil {
		return err
	}
	for done := false; !done && err == nil; {
		if err = ctx.Err(); err == nil {
			done, err = b.Step(backupPages)
		}
	}
	return errors.Join(err, b.Close())
}
