package e2e

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// stages are the writes a person goes through, one after another.
const (
	signedUp = iota + 1
	joined
	merged
	promoted
	last // left, founded an organization, or took another name: by the person's number
)

// person is what the server acknowledged of one user's writes: the first stage of
// them, and whether the next was sent and never answered.
type person struct {
	tag   string
	n     int
	id    string
	stage int
	doubt bool
}

func (p *person) email() string { return p.tag + "@example.com" }

// ledger is what was acknowledged of all writes.
type ledger struct {
	home   string // the organization everybody joins
	mu     sync.Mutex
	people []*person
	acks   atomic.Int64
}

// newLedger makes the home organization.
func newLedger(ctx context.Context, c *client.Client) (*ledger, error) {
	home, err := c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Home"})
	if err != nil {
		return nil, err
	}
	return &ledger{home: home.ID}, nil
}

func (l *ledger) person(tag string, n int) *person {
	p := &person{tag: tag, n: n}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.people = append(l.people, p)
	return p
}

// write sends the person's next write. While it is under way, and when it fails,
// it is in doubt.
func (l *ledger) write(ctx context.Context, c *client.Client, p *person) (err error) {
	p.doubt = true
	members := c.OrganizationMemberships
	switch p.stage + 1 {
	case signedUp:
		var u *roster.User
		u, err = c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{p.email()}, SkipPasswordRequirement: true})
		if err == nil {
			p.id = u.ID
		}
	case joined:
		_, err = members.Create(ctx, l.home, roster.CreateMembership{UserID: p.id, Role: roster.RoleMember})
	case merged:
		_, err = members.UpdateMetadata(ctx, l.home, p.id, roster.UpdateMetadata{PublicMetadata: p.data()})
	case promoted:
		_, err = members.Update(ctx, l.home, p.id, roster.UpdateMembership{Role: roster.RoleAdmin})
	case last:
		err = l.writeLast(ctx, c, p)
	}
	if err != nil {
		return err
	}
	p.stage, p.doubt = p.stage+1, false
	l.acks.Add(1)
	return nil
}

func (l *ledger) writeLast(ctx context.Context, c *client.Client, p *person) (err error) {
	switch p.n % 3 {
	case 0:
		_, err = c.OrganizationMemberships.Delete(ctx, l.home, p.id)
	case 1:
		_, err = c.Organizations.Create(ctx, roster.CreateOrganization{Name: p.tag, CreatedBy: roster.Value(p.id)})
	case 2:
		_, err = c.Users.Update(ctx, p.id, roster.UpdateUser{FirstName: roster.Value(p.tag)})
	}
	return err
}

func (p *person) data() roster.Metadata { return roster.Metadata(fmt.Sprintf(`{"n":%d}`, p.n)) }

// writers let n writers take one person after another through the stages until
// each met an error it was not told to expect, and returns those errors. After each
// acknowledged write acked is called.
func (l *ledger) writers(ctx context.Context, c *client.Client, n int, tag string, acked func()) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for w := range n {
		all.Go(func() {
			for i := 1; errs[w] == nil && ctx.Err() == nil; i++ {
				p := l.person(fmt.Sprintf("%s-w%d-n%d", tag, w, i), i)
				for p.stage < last && errs[w] == nil {
					if errs[w] = l.write(ctx, c, p); errs[w] == nil {
						acked()
					}
				}
			}
		})
	}
	all.Wait()
	return errs
}
