package store

import "github.com/rosterhq/roster"

// A client is kept as the sessions that name it, and is as old as the first of them.
// Each session that is made here has a client of its own, so a walk along the sessions
// meets hardly any that is not the first.

const (
	// firstOfClient is the condition that session t is its client's first. Of one that
	// is a subquery PostgreSQL supposes that half of all rows meet it, and walks.
	firstOfClient = `(select o.id = t.id
		from sessions o
		where o.instance_id = t.instance_id and o.client_id = t.client_id
		order by o.created_at, o.id
		limit 1)`

	countClients = `select count(distinct client_id)
from sessions
where instance_id = $1`

	// countClientsInOrder keeps PostgreSQL from sorting all sessions, beside an index that
	// has them in order.
	countClientsInOrder = `select count(*)
from (
	select distinct client_id
	from (
		select client_id
		from sessions
		where instance_id = $1
		order by client_id) s) c`
)

// Clients is one page of the clients that have sessions, newest first, as they
// stand at now.
func (tx *Tx) Clients(p roster.Paging, now int64) (page roster.Page[roster.Client], err error) {
	count := countClientsInOrder
	if tx.serial() {
		count = countClients
	}
	if err := tx.one(count, []any{tx.Instance}, &page.TotalCount); err != nil {
		return page, err
	}
	c := (&clause{}).add("select t.client_id\nfrom sessions t\nwhere t.instance_id = ?", tx.Instance).and(firstOfClient)
	ids, err := tx.ids(c.add(ordering{column: "t.created_at", desc: true}.sql()).page(p))
	if err != nil {
		return page, err
	}
	page.Data, err = tx.clients(ids, now)
	return page, err
}

// Client is one client, or ErrNotFound.
func (tx *Tx) Client(id string, now int64) (*roster.Client, error) {
	list, err := tx.clients([]string{id}, now)
	if err == nil && len(list[0].Sessions) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// clients are clients with their sessions, newest first, in the order of ids.
func (tx *Tx) clients(ids []string, now int64) ([]roster.Client, error) {
	out, at := make([]roster.Client, len(ids)), map[string]int{}
	for i, id := range ids {
		out[i], at[id] = roster.Client{Object: "client", ID: id, SessionIDs: []string{}, Sessions: []roster.Session{}}, i
	}
	if len(ids) == 0 {
		return out, nil
	}
	c := &clause{}
	c.add("select "+sessionColumns+"\nfrom sessions t\nwhere t.instance_id = ?", tx.Instance)
	tx.amongMany(c, "t.client_id", ids)
	// In the order of an index SQLite would read all sessions along it.
	sessions, err := tx.sessionRows(c.add(ordering{column: "t.created_at", integer: true, desc: true}.sorted().sql()), now)
	for _, s := range sessions {
		holds(&out[at[s.ClientID]], s)
	}
	return out, err
}

// holds adds a session to a client that has all newer ones.
func holds(c *roster.Client, s roster.Session) {
	c.SessionIDs, c.Sessions = append(c.SessionIDs, s.ID), append(c.Sessions, s)
	c.CreatedAt, c.UpdatedAt = s.CreatedAt, max(c.UpdatedAt, s.UpdatedAt)
	if c.LastActiveSessionID == nil && s.Status == roster.SessionActive {
		c.LastActiveSessionID = &s.ID
	}
}
