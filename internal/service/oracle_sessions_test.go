package service_test

import (
	"cmp"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

func (a *asker) askVisits() (q roster.SessionQuery) {
	q.Paging = a.paging(nil)
	if a.wants("user_id") {
		q.UserID = cmp.Or(a.someone().id, "user_none")
	}
	if a.wants("client_id") && len(a.visits) > 0 {
		q.ClientID = pick(a.T, "client_id", a.visits).client
	}
	if chance(a.T, "status", 2) {
		q.Status = pick(a.T, "status", roster.SessionStatuses)
	}
	return q
}

type visitRow struct {
	ID, Client, UserID, Status, In string
	Created, Updated               int64
}

func compareVisits(t *rapid.T, w *world, d *directory) {
	q := ask(t, "sessions", d, (*asker).askVisits)
	now := w.clock.Load()
	got, err := w.Sessions(t.Context(), w.caller, q)
	if err != nil {
		t.Fatal(err)
	}
	var rows, want []visitRow
	for _, s := range got.Data {
		rows = append(rows, visitRow{s.ID, s.ClientID, s.UserID, s.Status, opt(s.LastActiveOrganizationID), s.CreatedAt, s.UpdatedAt})
	}
	page, total := expect(d.visits, roster.Desc("created_at"), q.Paging, func(v *visit) bool {
		return (q.UserID == "" || v.who.id == q.UserID) && (q.ClientID == "" || v.client == q.ClientID) &&
			(q.Status == "" || v.statusAt(now) == q.Status)
	})
	for _, v := range page {
		in := "none"
		if v.in != nil {
			in = v.in.id
		}
		want = append(want, visitRow{v.id, v.client, v.who.id, v.statusAt(now), in, v.created, v.updated})
	}
	same(t, "sessions", q, rows, want, got.TotalCount, total)
}

// compareClients holds the list of clients, of which each session has one, against the
// sessions.
func compareClients(t *rapid.T, w *world, d *directory) {
	p := ask(t, "clients", d, func(a *asker) roster.Paging { return a.paging(nil) })
	now := w.clock.Load()
	got, err := w.Clients(t.Context(), w.caller, p)
	if err != nil {
		t.Fatal(err)
	}
	var rows, want []visitRow
	for _, c := range got.Data {
		s := c.Sessions[0]
		if len(c.Sessions) != 1 || c.SessionIDs[0] != s.ID || s.ClientID != c.ID || (s.Status == roster.SessionActive) != (opt(c.LastActiveSessionID) == s.ID) {
			t.Fatalf("client %+v", c)
		}
		rows = append(rows, visitRow{s.ID, c.ID, s.UserID, s.Status, opt(s.LastActiveOrganizationID), c.CreatedAt, c.UpdatedAt})
	}
	page, total := expect(d.visits, roster.Desc("created_at"), p, func(*visit) bool { return true })
	for _, v := range page {
		in := "none"
		if v.in != nil {
			in = v.in.id
		}
		want = append(want, visitRow{v.id, v.client, v.who.id, v.statusAt(now), in, v.created, v.updated})
	}
	same(t, "clients", p, rows, want, got.TotalCount, total)
}
