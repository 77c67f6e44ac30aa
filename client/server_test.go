package client_test

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/spec/spectest"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// directory is a small world on a real server. Its clock stands still between
// advances; day counts from its start.
type directory struct {
	*client.Client
	srv                 *rostertest.Server
	clock               *clock
	ann, bob, cyd, dee  *roster.User
	acme, bolt          *roster.Organization
	annIn, bobIn, cydIn *roster.Membership // in acme
}

type clock struct{ now atomic.Int64 }

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// at is a number of days after the start, in Unix milliseconds.
func at(days float64) int64 {
	return start.Add(time.Duration(days * 24 * float64(time.Hour))).UnixMilli()
}

func (c *clock) set(days float64) { c.now.Store(at(days)) }

const annsWallet = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed" // the first example of EIP-55

// Every answer that judged sees is held against the published documents, where they are.
func TestAnswers_follow_the_published_documents(t *testing.T) {
	t.Parallel()
	spectest.Published(t)
}

// judged holds every answer against the published schemas.
func judged(t *testing.T) client.Option {
	t.Helper()
	return client.WithHTTPClient(&http.Client{Transport: spectest.Validator(t).Transport(t, http.DefaultTransport)})
}

// newDirectory: ann, bob and cyd are made on days 1 to 3 and join acme in that
// order; dee alone is in bolt. Ann is active on day 10, Bob on day 12.
func newDirectory(t *testing.T, e storetest.Engine) *directory {
	t.Helper()
	c := &clock{}
	c.set(0)
	srv := rostertest.New(t, rostertest.WithClock(func() time.Time { return time.UnixMilli(c.now.Load()) }), rostertest.WithDatabase(e.URL(t)))
	d := &directory{Client: srv.Client(judged(t)), srv: srv, clock: c}
	t.Cleanup(d.CloseIdleConnections)
	c.set(1)
	d.ann = d.user(t, roster.CreateUser{
		EmailAddress: []string{"ann@example.com"}, PhoneNumber: []string{"+12025550101"}, Web3Wallet: []string{annsWallet}, Username: roster.Value("ann_k"),
		FirstName: roster.Value("Ann"), LastName: roster.Value("Karlsson"), ExternalID: roster.Value("staff-1"),
	})
	d.acme = must(d.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Acme", CreatedBy: roster.Value(d.ann.ID), Slug: roster.Value("acme")}))(t)
	d.annIn = must(d.OrganizationMemberships.Get(t.Context(), d.acme.ID, d.ann.ID))(t)
	c.set(2)
	d.bob = d.user(t, roster.CreateUser{
		EmailAddress: []string{"bob@example.com", "bob@work.example"}, PhoneNumber: []string{"+12025550102"}, Username: roster.Value("bobby"),
		FirstName: roster.Value("Bob"), LastName: roster.Value("Lee"), ExternalID: roster.Value("staff-2"),
	})
	d.bobIn = d.join(t, d.acme, d.bob)
	c.set(3)
	d.cyd = d.user(t, roster.CreateUser{Username: roster.Value("cyd_only")})
	d.cydIn = d.join(t, d.acme, d.cyd)
	c.set(4)
	d.dee = d.user(t, roster.CreateUser{EmailAddress: []string{"dee@example.com"}, FirstName: roster.Value("Dee")})
	d.bolt = must(d.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Bolt & Co"}))(t)
	d.join(t, d.bolt, d.dee)
	c.set(10)
	must(d.Sessions.Create(t.Context(), roster.CreateSession{UserID: d.ann.ID}))(t)
	c.set(12)
	must(d.Sessions.Create(t.Context(), roster.CreateSession{UserID: d.bob.ID}))(t)
	c.set(13)
	return d
}

func (d *directory) user(t *testing.T, in roster.CreateUser) *roster.User {
	t.Helper()
	in.SkipPasswordRequirement = true
	return must(d.Users.Create(t.Context(), in))(t)
}

func (d *directory) join(t *testing.T, o *roster.Organization, u *roster.User) *roster.Membership {
	t.Helper()
	return must(d.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember}))(t)
}

// must gives a result or fails the test: must(f())(t).
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// name is what tests call the elements of lists.
func (d *directory) name(id string) string {
	for name, known := range map[string]string{
		"ann": d.ann.ID, "bob": d.bob.ID, "cyd": d.cyd.ID, "dee": d.dee.ID, "acme": d.acme.ID, "bolt": d.bolt.ID,
	} {
		if id == known {
			return name
		}
	}
	return id
}

func (d *directory) members(page *roster.Page[roster.Membership]) []string {
	names := []string{}
	for _, m := range page.Data {
		names = append(names, d.name(m.PublicUserData.UserID))
	}
	return names
}

// sends fails the test unless the queries together used every parameter that the
// query type Q has.
func sends[Q interface{ Values() url.Values }](t *testing.T, queries []Q) {
	t.Helper()
	var full Q
	fill(t, reflect.ValueOf(&full).Elem())
	sent := map[string]bool{}
	for _, q := range queries {
		for name := range q.Values() {
			sent[name] = true
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(full.Values())), slices.Sorted(maps.Keys(sent))); diff != "" {
		t.Errorf("parameters not tried (-all +tried):\n%s", diff)
	}
}

// fill sets every field of a query.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch p := v.Addr().Interface().(type) {
	case *roster.Field[int64]:
		*p = roster.Value(int64(1))
	case *roster.Field[bool]:
		*p = roster.Value(true)
	case *string:
		*p = "x"
	case *[]string:
		*p = []string{"x"}
	case *[]roster.MetadataTerm:
		*p = []roster.MetadataTerm{{Path: "x", Value: "x"}}
	case *bool:
		*p = true
	case *int:
		*p = 1
	case *int64:
		*p = 1
	default:
		if v.Kind() != reflect.Struct {
			t.Fatalf("do not know how to fill a %s", v.Type())
		}
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	}
}
