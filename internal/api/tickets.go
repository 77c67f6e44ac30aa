package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/rosterhq/roster"
)

// ticketPath is where the link of an invitation leads. Who follows it has no key.
const ticketPath = prefix + "/tickets/accept"

// elsewhere is an answer that sends a browser on; what it says is for those who do
// not follow.
type elsewhere struct {
	to    string
	value any
}

// redeemed accepts tickets. Nothing else than the ticket is asked for, so its answers
// tell nothing to who does not have one, and are kept by no cache. A HEAD, with which
// mail programs look at links, accepts nothing.
func (s *server) redeemed(next handler) handler {
	return func(x *exchange, w http.ResponseWriter, r *http.Request) (any, error) {
		if strings.TrimSuffix(r.URL.EscapedPath(), "/") != ticketPath {
			return next(x, w, r)
		}
		x.header["Cache-Control"] = []string{"no-store"}
		x.header["Referrer-Policy"] = []string{"no-referrer"}
		if r.Method != http.MethodGet {
			return nil, notAllowed(x, r.Method, []string{http.MethodGet})
		}
		x.caller.ClientIP, x.caller.UserAgent = clientIP(r.RemoteAddr), userAgent(r)
		if err := s.ration(bucket{"tickets/" + x.caller.ClientIP, rateDevelopment}); err != nil {
			return nil, err
		}
		params, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return nil, roster.ErrMalformedParameters.New(queryProblem(err))
		}
		in := newRequest(params, roster.VersionOldest, nil)
		ticket := in.query.required("__clerk_ticket")
		if err := in.problems.Err(); err != nil {
			return nil, err
		}
		var out *roster.TicketAcceptance
		if err := timed(r.Context(), x.deadline, func(ctx context.Context) (err error) {
			out, err = s.svc.AcceptTicket(ctx, x.caller, ticket)
			return err
		}); err != nil {
			return nil, err
		}
		if out.RedirectURL != "" {
			return elsewhere{out.RedirectURL, out}, nil
		}
		return out, nil
	}
}
