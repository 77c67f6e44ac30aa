package spec

import (
	"slices"
	"strings"
	"sync"
)

// Find looks a concrete request path up, such as /organizations/org_x/logo, given
// without the version prefix. Literal segments beat parameters: GET /users/count
// is not the user named count. methodsOnPath is every method documented for the
// path, sorted, and says what a wrong method could have been; it is empty for an
// unknown path.
func Find(method, path string) (op Operation, methodsOnPath []string, ok bool) {
	segments, valid := strings.CutPrefix(path, "/")
	if !valid || segments == "" {
		return Operation{}, nil, false
	}
	m := match{method: method}
	m.walk(tree(), segments)
	if m.op == nil {
		slices.Sort(m.methods)
		return Operation{}, slices.Compact(m.methods), false
	}
	slices.Sort(m.methods)
	return *m.op, slices.Compact(m.methods), true
}

// node is a position in the tree of path templates.
type node struct {
	literal map[string]*node
	param   *node
	ops     map[string]*Operation
}

var tree = sync.OnceValue(func() *node {
	root := &node{}
	ops := Operations()
	for i := range ops {
		n := root
		for segment := range strings.SplitSeq(ops[i].Path[1:], "/") {
			n = n.child(segment)
		}
		if n.ops == nil {
			n.ops = make(map[string]*Operation)
		}
		n.ops[ops[i].Method] = &ops[i]
	}
	return root
})

// child finds or makes the node one segment further.
func (n *node) child(segment string) *node {
	if strings.HasPrefix(segment, "{") {
		if n.param == nil {
			n.param = &node{}
		}
		return n.param
	}
	if n.literal == nil {
		n.literal = make(map[string]*node)
	}
	if n.literal[segment] == nil {
		n.literal[segment] = &node{}
	}
	return n.literal[segment]
}

// match collects what the templates that fit a path have to say. Templates are
// visited literal first, so the first operation of the method is the right one.
type match struct {
	method  string
	op      *Operation
	methods []string
}

func (m *match) walk(n *node, path string) {
	segment, rest, more := strings.Cut(path, "/")
	for _, next := range []*node{n.literal[segment], n.param} {
		switch {
		case next == nil || segment == "":
		case more:
			m.walk(next, rest)
		default:
			m.take(next)
		}
	}
}

func (m *match) take(n *node) {
	for method, op := range n.ops {
		m.methods = append(m.methods, method)
		if method == m.method && m.op == nil {
			m.op = op
		}
	}
}
