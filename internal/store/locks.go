package store

// Where writing transactions run side by side, a rule that rests on a row holds
// only while nobody changes the row. A transaction locks in this order: instance,
// organization, user, unique values (one it claims or keeps free), members. Whoever
// changes a user's addresses learns only then that it needs the instance, and holds it
// before it changes memberships and invitations, as LockInstance comes before those.
// Two that meet otherwise are told apart by the engine, which fails one of them; the
// store runs it again.

// LockConfiguration keeps what the instance is configured with (its settings, roles
// and permissions) from being changed by another transaction until this one ends. It
// comes before every other lock. It does not wait for those who hold the instance,
// and so not for a crowd of them that never ends; nor do they for it.
func (tx *Tx) LockConfiguration() error {
	return tx.lockInstance("no key update")
}

// LockInstance is LockConfiguration for what those who hold the instance rest on:
// whether a role is there, which a set has, whether it carries the elevated
// permissions. It waits until nobody holds the instance. The engine lets others go
// on to hold it meanwhile, so find out first whether there is anything to wait for.
func (tx *Tx) LockInstance() error {
	return tx.lockInstance("update")
}

// HoldInstance keeps LockInstance away until the transaction ends, for what rests on
// a role or a role set. Many may hold it at once; it too comes first.
func (tx *Tx) HoldInstance() error {
	return tx.lockInstance("key share")
}

func (tx *Tx) lockInstance(strength string) error {
	if tx.serial() {
		return nil
	}
	return tx.take(`select id
from instances
where id = $1
for `+strength, tx.Instance)
}

// HoldOrganization keeps an organization from being deleted until the transaction
// ends; ErrNotFound when there is none.
func (tx *Tx) HoldOrganization(id string) error {
	return tx.lock(`select id
from organizations
where instance_id = $1 and id = $2
for key share`, id)
}

// LockOrganization keeps an organization to this transaction until it ends.
func (tx *Tx) LockOrganization(id string) error {
	return tx.lock(`select id
from organizations
where instance_id = $1 and id = $2
for update`, id)
}

// LockUser keeps a user, and so its memberships, to this transaction until it
// ends.
func (tx *Tx) LockUser(id string) error {
	return tx.lock(`select id
from users
where instance_id = $1 and id = $2
for update`, id)
}

// LockMembers keeps who belongs to an organization from being guarded or held against
// a quota by another transaction until this one ends. Those who only hold the
// organization go on; the caller holds it too.
func (tx *Tx) LockMembers(organizationID string) error {
	return tx.lock(`select id
from organizations
where instance_id = $1 and id = $2
for no key update`, organizationID)
}

func (tx *Tx) lock(sql, id string) error {
	if tx.serial() {
		return nil
	}
	return tx.take(sql, tx.Instance, id)
}

// take locks a row, or finds it locked ahead. Behind a lock that had to be waited for
// everything may be different.
func (tx *Tx) take(sql string, args ...any) error {
	found := ""
	q := query{sql: sql, args: args, each: func(r row) error { return r.scan(&found) }}
	known, err := tx.answer(q)
	if !known {
		tx.forget()
		err = tx.send(append(tx.queue, q))
		tx.roles, tx.revision = tx.expected, nil
	}
	if err == nil && found == "" {
		err = ErrNotFound
	}
	return err
}
