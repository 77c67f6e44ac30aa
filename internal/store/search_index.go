package store

import (
	"errors"
	"slices"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// The index of search texts has a row for each user and follows the column search of
// users. On SQLite it is a full-text table, user_search, whose rows
// user_search_rows numbers; on PostgreSQL a table of arrays.

// searchText is a user's entry in the index.
type searchText struct{ userID, text string }

const indexChunk = 1000 // users a statement adds

// indexUsers adds users to the index.
func (tx *Tx) indexUsers(list ...searchText) error {
	for chunk := range slices.Chunk(list, indexChunk) {
		if err := tx.indexChunk(chunk); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) indexChunk(list []searchText) error {
	rows, grams := &clause{}, &clause{}
	rows.add("insert into user_search_rows (instance_id, user_id)\nvalues ")
	if tx.fullText() {
		grams.add("insert into user_search (rowid, grams)\nselect r.id, v.column2\nfrom (values ")
	} else {
		grams.add("insert into user_search (instance_id, user_id, grams)\nselect cast(? as text), v.column1, cast(v.column2 as integer[])\nfrom (values ", tx.Instance)
	}
	for i, s := range list {
		if i > 0 {
			rows.add(", ")
			grams.add(", ")
		}
		rows.add("(?, ?)", tx.Instance, s.userID)
		grams.add("(cast(? as text), cast(? as text))", s.userID, tx.gramList(s.text))
	}
	grams.add(") as v")
	if !tx.fullText() {
		_, err := tx.exec(grams.String(), grams.args...)
		return err
	}
	if _, err := tx.exec(rows.String(), rows.args...); err != nil {
		return err
	}
	grams.add("\ncross join user_search_rows r\nwhere r.instance_id = ? and r.user_id = v.column1", tx.Instance)
	_, err := tx.exec(grams.String(), grams.args...)
	return err
}

// gramList is the grams of a text as the index takes them.
func (tx *Tx) gramList(text string) string {
	grams := gramsOf(tx.Instance, text)
	if tx.fullText() {
		return gramText(grams)
	}
	return gramArray(grams)
}

// reindexUser gives a user's entry another text. The column must still have the one
// before: where both are the same, nothing is written.
func (tx *Tx) reindexUser(userID, text string) error {
	if !tx.fullText() {
		tx.later(`insert into user_search (instance_id, user_id, grams)
select cast($1 as text), cast($2 as text), cast(cast($4 as text) as integer[])
where not exists (select 1 from users where instance_id = $1 and id = $2 and search = $3)
on conflict (instance_id, user_id) do update
set grams = excluded.grams`, tx.Instance, userID, text, tx.gramList(text))
		return nil
	}
	var before string
	var row *int64
	err := tx.one(`select u.search, r.id
from users u
left join user_search_rows r on r.instance_id = u.instance_id and r.user_id = u.id
where u.instance_id = $1 and u.id = $2`, []any{tx.Instance, userID}, &before, &row)
	switch {
	case errors.Is(err, ErrNotFound): // as the column is left alone then
		return nil
	case err != nil || row != nil && before == text:
		return err
	case row == nil:
		return tx.indexUsers(searchText{userID, text})
	}
	_, err = tx.exec(`update user_search
set grams = $2
where rowid = $1`, *row, tx.gramList(text))
	return err
}

// unindexUser takes a user out of the index.
func (tx *Tx) unindexUser(userID string) error {
	if tx.fullText() {
		if _, err := tx.exec(`delete from user_search
where rowid = (select id from user_search_rows where instance_id = $1 and user_id = $2)`, tx.Instance, userID); err != nil {
			return err
		}
	}
	_, err := tx.exec("delete from "+tx.searchRows()+"\nwhere instance_id = $1 and user_id = $2", tx.Instance, userID)
	return err
}

// discardSearch takes some of the instance's users out of the index, and reports
// whether any may be left.
func (tx *Tx) discardSearch() (left bool, err error) {
	some := "\nfrom " + tx.searchRows() + "\nwhere instance_id = $1\norder by user_id\nlimit $2)"
	if tx.fullText() {
		if _, err := tx.exec("delete from user_search\nwhere rowid in (select id"+some, tx.Instance, discardChunk); err != nil {
			return false, err
		}
	}
	n, err := tx.exec("delete from "+tx.searchRows()+"\nwhere instance_id = $1 and user_id in (select user_id"+some, tx.Instance, discardChunk)
	return n == discardChunk, err
}

// searchRows is the table of the index that names instance and user.
func (tx *Tx) searchRows() string {
	if tx.fullText() {
		return "user_search_rows"
	}
	return "user_search"
}

// registerSearch readies a connection for the migration that makes the index of what
// is there.
func registerSearch(db *sqlite3.Conn) error {
	if err := fts5.Register(db); err != nil {
		return err
	}
	return db.CreateFunction("search_grams", 2, sqlite3.DETERMINISTIC, func(ctx sqlite3.Context, arg ...sqlite3.Value) {
		ctx.ResultText(gramText(gramsOf(arg[0].Text(), arg[1].Text())))
	})
}
