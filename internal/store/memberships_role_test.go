package store

import (
	"errors"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
)

// A key that is another role's by the time of the page is found out even where
// somebody else has just learned of it.
func TestMemberships_of_a_role_begin_again_when_its_key_has_moved(t *testing.T) {
	t.Parallel()
	s := &Store{roles: &knownRoles{}}
	s.roles.keep("ins_1", 1, map[string]*roleInfo{"role_1": {id: "role_1", key: "org:member"}})
	for _, tt := range []struct {
		now  string
		want error
	}{
		{"role_1", nil},
		{"role_2", errMore},
	} {
		c := &movedConn{now: func() {
			s.roles.keep("ins_1", 2, map[string]*roleInfo{tt.now: {id: tt.now, key: "org:member"}})
		}}
		_, err := s.snapshot(c, "ins_1").Memberships("org_1", roster.MembershipQuery{Role: []string{"org:member"}})
		if !errors.Is(err, tt.want) || c.runs != 1 {
			t.Errorf("%s: got %v in %d trips, want %v in one", tt.now, err, c.runs, tt.want)
		}
	}
}

// movedConn is a database that answers once, with revision 2 and nothing else.
type movedConn struct {
	conn
	now  func()
	runs int
}

func (*movedConn) serial() bool { return false }

func (*movedConn) once(bool) bool { return true }

func (c *movedConn) run(queries ...query) error {
	c.runs++
	c.now()
	for _, q := range queries {
		if strings.HasPrefix(q.sql, "select revision") {
			return q.each(revisionRow{})
		}
	}
	return nil
}

type revisionRow struct{ row }

func (revisionRow) scan(dest ...any) error {
	*dest[0].(*int64) = 2
	return nil
}
