package e2e

import (
	"fmt"
	"strings"

	"github.com/anishathalye/porcupine"

	"github.com/rosterhq/roster"
)

// people is how many users a history is about, keys how many metadata keys.
const (
	people = 3
	keys   = 3
)

// member is what a membership shows: its role, metadata (0 for no such key) and
// the number in its user's first name. The zero member is none.
type member struct {
	role string
	data [keys]int
	name int
}

// directory is the state of one organization and its users.
type directory struct {
	names   [people]int
	members [people]member
}

// call is one request of a history.
type call struct {
	kind  string
	who   int
	role  string
	key   int
	value int
}

// answer is what came back. An answer that never came is unknown: the request may
// have happened at any time since, or never.
type answer struct {
	unknown bool
	code    roster.Code
	member  member
	all     [people]member // of a list
	total   int64
}

// model says what the requests of one organization mean one after another.
var model = porcupine.Model{
	Init: func() any { return directory{} },
	Step: func(state, input, output any) (bool, any) {
		next, want := state.(directory).step(input.(call))
		got := output.(answer)
		return got.unknown || got == want, next
	},
	DescribeOperation: func(input, output any) string {
		return strings.TrimSpace(fmt.Sprintf("%v → %+v", input, output))
	},
	DescribeState: func(state any) string { return fmt.Sprintf("%+v", state) },
}

// step is the state after a call and the one right answer to it.
func (d directory) step(c call) (directory, answer) {
	m := &d.members[c.who]
	there := m.role != ""
	switch {
	case c.kind == "list":
		a := answer{all: d.members}
		for _, m := range d.members {
			if m.role != "" {
				a.total++
			}
		}
		return d, a
	case c.kind == "rename":
		d.names[c.who] = c.value
		if there {
			m.name = c.value
		}
		return d, answer{}
	case c.kind == "create" && there:
		return d, answer{code: roster.CodeAlreadyAMember}
	case c.kind == "create":
		*m = member{role: c.role, name: d.names[c.who]}
		m.data[c.key] = c.value
		return d, answer{member: *m}
	case !there:
		return d, answer{code: roster.CodeResourceNotFound}
	case c.kind == "role":
		m.role = c.role
	case c.kind == "merge":
		m.data[c.key] = c.value
	case c.kind == "delete":
		was := *m
		*m = member{}
		return d, answer{member: was}
	}
	return d, answer{member: *m}
}
