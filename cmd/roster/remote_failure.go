package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// explain turns what a call failed with into words, an exit code and a way out.
func (r *remote) explain(cmd *cobra.Command, n noun, err error) error {
	var known *failure
	var refused *roster.ErrorResponse
	var network *url.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		code, hint := r.refusal(cmd, n, refused)
		return &failure{code, r.hide(refusedBecause(refused)), hint}
	case errors.As(err, &network):
		return &failure{exitUnreachable, r.hide("no answer from " + r.place() + ": " + networkCause(network)), "--base-url or ROSTER_BASE_URL says where the server is"}
	case errors.Is(err, client.ErrRosterOnly):
		return usagef("only a Roster server has this; "+seeHelp(cmd), "%s", r.hide(err.Error()))
	case errors.Is(err, client.ErrNoCursor):
		return usagef("leave --starting-after out; --offset and --all are there", "this list has no cursor")
	case errors.Is(err, client.ErrListChanged), errors.Is(err, client.ErrCursorIgnored):
		return &failure{exitFailure, "not every page could be read: " + err.Error(), "run it again; what was printed is not known to be all"}
	}
	return &failure{exitFailure, r.hide(err.Error()), ""}
}

// place is the server without what may be secret in its URL.
func (r *remote) place() string {
	u, err := url.Parse(r.baseURL)
	if err != nil {
		return "the server"
	}
	return u.Redacted()
}

func networkCause(err *url.Error) string {
	var system *os.SyscallError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("nothing came for %s", patienceWithServers)
	case errors.As(err, &system):
		return system.Err.Error()
	}
	return err.Err.Error()
}

// refusedBecause lists all that a server finds wrong, with the codes that its
// documentation has.
func refusedBecause(res *roster.ErrorResponse) string {
	texts := make([]string, len(res.Errors))
	for i, e := range res.Errors {
		text := strings.TrimRight(e.LongMessage, ".")
		if text == "" {
			text = strings.TrimRight(e.Message, ".")
		}
		about := string(e.Code)
		if e.Meta != nil && e.Meta.ParamName != "" {
			about = e.Meta.ParamName + ": " + about
		}
		texts[i] = fmt.Sprintf("%s (%s)", text, about)
	}
	if len(texts) == 0 {
		return fmt.Sprintf("the server answers with status %d", res.Status)
	}
	return strings.Join(texts, "; ")
}

// refusal is the exit code for a status and what to do about it.
func (r *remote) refusal(cmd *cobra.Command, n noun, res *roster.ErrorResponse) (code int, hint string) {
	switch res.Status {
	case http.StatusUnauthorized:
		return exitAuthentication, fmt.Sprintf("is the secret key one of %s? --secret-key or ROSTER_SECRET_KEY gives it", r.place())
	case http.StatusNotFound:
		if errors.Is(res, client.CodeUnreadable) {
			return exitNotFound, "does the base URL " + r.place() + " lead to the API?"
		}
		return exitNotFound, n.whereabouts(cmd)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if res.RetryAfter > 0 {
			return exitBusy, "try again in " + res.RetryAfter.Round(time.Second).String()
		}
		return exitBusy, "try again later"
	case http.StatusNotImplemented:
		return exitFailure, "this server does not have the operation"
	}
	if res.Status >= http.StatusInternalServerError {
		return exitFailure, "the server's log tells more of it, trace " + cmp.Or(res.TraceID, "unknown")
	}
	return exitRefused, seeHelp(cmd)
}
