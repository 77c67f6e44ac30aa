package store

import "testing"

// Who only says what will be asked finds no roles, and leaves none to others.
func TestAhead_remembers_no_roles(t *testing.T) {
	t.Parallel()
	s := &Store{roles: &knownRoles{}}
	tx := s.snapshot(&aheadConn{}, "ins_1")
	tx.writes = true
	if err := tx.Ahead(func(a *Tx) { _, _ = a.RoleID("org:admin") }); err != nil {
		t.Fatal(err)
	}
	if roles := s.roles.last("ins_1"); roles != nil {
		t.Errorf("%d roles are remembered", len(roles))
	}
}

// aheadConn is a database that has nothing.
type aheadConn struct{ conn }

func (aheadConn) serial() bool { return false }

func (aheadConn) run(...query) error { return nil }
