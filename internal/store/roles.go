package store

import "github.com/rosterhq/roster"

// roleInfo is what a membership shows of its role.
type roleInfo struct {
	id, key, name string
	permissions   []string
}

// InsertRole adds a role; its permissions keep their order.
func (tx *Tx) InsertRole(r roster.Role) error {
	_, err := tx.exec(`insert into roles (instance_id, id, key, name, description, is_creator_eligible, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`, tx.Instance, r.ID, r.Key, r.Name, r.Description, r.IsCreatorEligible, tx.Now, tx.Now)
	for i, p := range r.Permissions {
		if err != nil {
			return err
		}
		_, err = tx.exec(`insert into role_permissions (instance_id, role_id, position, permission_id)
values ($1, $2, $3, $4)`, tx.Instance, r.ID, i, p.ID)
	}
	tx.roles = nil
	return err
}

// loadRoles reads the instance's few roles once per transaction.
func (tx *Tx) loadRoles() error {
	if tx.roles != nil {
		return nil
	}
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
	if err == nil {
		tx.roles = roles
	}
	return err
}

// RoleID is the id of the role with a key, or ErrNotFound.
func (tx *Tx) RoleID(key string) (string, error) {
	ids, err := tx.roleIDs(func(r *roleInfo) bool { return r.key == key })
	if err == nil && len(ids) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", err
	}
	return ids[0], nil
}

// RoleHolds reports whether a role carries all the permissions.
func (tx *Tx) RoleHolds(roleID string, permissions []string) (bool, error) {
	ids, err := tx.rolesHolding(permissions)
	for _, id := range ids {
		if id == roleID {
			return true, err
		}
	}
	return false, err
}

// rolesHolding lists the roles that carry all the permissions.
func (tx *Tx) rolesHolding(permissions []string) ([]string, error) {
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
