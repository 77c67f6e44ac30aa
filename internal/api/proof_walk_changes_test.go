package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// pageAfter reads the page that starts after an element, as ids.
type pageAfter func(order roster.Order, p roster.Paging) ([]string, error)

func memberPages(t *testing.T, c *client.Client, organizationID string) pageAfter {
	return func(order roster.Order, p roster.Paging) ([]string, error) {
		page, err := c.OrganizationMemberships.List(t.Context(), organizationID, roster.MembershipQuery{OrderBy: order, Paging: p})
		return idsOf(page, err)
	}
}

func instancePages(t *testing.T, c *client.Client) pageAfter {
	return func(order roster.Order, p roster.Paging) ([]string, error) {
		return idsOf(c.OrganizationMemberships.ListInstance(t.Context(), roster.MembershipQuery{OrderBy: order, Paging: p}))
	}
}

func idsOf(page *roster.Page[roster.Membership], err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range page.Data {
		ids = append(ids, m.ID)
	}
	return ids, nil
}

func userPages(t *testing.T, c *client.Client) pageAfter {
	return func(order roster.Order, p roster.Paging) ([]string, error) {
		users, err := c.Users.List(t.Context(), roster.UserQuery{OrderBy: order, Paging: p})
		var ids []string
		for _, u := range users {
			ids = append(ids, u.ID)
		}
		return ids, err
	}
}

// byCursor walks a list, each page after the last element of the one before, and
// lets something happen between pages.
func byCursor(pages pageAfter, order roster.Order, between func(last string)) (got []string, err error) {
	p := roster.Paging{Limit: 3}
	for range 1000 {
		ids, err := pages(order, p)
		if err != nil {
			return nil, fmt.Errorf("%v after %q: %w", order, p.StartingAfter, err)
		}
		if len(ids) == 0 {
			return got, nil
		}
		got = append(got, ids...)
		p.StartingAfter = ids[len(ids)-1]
		if between != nil {
			between(p.StartingAfter)
		}
	}
	return nil, fmt.Errorf("%v: the walk does not end", order)
}

// once fails unless got has each of the ids exactly once, and nothing else twice.
func once(t tester, what string, got []string, err error, ids []string) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	seen := map[string]int{}
	for _, id := range got {
		if seen[id]++; seen[id] == 2 {
			t.Errorf("%s: %s came again", what, id)
		}
	}
	for _, id := range ids {
		if seen[id] == 0 {
			t.Errorf("%s: %s was left out", what, id)
		}
	}
}

// Other clients add and remove members all the time while a walk by cursor runs:
// whoever is a member throughout comes exactly once, and nobody comes twice.
func TestWalks_are_complete_while_members_come_and_go(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c := p.Client()
		o, _, _ := crowd(t, c, 18)
		var extras []*roster.User
		for i := range 12 {
			extras = append(extras, newcomer(t, c, 100+i))
		}
		stay := must(idsOf(c.OrganizationMemberships.List(t.Context(), o.ID, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}})))(t)
		everywhere := must(idsOf(c.OrganizationMemberships.ListInstance(t.Context(), roster.MembershipQuery{Paging: roster.Paging{Limit: 500}})))(t)
		var walkers, changers sync.WaitGroup
		done := make(chan struct{})
		for worker := range 2 {
			changers.Go(func() {
				for i := range 2000 { // an end, for a walk towards the newest could chase them
					select {
					case <-done:
						return
					default:
					}
					u := extras[(i*2+worker)%len(extras)]
					_, err := c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
					if codeOf(t, err) == roster.CodeAlreadyAMember {
						_, err = c.OrganizationMemberships.Delete(t.Context(), o.ID, u.ID)
					}
					if code := codeOf(t, err); code != "" {
						t.Errorf("change: %s", code)
					}
				}
			})
		}
		for _, order := range bothWays(roster.MembershipOrders...) {
			walkers.Go(func() {
				got, err := byCursor(memberPages(t, c, o.ID), order, nil)
				once(t, "members "+order.String(), got, err, stay)
				got, err = byCursor(instancePages(t, c), order, nil)
				once(t, "all members "+order.String(), got, err, everywhere)
			})
		}
		walkers.Wait()
		close(done)
		changers.Wait()
	})
}

// After every page the element that the walk stands at is removed, and another
// is added: the walk goes on from where the removed one was.
func TestWalks_survive_the_loss_of_their_place(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		const n = 14
		for _, order := range bothWays(roster.MembershipOrders...) {
			t.Run(order.String(), func(t *testing.T) {
				t.Parallel()
				p := prove(t, e)
				c := p.Client()
				o, _, _ := crowd(t, c, n)
				next := n
				join := func() {
					if next++; next < 2*n { // an end, for a walk towards the newest meets each
						u := newcomer(t, c, next)
						must(c.OrganizationMemberships.Create(t.Context(), o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember}))(t)
					}
				}
				before := must(byCursor(memberPages(t, c, o.ID), order, nil))(t)
				got, err := byCursor(memberPages(t, c, o.ID), order, func(last string) {
					must(c.OrganizationMemberships.Delete(t.Context(), o.ID, p.userOf(t, last)))(t)
					join()
				})
				once(t, "members", got, err, before)

				before = must(byCursor(instancePages(t, c), order, nil))(t)
				got, err = byCursor(instancePages(t, c), order, func(last string) {
					id := p.userOf(t, last)
					must(c.Users.Delete(t.Context(), id))(t)
					before = slices.DeleteFunc(before, func(m string) bool { return p.userOf(t, m) == id }) // another of the user's may go unread
				})
				once(t, "all members, users deleted", got, err, before)
			})
		}
	})
}

// userOf is the user of a membership, whether or not it still exists.
func (p *proven) userOf(t tester, membershipID string) string {
	t.Helper()
	for _, payload := range p.texts(t, `select payload from outbox where type = 'organizationMembership.created' and payload like $1`, "%"+membershipID+"%") {
		var event struct {
			Data struct {
				ID             string `json:"id"`
				PublicUserData struct {
					UserID string `json:"user_id"`
				} `json:"public_user_data"`
			} `json:"data"`
		}
		if err := json.Unmarshal([]byte(payload), &event); err != nil {
			t.Fatal(err)
		}
		if event.Data.ID == membershipID {
			return event.Data.PublicUserData.UserID
		}
	}
	t.Fatalf("no event tells of membership %s", membershipID)
	return ""
}

func TestWalks_survive_the_loss_of_users(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		for _, order := range bothWays("created_at") {
			p := prove(t, e)
			c := p.Client()
			crowd(t, c, 14)
			before := must(byCursor(userPages(t, c), order, nil))(t)
			got, err := byCursor(userPages(t, c), order, func(last string) { must(c.Users.Delete(t.Context(), last))(t) })
			once(t, "users", got, err, before)
		}
	})
}

// The organization of the membership that the walk stands at is deleted with all
// its memberships.
func TestWalks_survive_the_loss_of_an_organization(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		for _, order := range bothWays("created_at", "first_name") {
			p := prove(t, e)
			c := p.Client()
			first, second, _ := crowd(t, c, 14)
			stay := map[string][]string{ // by the organization that goes
				first.ID:  must(byCursor(memberPages(t, c, second.ID), order, nil))(t),
				second.ID: must(byCursor(memberPages(t, c, first.ID), order, nil))(t),
			}
			gone := ""
			got, err := byCursor(instancePages(t, c), order, func(last string) {
				if gone == "" {
					gone = scalar[string](t, p, "select organization_id from memberships where id = $1", last)
					must(c.Organizations.Delete(t.Context(), gone))(t)
				}
			})
			once(t, "all members "+order.String(), got, err, stay[gone])
		}
	})
}
