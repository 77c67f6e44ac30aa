package e2e

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"testing"
)

// verdict compares a database with a ledger.
type verdict struct {
	acknowledged, lost, repeated, inDoubt, happened int
	problems                                        []string
}

// holdings are a database's rows and events, as far as a ledger knows of them.
type holdings struct {
	users   map[string]userRowSeen // by address
	members map[string]memberSeen  // by user id, of the home organization
	founded map[string]int         // organizations by name
	events  map[string]int         // by stage and subject
}

type userRowSeen struct{ id, firstName string }

type memberSeen struct{ role, data string }

// check reads the database and holds every person's acknowledged writes against
// it: their events exactly once, those in doubt at most once, and the rows as the
// events tell.
func (l *ledger) check(t testing.TB, db *sql.DB) verdict {
	t.Helper()
	h := l.read(t, db)
	var v verdict
	for _, p := range l.people {
		v.add(p, h)
	}
	v.problems = append(v.problems, audit(t, db)...)
	for i, problem := range v.problems {
		if i == 10 {
			t.Errorf("… and %d problems more", len(v.problems)-i)
			break
		}
		t.Error(problem)
	}
	return v
}

func (v *verdict) add(p *person, h *holdings) {
	reached := 0
	for stage := signedUp; stage <= last; stage++ {
		n := h.events[p.key(stage)]
		switch {
		case stage <= p.stage && n == 0:
			v.lost++
			v.problems = append(v.problems, fmt.Sprintf("%s: acknowledged write %d is lost", p.tag, stage))
		case n > 1:
			v.repeated++
			v.problems = append(v.problems, fmt.Sprintf("%s: write %d happened %d times", p.tag, stage, n))
		case n == 1 && stage > p.stage && (!p.doubt || stage > p.stage+1):
			v.problems = append(v.problems, fmt.Sprintf("%s: write %d happened and was never sent", p.tag, stage))
		}
		if n > 0 {
			reached = stage
		}
	}
	v.acknowledged += p.stage
	if p.doubt {
		v.inDoubt++
		v.happened += max(0, reached-p.stage)
	}
	if got, want := h.rows(p), p.rows(reached); got != want {
		v.problems = append(v.problems, fmt.Sprintf("%s: rows %q, the events tell %q", p.tag, got, want))
	}
}

// key names the event of a person's stage.
func (p *person) key(stage int) string {
	if stage == last {
		return fmt.Sprint(stage, [...]string{"left ", "founded ", "renamed "}[p.n%3], p.tag)
	}
	return fmt.Sprint(stage, p.tag)
}

// rows are what a person's rows must tell after a stage.
func (p *person) rows(stage int) string {
	role, data, founded, name := "none", "none", 0, ""
	if stage >= joined {
		role, data = "org:member", "{}"
	}
	if stage >= merged {
		data = p.data().String()
	}
	if stage >= promoted {
		role = "org:admin"
	}
	if stage == last {
		switch p.n % 3 {
		case 0:
			role, data = "none", "none"
		case 1:
			founded = 1
		case 2:
			name = p.tag
		}
	}
	return fmt.Sprint(stage >= signedUp, role, data, founded, name)
}

func (h *holdings) rows(p *person) string {
	u, there := h.users[p.email()]
	m, member := h.members[u.id]
	if !member {
		m = memberSeen{"none", "none"}
	}
	return fmt.Sprint(there, m.role, m.data, h.founded[p.tag], u.firstName)
}

// read takes everything from one snapshot.
func (l *ledger) read(t testing.TB, db *sql.DB) *holdings {
	t.Helper()
	level, _ := dialect(db)
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{Isolation: level})
	if err != nil {
		t.Fatal(err)
	}
	h := &holdings{map[string]userRowSeen{}, map[string]memberSeen{}, map[string]int{}, map[string]int{}}
	var a, b, c string
	each(t, tx, "select email_address, id, coalesce(first_name, '') from users", []any{&a, &b, &c}, func() {
		h.users[a] = userRowSeen{b, c}
	})
	each(t, tx, "select m.user_id, r.key, m.public_metadata from memberships m join roles r on r.instance_id = m.instance_id and r.id = m.role_id where m.organization_id = '"+l.home+"'", []any{&a, &b, &c}, func() {
		h.members[a] = memberSeen{b, c}
	})
	each(t, tx, "select name from organizations", []any{&a}, func() { h.founded[a]++ })
	people := map[string]*person{} // by address, and by id once it is known
	for _, p := range l.people {
		people[p.email()], people[h.users[p.email()].id] = p, p
	}
	each(t, tx, "select type, payload from outbox", []any{&a, &b}, func() {
		if key := l.event(t, people, a, b); key != "" {
			h.events[key]++
		}
	})
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	return h
}

// event is the key of the stage that an event tells of, "" for none.
func (l *ledger) event(t testing.TB, people map[string]*person, kind, payload string) string {
	t.Helper()
	var e struct {
		Data struct {
			ID             string
			Name           string
			Role           string
			EmailAddresses []struct {
				EmailAddress string `json:"email_address"`
			} `json:"email_addresses"`
			Organization   struct{ ID string }
			PublicUserData struct {
				UserID string `json:"user_id"`
			} `json:"public_user_data"`
		}
	}
	if err := json.Unmarshal([]byte(payload), &e); err != nil {
		t.Fatal(err)
	}
	about := func(who string, stage int) string {
		if p := people[who]; p != nil {
			return p.key(stage)
		}
		t.Errorf("%s of somebody unknown: %.200s", kind, payload)
		return ""
	}
	switch kind {
	case "user.created":
		return about(e.Data.EmailAddresses[0].EmailAddress, signedUp)
	case "user.updated":
		return about(e.Data.ID, last)
	case "organization.created":
		if e.Data.ID == l.home {
			return ""
		}
		return about(e.Data.Name+"@example.com", last)
	}
	if e.Data.Organization.ID != l.home {
		return "" // came with its organization
	}
	switch {
	case kind == "organizationMembership.created":
		return about(e.Data.PublicUserData.UserID, joined)
	case kind == "organizationMembership.deleted":
		return about(e.Data.PublicUserData.UserID, last)
	case e.Data.Role == "org:admin":
		return about(e.Data.PublicUserData.UserID, promoted)
	}
	return about(e.Data.PublicUserData.UserID, merged)
}

// each runs a query, scanning each row into dest.
func each(t testing.TB, tx *sql.Tx, query string, dest []any, do func()) {
	t.Helper()
	rows, err := tx.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			t.Fatal(err)
		}
		do()
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
