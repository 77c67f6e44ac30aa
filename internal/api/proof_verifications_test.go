package api_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// TestConcurrentAttempts_at_a_code lets many codes come at once, none, one or all of
// them right: as many count as there are attempts, and the right one is taken once.
func TestConcurrentAttempts_at_a_code(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		const callers = 16
		for round := range 15 {
			u := must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value(fmt.Sprint("user_", round))}))(t)
			a := must(c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: fmt.Sprintf("u%d+clerk_test@x.io", round)}))(t)
			v := must(c.EmailAddresses.PrepareVerification(ctx, a.ID))(t)
			right := []int{0, 1, callers}[round%3]
			var attempts [callers]int64
			var verified, most atomic.Int64
			got := together(t, callers, func(i int) error {
				code := "424242"
				if i >= right {
					code = "000000"
				}
				out, err := c.EmailAddresses.AttemptVerification(ctx, a.ID, roster.AttemptVerification{VerificationID: v.ID, Code: code})
				if err == nil {
					attempts[i] = out.Attempts
					if out.Status == roster.IdentificationVerified {
						verified.Add(1)
						most.Store(out.Attempts)
					}
				}
				return err
			})
			seen := map[int64]int{}
			for _, n := range attempts {
				seen[n]++
			}
			for n := range seen {
				if n > roster.MaxVerificationAttempts || verified.Load() == 1 && n > most.Load() {
					t.Errorf("%d right: attempts %v", right, seen)
				}
			}
			for n := int64(1); n < roster.MaxVerificationAttempts && n <= most.Load(); n++ {
				if seen[n] != 1 {
					t.Errorf("%d right: attempt %d was told %d times", right, n, seen[n])
				}
			}
			if got[""]+got[roster.CodeVerificationAlreadyVerified] != callers || right == callers && got[""] != 1 || verified.Load() > 1 || right == 0 && verified.Load() > 0 {
				t.Errorf("%d right: %v, %d verified", right, got, verified.Load())
			}
			if is := must(c.EmailAddresses.Get(ctx, a.ID))(t).Verification.Verified(); is != (verified.Load() == 1) {
				t.Errorf("%d right, %d verified, and the address is: %t", right, verified.Load(), is)
			}
		}
	})
}

// TestConcurrentProofs_of_one_address_have_one_winner lets several users prove one
// address at once, with the codes that each was sent.
func TestConcurrentProofs_of_one_address_have_one_winner(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		const users = 6
		for round := range 10 {
			value := fmt.Sprintf("round%d+clerk_test@example.com", round)
			var ids, codes [users]string
			for i := range users {
				u := must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value(fmt.Sprintf("user_%d_%d", round, i))}))(t)
				ids[i] = must(c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: value}))(t).ID
				codes[i] = must(c.EmailAddresses.PrepareVerification(ctx, ids[i]))(t).ID
			}
			got := together(t, users, func(i int) error {
				_, err := c.EmailAddresses.AttemptVerification(ctx, ids[i], roster.AttemptVerification{VerificationID: codes[i], Code: "424242"})
				return err
			})
			wantCounts(t, value, got, map[roster.Code]int{"": 1, roster.CodeIdentifierExists: users - 1})
		}
	})
}

// TestConcurrentCodes_are_ten_at_most asks for many codes at once, while the address
// goes now and then.
func TestConcurrentCodes_are_ten_at_most(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		for round := range 10 {
			u := must(c.Users.Create(ctx, roster.CreateUser{Username: roster.Value(fmt.Sprint("user_", round)), EmailAddress: []string{fmt.Sprintf("u%d@x.io", round)}}))(t)
			a := u.EmailAddresses[0].ID
			got := together(t, 16, func(i int) error {
				if i == 0 && round%2 == 1 {
					_, err := c.EmailAddresses.Delete(ctx, a)
					return err
				}
				_, err := c.EmailAddresses.PrepareVerification(ctx, a)
				return err
			})
			if round%2 == 0 {
				wantCounts(t, a, got, map[roster.Code]int{"": 10, roster.CodeTooManyRequests: 6})
			} else if got[""] < 1 || got[""] > 11 {
				t.Errorf("%v", got)
			}
		}
	})
}

// TestVerifications_keep_neither_code_nor_id looks through the whole database for what
// proves an address.
func TestVerifications_keep_neither_code_nor_id(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		p := prove(t, e)
		c, ctx := p.Client(), t.Context()
		u := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"ann@x.io"}}))(t)
		id := u.EmailAddresses[0].ID
		v := must(c.EmailAddresses.PrepareVerification(ctx, id))(t)
		code, _, _ := strings.Cut(p.texts(t, "select subject from mails")[0], " ")
		alone := regexp.MustCompile(`\b` + code + `\b`) // not by chance within a time or a digest
		for _, table := range p.texts(t, p.tables) {
			for _, row := range p.rows(t, "select * from "+table) {
				if strings.Contains(row, v.ID) || alone.MatchString(row) && table != "mails" { // which waits to be sent
					t.Errorf("%s: %s", table, row)
				}
			}
		}
		got := must(c.EmailAddresses.AttemptVerification(ctx, id, roster.AttemptVerification{VerificationID: v.ID, Code: code}))(t)
		if got.Status != roster.IdentificationVerified {
			t.Errorf("%s is not the code: %+v", code, got)
		}
		must(c.EmailAddresses.Delete(ctx, must(c.EmailAddresses.Create(ctx, roster.CreateEmailAddress{UserID: u.ID, EmailAddress: "b@x.io"}))(t).ID))(t)
		must(c.Users.Delete(ctx, u.ID))(t)
		if left := append(p.rows(t, "select * from verifications"), p.rows(t, "select * from mails")...); len(left) > 0 {
			t.Errorf("a user left %q", left)
		}
		var res *roster.ErrorResponse
		if _, err := c.EmailAddresses.PrepareVerification(ctx, id); !errors.As(err, &res) || res.Status != 404 {
			t.Error(err)
		}
	})
}
