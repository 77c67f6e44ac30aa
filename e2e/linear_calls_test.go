package e2e

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// kinds are the calls of a history, the frequent ones more than once.
var kinds = []string{"create", "create", "role", "merge", "merge", "merge", "merge", "delete", "get", "get", "get", "list", "list", "rename"}

func randomCall(rng *rand.Rand) call {
	return call{
		kind:  kinds[rng.IntN(len(kinds))],
		who:   rng.IntN(people),
		role:  []string{roster.RoleAdmin, roster.RoleMember}[rng.IntN(2)],
		key:   rng.IntN(keys),
		value: rng.IntN(50), // 0 takes the key away
	}
}

// office is one organization and the users that a history is about.
type office struct {
	id    string
	users [people]string
}

// newOffice makes one, nobody in it yet.
func newOffice(ctx context.Context, c *client.Client, tag string) (*office, error) {
	org, err := c.Organizations.Create(ctx, roster.CreateOrganization{Name: tag})
	if err != nil {
		return nil, err
	}
	o := &office{id: org.ID}
	for i := range o.users {
		u, err := c.Users.Create(ctx, roster.CreateUser{
			EmailAddress: []string{fmt.Sprintf("%s-%d@example.com", tag, i)}, FirstName: roster.Value("0"), SkipPasswordRequirement: true,
		})
		if err != nil {
			return nil, err
		}
		o.users[i] = u.ID
	}
	return o, nil
}

// do sends a call and reads the answer.
func (o *office) do(ctx context.Context, c *client.Client, in call) (answer, error) {
	members, user := c.OrganizationMemberships, o.users[in.who]
	data := roster.Metadata(fmt.Sprintf(`{"k%d":%d}`, in.key, in.value))
	if in.value == 0 {
		data = roster.Metadata(fmt.Sprintf(`{"k%d":null}`, in.key))
	}
	var m *roster.Membership
	var err error
	switch in.kind {
	case "create":
		if in.value == 0 { // a new field keeps null
			data = nil
		}
		m, err = members.Create(ctx, o.id, roster.CreateMembership{UserID: user, Role: in.role, PublicMetadata: data})
	case "role":
		m, err = members.Update(ctx, o.id, user, roster.UpdateMembership{Role: in.role})
	case "merge":
		m, err = members.UpdateMetadata(ctx, o.id, user, roster.UpdateMetadata{PublicMetadata: data})
	case "delete":
		m, err = members.Delete(ctx, o.id, user)
	case "get":
		m, err = members.Get(ctx, o.id, user)
	case "rename":
		_, err = c.Users.Update(ctx, user, roster.UpdateUser{FirstName: roster.Value(fmt.Sprint(in.value))})
	case "list":
		return o.list(ctx, c)
	}
	if err != nil || m == nil {
		return failed(err)
	}
	read, err := readMember(*m)
	return answer{member: read}, err
}

func (o *office) list(ctx context.Context, c *client.Client) (answer, error) {
	page, err := c.OrganizationMemberships.List(ctx, o.id, roster.MembershipQuery{Paging: roster.Paging{Limit: 100}})
	if err != nil {
		return failed(err)
	}
	a := answer{total: page.TotalCount}
	for _, m := range page.Data {
		for i, id := range o.users {
			if id != m.PublicUserData.UserID {
				continue
			}
			if a.all[i].role != "" {
				return a, fmt.Errorf("user %d is listed twice", i)
			}
			if a.all[i], err = readMember(m); err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

// failed tells refusals, which are answers and the model's to judge, from what is
// not known to have happened.
func failed(err error) (answer, error) {
	var answered *roster.ErrorResponse
	var refusal *roster.Error
	switch {
	case err == nil:
		return answer{}, nil
	case !errors.As(err, &answered), answered.Status == 503:
		return answer{unknown: true}, nil
	case errors.As(err, &refusal):
		return answer{code: refusal.Code}, nil
	}
	return answer{}, err
}

func readMember(m roster.Membership) (member, error) {
	out := member{role: m.Role}
	data := map[string]int{}
	if err := m.PublicMetadata.Decode(&data); err != nil {
		return out, err
	}
	for k := range out.data {
		out.data[k] = data[fmt.Sprintf("k%d", k)]
	}
	if m.PublicUserData.FirstName == nil {
		return out, fmt.Errorf("membership %s shows no first name", m.ID)
	}
	_, err := fmt.Sscan(strings.TrimSpace(*m.PublicUserData.FirstName), &out.name)
	return out, err
}
