package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
)

// encoding escapes <, > and & as the wire does. Text that came in broken is
// repaired rather than refused: an answer must never fail over an echoed value.
var encoding = json.JoinOptions(jsontext.EscapeForHTML(true), jsontext.AllowInvalidUTF8(true), json.Deterministic(true))

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// maxPooledBytes keeps one giant answer from staying in memory for good.
const maxPooledBytes = 1 << 20

// answer writes the value, or the failure, and reports status and size.
func (s *server) answer(x *exchange, w http.ResponseWriter, r *http.Request, value any, err error) (status, size int) {
	if p, ok := value.(*service.Picture); ok && err == nil {
		return show(x, w, r, p)
	}
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer func() {
		if buf.Cap() <= maxPooledBytes {
			buffers.Put(buf)
		}
	}()
	status = http.StatusOK
	if _, none := value.(nothing); none && err == nil {
		w.WriteHeader(http.StatusNoContent)
		return http.StatusNoContent, 0
	}
	if e, ok := value.(elsewhere); ok {
		x.header["Location"] = []string{e.to}
		status, value = http.StatusSeeOther, e.value
	}
	if err == nil {
		err = encode(buf, value)
	}
	if err != nil {
		var failures roster.Errors
		failures, status = s.failures(x, r, err)
		value = roster.ErrorResponse{Errors: failures, TraceID: x.trace}
		buf.Reset()
		if err := json.MarshalWrite(buf, value, encoding); err != nil {
			s.log.Error("encode failure", "trace_id", x.trace, "error", err)
		}
	}
	// Exactly this: clients compare the header with the bare media type.
	x.header["Content-Type"] = []string{"application/json"}
	x.header["Content-Length"] = []string{strconv.Itoa(buf.Len())}
	if status == http.StatusRequestEntityTooLarge {
		defer linger(x, w)()
	}
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return status, 0
	}
	expect(r, buf.Len())
	size, err = w.Write(buf.Bytes())
	if err != nil {
		expect(r, 0) // whatever else is written
		s.log.Debug("write answer", "trace_id", x.trace, "error", err)
	}
	return status, size
}

// How long, and for how many bytes more, a client that was refused may go on
// sending.
const (
	lingerTime  = 2 * time.Second
	lingerBytes = 16 << 20
)

// linger makes the answer to a body that is too large leave at once: by itself
// net/http waits for the rest of the body first. The function it returns reads on
// for a while after the answer, for a client that is cut off while it sends may
// never look at what it was told. The connection ends then.
func linger(x *exchange, w http.ResponseWriter) (after func()) {
	x.header["Connection"] = []string{"close"}
	c := http.NewResponseController(w)
	if c.EnableFullDuplex() != nil {
		return func() {}
	}
	return func() {
		if c.Flush() == nil && c.SetReadDeadline(time.Now().Add(lingerTime)) == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(x.body, lingerBytes)) // whatever comes, or fails to
		}
	}
}

// failures turns an error into the wire's failures and their status. What is no
// failure of the catalogue is logged here, and only here, and told to nobody.
func (s *server) failures(x *exchange, r *http.Request, err error) (roster.Errors, int) {
	var many roster.Errors
	var one *roster.Error
	switch {
	case errors.As(err, &many) && len(many) > 0:
	case errors.As(err, &one):
		many = roster.Errors{one}
	case unavailable(err):
		if r.Context().Err() == nil { // the client still waits
			s.log.Warn("request not answered", "trace_id", x.trace, "error", err)
		}
		many = roster.Errors{roster.ErrServiceUnavailable.New()}
	default:
		s.logInternal(x, r, err)
		many = roster.Errors{roster.ErrInternal.New()}
	}
	status := many[0].Status
	switch m := many[0].Meta; {
	case status == http.StatusServiceUnavailable:
		x.header["Retry-After"] = []string{"1"}
	case m != nil && m.ResetsIn > 0:
		x.header["Retry-After"] = []string{strconv.FormatInt(m.ResetsIn, 10)}
	}
	return many, status
}

// unavailable reports whether trying again may help: the time was up, or the
// store is busy or gone.
func unavailable(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) || errors.Is(err, store.ErrUnavailable)
}

func (s *server) logInternal(x *exchange, r *http.Request, err error) {
	attrs := []any{"trace_id", x.trace, "instance_id", x.caller.InstanceID, "method", r.Method, "route", x.pattern(), "error", err}
	var p *panicError
	if errors.As(err, &p) {
		attrs = append(attrs, "stack", string(p.stack))
	}
	s.log.Error("request failed", attrs...)
}
