package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

// roleInfo is what a membership shows of its role.
type roleInfo struct {
	id, key, name string
	permissions   []string
}

const roleColumns = `t.id, t.key, t.name, t.description, t.is_creator_eligible, t.created_at, t.updated_at`

// scanRole reads a row without its permissions.
func scanRole(r row) (roster.Role, error) {
	role := roster.Role{Object: "role", Permissions: []roster.Permission{}}
	err := r.scan(&role.ID, &role.Key, &role.Name, &role.Description, &role.IsCreatorEligible, &role.CreatedAt, &role.UpdatedAt)
	return role, err
}

// InsertRole adds a role; its permissions keep their order. ErrTaken when another
// has its key.
func (tx *Tx) InsertRole(r roster.Role) error {
	n, err := tx.exec(`insert into roles (instance_id, id, key, name, description, is_creator_eligible, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing`, tx.Instance, r.ID, r.Key, r.Name, r.Description, r.IsCreatorEligible, tx.Now, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	if err != nil {
		return err
	}
	return tx.insertRolePermissions(r)
}

// UpdateRole writes a role's columns and permissions. Whoever gives it another key
// has made sure that nobody else has or gets that.
func (tx *Tx) UpdateRole(r roster.Role) error {
	if _, err := tx.exec(`update roles
set key = $3, name = $4, description = $5, is_creator_eligible = $6, updated_at = $7
where instance_id = $1 and id = $2`, tx.Instance, r.ID, r.Key, r.Name, r.Description, r.IsCreatorEligible, tx.Now); err != nil {
		return err
	}
	if _, err := tx.exec(`delete from role_permissions
where instance_id = $1 and role_id = $2`, tx.Instance, r.ID); err != nil {
		return err
	}
	return tx.insertRolePermissions(r)
}

func (tx *Tx) insertRolePermissions(r roster.Role) error {
	const chunk = 100 // rows a statement adds
	position := 0
	for batch := range slices.Chunk(r.Permissions, chunk) {
		c := (&clause{}).add("insert into role_permissions (instance_id, role_id, position, permission_id)\nvalues ")
		for i, p := range batch {
			if i > 0 {
				c.add(", ")
			}
			c.add("(?, ?, ?, ?)", tx.Instance, r.ID, position, p.ID)
			position++
		}
		if _, err := tx.exec(c.String(), c.args...); err != nil {
			return err
		}
	}
	return tx.reconfigured()
}

// DeleteRole removes a role, which nobody may have and which is nobody's default,
// and takes it off its role sets.
func (tx *Tx) DeleteRole(id string) error {
	if _, err := tx.exec(`update role_sets
set updated_at = $3
where instance_id = $1 and id in (select role_set_id from role_set_roles where instance_id = $1 and role_id = $2)`, tx.Instance, id, tx.Now); err != nil {
		return err
	}
	for _, sql := range []string{
		`delete from role_set_roles where instance_id = $1 and role_id = $2`,
		`delete from role_permissions where instance_id = $1 and role_id = $2`,
		`delete from member_counts where instance_id = $1 and role_id = $2`, // of nobody
		`delete from member_totals where instance_id = $1 and role_id = $2`,
		`delete from roles where instance_id = $1 and id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, id); err != nil {
			return err
		}
	}
	return tx.reconfigured()
}

// Role is the role with an id, or ErrNotFound.
func (tx *Tx) Role(id string) (roster.Role, error) {
	list, err := tx.rolesWhere("t.id = ?", id)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return roster.Role{}, err
	}
	return list[0], nil
}

// RolesWithPermission are the roles that hold a permission, oldest first.
func (tx *Tx) RolesWithPermission(permissionID string) ([]roster.Role, error) {
	return tx.rolesWhere(`exists (select 1 from role_permissions rp
		where rp.instance_id = t.instance_id and rp.role_id = t.id and rp.permission_id = ?)`, permissionID)
}

func (tx *Tx) rolesWhere(condition string, args ...any) ([]roster.Role, error) {
	c := (&clause{}).add("select "+roleColumns+"\nfrom roles t\nwhere t.instance_id = ?", tx.Instance)
	c.and(condition, args...).add("\norder by t.created_at, t.id")
	list := []roster.Role{}
	err := tx.query(c.String(), c.args, func(r row) error {
		role, err := scanRole(r)
		list = append(list, role)
		return err
	})
	if err != nil {
		return nil, err
	}
	return list, tx.loadPermissions(list)
}

// Roles is one page of the instance's roles.
func (tx *Tx) Roles(q roster.RoleQuery) (roster.Page[roster.Role], error) {
	page, err := named[roster.Role]{
		table: "roles", columns: roleColumns, scan: scanRole,
		texts: func(r *roster.Role) (id, key, name string) { return r.ID, r.Key, r.Name },
	}.page(tx, q.Query, q.OrderBy, q.Paging)
	if err != nil {
		return page, err
	}
	return page, tx.loadPermissions(page.Data)
}

// loadPermissions adds the permissions of all roles of a page in one query.
func (tx *Tx) loadPermissions(roles []roster.Role) error {
	if len(roles) == 0 {
		return nil
	}
	byID := make(map[string]*roster.Role, len(roles))
	ids := make([]string, len(roles))
	for i := range roles {
		byID[roles[i].ID] = &roles[i]
		ids[i] = roles[i].ID
	}
	c := (&clause{}).add("select "+permissionColumns+`, rp.role_id
from role_permissions rp
join permissions t on t.instance_id = rp.instance_id and t.id = rp.permission_id
where rp.instance_id = ?`, tx.Instance)
	c.in("rp.role_id", ids).add("\norder by rp.role_id, rp.position")
	return tx.query(c.String(), c.args, func(r row) error {
		var roleID string
		p, err := scanPermission(r, &roleID)
		if role := byID[roleID]; role != nil {
			role.Permissions = append(role.Permissions, p)
		}
		return err
	})
}

// CountRoles is how many roles the instance has.
func (tx *Tx) CountRoles() (n int64, err error) {
	err = tx.one(`select count(*)
from roles
where instance_id = $1`, []any{tx.Instance}, &n)
	return n, err
}

// RoleAssigned reports whether any member has a role.
func (tx *Tx) RoleAssigned(id string) (bool, error) {
	assigned := false
	err := tx.query(`select 1
from memberships
where instance_id = $1 and role_id = $2
limit 1`, []any{tx.Instance, id}, func(row) error {
		assigned = true
		return nil
	})
	return assigned, err
}

// loadRoles finds the instance's few roles, once per transaction.
func (tx *Tx) loadRoles() error {
	if tx.roles != nil {
		return nil
	}
	tx.revise()
	if err := tx.flush(); err != nil {
		return err
	}
	if tx.roles = tx.cache.at(tx.Instance, *tx.revision); tx.roles != nil {
		return nil
	}
	roles, err := tx.readRoles()
	if err != nil {
		return err
	}
	tx.roles = roles
	if !tx.writes { // on a snapshot the revision is theirs
		tx.cache.keep(tx.Instance, *tx.revision, roles)
	}
	return nil
}

func (tx *Tx) readRoles() (map[string]*roleInfo, error) {
	roles := map[string]*roleInfo{}
	err := tx.query(`select r.id, r.key, r.name, p.key
from roles r
left join role_permissions rp on rp.instance_id = r.instance_id and rp.role_id = r.id
left join permissions p on p.instance_id = r.instance_id and p.id = rp.permission_id
where r.instance_id = $1
order by r.id, rp.position`, []any{tx.Instance}, func(r row) error {
		var info roleInfo
		var permission *string
		if err := r.scan(&info.id, &info.key, &info.name, &permission); err != nil {
			return err
		}
		if roles[info.id] == nil {
			info.permissions = []string{}
			roles[info.id] = &info
		}
		if permission != nil {
			roles[info.id].permissions = append(roles[info.id].permissions, *permission)
		}
		return nil
	})
	return roles, err
}

// RoleID is the id of the role with a key, or ErrNotFound.
func (tx *Tx) RoleID(key string) (string, error) {
	err := tx.loadRoles()
	id := roleWith(key, tx.roles)
	if err == nil && id == "" {
		err = ErrNotFound
	}
	return id, err
}

// roleWith is the id of the role with a key, "" if there is none.
func roleWith(key string, roles map[string]*roleInfo) string {
	for id, r := range roles {
		if r.key == key {
			return id
		}
	}
	return ""
}

// RoleHolds reports whether a role carries all the permissions.
func (tx *Tx) RoleHolds(roleID string, permissions []string) (bool, error) {
	ids, err := tx.RolesHolding(permissions)
	for _, id := range ids {
		if id == roleID {
			return true, err
		}
	}
	return false, err
}

// RolesHolding lists the roles that carry all the permissions.
func (tx *Tx) RolesHolding(permissions []string) ([]string, error) {
	return tx.roleIDs(func(r *roleInfo) bool { return holdsAll(r.permissions, permissions) })
}

func (tx *Tx) roleIDs(match func(*roleInfo) bool) ([]string, error) {
	if err := tx.loadRoles(); err != nil {
		return nil, err
	}
	var ids []string
	for id, r := range tx.roles {
		if match(r) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func holdsAll(held, wanted []string) bool {
	set := make(map[string]bool, len(held))
	for _, p := range held {
		set[p] = true
	}
	for _, p := range wanted {
		if !set[p] {
			return false
		}
	}
	return true
}
