package client

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/rosterhq/roster"
)

// ErrListChanged ends a walk when the list changed under it in a way that might
// have hidden an element. What was yielded is good but not known to be all; walk
// again.
var ErrListChanged = errors.New("the list changed while it was walked")

// ErrCursorIgnored ends a walk when the server answers starting_after with the
// elements before it: it does not know the parameter on this list.
var ErrCursorIgnored = errors.New("the server ignored starting_after")

// ErrRosterOnly refuses what api.clerk.com does not have and would ignore.
var ErrRosterOnly = errors.New("only a Roster server has this")

// ErrNoCursor refuses starting_after on a list where every server would ignore it.
var ErrNoCursor = errors.New("this list has no cursor starting_after")

// CodeUnreadable is the code of a failed request whose body is not an error of
// this API, such as the page of a proxy. It never comes from a server.
const CodeUnreadable roster.Code = "unreadable_error"

// networkError is a request without a whole answer.
type networkError struct{ error }

func (e networkError) Unwrap() error { return e.error }

// newErrorResponse is the error of an answer that is not 2xx.
func newErrorResponse(res *http.Response, body []byte, now time.Time) *roster.ErrorResponse {
	out := &roster.ErrorResponse{}
	if err := json.Unmarshal(body, out, json.WithUnmarshalers(lenientMeta)); err != nil || len(out.Errors) == 0 {
		out.Errors = roster.Errors{{Message: http.StatusText(res.StatusCode), LongMessage: excerpt(body), Code: CodeUnreadable}}
	}
	out.Status = res.StatusCode
	for i, e := range out.Errors {
		if e == nil {
			e = &roster.Error{Code: CodeUnreadable}
			out.Errors[i] = e
		}
		e.Status = res.StatusCode
	}
	for _, name := range []string{"X-Clerk-Trace-Id", "Clerk-Trace-Id"} {
		if out.TraceID == "" {
			out.TraceID = res.Header.Get(name)
		}
	}
	out.RetryAfter = retryAfter(res.Header.Get("Retry-After"), now)
	return out
}

// lenientMeta keeps what it understands of an error's details: their forms are
// Clerk's and unpublished for most codes, and no detail is worth losing the code.
var lenientMeta = json.UnmarshalFromFunc(func(dec *jsontext.Decoder, m *roster.Meta) error {
	text, err := dec.ReadValue()
	if err != nil {
		return err
	}
	var in struct {
		ParamName  jsontext.Value `json:"param_name"`
		ParamNames jsontext.Value `json:"param_names"`
		ResetsIn   jsontext.Value `json:"resets_in"`
	}
	_ = json.Unmarshal(text, &in) // what is no object has no details
	*m = roster.Meta{ParamName: understood[string](in.ParamName), ParamNames: understood[[]string](in.ParamNames), ResetsIn: understood[int64](in.ResetsIn)}
	return nil
})

// understood is a value of the expected form, or the zero one.
func understood[T any](text jsontext.Value) T {
	var v, none T
	if json.Unmarshal(text, &v) != nil {
		return none
	}
	return v
}

// excerpt shows the start of a body that is no error of this API.
func excerpt(body []byte) string {
	const most = 200
	text := strings.ToValidUTF8(string(body[:min(len(body), most)]), "")
	return fmt.Sprintf("The answer is not an error of this API; it begins %q.", text)
}

// retryAfter reads a Retry-After header, seconds or a date; 0 when it is missing,
// unreadable or over.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil {
		return time.Duration(min(max(seconds, 0), math.MaxInt64/int64(time.Second))) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(date.Sub(now), 0)
	}
	return 0
}
