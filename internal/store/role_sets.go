package store

import (
	"github.com/rosterhq/roster"
)

// The last of the columns says whether the set is the initial one.
const roleSetColumns = `t.id, t.key, t.name, t.description, t.default_role_id, t.creator_role_id, t.created_at, t.updated_at,
	t.id = (select i.initial_role_set_id from instances i where i.id = t.instance_id)`

// scanRoleSet reads a row without its roles.
func scanRoleSet(r row) (roster.RoleSet, error) {
	s := roster.RoleSet{Object: "role_set", Type: roster.RoleSetCustom, Roles: []roster.RoleSetItem{},
		DefaultRole: &roster.RoleSetItem{}, CreatorRole: &roster.RoleSetItem{}}
	initial := false
	err := r.scan(&s.ID, &s.Key, &s.Name, &s.Description, &s.DefaultRole.ID, &s.CreatorRole.ID, &s.CreatedAt, &s.UpdatedAt, &initial)
	if initial {
		s.Type = roster.RoleSetInitial
	}
	return s, err
}

// RoleSet is the role set with a key or an id, or ErrNotFound.
func (tx *Tx) RoleSet(keyOrID string) (roster.RoleSet, error) {
	list := []roster.RoleSet{}
	err := tx.query(`select `+roleSetColumns+`
from role_sets t
where t.instance_id = $1 and (t.key = $2 or t.id = $2)`, []any{tx.Instance, keyOrID}, func(r row) error {
		s, err := scanRoleSet(r)
		list = append(list, s)
		return err
	})
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err == nil {
		err = tx.loadItems(list)
	}
	if err != nil {
		return roster.RoleSet{}, err
	}
	return list[0], nil
}

// RoleSetByKey is the id of the role set with a key, and its creator role's, or
// ErrNotFound.
func (tx *Tx) RoleSetByKey(key string) (id, creatorRoleID string, err error) {
	err = tx.one(`select id, creator_role_id
from role_sets
where instance_id = $1 and key = $2`, []any{tx.Instance, key}, &id, &creatorRoleID)
	return id, creatorRoleID, err
}

// RoleSets is one page of the instance's role sets.
func (tx *Tx) RoleSets(q roster.RoleSetQuery) (roster.Page[roster.RoleSet], error) {
	page, err := named[roster.RoleSet]{
		table: "role_sets", columns: roleSetColumns, scan: scanRoleSet,
		texts: func(s *roster.RoleSet) (id, key, name string) { return s.ID, s.Key, s.Name },
	}.page(tx, q.Query, q.OrderBy, q.Paging)
	if err != nil {
		return page, err
	}
	return page, tx.loadItems(page.Data)
}

// loadItems adds the roles of all sets of a page, and how many members have each.
func (tx *Tx) loadItems(sets []roster.RoleSet) error {
	if len(sets) == 0 {
		return nil
	}
	ids := make([]string, len(sets))
	for i := range sets {
		ids[i] = sets[i].ID
	}
	members, err := tx.countBySet(ids)
	if err != nil {
		return err
	}
	c := (&clause{}).add(`select sr.role_set_id, r.id, r.name, r.key, r.description, r.created_at, r.updated_at
from role_set_roles sr
join roles r on r.instance_id = sr.instance_id and r.id = sr.role_id
where sr.instance_id = ?`, tx.Instance)
	c.in("sr.role_set_id", ids).add("\norder by sr.role_set_id, sr.position, r.id")
	items := map[string][]roster.RoleSetItem{}
	err = tx.query(c.String(), c.args, func(r row) error {
		var set string
		item := roster.RoleSetItem{Object: "role_set_item"}
		err := r.scan(&set, &item.ID, &item.Name, &item.Key, &item.Description, &item.CreatedAt, &item.UpdatedAt)
		item.MembersCount = members[[2]string{set, item.ID}]
		item.HasMembers = item.MembersCount > 0
		items[set] = append(items[set], item)
		return err
	})
	if err != nil {
		return err
	}
	for i := range sets {
		s := &sets[i]
		s.Roles = append(s.Roles, items[s.ID]...)
		s.DefaultRole, s.CreatorRole = itemOf(s, s.DefaultRole.ID), itemOf(s, s.CreatorRole.ID)
	}
	return nil
}

func itemOf(s *roster.RoleSet, roleID string) *roster.RoleSetItem {
	for i := range s.Roles {
		if s.Roles[i].ID == roleID {
			return &s.Roles[i]
		}
	}
	return nil
}

// countBySet counts members by role set and role.
func (tx *Tx) countBySet(ids []string) (map[[2]string]int64, error) {
	c := (&clause{}).add(`select o.role_set_id, m.role_id, count(*)
from organizations o
join memberships m on m.instance_id = o.instance_id and m.organization_id = o.id
where o.instance_id = ?`, tx.Instance)
	c.in("o.role_set_id", ids).add("\ngroup by o.role_set_id, m.role_id")
	counts := map[[2]string]int64{}
	err := tx.query(c.String(), c.args, func(r row) error {
		var of [2]string
		var n int64
		err := r.scan(&of[0], &of[1], &n)
		counts[of] = n
		return err
	})
	return counts, err
}

// CountRoleSets is how many role sets the instance has.
func (tx *Tx) CountRoleSets() (n int64, err error) {
	err = tx.one(`select count(*)
from role_sets
where instance_id = $1`, []any{tx.Instance}, &n)
	return n, err
}

// UpdateRoleSet writes a role set's columns. Whoever gives it another key has made
// sure that nobody else has or gets that.
func (tx *Tx) UpdateRoleSet(s roster.RoleSet) error {
	_, err := tx.exec(`update role_sets
set key = $3, name = $4, description = $5, default_role_id = $6, creator_role_id = $7, updated_at = $8
where instance_id = $1 and id = $2`, tx.Instance, s.ID, s.Key, s.Name, s.Description, s.DefaultRole.ID, s.CreatorRole.ID, tx.Now)
	return err
}

// DeleteRoleSet removes a role set, which no organization may have.
func (tx *Tx) DeleteRoleSet(id string) error {
	for _, sql := range []string{
		`delete from role_set_roles where instance_id = $1 and role_set_id = $2`,
		`delete from role_sets where instance_id = $1 and id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, id); err != nil {
			return err
		}
	}
	return nil
}

// RemoveRoleFromSet takes a role out of a set.
func (tx *Tx) RemoveRoleFromSet(roleSetID, roleID string) error {
	_, err := tx.exec(`delete from role_set_roles
where instance_id = $1 and role_set_id = $2 and role_id = $3`, tx.Instance, roleSetID, roleID)
	return err
}

// ExchangeRoleInSet puts a role, which the set does not have, in another's place.
func (tx *Tx) ExchangeRoleInSet(roleSetID, roleID, by string) error {
	_, err := tx.exec(`update role_set_roles
set role_id = $4
where instance_id = $1 and role_set_id = $2 and role_id = $3`, tx.Instance, roleSetID, roleID, by)
	return err
}

// InsertRoleSet adds a role set with roles, in their order; ErrTaken when another
// has its key. Whether it is the initial one is the instance's to say.
func (tx *Tx) InsertRoleSet(s roster.RoleSet) error {
	n, err := tx.exec(`insert into role_sets (instance_id, id, key, name, description, default_role_id, creator_role_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict do nothing`, tx.Instance, s.ID, s.Key, s.Name, s.Description, s.DefaultRole.ID, s.CreatorRole.ID, tx.Now, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	for _, r := range s.Roles {
		if err != nil {
			return err
		}
		err = tx.AddRoleToSet(s.ID, r.ID)
	}
	return err
}

// AddRoleToSet makes a role the last of a set's, unless it is one of them.
func (tx *Tx) AddRoleToSet(roleSetID, roleID string) error {
	_, err := tx.exec(`insert into role_set_roles (instance_id, role_set_id, position, role_id)
select cast($1 as text), cast($2 as text), coalesce(max(position) + 1, 0), cast($3 as text)
from role_set_roles
where instance_id = $1 and role_set_id = $2
on conflict do nothing`, tx.Instance, roleSetID, roleID)
	return err
}

// RoleOfOrganization is the id of the role with a key, if the role set of an
// organization has it, or ErrNotFound.
func (tx *Tx) RoleOfOrganization(organizationID, key string) (id string, err error) {
	err = tx.one(`select r.id
from organizations o
join role_set_roles sr on sr.instance_id = o.instance_id and sr.role_set_id = o.role_set_id
join roles r on r.instance_id = sr.instance_id and r.id = sr.role_id
where o.instance_id = $1 and o.id = $2 and r.key = $3`, []any{tx.Instance, organizationID, key}, &id)
	return id, err
}

// DefaultOfSets reports whether any role set gives a role to those who create
// organizations, and whether any gives it to new members.
func (tx *Tx) DefaultOfSets(roleID string) (creator, member bool, err error) {
	err = tx.query(`select creator_role_id = $2, default_role_id = $2
from role_sets
where instance_id = $1`, []any{tx.Instance, roleID}, func(r row) error {
		var c, m bool
		err := r.scan(&c, &m)
		creator, member = creator || c, member || m
		return err
	})
	return creator, member, err
}
