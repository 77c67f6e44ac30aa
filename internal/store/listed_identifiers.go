package store

import "github.com/rosterhq/roster"

// The lists of an instance.
const (
	Allowlist = "allowlist"
	Blocklist = "blocklist"
)

const listedColumns = `t.list, t.id, t.identifier, t.identifier_type, t.instance_id, t.created_at, t.updated_at`

// ListedIdentifiers is one page of a list, newest first.
func (tx *Tx) ListedIdentifiers(list string, p roster.Paging) (page roster.Page[roster.ListedIdentifier], err error) {
	where := &clause{}
	where.add("\nfrom listed_identifiers t\nwhere t.instance_id = ?", tx.Instance).and("t.list = ?", list)
	if err := tx.one("select count(*)"+where.String(), where.args, &page.TotalCount); err != nil {
		return page, err
	}
	c := &clause{}
	c.add("select " + listedColumns).extend(where)
	c.add(ordering{column: "t.created_at", desc: true}.sql()).page(p)
	page.Data, err = tx.listedRows(c)
	return page, err
}

// AllListedIdentifiers is the whole of a list, newest first.
func (tx *Tx) AllListedIdentifiers(list string) ([]roster.ListedIdentifier, error) {
	c := &clause{}
	c.add("select "+listedColumns+"\nfrom listed_identifiers t\nwhere t.instance_id = ?", tx.Instance).and("t.list = ?", list)
	c.add(ordering{column: "t.created_at", desc: true}.sql())
	return tx.listedRows(c)
}

func (tx *Tx) listedRows(c *clause) ([]roster.ListedIdentifier, error) {
	out := []roster.ListedIdentifier{}
	err := tx.query(c.String(), c.args, func(r row) error {
		var i roster.ListedIdentifier
		var list string
		err := r.scan(&list, &i.ID, &i.Identifier, &i.IdentifierType, &i.InstanceID, &i.CreatedAt, &i.UpdatedAt)
		i.Object = list + "_identifier"
		out = append(out, i)
		return err
	})
	return out, err
}

// CountListed is how many identifiers a list has.
func (tx *Tx) CountListed(list string) (n int64, err error) {
	err = tx.one(`select count(*)
from listed_identifiers
where instance_id = $1 and list = $2`, []any{tx.Instance, list}, &n)
	return n, err
}

// Listed are those of the identifiers that a list has.
func (tx *Tx) Listed(list string, identifiers []string) (map[string]bool, error) {
	c := &clause{}
	c.add("select identifier\nfrom listed_identifiers\nwhere instance_id = ?", tx.Instance).and("list = ?", list).in("identifier", identifiers)
	out := map[string]bool{}
	err := tx.query(c.String(), c.args, func(r row) error {
		var identifier string
		err := r.scan(&identifier)
		out[identifier] = true
		return err
	})
	return out, err
}

// InsertListed puts an identifier on a list and fills in its times; ErrTaken when the
// list has it.
func (tx *Tx) InsertListed(list string, i *roster.ListedIdentifier) error {
	i.CreatedAt, i.UpdatedAt = tx.Now, tx.Now
	n, err := tx.exec(`insert into listed_identifiers (instance_id, id, list, identifier, identifier_type, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $6)
on conflict do nothing`, tx.Instance, i.ID, list, i.Identifier, i.IdentifierType, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// DeleteListed takes an identifier off a list, or returns ErrNotFound.
func (tx *Tx) DeleteListed(list, id string) error {
	n, err := tx.exec(`delete from listed_identifiers
where instance_id = $1 and list = $2 and id = $3`, tx.Instance, list, id)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}
