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

// writing is what a floor does to a membership.
type writing int

const (
	creates writing = iota
	changesRole
	changesOne // always the same
	changesMetadata
	deletes
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

// stock is the memberships that floors write: copies of one, in the order of their
// numbers. Safe for concurrent use.
type stock struct {
	columns    []string // of memberships
	membership []any

	mu         sync.Mutex
	made, gone int // memberships 1 to gone are deleted
	events     int
}

// enough is how many memberships there are for a floor, of which one measurement
// deletes a part.
const enough = 8000

// lacking is how many memberships are to be added before a floor is measured.
func (s *stock) lacking(w writing) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w == creates {
		return 0
	}
	return max(0, enough-(s.made-s.gone))
}

func (s *stock) user(n int) string { return "user_id_" + run + suffix('F', n) }

const here = " where instance_id = '" + floorInstance + "' and organization_id = $1 and user_id = $2"

// write is the nth write of a kind.
func (s *stock) write(w writing, n int) bound {
	if w == creates {
		return s.insert()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	first, last := s.gone+1, s.made
	user := s.user(first + int(uint(n)%uint(last-first+1)))
	switch w {
	case changesRole:
		return bound{"update memberships set role_id = $3, updated_at = $4" + here, []any{bigID, user, s.role(rand.IntN(2)), int64(n)}}
	case deletes:
		s.gone++
		return bound{"delete from memberships" + here, []any{bigID, s.user(s.gone)}}
	case changesOne:
		user = s.user(last)
	}
	return bound{"update memberships set public_metadata = $3, updated_at = $4" + here, []any{bigID, user, fmt.Sprintf(`{"title":"t1","n":%d}`, n), int64(n)}}
}

// role is an id as long as those that there are.
func (s *stock) role(n int) string {
	return fmt.Sprint(s.membership[slices.Index(s.columns, "role_id")], n)
}

// insert is a membership that nobody has yet.
func (s *stock) insert() bound {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.made++
	marks, row := make([]string, len(s.columns)), append([]any(nil), s.membership...)
	for i, name := range s.columns {
		marks[i] = fmt.Sprintf("$%d", i+1)
		switch name {
		case "instance_id":
			row[i] = floorInstance
		case "user_id":
			row[i] = s.user(s.made)
		case "id":
			row[i] = "id_" + run + suffix('F', s.made)
		}
	}
	return bound{"insert into memberships (" + strings.Join(s.columns, ", ") + ") values (" + strings.Join(marks, ", ") + ")", row}
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
