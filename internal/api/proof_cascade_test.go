package api_test

import (
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A membership is created while its user, or its organization, is deleted: either
// it came first and went with them, or there was nothing to join. Nothing is left
// behind, which the audit at the end proves of all tables.
func TestConcurrentCascades_leave_nothing_behind(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		for round := range 12 {
			o, users := directory(t, c, roster.CreateOrganization{}, 4)
			join := func(i int) error {
				_, err := c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: users[i].ID, Role: roster.RoleMember})
				return err
			}
			start := func(i int) error {
				_, err := c.Sessions.Create(t.Context(), roster.CreateSession{UserID: users[i].ID})
				return err
			}
			end := func(int) error { _, err := c.Organizations.Delete(t.Context(), o.ID); return err }
			if round%2 == 0 {
				end = func(i int) error { _, err := c.Users.Delete(t.Context(), users[i].ID); return err }
			}
			got := together(t, 12, func(i int) error {
				switch i % 3 {
				case 0:
					return join(i / 3)
				case 1:
					return start(i / 3)
				}
				return end(i / 3)
			})
			for code := range got {
				if code != "" && code != roster.CodeResourceNotFound {
					t.Errorf("round %d: %v", round, got)
				}
			}
			p.audit(t)
		}
	})
}

// Deletes and creates of one membership in a row of their own: whoever comes last
// decides, and the counters follow.
func TestConcurrentChanges_keep_counters_true(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		o, users := directory(t, c, roster.CreateOrganization{}, 8)
		got := together(t, many, func(i int) error {
			u := users[i%len(users)]
			if i/len(users)%2 == 0 {
				_, err := c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
				return err
			}
			_, err := c.OrganizationMemberships.Delete(t.Context(), o.ID, u.ID)
			return err
		})
		for code := range got {
			if code != "" && code != roster.CodeAlreadyAMember && code != roster.CodeResourceNotFound {
				t.Errorf("%v", got)
			}
		}
		p.totals(t, c, o.ID, scalar[int](t, p, "select sum(members) from member_counts where organization_id = $1", o.ID))
	})
}

func TestConcurrentUsers_share_no_identifier(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		got := together(t, many, func(i int) error {
			in := roster.CreateUser{EmailAddress: []string{fmt.Sprintf("u%d@x.io", i), "shared@x.io"}, Username: roster.Value(fmt.Sprintf("user%d", i%8))}
			_, err := c.Users.Create(t.Context(), in)
			return err
		})
		wantCounts(t, "creates", got, map[roster.Code]int{"": 1, roster.CodeIdentifierExists: many - 1})
		if n := scalar[int](t, p, "select count(*) from identifications"); n != 2 {
			t.Errorf("%d identifiers are left, want 2", n)
		}
	})
}
