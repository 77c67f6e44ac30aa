package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
)

// floorInstance owns what the floors write.
const floorInstance = "ins_floor"

// writing is what a floor does to a membership or a user. What is kept for lists besides,
// counters, terms of metadata and the index of partial matches, no floor writes.
type writing int

const (
	creates writing = iota
	changesRole
	changesOne // always the same
	changesMetadata
	deletes
	changesUser // with the copies in the user's memberships
)

// bound is a statement with its arguments.
type bound struct {
	sql  string
	args []any
}

// check reports whether rows were written: a floor that writes none is none.
func (w bound) check(rows int64) error {
	if rows == 0 {
		return fmt.Errorf("no rows: %s", w.sql)
	}
	return nil
}

// row is a row of a table.
type row struct {
	table   string
	columns []string
	values  []any
}

// of is the text of a column.
func (r row) of(column string) string {
	return fmt.Sprint(r.values[slices.Index(r.columns, column)])
}

// copied adds the row with other values of some columns, for the floors' instance.
func (r row) copied(others map[string]any) bound {
	marks, values := make([]string, len(r.columns)), slices.Clone(r.values)
	for i, name := range r.columns {
		marks[i] = fmt.Sprintf("$%d", i+1)
		if other, ok := others[name]; ok {
			values[i] = other
		}
		if name == "instance_id" {
			values[i] = floorInstance
		}
	}
	return bound{"insert into " + r.table + " (" + strings.Join(r.columns, ", ") + ") values (" + strings.Join(marks, ", ") + ")", values}
}

// stock is the rows that floors write: copies of one membership, in the order of their
// numbers, and of its user. Safe for concurrent use.
type stock struct {
	membership, person row

	mu         sync.Mutex
	made, gone int // memberships 1 to gone are deleted
	people     int // users, whose memberships are others than those
	events     int
}

// enough is how many memberships, or users, there are for a floor; one measurement deletes
// a part of the memberships.
const enough = 8000

// lacking adds what must be there before a floor is measured.
func (b *bare) lacking(w writing) (more []bound) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch w {
	case creates:
	case changesUser:
		for b.people < enough {
			b.people++
			more = append(more, b.addPerson(b.people)...)
		}
	default:
		for b.made-b.gone < enough {
			more = append(more, b.add())
		}
	}
	return more
}

// addPerson adds a user to the big organization, and to a small one for as many of them as
// are in one in the directory.
func (b *bare) addPerson(n int) []bound {
	id := somebodyElse(n)
	all := []bound{
		b.person.copied(map[string]any{"id": id}),
		b.membership.copied(map[string]any{"user_id": id, "id": "id_" + run + suffix('N', n)}),
	}
	if two := b.d.small * smallSize; n*two/b.d.users > (n-1)*two/b.d.users {
		all = append(all, b.membership.copied(map[string]any{"organization_id": smallID(0), "user_id": id, "id": "id_" + run + suffix('O', n)}))
	}
	return all
}

// somebodyElse is a user of the floors.
func somebodyElse(n int) string { return "user_id_" + run + suffix('N', n) }

func (s *stock) user(n int) string { return "user_id_" + run + suffix('F', n) }

const here = " where instance_id = '" + floorInstance + "' and organization_id = $1 and user_id = $2"

// write is the nth write of a kind.
func (s *stock) write(w writing, n int) []bound {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch w {
	case creates:
		return []bound{s.add()}
	case changesUser:
		return s.rename(somebodyElse(1+n%s.people), otherName(), int64(n))
	case deletes:
		s.gone++
		return []bound{{"delete from memberships" + here, []any{bigID, s.user(s.gone)}}}
	}
	first, last := s.gone+1, s.made
	user := s.user(first + int(uint(n)%uint(last-first+1)))
	switch w {
	case changesRole:
		return []bound{{"update memberships set role_id = $3, updated_at = $4" + here, []any{bigID, user, s.role(rand.IntN(2)), int64(n)}}}
	case changesOne:
		user = s.user(last)
	}
	return []bound{{"update memberships set public_metadata = $3, updated_at = $4" + here, []any{bigID, user, fmt.Sprintf(`{"title":"t1","n":%d}`, n), int64(n)}}}
}

// rename gives a user another first name: the columns that have it, of the user and of
// its memberships.
func (s *stock) rename(id, first string, at int64) []bound {
	name := lower(first + " " + s.person.of("last_name"))
	search := strings.TrimSuffix(s.person.of("search"), s.person.of("search_name")) + name
	return []bound{
		{"update users set first_name = $2, search_name = $3, search = $4, updated_at = $5 where instance_id = '" + floorInstance + "' and id = $1",
			[]any{id, first, name, search, at}},
		{"update memberships set first_name = $2, search_name = $3, search = $4 where instance_id = '" + floorInstance + "' and user_id = $1",
			[]any{id, first, name, search}},
	}
}

// role is an id as long as those that there are.
func (s *stock) role(n int) string { return fmt.Sprint(s.membership.of("role_id"), n) }

// add adds a membership that nobody has yet. The caller has the stock to itself.
func (s *stock) add() bound {
	s.made++
	return s.membership.copied(map[string]any{"user_id": s.user(s.made), "id": "id_" + run + suffix('F', s.made)})
}

// event is what tells of a write, as long as the server's.
func (s *stock) event() bound {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events++
	return bound{"insert into outbox (instance_id, id, type, payload, created_at) values ('" + floorInstance + "', $1, 'organizationMembership.created', $2, 0)",
		[]any{"evt_" + run + suffix('V', s.events), eventPayload}}
}

var eventPayload = strings.Repeat("x", 2000)
