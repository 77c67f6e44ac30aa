package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// A backup made while others write is the database of one moment: counters equal
// rows, nothing is half there, and what was acknowledged before is in it.
func TestBackup_is_one_moment_under_writes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "roster.db")
	st := reopen(t, path)
	insert := func(id int) error {
		return st.Write(context.Background(), "ins_1", 1, func(tx *store.Tx) error {
			name := fmt.Sprint("user_", id)
			return errors.Join(tx.InsertUser(&roster.User{ID: name}), tx.InsertMembership("orgmem_"+name, "org_1", name, "role_1", nil, nil))
		})
	}
	err := st.Write(t.Context(), "ins_1", 1, func(tx *store.Tx) error {
		return tx.InsertOrganization(&roster.Organization{ID: "org_1"})
	})
	for i := range 200 {
		err = errors.Join(err, insert(i))
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	writers.Go(func() {
		for i := 200; ctx.Err() == nil; i++ {
			if err := insert(i); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 5 {
		to := filepath.Join(dir, fmt.Sprint("copy", i, ".db"))
		if err := store.Backup(t.Context(), "sqlite:"+path, to); err != nil {
			t.Fatal(err)
		}
		sameCounts(t, to)
	}
	cancel()
	writers.Wait()
}

func sameCounts(t *testing.T, path string) {
	t.Helper()
	db := openRaw(t, "sqlite3", "file:"+path)
	var users, memberships, counted int
	var sound string
	err := db.QueryRowContext(t.Context(), `select (select count(*) from users), (select count(*) from memberships), (select sum(members) from member_counts)`).Scan(&users, &memberships, &counted)
	if err == nil {
		err = db.QueryRowContext(t.Context(), `pragma integrity_check`).Scan(&sound)
	}
	if err != nil || users < 200 || users != memberships || users != counted || sound != "ok" {
		t.Errorf("%d users, %d memberships, %d counted, %q, %v", users, memberships, counted, sound, err)
	}
}
