package store

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// insert is rows to be added to a table. The statement is the same however many
// there are, so that it is prepared and planned once.
type insert struct {
	table      string
	instance   string // the column
	columns    []Column
	references []reference
	join       string // another table, beside the rows, which are v
	joined     string // columns that it fills
	with       string // what it fills them with
	values     [][]any
}

// kindInsert adds rows as they are.
func kindInsert(rows []Row) insert {
	k := rows[0].Kind
	in := insert{table: k.table, instance: k.instanceColumn(), columns: k.Columns, references: k.references, values: make([][]any, len(rows))}
	for i, r := range rows {
		in.values[i] = r.Values
	}
	return in
}

func (in insert) beside(columns ...Column) insert {
	in.columns = slices.Concat(in.columns, columns)
	return in
}

// statement adds the rows of a source, called v, with the columns column1, column2, …;
// rows that do not fit are left out. $1 is the instance.
func (in insert) statement(source string) string {
	var b strings.Builder
	b.WriteString("insert into " + in.table + " (" + in.instance + ", " + names(in.columns) + in.joined + ")\nselect cast($1 as text)")
	for i := range in.columns {
		b.WriteString(", v.column" + strconv.Itoa(i+1))
	}
	b.WriteString(in.with + "\nfrom " + source + in.join + "\nwhere 1 = 1")
	for _, r := range in.references {
		fmt.Fprintf(&b, "\n\tand exists (select 1 from %s r where r.instance_id = $1 and r.id = v.column%d)", r.table, in.position(r.column))
	}
	b.WriteString("\non conflict do nothing")
	return b.String()
}

// position is a column's, from 1.
func (in insert) position(column string) int {
	return 1 + slices.IndexFunc(in.columns, func(c Column) bool { return c.Name == column })
}

// add runs inserts, or says what is wrong with the row of one that has only that.
func (tx *Tx) add(list ...insert) error {
	for _, in := range list {
		if len(in.values) == 0 {
			continue
		}
		n, err := tx.conn.insert(tx.Instance, in)
		switch {
		case err != nil:
			return err
		case n == int64(len(in.values)):
		case len(in.values) > 1:
			return fmt.Errorf("%w: a key is there already, in %s, or what a row refers to is not", ErrRejected, in.table)
		default:
			return tx.reason(in)
		}
	}
	return nil
}

// reason is why the one row of an insert was not added.
func (tx *Tx) reason(in insert) error {
	for _, r := range in.references {
		id, _ := in.values[0][in.position(r.column)-1].(string)
		var found string
		err := tx.one("select id\nfrom "+r.table+"\nwhere instance_id = $1 and id = $2", []any{tx.Instance, id}, &found)
		if errors.Is(err, ErrNotFound) {
			return fmt.Errorf("%w: %s names %q, which is not among the %s before it", ErrRejected, r.column, id, r.table)
		}
		if err != nil {
			return err
		}
	}
	return fmt.Errorf("%w: its key is there already, in %s", ErrRejected, in.table)
}
