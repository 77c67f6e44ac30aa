package store

import (
	"strings"

	"github.com/rosterhq/roster"
)

// named is a list of what an instance is configured with, each of which has an id,
// a key and a name: permissions, roles. There are dozens of them, so a query is
// matched here, where case is folded, instead of in columns of folded copies.
type named[T any] struct {
	table   string // its rows have the alias t
	columns string
	scan    func(row) (T, error)
	texts   func(*T) (id, key, name string)
}

// page is one page of those whose id is the text or whose name or key contains it.
func (l named[T]) page(tx *Tx, text string, order roster.Order, p roster.Paging) (page roster.Page[T], err error) {
	order = order.Or(roster.Desc("created_at"))
	c := (&clause{}).add("select "+l.columns+"\nfrom "+l.table+" t\nwhere t.instance_id = ?", tx.Instance)
	c.add(ordering{column: "t." + order.By, desc: order.Desc}.sql())
	part := fold(text)
	page.Data = []T{}
	err = tx.query(c.String(), c.args, func(r row) error {
		v, err := l.scan(r)
		if err != nil {
			return err
		}
		if id, key, name := l.texts(&v); text != "" && id != text && !strings.Contains(fold(key), part) && !strings.Contains(fold(name), part) {
			return nil
		}
		page.TotalCount++
		if page.TotalCount > p.Offset && len(page.Data) < p.PageLimit() {
			page.Data = append(page.Data, v)
		}
		return nil
	})
	return page, err
}
