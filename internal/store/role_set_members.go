package store

import (
	"maps"
	"slices"

	"github.com/rosterhq/roster"
)

// OrganizationOfRoles is an organization with a member of one of the roles lost and
// none of the roles kept, among those with a role set or, for "", all; ErrNotFound
// when there is none.
func (tx *Tx) OrganizationOfRoles(roleSetID string, lost, kept []string) (id string, err error) {
	c := (&clause{}).add("select t.organization_id\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
	c.in("t.role_id", lost)
	if roleSetID != "" {
		c.and(`exists (select 1 from organizations o
		where o.instance_id = t.instance_id and o.id = t.organization_id and o.role_set_id = ?)`, roleSetID)
	}
	if len(kept) > 0 {
		c.and(`not exists (select 1 from memberships k
		where k.instance_id = t.instance_id and k.organization_id = t.organization_id and k.role_id in (`+marks(len(kept))+"))", texts(kept)...)
	}
	err = tx.one(c.add("\nlimit 1").String(), c.args, &id)
	return id, err
}

// RolesBesides are the keys of roles that members of organizations have, or that
// somebody was invited to have otherwise than by a domain, and a role set lacks: of one
// organization, or of all that have another set.
func (tx *Tx) RolesBesides(organizationID, otherSetID, roleSetID string) (keys []string, err error) {
	c := (&clause{}).add("select t.key\nfrom roles t\nwhere t.instance_id = ?", tx.Instance)
	c.and(`not exists (select 1 from role_set_roles sr
		where sr.instance_id = t.instance_id and sr.role_set_id = ? and sr.role_id = t.id)`, roleSetID)
	if organizationID != "" {
		c.and(`(exists (select 1 from memberships m
			where m.instance_id = t.instance_id and m.role_id = t.id and m.organization_id = ?)
		or exists (select 1 from organization_invitations i
			where i.instance_id = t.instance_id and i.role_id = t.id and i.organization_id = ? and i.domain_id is null
				and i.status = 'pending' and i.expires_at > ?))`, organizationID, organizationID, tx.Now)
	}
	if otherSetID != "" {
		c.and(`(exists (select 1 from memberships m
			join organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
			where m.instance_id = t.instance_id and m.role_id = t.id and o.role_set_id = ?)
		or exists (select 1 from organization_invitations i
			join organizations o on o.instance_id = i.instance_id and o.id = i.organization_id
			where i.instance_id = t.instance_id and i.role_id = t.id and o.role_set_id = ? and i.domain_id is null
				and i.status = 'pending' and i.expires_at > ?))`, otherSetID, otherSetID, tx.Now)
	}
	err = tx.query(c.add("\norder by t.key").String(), c.args, func(r row) error {
		var key string
		err := r.scan(&key)
		keys = append(keys, key)
		return err
	})
	return keys, err
}

// OrganizationsOfRoles are organizations with a role set in which somebody has one
// of the roles: those behind an id, in the order of ids, a bounded number.
func (tx *Tx) OrganizationsOfRoles(roleSetID string, roles []string, behind string) ([]string, error) {
	c := (&clause{}).add("select t.id\nfrom organizations t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.role_set_id = ?", roleSetID).and("t.id > ?", behind)
	c.and(`exists (select 1 from memberships m
		where m.instance_id = t.instance_id and m.organization_id = t.id and m.role_id in (`+marks(len(roles))+"))", texts(roles)...)
	return tx.ids(c.add("\norder by t.id\nlimit ?", reassignChunk))
}

// reassignChunk is how many rows are read and changed at a time.
const reassignChunk = 500

func (tx *Tx) ids(c *clause) (ids []string, err error) {
	err = tx.query(c.String(), c.args, func(r row) error {
		var id string
		err := r.scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}

// ReassignRoles gives members of an organization who have one of the roles another,
// as to has it by role ids, and calls each with those changed, oldest first, a bounded
// number at a time.
func (tx *Tx) ReassignRoles(organizationID string, to map[string]string, each func([]roster.Membership) error) error {
	var last roster.Membership
	for {
		c := (&clause{}).add("select "+membershipColumns+"\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
		c.and("t.organization_id = ?", organizationID).in("t.role_id", sortedKeys(to))
		if last.ID != "" {
			c.and("(t.created_at, t.id) > (?, ?)", last.CreatedAt, last.ID)
		}
		list, err := tx.membershipRows(c.add("\norder by t.created_at, t.id\nlimit ?", reassignChunk))
		if err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1]
		if list, err = tx.reassign(list, to); err != nil {
			return err
		}
		if err := each(list); err != nil {
			return err
		}
	}
}

// reassign changes the roles of memberships and reads them again, without those that
// are gone since.
func (tx *Tx) reassign(list []roster.Membership, to map[string]string) ([]roster.Membership, error) {
	byRole, all := map[string][]string{}, make([]string, len(list))
	for i, m := range list {
		all[i] = m.ID
		byRole[m.Role] = append(byRole[m.Role], m.ID)
	}
	for _, from := range sortedKeys(to) {
		ids := byRole[tx.roles[from].key]
		if len(ids) == 0 {
			continue
		}
		c := (&clause{}).add("update memberships\nset role_id = ?, updated_at = ?\nwhere instance_id = ?", to[from], tx.Now, tx.Instance)
		n, err := tx.exec(c.in("id", ids).String(), c.args...)
		if err != nil {
			return nil, err
		}
		tx.moveMembers(list[0].Organization.ID, from, to[from], n)
	}
	c := (&clause{}).add("select "+membershipColumns+"\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
	c.in("t.id", all).add("\norder by t.created_at, t.id")
	list, err := tx.membershipRows(c)
	return slices.DeleteFunc(list, func(m roster.Membership) bool { return m.Organization == nil }), err
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// MoveOrganizations gives some organizations with a role set another, by id, and
// returns them as they are then; none once none is left.
func (tx *Tx) MoveOrganizations(roleSetID, to string) ([]*roster.Organization, error) {
	ids, err := tx.ids((&clause{}).add("select t.id\nfrom organizations t\nwhere t.instance_id = ?", tx.Instance).
		and("t.role_set_id = ?", roleSetID).add("\norder by t.id\nlimit ?", reassignChunk))
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	c := (&clause{}).add("update organizations\nset role_set_id = ?, updated_at = ?\nwhere instance_id = ?", to, tx.Now, tx.Instance)
	if _, err := tx.exec(c.in("id", ids).String(), c.args...); err != nil {
		return nil, err
	}
	found, err := tx.organizationsByID(ids)
	list := make([]*roster.Organization, 0, len(ids))
	for _, id := range ids {
		if o := found[id]; o != nil { // not deleted since
			list = append(list, o)
		}
	}
	return list, err
}

// SetRoleSet gives an organization a role set, in which all its members' roles are.
func (tx *Tx) SetRoleSet(organizationID, roleSetID string) error {
	_, err := tx.exec(`update organizations
set role_set_id = $3
where instance_id = $1 and id = $2`, tx.Instance, organizationID, roleSetID)
	return err
}

// RoleSetUsed reports whether any organization has a role set.
func (tx *Tx) RoleSetUsed(id string) (bool, error) {
	ids, err := tx.ids((&clause{}).add("select t.id\nfrom organizations t\nwhere t.instance_id = ?", tx.Instance).
		and("t.role_set_id = ?", id).add("\nlimit 1"))
	return len(ids) > 0, err
}
