package service_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// right is a permission as the model knows it, and duty a role.
type right struct {
	id, called, description string // called is its key
	name                    text
	system                  bool
	created, updated        int64
}

type duty struct {
	id, called, description string
	name                    text
	rights                  []*right
	created, updated        int64
}

func (r *right) key() string { return r.id }
func (d *duty) key() string  { return d.id }

func (r *right) place(by string) place { return placeOfNamed(by, r.created, r.name.raw, r.called) }
func (d *duty) place(by string) place  { return placeOfNamed(by, d.created, d.name.raw, d.called) }

func placeOfNamed(by string, created int64, name, key string) place {
	switch by {
	case "name":
		return byText(name)
	case "key":
		return byText(key)
	}
	return byTime(&created)
}

func (d *duty) holds(key string) bool {
	return slices.ContainsFunc(d.rights, func(r *right) bool { return r.called == key })
}

func (d *duty) elevated() bool {
	return !slices.ContainsFunc(roster.ElevatedPermissions, func(key string) bool { return !d.holds(key) })
}

// charter is the model of an instance's roles and permissions and of who has which
// role.
type charter struct {
	*rapid.T
	*world
	org     *roster.Organization
	rights  []*right
	duties  []*duty
	holders map[string]*duty // members of org, by user
	people  []*roster.User

	creator, standard *duty // of the settings
}

// TestRolesEqualModel makes random changes to roles, permissions and who has which
// role. Each must be refused or carried out as the model says, and after each all
// that roles, permissions and members show must be what the model holds.
func TestRolesEqualModel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(8 * time.Second)
		changes := 0
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			c := newCharter(t, randomWorld(t, st))
			for range 5 + index(t, "changes", 40) {
				c.clock.Add(pick(t, "tick", []int64{0, 1, 1000}))
				c.change()
				c.compare()
				changes++
			}
			c.find()
		})
		t.Logf("%d changes", changes)
	})
}

func newCharter(t *rapid.T, w *world) *charter {
	c := &charter{T: t, world: w, holders: map[string]*duty{}}
	permissions, err := w.Permissions(t.Context(), w.caller, roster.PermissionQuery{Paging: roster.Paging{Limit: 500}})
	c.agree("list permissions", err, "")
	for _, p := range permissions.Data {
		c.rights = append(c.rights, &right{id: p.ID, called: p.Key, description: p.Description, name: plain(p.Name), system: true, created: p.CreatedAt, updated: p.UpdatedAt})
	}
	roles, err := w.Roles(t.Context(), w.caller, roster.RoleQuery{})
	c.agree("list roles", err, "")
	for _, r := range roles.Data {
		d := &duty{id: r.ID, called: r.Key, description: *r.Description, name: plain(r.Name), created: r.CreatedAt, updated: r.UpdatedAt}
		for _, p := range r.Permissions {
			d.rights = append(d.rights, c.right(p.ID))
		}
		c.duties = append(c.duties, d)
	}
	c.standard, c.creator = c.duties[0], c.duties[1] // newest first
	c.org = w.organization(t, roster.CreateOrganization{})
	for range 3 {
		c.people = append(c.people, w.user(t, roster.CreateUser{}))
	}
	return c
}

func (c *charter) right(id string) *right {
	i := slices.IndexFunc(c.rights, func(r *right) bool { return r.id == id })
	if i < 0 {
		return nil
	}
	return c.rights[i]
}

// anyRight is one of the permissions, mostly, and its id.
func (c *charter) anyRight() (*right, string) {
	if chance(c.T, "unknown permission", 12) {
		return nil, "perm_none"
	}
	r := pick(c.T, "permission", c.rights)
	return r, r.id
}

func (c *charter) anyDuty() (*duty, string) {
	if chance(c.T, "unknown role", 12) {
		return nil, "role_none"
	}
	d := pick(c.T, "role", c.duties)
	return d, d.id
}

// drawRights are permissions for a role, and whether they can be given.
func (c *charter) drawRights() (rights []*right, ids []string, code roster.Code) {
	ids = []string{}
	if chance(c.T, "elevated", 3) {
		for _, r := range c.rights {
			if slices.Contains(roster.ElevatedPermissions, r.called) {
				rights, ids = append(rights, r), append(ids, r.id)
			}
		}
	}
	for range index(c.T, "permissions", 4) {
		r, id := c.anyRight()
		if slices.Contains(ids, id) {
			return nil, append(ids, id), roster.CodeParamDuplicate
		}
		if ids = append(ids, id); r == nil {
			code = roster.CodeFormResourceNotFound
		}
		rights = append(rights, r)
	}
	return rights, ids, code
}

func (c *charter) drawName() text { return notBlank(write(c.T, letters(c.T, 3))) }

// agree compares what became of a change with what was due, and reports whether it
// was carried out.
func (c *charter) agree(what string, err error, want roster.Code) bool {
	c.Helper()
	if want == "" && err != nil || want != "" && !errors.Is(err, want) {
		c.Fatalf("%s: got %v, want %q", what, err, want)
	}
	return err == nil
}

func (c *charter) change() {
	switch index(c.T, "change", 12) {
	case 0:
		c.createPermission()
	case 1:
		c.updatePermission()
	case 2:
		c.deletePermission()
	case 3:
		c.createRole()
	case 4, 5:
		c.updateRole()
	case 6:
		c.deleteRole()
	case 7:
		c.assign()
	case 8:
		c.unassign()
	case 9:
		c.set()
	default:
		c.appoint()
	}
}

// find asks the lists for some of what there is.
func (c *charter) find() {
	for range 4 {
		order := roster.Order{By: pick(c.T, "order_by", roster.RoleOrders), Desc: chance(c.T, "desc", 2)}
		page := roster.Paging{Limit: pick(c.T, "limit", []int{0, 1, 2, 500}), Offset: pick(c.T, "offset", []int64{0, 0, 1, 3, 1<<63 - 1})}
		var asked text
		if chance(c.T, "query", 2) {
			asked = part(c.T, c.named())
		}
		if chance(c.T, "by id", 6) {
			asked = plain(pick(c.T, "id", append(keysOf(c.duties), keysOf(c.rights)...)))
		}
		matches := func(id, called string, name text) bool {
			return id == asked.raw || contains([]text{plain(called), name}, asked)
		}
		rights, total := expect(c.rights, order, page, func(r *right) bool { return matches(r.id, r.called, r.name) })
		permissions, err := c.Permissions(c.Context(), c.caller, roster.PermissionQuery{OrderBy: order, Paging: page, Query: asked.raw})
		c.agree("list permissions", err, "")
		same(c.T, "permissions", asked.raw, permissions.Data, permissionsOf(rights), permissions.TotalCount, total)
		duties, total := expect(c.duties, order, page, func(d *duty) bool { return matches(d.id, d.called, d.name) })
		roles, err := c.Roles(c.Context(), c.caller, roster.RoleQuery{OrderBy: order, Paging: page, Query: asked.raw})
		c.agree("list roles", err, "")
		same(c.T, "roles", asked.raw, roles.Data, rolesOf(duties), roles.TotalCount, total)
	}
}

func (c *charter) named() (out []text) {
	for _, r := range c.rights {
		out = append(out, plain(r.called), r.name)
	}
	for _, d := range c.duties {
		out = append(out, plain(d.called), d.name)
	}
	return out
}

func permissionsOf(rights []*right) []roster.Permission {
	out := []roster.Permission{}
	for _, r := range rights {
		kind := roster.PermissionUser
		if r.system {
			kind = roster.PermissionSystem
		}
		out = append(out, roster.Permission{Object: "permission", ID: r.id, Name: r.name.raw, Key: r.called, Description: r.description, Type: kind, CreatedAt: r.created, UpdatedAt: r.updated})
	}
	return out
}

func rolesOf(duties []*duty) []roster.Role {
	out := []roster.Role{}
	for _, d := range duties {
		role := roster.Role{Object: "role", ID: d.id, Name: d.name.raw, Key: d.called, IsCreatorEligible: d.elevated(), Permissions: permissionsOf(d.rights), CreatedAt: d.created, UpdatedAt: d.updated}
		if d.description != "" {
			role.Description = &d.description
		}
		out = append(out, role)
	}
	return out
}

// compare holds all that is shown against the model.
func (c *charter) compare() {
	c.Helper()
	all, order := roster.Paging{Limit: 500}, roster.Asc("created_at")
	rights, total := expect(c.rights, order, all, func(*right) bool { return true })
	permissions, err := c.Permissions(c.Context(), c.caller, roster.PermissionQuery{OrderBy: order, Paging: all})
	c.agree("list permissions", err, "")
	same(c.T, "permissions", "all", permissions.Data, permissionsOf(rights), permissions.TotalCount, total)
	duties, total := expect(c.duties, order, all, func(*duty) bool { return true })
	roles, err := c.Roles(c.Context(), c.caller, roster.RoleQuery{OrderBy: order, Paging: all})
	c.agree("list roles", err, "")
	same(c.T, "roles", "all", roles.Data, rolesOf(duties), roles.TotalCount, total)
	settings, err := c.OrganizationSettings(c.Context(), c.caller)
	c.agree("read settings", err, "")
	if settings.CreatorRole != c.creator.called || settings.DomainsDefaultRole != c.standard.called {
		c.Fatalf("creators are %s and comers %s, want %s and %s", settings.CreatorRole, settings.DomainsDefaultRole, c.creator.called, c.standard.called)
	}
	members, err := c.Memberships(c.Context(), c.caller, c.org.ID, roster.MembershipQuery{Paging: all})
	c.agree("list members", err, "")
	if len(members.Data) != len(c.holders) {
		c.Fatalf("%d members, want %d", len(members.Data), len(c.holders))
	}
	for _, m := range members.Data {
		d, keys := c.holders[m.PublicUserData.UserID], []string{}
		for _, r := range d.rights {
			keys = append(keys, r.called)
		}
		if m.Role != d.called || m.RoleName != d.name.raw || !slices.Equal(m.Permissions, keys) {
			c.Fatalf("member shows %s %q %v, want %s %q %v", m.Role, m.RoleName, m.Permissions, d.called, d.name.raw, keys)
		}
	}
}
