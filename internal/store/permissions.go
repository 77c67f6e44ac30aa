package store

import (
	"slices"

	"github.com/rosterhq/roster"
)

const permissionColumns = `t.id, t.key, t.name, t.description, t.type, t.created_at, t.updated_at`

func scanPermission(r row, more ...any) (roster.Permission, error) {
	p := roster.Permission{Object: "permission"}
	err := r.scan(append([]any{&p.ID, &p.Key, &p.Name, &p.Description, &p.Type, &p.CreatedAt, &p.UpdatedAt}, more...)...)
	return p, err
}

// InsertPermission adds a permission; ErrTaken when another has its key.
func (tx *Tx) InsertPermission(p roster.Permission) error {
	n, err := tx.exec(`insert into permissions (instance_id, id, key, name, description, type, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict do nothing`, tx.Instance, p.ID, p.Key, p.Name, p.Description, p.Type, tx.Now, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// UpdatePermission writes a permission's columns. Whoever gives it another key has
// made sure that nobody else has or gets that.
func (tx *Tx) UpdatePermission(p roster.Permission) error {
	_, err := tx.exec(`update permissions
set key = $3, name = $4, description = $5, updated_at = $6
where instance_id = $1 and id = $2`, tx.Instance, p.ID, p.Key, p.Name, p.Description, tx.Now)
	if err != nil {
		return err
	}
	return tx.reconfigured()
}

// DeletePermission removes a permission and takes it off its roles.
func (tx *Tx) DeletePermission(id string) error {
	if _, err := tx.exec(`update roles
set updated_at = $3
where instance_id = $1 and id in (select role_id from role_permissions where instance_id = $1 and permission_id = $2)`, tx.Instance, id, tx.Now); err != nil {
		return err
	}
	for _, sql := range []string{
		`delete from role_permissions where instance_id = $1 and permission_id = $2`,
		`delete from permissions where instance_id = $1 and id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, id); err != nil {
			return err
		}
	}
	return tx.reconfigured()
}

// Permission is the permission with an id, or ErrNotFound.
func (tx *Tx) Permission(id string) (roster.Permission, error) {
	return tx.onePermission("t.id", id)
}

// PermissionByKey is the permission with a key, or ErrNotFound.
func (tx *Tx) PermissionByKey(key string) (roster.Permission, error) {
	return tx.onePermission("t.key", key)
}

func (tx *Tx) onePermission(column, value string) (roster.Permission, error) {
	list, err := tx.permissions(column, []string{value})
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return roster.Permission{}, err
	}
	return list[0], nil
}

// PermissionsByID are the permissions with the ids, in the ids' order; those that
// do not exist are left out.
func (tx *Tx) PermissionsByID(ids []string) ([]roster.Permission, error) {
	list, err := tx.permissions("t.id", ids)
	slices.SortFunc(list, func(a, b roster.Permission) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	return list, err
}

func (tx *Tx) permissions(column string, values []string) ([]roster.Permission, error) {
	c := (&clause{}).add("select "+permissionColumns+"\nfrom permissions t\nwhere t.instance_id = ?", tx.Instance).in(column, values)
	list := []roster.Permission{}
	err := tx.query(c.String(), c.args, func(r row) error {
		p, err := scanPermission(r)
		list = append(list, p)
		return err
	})
	return list, err
}

// Permissions is one page of the instance's permissions.
func (tx *Tx) Permissions(q roster.PermissionQuery) (roster.Page[roster.Permission], error) {
	return named[roster.Permission]{
		table: "permissions", columns: permissionColumns,
		scan:  func(r row) (roster.Permission, error) { return scanPermission(r) },
		texts: func(p *roster.Permission) (id, key, name string) { return p.ID, p.Key, p.Name },
	}.page(tx, q.Query, q.OrderBy, q.Paging)
}
