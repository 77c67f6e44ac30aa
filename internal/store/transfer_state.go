package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ImportState is how far the import of an instance has come: how many lines of its
// file are in the database, and the digest of those. Discarding is set while what
// was imported is being removed; Finished once all is there.
type ImportState struct {
	Lines      int64
	Digest     string
	Discarding bool
	Finished   bool
}

// ImportState is how far the import of the transaction's instance has come, or
// ErrNotFound when there never was one.
func (tx *Tx) ImportState() (ImportState, error) {
	var s ImportState
	var finished *int64
	err := tx.one(`select lines, digest, finished_at
from imports
where instance_id = $1`, []any{tx.Instance}, &s.Lines, &s.Digest, &finished)
	s.Discarding, s.Finished = s.Lines < 0, finished != nil
	return s, err
}

// BeginImport says that an import of the transaction's instance begins; ErrTaken
// when one did before.
func (tx *Tx) BeginImport() error {
	n, err := tx.exec(`insert into imports (instance_id, lines, digest, started_at, updated_at)
values ($1, 0, '', $2, $2)
on conflict do nothing`, tx.Instance, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// SaveImport moves the import of the transaction's instance on; ErrTaken when it
// is no longer at line from, because somebody else moves it.
func (tx *Tx) SaveImport(from int64, to ImportState) error {
	n, err := tx.exec(`update imports
set lines = $3, digest = $4, updated_at = $5, finished_at = case when cast($6 as boolean) then cast($5 as bigint) end
where instance_id = $1 and lines = $2 and finished_at is null`, tx.Instance, from, to.Lines, to.Digest, tx.Now, to.Finished)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// discardChunk is how many rows of each table one transaction removes.
const discardChunk = 1000

// importedTables are what an import fills, with their keys beside the instance.
var importedTables = map[string]string{
	"permissions": "id", "roles": "id", "role_permissions": "role_id, position",
	"role_sets": "id", "role_set_roles": "role_set_id, position", "users": "id", "identifications": "user_id, id",
	"unique_values": "kind, value", "organizations": "id", "member_counts": "organization_id, role_id, slot", "memberships": "organization_id, user_id",
	"member_spans":         "organization_id, span, slot",
	"member_totals":        "role_id, slot",
	"membership_terms":     "term, organization_id, user_id",
	"organization_domains": "organization_id, id", "organization_suggestions": "organization_id, user_id",
	"organization_invitations": "organization_id, id", "sessions": "id", "outbox": "id", "secret_keys": "id",
	"images": "id", "image_chunks": "image_id, position", "signing_keys": "id", "jwt_templates": "id",
	"listed_identifiers": "id", "refresh_tokens": "hash",
}

// DiscardImport removes some of what an unfinished import left, and reports
// whether all is gone.
func (tx *Tx) DiscardImport() (done bool, err error) {
	n, err := tx.exec(`update imports
set lines = -1, updated_at = $2
where instance_id = $1 and finished_at is null`, tx.Instance, tx.Now)
	if err == nil && n == 0 { // a rival finished it
		err = ErrTaken
	}
	if err != nil {
		return false, err
	}
	left, err := tx.discardSearch()
	if err != nil {
		return false, err
	}
	for table, key := range importedTables {
		where := "\nwhere instance_id = $1"
		match := "(" + key + ")"
		if !strings.Contains(key, ",") {
			match = key
		}
		n, err := tx.exec(fmt.Sprintf("delete from %s%s and %s in (select %s\nfrom %s%s\nlimit %d)", table, where, match, key, table, where, discardChunk), tx.Instance)
		if err != nil {
			return false, err
		}
		left = left || n == discardChunk
	}
	if left {
		return false, nil
	}
	_, err = tx.exec(`delete from imports
where instance_id = $1`, tx.Instance)
	return true, err
}

// analyze has PostgreSQL look at what was imported, whose plans would be of empty
// tables until it comes to that by itself. SQLite plans without.
func (tx *Tx) analyze() error {
	if tx.serial() {
		return nil
	}
	tables := append(slices.Collect(maps.Keys(importedTables)), tx.searchRows())
	slices.Sort(tables) // in one order, for those who finish at the same time
	tx.later("set local statement_timeout = 0")
	_, err := tx.exec("analyze " + strings.Join(tables, ", "))
	return err
}
