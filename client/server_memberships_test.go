package client_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

func TestServer_membershipLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		m := must(d.OrganizationMemberships.Create(t.Context(), d.acme.ID, roster.CreateMembership{
			UserID: d.dee.ID, Role: roster.RoleMember, PublicMetadata: roster.Metadata(`{"desk":{"floor":3,"seat":"b"},"n":12345678901234567890}`),
		}))(t)
		if m.Role != roster.RoleMember || m.Organization.ID != d.acme.ID || m.PublicUserData.UserID != d.dee.ID || m.CreatedAt != at(13) {
			t.Errorf("created %+v", m)
		}
		if diff := cmp.Diff(m, must(d.OrganizationMemberships.Get(t.Context(), d.acme.ID, d.dee.ID))(t)); diff != "" {
			t.Errorf("read again (-created +read):\n%s", diff)
		}
		m = must(d.OrganizationMemberships.Update(t.Context(), d.acme.ID, d.dee.ID, roster.UpdateMembership{Role: roster.RoleAdmin}))(t)
		if m.Role != roster.RoleAdmin || !slices.Contains(m.Permissions, "org:sys_profile:delete") {
			t.Errorf("updated %+v", m)
		}
		m = must(d.OrganizationMemberships.UpdateMetadata(t.Context(), d.acme.ID, d.dee.ID, roster.UpdateMetadata{
			PublicMetadata: roster.Metadata(`{"desk":{"seat":null,"side":"left"}}`), PrivateMetadata: roster.Metadata(`{"grade":7}`),
		}))(t)
		if got, want := m.PublicMetadata.String(), `{"desk":{"floor":3,"side":"left"},"n":12345678901234567890}`; got != want {
			t.Errorf("public metadata %s, want %s", got, want)
		}
		if got, want := m.PrivateMetadata.String(), `{"grade":7}`; got != want {
			t.Errorf("private metadata %s, want %s", got, want)
		}
		gone := must(d.OrganizationMemberships.Delete(t.Context(), d.acme.ID, d.dee.ID))(t)
		if diff := cmp.Diff(m, gone); diff != "" {
			t.Errorf("deleted (-before +answer):\n%s", diff)
		}
		if _, err := d.OrganizationMemberships.Get(t.Context(), d.acme.ID, d.dee.ID); !errors.Is(err, roster.CodeResourceNotFound) {
			t.Errorf("read after deletion: %v", err)
		}
	})
}

func TestServer_membershipErrors(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		ctx, m := t.Context(), d.OrganizationMemberships
		create := func(org string, in roster.CreateMembership) error { _, err := m.Create(ctx, org, in); return err }
		tests := []struct {
			name   string
			err    error
			code   roster.Code
			status int
			param  string
		}{
			{"unknown organization", create("org_none", roster.CreateMembership{UserID: d.dee.ID, Role: roster.RoleMember}), roster.CodeResourceNotFound, 404, ""},
			{"unknown user", create(d.acme.ID, roster.CreateMembership{UserID: "user_none", Role: roster.RoleMember}), roster.CodeResourceNotFound, 404, ""},
			{"unknown role", create(d.acme.ID, roster.CreateMembership{UserID: d.dee.ID, Role: "org:none"}), roster.CodeResourceNotFound, 404, "role"},
			{"already a member", create(d.acme.ID, roster.CreateMembership{UserID: d.bob.ID, Role: roster.RoleMember}), roster.CodeAlreadyAMember, 400, ""},
			{"metadata too large", create(d.acme.ID, roster.CreateMembership{UserID: d.dee.ID, Role: roster.RoleMember, PublicMetadata: roster.Metadata(`{"a":"` + strings.Repeat("x", 8192) + `"}`)}), roster.CodeParamExceedsAllowedSize, 422, "public_metadata"},
			{"unknown order", second(m.List(ctx, d.acme.ID, roster.MembershipQuery{OrderBy: roster.Asc("height")})), roster.CodeParamValueInvalid, 422, "order_by"},
			{"limit too large", second(m.ListInstance(ctx, roster.MembershipQuery{Paging: roster.Paging{Limit: 501}})), roster.CodeParamValueInvalid, 422, "limit"},
			{"cursor with an offset", second(m.List(ctx, d.acme.ID, roster.MembershipQuery{Paging: roster.Paging{Offset: 1, StartingAfter: d.bobIn.ID}})), roster.CodeConditionalParamDisallowed, 422, "starting_after"},
			{"no member", second(m.Update(ctx, d.acme.ID, d.dee.ID, roster.UpdateMembership{Role: roster.RoleAdmin})), roster.CodeResourceNotFound, 404, ""},
			{"unsafe metadata", second(m.UpdateMetadata(ctx, d.acme.ID, d.bob.ID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{}`)})), roster.CodeParamUnknown, 422, "unsafe_metadata"},
		}
		for _, tt := range tests {
			var res *roster.ErrorResponse
			if !errors.Is(tt.err, tt.code) || !errors.As(tt.err, &res) || res.Status != tt.status || len(res.TraceID) != 32 {
				t.Errorf("%s: %v, want %d %s with a trace", tt.name, tt.err, tt.status, tt.code)
				continue
			}
			if meta := res.Errors[0].Meta; tt.param != "" && (meta == nil || meta.ParamName != tt.param) {
				t.Errorf("%s: meta %+v, want parameter %s", tt.name, meta, tt.param)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestServer_membershipQueries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		type q = roster.MembershipQuery
		days := func(n float64) roster.Field[int64] { return roster.Value(at(n)) }
		tests := []struct {
			name string
			q    roster.MembershipQuery
			want string // newest first unless ordered
		}{
			{"all", q{}, "cyd bob ann"},
			{"user ids", q{UserID: roster.Only(d.ann.ID, d.bob.ID, "user_none")}, "bob ann"},
			{"all but a user id", q{UserID: roster.Except(d.bob.ID)}, "cyd ann"},
			{"any email address", q{EmailAddress: []string{"bob@work.example", "ann@example.com"}}, "bob ann"},
			{"phone number", q{PhoneNumber: []string{"+12025550101"}}, "ann"},
			{"username", q{Username: []string{"bobby", "nobody"}}, "bob"},
			{"wallet", q{Web3Wallet: []string{annsWallet}}, "ann"},
			{"role", q{Role: []string{roster.RoleAdmin}}, "ann"},
			{"roles", q{Role: []string{roster.RoleAdmin, roster.RoleMember}}, "cyd bob ann"},
			{"query", q{Query: "karls"}, "ann"},
			{"query by user id", q{Query: d.cyd.ID}, "cyd"},
			{"email query", q{EmailAddressQuery: "WORK"}, "bob"},
			{"phone query", q{PhoneNumberQuery: "+1202555010"}, "bob ann"},
			{"username query", q{UsernameQuery: "ONLY"}, "cyd"},
			{"name query", q{NameQuery: "LEE"}, "bob"},
			{"active before", q{LastActiveAtBefore: days(11)}, "ann"},
			{"active after", q{LastActiveAtAfter: days(11)}, "bob"},
			{"created before", q{CreatedAtBefore: days(2)}, "ann"},
			{"created after", q{CreatedAtAfter: days(2)}, "cyd"},
			{"filters together", q{Role: []string{roster.RoleMember}, Query: "bobb"}, "bob"},
			{"metadata", q{PublicMetadata: []roster.MetadataTerm{{Path: "x", Value: "1"}}}, ""},
			{"nothing", q{Role: []string{"org:none"}}, ""},
			{"by username", q{OrderBy: roster.Asc("username")}, "ann bob cyd"},
			{"by first name", q{OrderBy: roster.Desc("first_name")}, "bob ann cyd"},
			{"by last name", q{OrderBy: roster.Asc("last_name")}, "ann bob cyd"},
			{"by email address", q{OrderBy: roster.Desc("email_address")}, "bob ann cyd"},
			{"by phone number", q{OrderBy: roster.Asc("phone_number")}, "ann bob cyd"},
			{"by creation", q{OrderBy: roster.Asc("created_at")}, "ann bob cyd"},
		}
		var tried []roster.MembershipQuery
		for _, tt := range tests {
			tried = append(tried, tt.q)
			page := must(d.OrganizationMemberships.List(t.Context(), d.acme.ID, tt.q))(t)
			if got := strings.Join(d.members(page), " "); got != tt.want || page.TotalCount != int64(len(page.Data)) {
				t.Errorf("%s: %q of %d, want %q", tt.name, got, page.TotalCount, tt.want)
			}
			tt.q.OrganizationID = roster.Only(d.acme.ID)
			page = must(d.OrganizationMemberships.ListInstance(t.Context(), tt.q))(t)
			if got := strings.Join(d.members(page), " "); got != tt.want || page.TotalCount != int64(len(page.Data)) {
				t.Errorf("%s in the instance: %q of %d, want %q", tt.name, got, page.TotalCount, tt.want)
			}
		}
		second := q{Paging: roster.Paging{Limit: 1, Offset: 1}}
		after := q{Paging: roster.Paging{Limit: 1, StartingAfter: d.bobIn.ID}}
		for want, q := range map[string]q{"bob": second, "ann": after} {
			tried = append(tried, q)
			if page := must(d.OrganizationMemberships.List(t.Context(), d.acme.ID, q))(t); strings.Join(d.members(page), " ") != want || page.TotalCount != 3 {
				t.Errorf("page %+v: %v of %d, want %s", q.Paging, d.members(page), page.TotalCount, want)
			}
		}
		others := q{OrganizationID: roster.Except(d.acme.ID)}
		if page := must(d.OrganizationMemberships.ListInstance(t.Context(), others))(t); strings.Join(d.members(page), " ") != "dee" {
			t.Errorf("outside acme: %v", d.members(page))
		}
		sends(t, append(tried, others))
	})
}

func TestServer_membershipsOfAUser(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		d.join(t, d.bolt, d.ann)
		for want, p := range map[string]roster.Paging{"bolt acme": {}, "acme": {Limit: 1, Offset: 1}, "": {StartingAfter: d.annIn.ID}} {
			page := must(d.OrganizationMemberships.ListForUser(t.Context(), d.ann.ID, p))(t)
			var got []string
			for _, m := range page.Data {
				got = append(got, d.name(m.Organization.ID))
			}
			if strings.Join(got, " ") != want || page.TotalCount != 2 {
				t.Errorf("page %+v: %q of %d, want %q", p, got, page.TotalCount, want)
			}
		}
		for _, c := range []*client.Client{d.Client, d.srv.Client(client.WithCursor())} {
			if got := ids(t, c.OrganizationMemberships.AllForUser(t.Context(), d.ann.ID, roster.Paging{Limit: 1}), func(m roster.Membership) string { return d.name(m.Organization.ID) }); !slices.Equal(got, []string{"bolt", "acme"}) {
				t.Errorf("walk = %v", got)
			}
		}
	})
}

// ids walks a list to its end.
func ids[T any](t *testing.T, seq iter.Seq2[T, error], id func(T) string) []string {
	t.Helper()
	out := []string{}
	for v, err := range seq {
		if err != nil {
			t.Fatalf("walk after %d elements: %v", len(out), err)
		}
		out = append(out, id(v))
	}
	return out
}

// A walk meets every member who stays, once, while others join and leave: by cursor
// in every order, by offset in the default one.
func TestServer_walksWhileMembersComeAndGo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)))
		c, cursor := srv.Client(), srv.Client(client.WithCursor())
		org := must(c.Organizations.Create(t.Context(), roster.CreateOrganization{Name: "Crowd"}))(t)
		var users, stay []string
		for i := range 60 {
			u := must(c.Users.Create(t.Context(), roster.CreateUser{Username: roster.Value(fmt.Sprintf("name%02d", i*37%60)), SkipPasswordRequirement: true}))(t)
			users = append(users, u.ID)
			if i < 40 {
				must(c.OrganizationMemberships.Create(t.Context(), org.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember}))(t)
			}
			if i < 40 && i%4 != 0 {
				stay = append(stay, u.ID)
			}
		}
		slices.Sort(stay)
		stop := churn(t, c, org.ID, users)
		for range 4 {
			for name, walk := range map[string]iter.Seq2[roster.Membership, error]{
				"by cursor":                cursor.OrganizationMemberships.All(t.Context(), org.ID, roster.MembershipQuery{Paging: roster.Paging{Limit: 7}, OrderBy: roster.Asc("username")}),
				"the instance by cursor":   cursor.OrganizationMemberships.AllInstance(t.Context(), roster.MembershipQuery{Paging: roster.Paging{Limit: 7}, OrderBy: roster.Desc("username")}),
				"by offset, newest first":  c.OrganizationMemberships.All(t.Context(), org.ID, roster.MembershipQuery{Paging: roster.Paging{Limit: 20}}),
				"the instance, oldest one": c.OrganizationMemberships.AllInstance(t.Context(), roster.MembershipQuery{Paging: roster.Paging{Limit: 20}, OrderBy: roster.Asc("created_at")}),
			} {
				met := map[string]int{}
				for m, err := range walk {
					if errors.Is(err, client.ErrListChanged) {
						t.Logf("%s: gave up, which is allowed", name)
						met = nil
						break
					}
					if err != nil {
						t.Fatalf("%s: %v", name, err)
					}
					if met[m.ID]++; met[m.ID] > 1 {
						t.Errorf("%s: met %s twice", name, m.ID)
					}
					met[m.PublicUserData.UserID]++
				}
				for _, id := range stay {
					if met != nil && met[id] == 0 {
						t.Errorf("%s: missed %s", name, id)
					}
				}
			}
		}
		stop()
		for _, order := range roster.MembershipOrders {
			for _, c := range []*client.Client{c, cursor} {
				got := ids(t, c.OrganizationMemberships.All(t.Context(), org.ID, roster.MembershipQuery{Paging: roster.Paging{Limit: 6}, OrderBy: roster.Desc(order)}), func(m roster.Membership) string { return m.ID })
				total := must(c.OrganizationMemberships.List(t.Context(), org.ID, roster.MembershipQuery{}))(t).TotalCount
				slices.Sort(got)
				if int64(len(slices.Compact(got))) != total {
					t.Errorf("by %s: %d different members of %d", order, len(got), total)
				}
			}
		}
	})
}

// churn lets every fourth member leave and others join, until stopped.
func churn(t *testing.T, c *client.Client, organizationID string, users []string) (stop func()) {
	t.Helper()
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			_, err := c.OrganizationMemberships.Delete(t.Context(), organizationID, users[i*4%40])
			if err != nil && !errors.Is(err, roster.CodeResourceNotFound) {
				t.Errorf("leave: %v", err)
			}
			_, err = c.OrganizationMemberships.Create(t.Context(), organizationID, roster.CreateMembership{UserID: users[40+i%20], Role: roster.RoleMember})
			if err != nil && !errors.Is(err, roster.CodeAlreadyAMember) {
				t.Errorf("join: %v", err)
			}
			if i%3 == 2 {
				_, _ = c.OrganizationMemberships.Delete(t.Context(), organizationID, users[40+(i+10)%20])
				_, _ = c.OrganizationMemberships.Create(t.Context(), organizationID, roster.CreateMembership{UserID: users[i*4%40], Role: roster.RoleMember})
			}
		}
	})
	stop = sync.OnceFunc(func() { close(done); wg.Wait() })
	t.Cleanup(stop)
	return stop
}
