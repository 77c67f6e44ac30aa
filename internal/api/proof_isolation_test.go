package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// TestIsolation_hides_other_instances sends each route, for each of its parameters,
// a value of another instance and one that nothing has: both must be answered
// alike. It goes by the route table, so a new route fails until requests knows how
// to ask it, and a new parameter until it is said what another instance has of it.
func TestIsolation_hides_other_instances(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		for _, route := range api.Routes() {
			t.Run(route.Operation, func(t *testing.T) {
				t.Parallel()
				p := prove(t, e, rostertest.WithClock(func() time.Time { return time.UnixMilli(1772352000000) }))
				own := settle(t, p, p.SecretKey, "own")
				other := settle(t, p, p.NewInstance(t, rostertest.Development), "other")
				if prepare := preparations[route.Operation]; prepare != nil {
					prepare(t, p, own)
					prepare(t, p, other)
				}
				probes := probesOf(t, route, own, other)
				before := p.dump(t, other)
				for _, probe := range probes {
					unknown := probe.send(t, p, own, probe.unknown)
					foreign := probe.send(t, p, own, probe.foreign)
					if diff := cmp.Diff(unknown, foreign); diff != "" {
						t.Errorf("%s: an unknown value and one of another instance are told apart (-unknown +foreign):\n%s", probe.name, diff)
					}
				}
				if diff := cmp.Diff(before, p.dump(t, other)); diff != "" {
					t.Errorf("the other instance changed (-before +after):\n%s", diff)
				}
				// What was asked for is really there: the other instance itself finds it.
				if status, body := call(t, p, other.key, route.Method, fill(route.Pattern, other.pathOf(route.Operation)), nil, bodyOf(route, requests[route.Operation](other))); status/100 != 2 && !barren[route.Operation] {
					t.Errorf("in its own instance: %d %s", status, body)
				}
				if len(probes) == 0 && !asksNothing(route) {
					t.Error("nothing was asked")
				}
			})
		}
	})
}

// asksNothing reports whether no parameter of a route names anything.
func asksNothing(route api.Route) bool {
	named := slices.Concat(pathParameter.FindAllString(route.Pattern, -1), route.Query, route.Body)
	return !slices.ContainsFunc(named, func(name string) bool { return !harmless[name] })
}

// probe asks one route with one value put in the place of one parameter.
type probe struct {
	name             string
	route            api.Route
	unknown, foreign string
	into             func(r *sent, value string)
}

// sent is a request on its way.
type sent struct {
	path  map[string]string
	query url.Values
	body  map[string]any
}

// probesOf are all probes of a route.
func probesOf(t *testing.T, route api.Route, own, other *tenant) (out []probe) {
	t.Helper()
	add := func(place, name string, into func(*sent, string)) {
		if harmless[name] {
			return
		}
		values, known := other.values()[name]
		if name == "token" || name == "expired_token" {
			values, known = []string{other.token()}, true
		}
		if !known {
			t.Errorf("parameter %s: say in values what another instance has of it, or in harmless that it has nothing", name)
		}
		for _, foreign := range values {
			out = append(out, probe{fmt.Sprintf("%s %s=%s", place, name, foreign), route, unknownLike(foreign), foreign, into})
		}
	}
	inPath := pathParameter.FindAllString(route.Pattern, -1)
	for _, name := range inPath {
		name = strings.Trim(name, "{}")
		add("path", name, func(r *sent, v string) { r.path[name] = v })
	}
	if len(inPath) > 1 { // all of the other's at once
		first := strings.Trim(inPath[0], "{}")
		add("whole path", first, func(r *sent, v string) {
			for name, id := range other.pathOf(route.Operation) {
				if r.path[name] = id; v == unknownLike(v) {
					r.path[name] = unknownLike(id)
				}
			}
			r.path[first] = v
		})
	}
	for _, name := range route.Query {
		for _, sign := range signs(name) {
			add("query", name, func(r *sent, v string) { r.query.Add(name, sign+v) })
		}
	}
	for _, name := range route.Body {
		add("body", name, func(r *sent, v string) {
			if slices.Contains([]string{"email_address", "phone_number", "web3_wallet", "permissions", "user_ids"}, name) && !single[route.Operation+" "+name] {
				r.body[name] = []string{v}
				return
			}
			r.body[name] = v
		})
	}
	return out
}

// single are the members that are one text where others of their name are many.
var single = map[string]bool{"CreateOrganizationInvitation email_address": true, "CreateOrganizationInvitationBulk email_address": true}

// bodyOf is a body in the shape that the operation takes, nil for none.
func bodyOf(route api.Route, body map[string]any) any {
	switch {
	case body == nil:
		return nil
	case route.Operation == "CreateOrganizationInvitationBulk":
		return []any{body}
	}
	return body
}

var pathParameter = regexp.MustCompile(`\{[a-z0-9_]+\}`)

// signs are the ways to write a value of a filter.
func signs(name string) []string {
	if slices.Contains([]string{"user_id", "organization_id", "external_id"}, name) {
		return []string{"", "+", "-"}
	}
	return []string{""}
}

// send asks with a value and returns the answer, less what differs between any two
// requests, and less the value itself.
func (p probe) send(t *testing.T, srv *proven, own *tenant, value string) string {
	t.Helper()
	r := &sent{path: own.pathOf(p.route.Operation), query: url.Values{}, body: requests[p.route.Operation](own)}
	p.into(r, value)
	status, body := call(t, srv, own.key, p.route.Method, fill(p.route.Pattern, r.path), r.query, bodyOf(p.route, r.body))
	body = strings.ReplaceAll(body, value, "VALUE")
	body = strings.ReplaceAll(body, strings.ToLower(value), "VALUE")
	for _, differs := range differing {
		body = differs.ReplaceAllString(body, "DIFFERS")
	}
	return fmt.Sprint(status, " ", body)
}

// differing are ids made anew, and the images and traces spelled from them.
var differing = []*regexp.Regexp{
	regexp.MustCompile(`"clerk_trace_id":"[0-9a-f]{32}"`),
	regexp.MustCompile(`https://img\.clerk\.com/[A-Za-z0-9_-]+`),
	regexp.MustCompile(`\b(user|org|orgmem|orgdmn|orginv|sess|client|idn|perm|role|rset|img|jtmp|alid|blid)_[0-9A-Za-z]{27}\b`),
	regexp.MustCompile(`fresh-?[0-9]+`),
	regexp.MustCompile(`"(jwt|refresh_token)":"[^"]+"`),
	regexp.MustCompile(`__clerk_ticket=[0-9A-Za-z._-]+`),
}

func fill(pattern string, path map[string]string) string {
	return pathParameter.ReplaceAllStringFunc(pattern, func(name string) string {
		return url.PathEscape(path[strings.Trim(name, "{}")])
	})
}

// versionOf is the newest version that has the operation at a path.
func versionOf(path string) roster.Version {
	if strings.HasPrefix(path, "/v1/sessions/") && strings.HasSuffix(path, "/verify") {
		return "2024-10-01"
	}
	return roster.VersionMetadataEndpoints
}

// call sends one request.
func call(t *testing.T, p *proven, key, method, path string, query url.Values, body any) (int, string) {
	t.Helper()
	var text io.Reader = http.NoBody
	media := "application/json"
	fields, _ := body.(map[string]any)
	switch _, isForm := fields["file"]; {
	case isForm:
		var form string
		form, media = formOf(t, fields)
		text = strings.NewReader(form)
	case body != nil:
		text = strings.NewReader(jsonOf(t, body))
	}
	r, err := http.NewRequestWithContext(t.Context(), method, strings.TrimSuffix(p.URL, "/v1")+path+"?"+query.Encode(), text)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Clerk-API-Version", string(versionOf(path)))
	if body != nil {
		r.Header.Set("Content-Type", media)
	}
	resp, answer := send(t, r)
	return resp.StatusCode, answer
}
