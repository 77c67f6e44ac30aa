package api_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/api"
	"github.com/rosterhq/roster/internal/service"
)

// BenchmarkMemberships is one page of an organization's members through the whole
// server but its sockets, beside the empty page, which is everything that does not
// grow with the page.
func BenchmarkMemberships(b *testing.B) {
	svc, _, key := newService(b)
	ctx := context.Background()
	c, err := svc.Authenticate(ctx, key)
	if err != nil {
		b.Fatal(err)
	}
	full, empty := seedMembers(b, svc, c, 100), seedMembers(b, svc, c, 0)
	h := api.New(svc, api.Options{})
	for name, id := range map[string]string{"100": full, "0": empty} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest("GET", "/v1/organizations/"+id+"/memberships?limit=100", nil)
				r.Header.Set("Authorization", "Bearer "+key)
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != 200 {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}

// seedMembers makes an organization with n members and returns its id.
func seedMembers(b *testing.B, svc *service.Service, c service.Caller, n int) string {
	b.Helper()
	ctx := context.Background()
	org, err := svc.CreateOrganization(ctx, c, roster.CreateOrganization{Name: fmt.Sprint("Organization of ", n)})
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		u, err := svc.CreateUser(ctx, c, roster.CreateUser{
			FirstName: roster.Value("First"), LastName: roster.Value("Last"),
			EmailAddress: []string{fmt.Sprintf("user%d@example.com", i)}, Username: roster.Value(fmt.Sprint("user", i)),
		})
		if err != nil {
			b.Fatal(err)
		}
		in := roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember, PublicMetadata: roster.Metadata(`{"team":"a"}`)}
		if _, err := svc.CreateMembership(ctx, c, org.ID, in); err != nil {
			b.Fatal(err)
		}
	}
	return org.ID
}
