package api

import (
	"net/http"

	"github.com/rosterhq/roster"
)

// positioned takes over what the client has seen, and tells it what it has seen by
// the answer. Only a server that reads from a replica has something to tell.
func (s *server) positioned(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		switch values := r.Header[roster.HeaderPosition]; len(values) {
		case 0:
		case 1:
			var err error
			if x.position, err = roster.ParsePosition(values[0]); err != nil {
				return nil, roster.ErrMalformedPosition.New(err)
			}
		default:
			return nil, roster.ErrMalformedPosition.New("it is given more than once")
		}
		x.caller.Position = &x.position
		value, err := next(x, w, r)
		if x.position != 0 {
			x.header[roster.HeaderPosition] = []string{x.position.String()}
		}
		return value, err
	}
}
