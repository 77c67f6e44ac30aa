package service_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// letterOut is an invitation as the oracle knows it.
type letterOut struct {
	id, of, address, status   string
	created, updated, expires int64
	acceptedBy                string
	url                       string
}

func (l *letterOut) key() string { return l.id }

func (l *letterOut) place(by string) place {
	if by == "email_address" {
		return byText(l.address)
	}
	return place{number: l.created}
}

func (l *letterOut) statusAt(now int64) string {
	if l.status == roster.InvitationPending && l.expires <= now {
		return roster.InvitationExpired
	}
	return l.status
}

// mailbox draws invitations and what becomes of them, in the world and in the oracle.
type mailbox struct {
	*rapid.T
	*world
	letters       []*letterOut
	organizations []*roster.Organization
	owners        map[string]*roster.User // by address
}

func (b *mailbox) must(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func drawMailbox(t *rapid.T, w *world) *mailbox {
	b := &mailbox{T: t, world: w, owners: map[string]*roster.User{}}
	for range 2 {
		b.organizations = append(b.organizations, w.organization(t, roster.CreateOrganization{}))
	}
	for _, addresses := range [][]string{{"ann@x.io", "ann.b@x.io"}, {"bo@x.io"}} {
		u := w.user(t, roster.CreateUser{EmailAddress: addresses})
		for _, address := range addresses {
			b.owners[address] = u
		}
	}
	for range index(t, "changes", 30) {
		w.clock.Add(pick(t, "tick", []int64{0, 0, 0, 1, day / 2, day}))
		b.change()
	}
	return b
}

func (b *mailbox) change() {
	l := &letterOut{}
	if len(b.letters) > 0 {
		l = pick(b.T, "letter", b.letters)
	}
	alive := l.statusAt(b.clock.Load()) == roster.InvitationPending
	switch owner := b.owners[l.address]; {
	case alive && chance(b.T, "revoke", 3):
		_, err := b.RevokeInvitation(b.Context(), b.caller, l.of, l.id, roster.RevokeInvitation{})
		b.must(err)
		l.status, l.updated = roster.InvitationRevoked, b.clock.Load()
	case alive && owner != nil && chance(b.T, "accept", 3):
		_, ticket, _ := strings.Cut(l.url, "=")
		_, err := b.AcceptTicket(b.Context(), service.Caller{}, ticket)
		b.must(err)
		l.status, l.updated, l.acceptedBy = roster.InvitationAccepted, b.clock.Load(), owner.ID
		b.settle(owner)
	case b.owners["cy@x.io"] == nil && chance(b.T, "verify", 6):
		bo := b.owners["bo@x.io"]
		_, err := b.CreateEmailAddress(b.Context(), b.caller, roster.CreateEmailAddress{UserID: bo.ID, EmailAddress: "cy@x.io", Verified: roster.Value(true)})
		b.must(err)
		b.owners["cy@x.io"] = bo
		b.settle(bo)
	case chance(b.T, "sweep", 6):
		b.must(b.store.ExpireInvitations(b.Context(), b.clock.Load()))
	default:
		b.invite()
	}
}

// joined reports whether a user has followed an invitation of an organization.
func (b *mailbox) joined(u *roster.User, organizationID string) bool {
	return u != nil && slices.ContainsFunc(b.letters, func(l *letterOut) bool { return l.of == organizationID && l.acceptedBy == u.ID })
}

// settle revokes what else invites a user to where they are a member.
func (b *mailbox) settle(u *roster.User) {
	now := b.clock.Load()
	for _, l := range b.letters {
		if b.owners[l.address] == u && l.statusAt(now) == roster.InvitationPending && b.joined(u, l.of) {
			l.status, l.updated = roster.InvitationRevoked, now
		}
	}
}

// invite asks an address unless that is refused, which the oracle foretells.
func (b *mailbox) invite() {
	o := pick(b.T, "organization", b.organizations)
	address := pick(b.T, "address", []string{"ann@x.io", "bo@x.io", "cy@x.io", "di@mail.x.io", "ann.b@x.io"})
	days := pick(b.T, "days", []int64{1, 2, 30})
	i, err := b.CreateInvitation(b.Context(), b.caller, o.ID, roster.CreateInvitation{EmailAddress: cased(b.T, address), Role: roster.RoleMember, ExpiresInDays: roster.Value(days)})
	refused := b.joined(b.owners[address], o.ID) || slices.ContainsFunc(b.letters, func(l *letterOut) bool {
		return l.of == o.ID && l.address == address && l.statusAt(b.clock.Load()) == roster.InvitationPending
	})
	if refused != (err != nil) {
		b.Fatalf("invite %s: %v, refusal foretold: %v", address, err, refused)
	}
	if err != nil {
		return
	}
	now := b.clock.Load()
	b.letters = append(b.letters, &letterOut{id: i.ID, of: o.ID, address: address, status: roster.InvitationPending, created: now, updated: now, expires: now + days*day, url: *i.URL})
}

// asks draws a query for one of the three lists and compares.
func (b *mailbox) compare() {
	a := &asker{T: b.T, directory: &directory{}}
	q := roster.InvitationQuery{Paging: a.paging(nil), OrderBy: a.order(roster.InvitationOrders)}
	for range index(b.T, "statuses", 4) {
		q.Status = append(q.Status, pick(b.T, "status", roster.InvitationStatuses))
	}
	now := b.clock.Load()
	stands := func(l *letterOut) bool { return len(q.Status) == 0 || slices.Contains(q.Status, l.statusAt(now)) }
	var got roster.Page[roster.Invitation]
	var err error
	holds := stands
	switch index(b.T, "list", 3) {
	case 0:
		o := pick(b.T, "organization", b.organizations)
		if chance(b.T, "address", 2) {
			q.EmailAddress = pick(b.T, "address", []string{"ANN@x.io", "di@mail.x.io", "x.io"})
		}
		holds = func(l *letterOut) bool {
			return stands(l) && l.of == o.ID && (q.EmailAddress == "" || l.address == strings.ToLower(q.EmailAddress))
		}
		got, err = b.Invitations(b.Context(), b.caller, o.ID, q)
	case 1:
		q.Query = pick(b.T, "query", []string{"", "ann", "X.IO", "%", "_", "@mail"})
		holds = func(l *letterOut) bool { return stands(l) && strings.Contains(l.address, strings.ToLower(q.Query)) }
		got, err = b.InstanceInvitations(b.Context(), b.caller, q)
	case 2:
		u := b.owners[pick(b.T, "user", []string{"ann@x.io", "bo@x.io"})]
		q.OrderBy = roster.Order{}
		holds = func(l *letterOut) bool { return stands(l) && (b.owners[l.address] == u || l.acceptedBy == u.ID) }
		got, err = b.UserInvitations(b.Context(), b.caller, u.ID, q)
	}
	b.must(err)
	page, total := expect(b.letters, q.OrderBy.Or(roster.Desc("created_at")), q.Paging, holds)
	var rows, want []letterOut
	for _, i := range got.Data {
		rows = append(rows, letterOut{id: i.ID, of: i.OrganizationID, address: i.EmailAddress, status: i.Status, created: i.CreatedAt, updated: i.UpdatedAt, expires: i.ExpiresAt, url: opt(i.URL)})
	}
	for _, l := range page {
		w := *l
		w.status, w.acceptedBy = l.statusAt(now), ""
		if w.status != roster.InvitationPending {
			w.url = opt(nil)
		}
		want = append(want, w)
	}
	if !slices.Equal(rows, want) || got.TotalCount != total {
		b.Fatalf("%+v\ngot  %d %+v\nwant %d %+v", q, got.TotalCount, rows, total, want)
	}
}

// TestInvitationListsEqualOracle draws invitations, lets them be accepted, revoked and
// forgotten, and asks random queries: every list answers what plain loops predict.
func TestInvitationListsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(5 * time.Second)
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			b := drawMailbox(t, newInstance(t, st, service.Options{Rand: rand.NewChaCha8([32]byte{byte(index(t, "ids", 4))})}))
			for range 10 {
				b.compare()
			}
		})
	})
}
