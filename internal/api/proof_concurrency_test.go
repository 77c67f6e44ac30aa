package api_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// together runs n calls at once and counts their outcomes by error code, "" for
// success.
func together(t *testing.T, n int, call func(i int) error) map[roster.Code]int {
	t.Helper()
	codes := make([]roster.Code, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			codes[i] = codeOf(t, call(i))
		})
	}
	close(start)
	wg.Wait()
	counts := map[roster.Code]int{}
	for _, c := range codes {
		counts[c]++
	}
	return counts
}

// codeOf is the code of a refusal. Any other error fails the test.
func codeOf(t tester, err error) roster.Code {
	t.Helper()
	if err == nil {
		return ""
	}
	var refusal *roster.Error
	if !errors.As(err, &refusal) {
		t.Errorf("no refusal: %v", err)
		return "broken"
	}
	return refusal.Code
}

func wantCounts(t *testing.T, what string, got, want map[roster.Code]int) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func must[T any](v T, err error) func(t tester) T {
	return func(t tester) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// directory makes an organization, and n users who are not in it.
func directory(t *testing.T, c *client.Client, in roster.CreateOrganization, n int) (o *roster.Organization, users []*roster.User) {
	t.Helper()
	in.Name = cmp.Or(in.Name, "Acme")
	o = must(c.Organizations.Create(t.Context(), in))(t)
	for i := range n {
		email := fmt.Sprintf("user%d.%s@example.com", i, o.ID)
		users = append(users, must(c.Users.Create(t.Context(), roster.CreateUser{EmailAddress: []string{email}}))(t))
	}
	return o, users
}

// totals compares the total_count of an organization's list with its rows and with
// the number that is due.
func (p *proven) totals(t *testing.T, c *client.Client, organizationID string, want int) {
	t.Helper()
	page := must(c.OrganizationMemberships.List(t.Context(), organizationID, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}}))(t)
	rows := scalar[int](t, p, "select count(*) from memberships where organization_id = $1", organizationID)
	if int(page.TotalCount) != want || len(page.Data) != want || rows != want {
		t.Errorf("total_count %d, elements %d, rows %d; want %d", page.TotalCount, len(page.Data), rows, want)
	}
}

const many = 64

func TestConcurrentCreates_of_one_membership_have_one_winner(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		o, users := directory(t, c, roster.CreateOrganization{}, 1)
		got := together(t, many, func(int) error {
			_, err := c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: users[0].ID, Role: roster.RoleMember})
			return err
		})
		wantCounts(t, "creates", got, map[roster.Code]int{"": 1, roster.CodeAlreadyAMember: many - 1})
		p.totals(t, c, o.ID, 1)
		if n := scalar[int](t, p, "select count(*) from outbox where type = 'organizationMembership.created'"); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestConcurrentCreates_fill_the_quota_exactly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		const quota = 17
		p := prove(t, e)
		c := p.Client()
		o, users := directory(t, c, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](quota)}, many)
		got := together(t, many, func(i int) error {
			_, err := c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: users[i].ID, Role: roster.RoleMember})
			return err
		})
		wantCounts(t, "creates", got, map[roster.Code]int{"": quota, roster.CodeMembershipQuotaExceeded: many - quota})
		p.totals(t, c, o.ID, quota)
	})
}

func TestConcurrentMerges_of_different_keys_all_stay(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		o, users := directory(t, c, roster.CreateOrganization{}, 1)
		must(c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: users[0].ID, Role: roster.RoleMember}))(t)
		got := together(t, many, func(i int) error {
			in := roster.UpdateMetadata{
				PublicMetadata:  roster.Metadata(fmt.Sprintf(`{"shared":{"k%02d":%d}}`, i, i)),
				PrivateMetadata: roster.Metadata(fmt.Sprintf(`{"k%02d":[%d]}`, i, i)),
			}
			_, err := c.OrganizationMemberships.UpdateMetadata(t.Context(), o.ID, users[0].ID, in)
			return err
		})
		wantCounts(t, "merges", got, map[roster.Code]int{"": many})
		m := must(c.OrganizationMemberships.Get(t.Context(), o.ID, users[0].ID))(t)
		var public struct {
			Shared map[string]int `json:"shared"`
		}
		private := map[string][]int{}
		if err := errors.Join(m.PublicMetadata.Decode(&public), m.PrivateMetadata.Decode(&private)); err != nil {
			t.Fatal(err)
		}
		for i := range many {
			key := fmt.Sprintf("k%02d", i)
			if n, there := public.Shared[key]; !there || n != i || !slices.Equal(private[key], []int{i}) {
				t.Errorf("%s: public %v, private %v", key, n, private[key])
			}
		}
		if len(public.Shared) != many || len(private) != many {
			t.Errorf("%d and %d keys, want %d", len(public.Shared), len(private), many)
		}
	})
}

func TestConcurrentDemotions_leave_one_admin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client(client.WithVersion(roster.VersionOldest))
		for name, leave := range map[string]func(ctx context.Context, organizationID, userID string) error{
			"demotions": func(ctx context.Context, organizationID, userID string) error {
				_, err := c.OrganizationMemberships.Update(ctx, organizationID, userID, roster.UpdateMembership{Role: roster.RoleMember})
				return err
			},
			"removals": func(ctx context.Context, organizationID, userID string) error {
				_, err := c.OrganizationMemberships.Delete(ctx, organizationID, userID)
				return err
			},
		} {
			for range 8 {
				o, users := directory(t, c, roster.CreateOrganization{}, 2)
				for _, u := range users {
					must(c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleAdmin}))(t)
				}
				got := together(t, 2, func(i int) error { return leave(t.Context(), o.ID, users[i].ID) })
				wantCounts(t, name, got, map[roster.Code]int{"": 1, roster.CodeMinimumPermissionsNeeded: 1})
				admins := must(c.OrganizationMemberships.List(t.Context(), o.ID, roster.MembershipQuery{Role: []string{roster.RoleAdmin}}))(t)
				if admins.TotalCount != 1 {
					t.Errorf("%s: %d admins", name, admins.TotalCount)
				}
			}
		}
	})
}
