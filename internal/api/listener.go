package api

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
)

// Listener wraps a listener of NewServer's. What cannot be read as HTTP is refused
// by net/http before any handler runs, in plain text; on such a listener the
// refusal leaves in the error envelope.
func Listener(l net.Listener) net.Listener { return listener{l} }

type listener struct{ net.Listener }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c}, nil
}

type conn struct {
	net.Conn
	expected int    // bytes of the body that is written next, where that is known
	held     []byte // of an answer whose rest follows
}

// CloseWrite lets net/http end its side of a connection before the whole of it,
// so that a refusal arrives before the reset.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// refusalHead follows the status line of net/http's own refusals, which are
// written whole and at once. No answer of this package has such a header.
var refusalHead = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

const statusLine = "HTTP/1.1 "

func (c *conn) Write(b []byte) (int, error) {
	switch {
	case len(c.held) > 0:
		return c.release(b)
	case c.hold(b):
		return len(b), nil
	}
	end := bytes.IndexByte(b, '\r')
	if end < 0 || !bytes.HasPrefix(b, []byte(statusLine)) || !bytes.HasPrefix(b[end:], refusalHead) {
		return c.Conn.Write(b)
	}
	answer, err := refusal(b[:end], string(b[end+len(refusalHead):]))
	if err != nil {
		return c.Conn.Write(b)
	}
	if _, err := c.Conn.Write(answer); err != nil {
		return 0, err
	}
	return len(b), nil
}

// refusal is the answer in place of net/http's.
func refusal(line []byte, text string) ([]byte, error) {
	code, _, _ := bytes.Cut(line[len(statusLine):], []byte(" "))
	status, err := strconv.Atoi(string(code))
	if err != nil {
		return nil, fmt.Errorf("read status line: %w", err)
	}
	e := roster.ErrBadRequest.New(text)
	if status == http.StatusRequestHeaderFieldsTooLarge {
		e = roster.ErrHeaderTooLarge.New(maxHeaderBytes)
	}
	e.Status = status
	trace := randomTraceID()
	body, err := json.Marshal(roster.ErrorResponse{Errors: roster.Errors{e}, TraceID: trace}, encoding)
	if err != nil {
		return nil, fmt.Errorf("encode refusal: %w", err)
	}
	head := fmt.Sprintf("%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nX-Clerk-Trace-Id: %s\r\nClerk-Trace-Id: %s\r\nConnection: close\r\n\r\n", line, len(body), trace, trace)
	return append([]byte(head), body...), nil
}
