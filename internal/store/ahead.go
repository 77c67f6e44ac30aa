package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// A database that is far away takes a trip for each question, and the rules of most
// operations ask one after the other. So an operation may say ahead what its rules
// will ask, and all of it takes one trip.

// reply is the rows of a query that was asked ahead.
type reply struct {
	query
	rows []row
}

// Ahead sends the queries that fn makes, in their order, in one trip: whoever makes one
// of them after that finds its rows here, until something else is locked or changed.
// fn itself finds no rows, whatever it asks for. What fn locks is locked. Where there
// is no way to go Ahead does nothing.
func (tx *Tx) Ahead(fn func(*Tx)) error {
	if tx.serial() {
		return nil
	}
	n := &notes{conn: tx.conn}
	// Where reads and writes differ this is a write, which leaves no roles to others.
	ahead := &Tx{conn: n, Instance: tx.Instance, Now: tx.Now, writes: true, organizations: map[string]*roster.Organization{}, cache: tx.cache}
	ahead.expected = tx.cache.last(tx.Instance) // those of then would be asked for otherwise
	ahead.roles = ahead.expected
	fn(ahead)
	// What is found of the key and the roles is found behind the locks, which may have
	// to wait for those who change them.
	behind := tx.queue
	tx.queue = nil
	known := make([]reply, len(n.queries))
	for i, q := range n.queries {
		known[i].query = q
		q.each = func(r row) error {
			known[i].rows = append(known[i].rows, r.(interface{ keep() row }).keep())
			return nil
		}
		tx.queue = append(tx.queue, q)
	}
	tx.queue = append(tx.queue, behind...)
	tx.roles, tx.revision = nil, nil
	tx.revise()
	tx.forget()
	err := tx.flush()
	tx.known = known
	return err
}

// notes is a connection that only notes what is asked.
type notes struct {
	conn
	queries []query
}

func (n *notes) run(queries ...query) error {
	n.queries = append(n.queries, queries...)
	return nil
}

// answer hands out the rows of a query that was asked ahead.
func (tx *Tx) answer(q query) (known bool, err error) {
	i := slices.IndexFunc(tx.known, func(r reply) bool { return r.sql == q.sql && slices.Equal(r.args, q.args) })
	if i < 0 {
		return false, nil
	}
	for _, r := range tx.known[i].rows {
		if err == nil {
			err = q.each(r)
		}
	}
	return true, err
}

// forget drops what was read: it may be different from now on.
func (tx *Tx) forget() {
	tx.known, tx.membership = nil, nil
	clear(tx.organizations)
}
