package store

import (
	"strings"

	"github.com/rosterhq/roster"
)

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

// RoleInSet is the id of the role with a key, if the role set with a key has it, or
// ErrNotFound.
func (tx *Tx) RoleInSet(roleSetKey, key string) (id string, err error) {
	err = tx.one(`select r.id
from roles r
join role_set_roles sr on sr.instance_id = r.instance_id and sr.role_id = r.id
join role_sets s on s.instance_id = r.instance_id and s.id = sr.role_set_id
where r.instance_id = $1 and r.key = $2 and s.key = $3`, []any{tx.Instance, key, roleSetKey}, &id)
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

// ImportInitialRoleSet makes the role set that an export from before there were any
// stands for, once, and returns its id: all roles of the instance, as the migration
// that brought role sets made it of roles that were there.
func (tx *Tx) ImportInitialRoleSet() (id string, err error) {
	id = roster.PrefixRoleSet + strings.TrimPrefix(tx.Instance, roster.PrefixInstance)
	n, err := tx.exec(`insert into role_sets (instance_id, id, key, name, default_role_id, creator_role_id, created_at, updated_at)
select r.instance_id, cast($2 as text), cast($3 as text), cast($4 as text),
	coalesce((select m.id from roles m where m.instance_id = r.instance_id and m.key = $5), r.id), r.id, r.created_at, r.created_at
from roles r
where r.instance_id = $1 and r.key = $6
on conflict do nothing`, tx.Instance, id, roster.InitialRoleSetKey, roster.InitialRoleSetName, roster.RoleMember, roster.RoleAdmin)
	if err != nil || n == 0 {
		return id, err
	}
	_, err = tx.exec(`insert into role_set_roles (instance_id, role_set_id, position, role_id)
select instance_id, cast($2 as text), row_number() over (order by created_at, id) - 1, id
from roles
where instance_id = $1`, tx.Instance, id)
	return id, err
}
