package api_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Two organizations want the same domain at once, fifty times: one has it.
func TestConcurrentDomains_of_one_name_have_one_owner(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		for round := range 50 {
			one, _ := directory(t, c, roster.CreateOrganization{}, 0)
			two, _ := directory(t, c, roster.CreateOrganization{}, 0)
			of, name := []string{one.ID, two.ID}, fmt.Sprintf("round%d.example", round)
			want := map[roster.Code]int{"": 1, roster.CodeDomainAlreadyExists: 1}
			take := func(i int) error {
				_, err := c.OrganizationDomains.Create(t.Context(), of[i], roster.CreateOrganizationDomain{Name: name})
				return err
			}
			switch round % 3 {
			case 1: // both have it unverified, and verify it
				var ids [2]string
				for i := range ids {
					ids[i] = must(c.OrganizationDomains.Create(t.Context(), of[i], roster.CreateOrganizationDomain{Name: name, Verified: roster.Value(false)}))(t).ID
				}
				take = func(i int) error {
					_, err := c.OrganizationDomains.Update(t.Context(), of[i], ids[i], roster.UpdateOrganizationDomain{Verified: roster.Value(true)})
					return err
				}
			case 2: // one organization adds it twice
				of[1] = of[0]
				want = map[roster.Code]int{"": 1, roster.CodeDomainAlreadyInOrganization: 1}
			}
			wantCounts(t, fmt.Sprint("round ", round), together(t, 2, take), want)
		}
		p.audit(t)
	})
}

func TestConcurrentDomains_fill_the_quota_exactly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		o, _ := directory(t, c, roster.CreateOrganization{}, 0)
		got := together(t, many, func(i int) error {
			_, err := c.OrganizationDomains.Create(t.Context(), o.ID, roster.CreateOrganizationDomain{Name: fmt.Sprintf("d%d.example", i)})
			return err
		})
		wantCounts(t, "creates", got, map[roster.Code]int{"": 10, roster.CodeDomainQuotaExceeded: many - 10})
		p.audit(t)
	})
}

// Users come, join and go while the domain of their addresses starts and stops to
// suggest, and goes: nothing is left that its rules do not allow, which the audit
// says of all tables, and no two of them ever wait for each other.
func TestConcurrentEnrollment_leaves_nothing_behind(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		e, _ = e.Watch(t)
		p := prove(t, e)
		c := p.Client()
		for round := range 10 {
			o, _ := directory(t, c, roster.CreateOrganization{}, 0)
			name := fmt.Sprintf("round%d.example", round)
			d := must(c.OrganizationDomains.Create(t.Context(), o.ID, roster.CreateOrganizationDomain{Name: name}))(t)
			var users []string
			for i := range 8 {
				users = append(users, must(c.Users.Create(t.Context(), roster.CreateUser{EmailAddress: []string{fmt.Sprintf("old%d@%s", i, name)}}))(t).ID)
			}
			modes := []string{roster.AutomaticSuggestion, roster.ManualInvitation, roster.AutomaticInvitation}
			steps := []func(ctx context.Context, i int) error{
				func(ctx context.Context, i int) error {
					_, err := c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{fmt.Sprintf("new%d@%s", i, name)}})
					return err
				},
				func(ctx context.Context, i int) error {
					_, err := c.OrganizationDomains.Update(ctx, o.ID, d.ID, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(modes[i/6%3]), Verified: roster.Value(i%12 < 9)})
					return err
				},
				func(ctx context.Context, i int) error {
					_, err := c.OrganizationMemberships.Create(ctx, o.ID, roster.CreateMembership{UserID: users[i%8], Role: roster.RoleMember})
					return err
				},
				func(ctx context.Context, i int) error { _, err := c.Users.Delete(ctx, users[(i+3)%8]); return err },
				func(ctx context.Context, i int) error { // an address comes, and stops to be verified
					a, err := c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: users[i%8], EmailAddress: fmt.Sprintf("more%d@%s", i, name), Verified: roster.Value(true)})
					if err == nil {
						_, err = c.EmailAddresses.Update(ctx, a.ID, roster.UpdateEmailAddress{Verified: roster.Value(false)})
					}
					return err
				},
				func(ctx context.Context, i int) error {
					if i < 36 {
						return nil
					}
					if round%2 == 0 {
						_, err := c.Organizations.Delete(ctx, o.ID)
						return err
					}
					_, err := c.OrganizationDomains.Delete(ctx, o.ID, d.ID)
					return err
				},
			}
			got := together(t, 42, func(i int) error { return steps[i%len(steps)](t.Context(), i) })
			for code := range got {
				if code != "" && code != roster.CodeResourceNotFound && code != roster.CodeAlreadyAMember {
					t.Errorf("round %d: %v", round, got)
				}
			}
			p.audit(t)
		}
	})
}
