package api_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// driftBudget bounds the time of all random sequences together; a machine too slow
// for all of them tries fewer.
const driftBudget = 10 * time.Second

// TestNothing_drifts makes random sequences of changes through the client. After
// each sequence the instance is audited: copies of users in memberships, counters,
// unique values and references. A change of identifiers must be taken exactly when
// nobody alive holds them.
func TestNothing_drifts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		var now atomic.Int64
		now.Store(1772352000000)
		p := prove(t, e, rostertest.WithClock(func() time.Time { return time.UnixMilli(now.Load()) }))
		began := time.Now()
		rapid.Check(t, func(rt *rapid.T) {
			if time.Since(began) > driftBudget {
				return
			}
			now.Add(1) // tells the instance from those before
			key := p.NewInstance(t, rostertest.Development)
			d := &drifting{T: rt, c: p.ClientOf(key), alive: map[string]identity{}}
			actions := d.actions(func(ms int64) { now.Add(ms) })
			for range 60 {
				actions[uniform(rt, "action", len(actions))](rt)
			}
			d.compare(rt)
			id := scalar[string](rt, p, "select instance_id from secret_keys order by created_at desc limit 1")
			p.auditInstance(rt, id)
		})
	})
}

// drifting is an instance that random changes are made to.
type drifting struct {
	*rapid.T
	c             *client.Client
	alive         map[string]identity // by user
	users         []string
	organizations []string
	sessions      []string
	serial        int
}

// identity is what nobody else may hold, in the form in which it is unique.
type identity struct {
	emails               []string
	username, externalID string
}

// actions are the changes, the more likely ones several times. The first does
// nothing, which is what a failing sequence shrinks to.
func (d *drifting) actions(wait func(ms int64)) []func(*rapid.T) {
	user, organization, session := d.on(&d.users), d.on(&d.organizations), d.on(&d.sessions)
	return []func(*rapid.T){
		func(*rapid.T) {},
		d.createUser, d.createUser, d.createUser, d.createUser,
		user(d.renameUser), user(d.changeIdentifiers), user(d.changePrimary), user(d.addAddress), user(d.addAddress), user(d.verifyAddress), user(d.verifyAddress), user(d.dropAddress), user(d.replaceAddresses), user(d.ban), user(d.picture), user(d.deleteUser), user(d.signIn), user(d.signIn),
		d.createOrganization, d.createOrganization, organization(d.changeOrganization), organization(d.logo), organization(d.deleteOrganization),
		d.onBoth(d.join), d.onBoth(d.join), d.onBoth(d.join), d.onBoth(d.join), d.onBoth(d.join),
		d.onBoth(d.changeMembership), d.onBoth(d.leave), session(d.revoke),
		func(t *rapid.T) { wait(rapid.SampledFrom([]int64{1, 1000, 6 * 3600_000, 49 * 3600_000}).Draw(t, "ms")) },
	}
}

// on makes changes of one of what there is into actions.
func (d *drifting) on(of *[]string) func(func(*rapid.T, string)) func(*rapid.T) {
	return func(change func(*rapid.T, string)) func(*rapid.T) {
		return func(t *rapid.T) {
			if len(*of) > 0 {
				change(t, one(t, "of", *of))
			}
		}
	}
}

// onBoth is on for an organization and a user.
func (d *drifting) onBoth(change func(t *rapid.T, organizationID, userID string)) func(*rapid.T) {
	return func(t *rapid.T) {
		if len(d.organizations) > 0 && len(d.users) > 0 {
			change(t, one(t, "organization", d.organizations), one(t, "user", d.users))
		}
	}
}

// uniform draws an index of n, each as likely; rapid's own generators favour the
// first.
func uniform(t *rapid.T, label string, n int) int {
	return rapid.Custom(func(t *rapid.T) int {
		i := 0
		for range 8 {
			i <<= 1
			if rapid.Bool().Draw(t, "bit") {
				i++
			}
		}
		return i % n
	}).Draw(t, label)
}

func one(t *rapid.T, label string, of []string) string { return of[uniform(t, label, len(of))] }

// free reports whether nobody but a user holds any part of an identity.
func (d *drifting) free(self string, want identity) bool {
	for id, have := range d.alive {
		if id == self {
			continue
		}
		if want.username != "" && want.username == have.username || want.externalID != "" && want.externalID == have.externalID {
			return false
		}
		for _, e := range want.emails {
			if slices.Contains(have.emails, e) {
				return false
			}
		}
	}
	return true
}

// outcome fails unless a call succeeded or was refused as it had to be.
func outcome(t *rapid.T, err error, want roster.Code) bool {
	if got := codeOf(t, err); got != want {
		t.Fatalf("outcome %q, want %q: %v", got, want, err)
	}
	return err == nil
}

func (d *drifting) drawIdentity(t *rapid.T) (identity, roster.UpdateUser) {
	name := rapid.SampledFrom([]string{"", "anna", "Anna", "bert", "BERT", "carl", "dora"}).Draw(t, "username")
	external := rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "external id")
	return identity{username: strings.ToLower(name), externalID: external}, roster.UpdateUser{Username: roster.Value(name), ExternalID: roster.Value(external)}
}

func (d *drifting) createUser(t *rapid.T) {
	want, in := d.drawIdentity(t)
	emails := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a@x.io", "A@X.io", "b@x.io", "C@x.io", "d@x.io", "e@x.io", "f@x.io"}), 0, 2, strings.ToLower).Draw(t, "emails")
	for _, e := range emails {
		want.emails = append(want.emails, strings.ToLower(e))
	}
	code := roster.Code("")
	if !d.free("", want) {
		code = roster.CodeIdentifierExists
	}
	d.serial++
	u, err := d.c.Users.Create(t.Context(), roster.CreateUser{EmailAddress: emails, Username: in.Username, ExternalID: in.ExternalID,
		PhoneNumber: []string{fmt.Sprintf("+1555555%04d", d.serial)}, FirstName: roster.Value("Ann")})
	if outcome(t, err, code) {
		d.users = append(d.users, u.ID)
		d.alive[u.ID] = want
	}
}
