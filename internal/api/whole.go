package api

import (
	"bytes"
	"context"
	"net"
	"net/http"
)

// net/http writes what fills its buffer of 4 KB, the head and the beginning of a body,
// and then the rest: two system calls, the first of which only wakes the client. So the
// connection is told how long a body is to be, and lets both leave together.

// connKey is the key of a request's context for its connection.
type connKey struct{}

// withConn lets handlers find a connection of Listener's.
func withConn(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(*conn); ok {
		return context.WithValue(ctx, connKey{}, c)
	}
	return ctx
}

// expect says that an answer of so many bytes is written next, all of them.
func expect(r *http.Request, size int) {
	if c, ok := r.Context().Value(connKey{}).(*conn); ok {
		c.expected = size
	}
}

// hold keeps the beginning of an answer whose rest is certain to come.
func (c *conn) hold(b []byte) bool {
	if c.expected == 0 {
		return false
	}
	_, body, headed := bytes.Cut(b, []byte("\r\n\r\n"))
	more := headed && len(body) < c.expected
	c.expected = 0
	if more {
		c.held = append(c.held[:0], b...)
	}
	return more
}

// release writes what was held, and what follows it.
func (c *conn) release(b []byte) (int, error) {
	before := len(c.held)
	both := net.Buffers{c.held, b}
	n, err := both.WriteTo(c.Conn)
	c.held = c.held[:0]
	return max(0, int(n)-before), err
}
