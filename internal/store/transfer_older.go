package store

import (
	"strings"

	"github.com/rosterhq/roster"
)

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
