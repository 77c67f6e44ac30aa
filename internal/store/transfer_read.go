package store

import (
	"cmp"
	"context"
	"errors"
	"strings"
)

// exportChunk is how many rows are read at a time.
const exportChunk = 200

// Export calls each with every row of an instance, kind after kind, on one
// snapshot of it; ErrNotFound when there is none. Unlike Read it runs once: what
// each was given cannot be taken back.
func (s *Store) Export(ctx context.Context, instance string, each func(Row) error) error {
	return s.engine.read(ctx, func(c conn) error {
		tx := &Tx{conn: c, Instance: instance}
		if _, err := tx.Settings(); err != nil {
			return err
		}
		if !tx.serial() { // whoever takes the rows may be slow
			if _, err := tx.exec("set local idle_in_transaction_session_timeout = 0"); err != nil {
				return err
			}
		}
		for _, k := range Kinds {
			if err := tx.exportKind(ctx, k, each); err != nil {
				return err
			}
		}
		return nil
	})
}

func (k *Kind) atOnce() int { return cmp.Or(k.chunk, exportChunk) }

func (tx *Tx) exportKind(ctx context.Context, k *Kind, each func(Row) error) error {
	var behind []any
	for {
		rows, err := tx.exportRows(k, behind)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := errors.Join(ctx.Err(), each(r)); err != nil {
				return err
			}
		}
		if len(rows) < k.atOnce() {
			return nil
		}
		behind = rows[len(rows)-1].keys()
	}
}

// keys are the row's values of its kind's key.
func (r Row) keys() []any {
	keys := make([]any, len(r.Kind.key))
	for i, column := range r.Kind.key {
		keys[i] = r.value(column)
	}
	return keys
}

// exportRows reads the next rows behind a key, nil for the first.
func (tx *Tx) exportRows(k *Kind, behind []any) ([]Row, error) {
	c := &clause{}
	c.add("select "+names(k.Columns)+"\nfrom "+k.table+"\nwhere "+k.instanceColumn()+" = ?", tx.Instance)
	key := strings.Join(k.key, ", ")
	if behind != nil {
		c.and("("+key+") > ("+marks(len(behind))+")", behind...)
	}
	if key != "" {
		c.add("\norder by "+key+"\nlimit ?", k.atOnce())
	}
	rows, err := tx.scanRows(k, c, nil)
	if err == nil && k.Parts != nil && len(rows) > 0 {
		err = tx.exportParts(k.Parts, rows)
	}
	return rows, err
}

// exportParts completes rows with their parts.
func (tx *Tx) exportParts(k *Kind, rows []Row) error {
	c := &clause{}
	c.add("select "+names(k.Columns)+", "+k.owner+"\nfrom "+k.table+"\nwhere "+k.instanceColumn()+" = ?", tx.Instance)
	c.and(k.owner+" >= ?", rows[0].value("id")).and(k.owner+" <= ?", rows[len(rows)-1].value("id"))
	c.add("\norder by " + k.owner + ", kind, position, id")
	owners := make(map[string]*Row, len(rows))
	for i := range rows {
		owners[rows[i].text("id")] = &rows[i]
	}
	_, err := tx.scanRows(k, c, func(owner string, part Row) {
		if r := owners[owner]; r != nil {
			r.Parts = append(r.Parts, part)
		}
	})
	return err
}

// scanRows reads rows of a kind. With a take they are parts, behind whose columns
// comes the owner's, and go there.
func (tx *Tx) scanRows(k *Kind, c *clause, take func(owner string, part Row)) (rows []Row, err error) {
	err = tx.query(c.String(), c.args, func(r row) error {
		dest := make([]any, len(k.Columns), len(k.Columns)+1)
		for i, column := range k.Columns {
			dest[i] = destination(column)
		}
		var owner string
		if take != nil {
			dest = append(dest, &owner)
		}
		if err := r.scan(dest...); err != nil {
			return err
		}
		row := Row{Kind: k, Values: make([]any, len(k.Columns))}
		for i := range k.Columns {
			row.Values[i] = scanned(dest[i])
		}
		if take != nil {
			take(owner, row)
			return nil
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

func destination(c Column) any {
	switch {
	case c.Type == Boolean:
		return new(bool)
	case c.Type == Bytes:
		return new([]byte)
	case c.Type == Integer && c.Null:
		return new(*int64)
	case c.Type == Integer:
		return new(int64)
	case c.Null:
		return new(*string)
	}
	return new(string)
}

// scanned is what a destination was filled with.
func scanned(dest any) any {
	switch d := dest.(type) {
	case *bool:
		return *d
	case *[]byte:
		return *d
	case *int64:
		return *d
	case *string:
		return *d
	case **int64:
		if *d != nil {
			return **d
		}
	case **string:
		if *d != nil {
			return **d
		}
	}
	return nil
}

func names(columns []Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.Name
	}
	return strings.Join(list, ", ")
}
