package client_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

func TestServer_organizationLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		o := must(d.Organizations.Create(t.Context(), roster.CreateOrganization{
			Name: "Carrot", CreatedBy: roster.Value(d.ann.ID), Slug: roster.Value("carrot"), MaxAllowedMemberships: roster.Value(int64(1)),
			CreatedAt: roster.Value("2020-01-02T03:04:05Z"), PublicMetadata: roster.Metadata(`{"plan":{"name":"a"}}`), PrivateMetadata: roster.Metadata(`{"x":1}`),
		}))(t)
		if o.Slug != "carrot" || o.MaxAllowedMemberships != 1 || o.CreatedBy != d.ann.ID || o.CreatedAt != 1577934245000 {
			t.Errorf("created %+v", o)
		}
		if _, err := d.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: d.bob.ID, Role: roster.RoleMember}); !errors.Is(err, roster.CodeMembershipQuotaExceeded) {
			t.Errorf("beyond the quota: %v", err)
		}
		counted := must(d.Organizations.Get(t.Context(), "carrot", roster.OrganizationInclude{MembersCount: true, MissingMemberWithElevatedPermissions: true}))(t)
		if counted.ID != o.ID || counted.MembersCount == nil || *counted.MembersCount != 1 || counted.MissingMemberWithElevatedPermissions == nil || *counted.MissingMemberWithElevatedPermissions {
			t.Errorf("by slug with counts: %+v", counted)
		}
		o = must(d.Organizations.Update(t.Context(), o.ID, roster.UpdateOrganization{
			Name: roster.Value("Carrots"), Slug: roster.Value("carrots"), MaxAllowedMemberships: roster.Value(int64(0)), AdminDeleteEnabled: roster.Value(false),
		}))(t)
		if o.Name != "Carrots" || o.Slug != "carrots" || o.MaxAllowedMemberships != 0 || o.AdminDeleteEnabled {
			t.Errorf("updated %+v", o)
		}
		o = must(d.Organizations.UpdateMetadata(t.Context(), o.ID, roster.UpdateMetadata{PublicMetadata: roster.Metadata(`{"plan":{"seats":3}}`)}))(t)
		if got, want := o.PublicMetadata.String()+o.PrivateMetadata.String(), `{"plan":{"name":"a","seats":3}}{"x":1}`; got != want {
			t.Errorf("merged %s, want %s", got, want)
		}
		o = must(d.Organizations.ReplaceMetadata(t.Context(), o.ID, roster.UpdateMetadata{PublicMetadata: roster.Metadata(`{"b":null,"a":1}`)}))(t)
		if got := o.PublicMetadata.String() + o.PrivateMetadata.String(); !strings.HasSuffix(got, `{"x":1}`) || strings.Contains(got, "plan") {
			t.Errorf("replaced %s", got)
		}
		if gone := must(d.Organizations.Delete(t.Context(), o.ID))(t); !gone.Deleted || gone.ID != o.ID || gone.Object != "organization" {
			t.Errorf("deleted %+v", gone)
		}
		if _, err := d.Organizations.Get(t.Context(), o.ID, roster.OrganizationInclude{}); !errors.Is(err, roster.CodeResourceNotFound) {
			t.Errorf("read after deletion: %v", err)
		}
	})
}

func TestServer_organizationQueries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		type q = roster.OrganizationQuery
		tests := []struct {
			name string
			q    roster.OrganizationQuery
			want string
		}{
			{"all", q{}, "bolt acme"},
			{"query in the name", q{Query: "OLT"}, "bolt"},
			{"query by id", q{Query: d.acme.ID}, "acme"},
			{"of a user", q{UserID: roster.Only(d.ann.ID, d.bob.ID)}, "acme"},
			{"not of a user", q{UserID: roster.Except(d.ann.ID)}, "bolt"},
			{"by id", q{OrganizationID: roster.Only(d.bolt.ID)}, "bolt"},
			{"all but an id", q{OrganizationID: roster.Except(d.bolt.ID)}, "acme"},
			{"by name", q{OrderBy: roster.Asc("name")}, "acme bolt"},
			{"by size", q{OrderBy: roster.Desc("members_count"), OrganizationInclude: roster.OrganizationInclude{MembersCount: true}}, "acme bolt"},
			{"by creation", q{OrderBy: roster.Asc("created_at"), OrganizationInclude: roster.OrganizationInclude{MissingMemberWithElevatedPermissions: true}}, "acme bolt"},
			{"a page", q{Paging: roster.Paging{Limit: 1, Offset: 1}}, "acme"},
		}
		tried := []roster.OrganizationQuery{{Paging: roster.Paging{StartingAfter: "refused by the client"}}}
		for _, tt := range tests {
			tried = append(tried, tt.q)
			page := must(d.Organizations.List(t.Context(), tt.q))(t)
			var got []string
			for _, o := range page.Data {
				got = append(got, d.name(o.ID))
				if (o.MembersCount != nil) != tt.q.MembersCount || (o.MissingMemberWithElevatedPermissions != nil) != tt.q.MissingMemberWithElevatedPermissions {
					t.Errorf("%s: includes of %+v", tt.name, o)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
		}
		sends(t, tried)
		for _, limit := range []int{0, 1} {
			q := q{OrderBy: roster.Asc("name"), Paging: roster.Paging{Limit: limit}}
			if got := ids(t, d.Organizations.All(t.Context(), q), func(o roster.Organization) string { return d.name(o.ID) }); !slices.Equal(got, []string{"acme", "bolt"}) {
				t.Errorf("walk = %v", got)
			}
		}
	})
}

func TestServer_userLife(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		u := d.user(t, roster.CreateUser{
			EmailAddress: []string{"Eve@Example.com"}, FirstName: roster.Value("Eve"), Password: roster.Value("correct horse battery"),
			UnsafeMetadata: roster.Metadata(`{"theme":"dark"}`), CreatedAt: roster.Value("2020-01-02T03:04:05Z"),
		})
		if u.EmailAddresses[0].EmailAddress != "eve@example.com" || !u.PasswordEnabled || u.CreatedAt != 1577934245000 {
			t.Errorf("created %+v", u)
		}
		if diff := cmp.Diff(u, must(d.Users.Get(t.Context(), u.ID))(t)); diff != "" {
			t.Errorf("read again (-created +read):\n%s", diff)
		}
		u = must(d.Users.Update(t.Context(), u.ID, roster.UpdateUser{FirstName: roster.Null[string](), LastName: roster.Value("Stone"), Username: roster.Value("eve_s")}))(t)
		if u.FirstName != nil || u.LastName == nil || *u.LastName != "Stone" || u.Username == nil {
			t.Errorf("updated %+v", u)
		}
		u = must(d.Users.UpdateMetadata(t.Context(), u.ID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{"size":2}`)}))(t)
		if got, want := u.UnsafeMetadata.String(), `{"theme":"dark","size":2}`; got != want {
			t.Errorf("merged %s, want %s", got, want)
		}
		u = must(d.Users.ReplaceMetadata(t.Context(), u.ID, roster.UpdateMetadata{UnsafeMetadata: roster.Metadata(`{"a":1}`)}))(t)
		if got, want := u.UnsafeMetadata.String(), `{"a":1}`; got != want {
			t.Errorf("replaced %s, want %s", got, want)
		}
		if u = must(d.Users.Ban(t.Context(), u.ID))(t); !u.Banned {
			t.Error("banned user is not banned")
		}
		if u = must(d.Users.Unban(t.Context(), u.ID))(t); u.Banned {
			t.Error("unbanned user is banned")
		}
		d.join(t, d.acme, u)
		if gone := must(d.Users.Delete(t.Context(), u.ID))(t); !gone.Deleted || gone.ID != u.ID {
			t.Errorf("deleted %+v", gone)
		}
		if page := must(d.OrganizationMemberships.List(t.Context(), d.acme.ID, roster.MembershipQuery{UserID: roster.Only(u.ID)}))(t); page.TotalCount != 0 {
			t.Errorf("a deleted user has %d memberships", page.TotalCount)
		}
		_, err := d.Users.Create(t.Context(), roster.CreateUser{EmailAddress: []string{"ANN@example.com"}, SkipPasswordRequirement: true})
		if !errors.Is(err, roster.CodeIdentifierExists) {
			t.Errorf("a taken address: %v", err)
		}
	})
}

func TestServer_userQueries(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		must(d.Users.Ban(t.Context(), d.dee.ID))(t)
		type q = roster.UserQuery
		days := func(n float64) roster.Field[int64] { return roster.Value(at(n)) }
		tests := []struct {
			name string
			q    roster.UserQuery
			want string
		}{
			{"all", q{}, "dee cyd bob ann"},
			{"ids", q{UserID: roster.Only(d.ann.ID)}, "ann"},
			{"external ids", q{ExternalID: roster.Except("staff-1")}, "dee cyd bob"},
			{"organization", q{OrganizationID: roster.Only(d.bolt.ID)}, "dee"},
			{"email address", q{EmailAddress: []string{"bob@work.example"}}, "bob"},
			{"phone number", q{PhoneNumber: []string{"+12025550102"}}, "bob"},
			{"username", q{Username: []string{"ann_k"}}, "ann"},
			{"wallet", q{Web3Wallet: []string{annsWallet}}, "ann"},
			{"query", q{Query: "karls"}, "ann"},
			{"email query", q{EmailAddressQuery: "WORK"}, "bob"},
			{"phone query", q{PhoneNumberQuery: "0101"}, "ann"},
			{"username query", q{UsernameQuery: "only"}, "cyd"},
			{"name query", q{NameQuery: "lee"}, "bob"},
			{"banned", q{Banned: roster.Value(true)}, "dee"},
			{"not banned", q{Banned: roster.Value(false)}, "cyd bob ann"},
			{"active before", q{LastActiveAtBefore: days(11)}, "ann"},
			{"active after", q{LastActiveAtAfter: days(11)}, "bob"},
			{"active since", q{LastActiveAtSince: days(10)}, "bob ann"},
			{"created before", q{CreatedAtBefore: days(2)}, "ann"},
			{"created after", q{CreatedAtAfter: days(3)}, "dee"},
			{"signed in before", q{LastSignInAtBefore: days(11)}, "ann"},
			{"signed in after", q{LastSignInAtAfter: days(11)}, "bob"},
			{"by provider", q{Provider: "oauth_google", ProviderUserID: []string{"g-1"}}, ""},
			{"by username", q{OrderBy: roster.Asc("username")}, "ann bob cyd dee"},
			{"a page", q{Paging: roster.Paging{Limit: 2, Offset: 1}}, "cyd bob"},
			{"a cursor", q{Paging: roster.Paging{StartingAfter: d.cyd.ID}}, "bob ann"},
		}
		var tried []roster.UserQuery
		for _, tt := range tests {
			tried = append(tried, tt.q)
			var got []string
			for _, u := range must(d.Users.List(t.Context(), tt.q))(t) {
				got = append(got, d.name(u.ID))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
			}
			if tt.q.Paging != (roster.Paging{}) {
				continue
			}
			if n := must(d.Users.Count(t.Context(), tt.q))(t); n != int64(len(got)) {
				t.Errorf("%s: count %d, want %d", tt.name, n, len(got))
			}
		}
		sends(t, tried)
		for _, order := range append(slices.Clone(roster.UserOrders), "") {
			for _, desc := range []bool{false, true} {
				q := q{OrderBy: roster.Order{By: order, Desc: desc}, Paging: roster.Paging{Limit: 2}}
				got := ids(t, d.Users.All(t.Context(), q), func(u roster.User) string { return d.name(u.ID) })
				if slices.Sort(got); !slices.Equal(got, []string{"ann", "bob", "cyd", "dee"}) {
					t.Errorf("walk by %v = %v", q.OrderBy, got)
				}
			}
		}
	})
}

func TestServer_sessions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		s := must(d.Sessions.Create(t.Context(), roster.CreateSession{UserID: d.ann.ID, ActiveOrganizationID: roster.Value(d.acme.ID)}))(t)
		if s.UserID != d.ann.ID || s.Status != roster.SessionActive || s.LastActiveOrganizationID == nil || *s.LastActiveOrganizationID != d.acme.ID {
			t.Errorf("created %+v", s)
		}
		if diff := cmp.Diff(s, must(d.Sessions.Get(t.Context(), s.ID))(t)); diff != "" {
			t.Errorf("read again (-created +read):\n%s", diff)
		}
		if revoked := must(d.Sessions.Revoke(t.Context(), s.ID))(t); revoked.Status != roster.SessionRevoked {
			t.Errorf("revoked %+v", revoked)
		}
		type q = roster.SessionQuery
		tests := map[string]struct {
			q    roster.SessionQuery
			want int64
		}{
			"of a user":   {q{UserID: d.ann.ID}, 2},
			"of a client": {q{ClientID: s.ClientID}, 1},
			"revoked":     {q{UserID: d.ann.ID, Status: roster.SessionRevoked}, 1},
			"a page":      {q{UserID: d.ann.ID, Paging: roster.Paging{Limit: 1, Offset: 1}}, 2},
		}
		tried := []roster.SessionQuery{{Paging: roster.Paging{StartingAfter: "refused by the client"}}}
		for name, tt := range tests {
			tried = append(tried, tt.q)
			if page := must(d.Sessions.List(t.Context(), tt.q))(t); page.TotalCount != tt.want || len(page.Data) == 0 {
				t.Errorf("%s: %d of %d, want %d", name, len(page.Data), page.TotalCount, tt.want)
			}
		}
		sends(t, tried)
		for i := range 5 {
			d.clock.set(14 + float64(i))
			must(d.Sessions.Create(t.Context(), roster.CreateSession{UserID: d.bob.ID}))(t)
		}
		got := ids(t, d.Sessions.All(t.Context(), roster.SessionQuery{UserID: d.bob.ID, Paging: roster.Paging{Limit: 2}}), func(s roster.Session) string { return s.ID })
		if slices.Sort(got); len(slices.Compact(got)) != 6 {
			t.Errorf("walk = %v", got)
		}
	})
}

func TestServer_metadataInUpdateNeedsAnOlderVersion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		org := roster.UpdateOrganization{PublicMetadata: roster.Metadata(`{"a":1}`)}
		user := roster.UpdateUser{UnsafeMetadata: roster.Metadata(`{"a":1}`)}
		if _, err := d.Organizations.Update(t.Context(), d.acme.ID, org); !errors.Is(err, roster.CodeParamDeprecated) {
			t.Errorf("organization, newest version: %v", err)
		}
		if _, err := d.Users.Update(t.Context(), d.ann.ID, user); !errors.Is(err, roster.CodeParamDeprecated) {
			t.Errorf("user, newest version: %v", err)
		}
		for _, v := range []roster.Version{"", roster.VersionOldest, "2025-11-10"} {
			older := d.srv.Client(client.WithVersion(v))
			if o, err := older.Organizations.Update(t.Context(), d.acme.ID, org); err != nil || o.PublicMetadata.String() != `{"a":1}` {
				t.Errorf("organization, version %q: %+v, %v", v, o, err)
			}
			if u, err := older.Users.Update(t.Context(), d.ann.ID, user); err != nil || u.UnsafeMetadata.String() != `{"a":1}` {
				t.Errorf("user, version %q: %+v, %v", v, u, err)
			}
		}
		guarded := d.srv.Client(client.WithVersion(roster.VersionOldest))
		if _, err := guarded.OrganizationMemberships.Delete(t.Context(), d.acme.ID, d.ann.ID); !errors.Is(err, roster.CodeMinimumPermissionsNeeded) {
			t.Errorf("removing the last admin with the oldest version: %v", err)
		}
	})
}

func TestServer_keys(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)))
		_, err := srv.ClientOf("sk_test_"+strings.Repeat("x", 42)).Users.Count(t.Context(), roster.UserQuery{})
		var res *roster.ErrorResponse
		if !errors.Is(err, roster.CodeKeyInvalid) || !errors.As(err, &res) || res.Status != 401 || res.TraceID == "" {
			t.Errorf("an unknown key: %v", err)
		}
		production := srv.ClientOf(srv.NewInstance(t, rostertest.Production))
		u := must(production.Users.Create(t.Context(), roster.CreateUser{EmailAddress: []string{"a@example.com"}, SkipPasswordRequirement: true}))(t)
		if _, err := production.Sessions.Create(t.Context(), roster.CreateSession{UserID: u.ID}); !errors.Is(err, roster.CodeRequestInvalidForEnvironment) {
			t.Errorf("a session in production: %v", err)
		}
		if _, err := srv.Client().Users.Get(t.Context(), u.ID); !errors.Is(err, roster.CodeResourceNotFound) {
			t.Errorf("another instance's user: %v", err)
		}
	})
}

// Ids from an import may hold anything; the path must carry them.
func TestServer_strangeIDs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)))
		for _, id := range []string{"a/b", "a?b", "a#b", "a b", "a%2Fb", "ü", "...", "count/..", "user_1/metadata"} {
			if u, err := srv.Client().Users.Get(t.Context(), id); !errors.Is(err, roster.CodeResourceNotFound) || !strings.Contains(fmt.Sprint(err), id) {
				t.Errorf("%q: %+v, %v", id, u, err)
			}
		}
	})
}
