package api_test

import (
	"fmt"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// TestConcurrentClaims_of_one_address_have_one_winner lets every way to an address
// of one's own meet every other, round after round.
func TestConcurrentClaims_of_one_address_have_one_winner(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		yes := roster.Value(true)
		for round := range 50 {
			value := fmt.Sprintf("round%d@example.com", round)
			var users []string
			for i := range 6 {
				users = append(users, must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value(fmt.Sprintf("user_%d_%d", round, i))}))(t).ID)
			}
			var unverified []string
			for _, u := range users[:2] {
				unverified = append(unverified, must(c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: u, EmailAddress: value}))(t).ID)
			}
			update := func(id string) func() error {
				return func() error {
					_, err := c.EmailAddresses.Update(ctx, id, roster.UpdateEmailAddress{Verified: yes, Primary: yes})
					return err
				}
			}
			replace := func(user, status string) func() error {
				return func() error {
					_, err := c.EmailAddresses.ReplaceForUser(ctx, user, roster.ReplaceEmailAddress{EmailAddress: value, Status: status})
					return err
				}
			}
			create := func(user string) func() error {
				return func() error {
					_, err := c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: user, EmailAddress: value, Verified: yes})
					return err
				}
			}
			newUser := func(status string) func() error {
				return func() error {
					_, err := c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{value}, EmailAddressStatus: []string{status}})
					return err
				}
			}
			ways := []func() error{
				update(unverified[0]), update(unverified[1]), replace(users[2], roster.IdentificationVerified), replace(users[3], roster.IdentificationReserved),
				create(users[4]), create(users[5]), newUser(roster.IdentificationVerified), newUser(roster.IdentificationReserved),
			}
			got := together(t, len(ways), func(i int) error { return ways[i]() })
			wantCounts(t, value, got, map[roster.Code]int{"": 1, roster.CodeIdentifierExists: len(ways) - 1})
		}
		p.audit(t)
	})
}

// TestConcurrentChanges_of_one_user_leave_an_identifier deletes both identifiers of a
// user at once.
func TestConcurrentChanges_of_one_user_leave_an_identifier(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		for round := range 50 {
			u := must(c.Users.Create(ctx, roster.CreateUser{
				EmailAddress: []string{fmt.Sprintf("a%d@example.com", round)}, PhoneNumber: []string{fmt.Sprintf("+1555555%04d", round)},
			}))(t)
			got := together(t, 2, func(i int) error {
				if i == 0 {
					_, err := c.EmailAddresses.Delete(ctx, u.EmailAddresses[0].ID)
					return err
				}
				_, err := c.PhoneNumbers.Delete(ctx, u.PhoneNumbers[0].ID)
				return err
			})
			wantCounts(t, u.ID, got, map[roster.Code]int{"": 1, roster.CodeIdentificationDeletionFailed: 1})
		}
		p.audit(t)
	})
}
