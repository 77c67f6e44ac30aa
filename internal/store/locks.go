package store

import (
	"fmt"
	"slices"
)

// Where writing transactions run side by side, a rule that rests on a row holds
// only while nobody changes the row. A transaction locks in this order: instance,
// organization, user, unique values (one it claims or keeps free), members. Whoever
// learns of an organization only behind a user does not wait for it
// (HoldOrganizationsBehind), nor does who changes one wait for the users of its domains
// (LockFreeUsers). Whoever changes a user's addresses learns only then that it needs the
// instance, and holds it before it changes memberships and invitations, as LockInstance
// comes before those. Two that meet otherwise are told apart by the engine, which fails
// one of them; the store runs it again.

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

// HoldOrganizationsBehind is HoldOrganization for a transaction that has a user already:
// it returns the organizations there are. It waits for nobody: where another transaction
// has one of them, the store runs this one again, which begins with all of them.
func (tx *Tx) HoldOrganizationsBehind(ids ...string) (held []string, err error) {
	if tx.serial() || len(ids) == 0 {
		return ids, nil
	}
	c := (&clause{}).add("select id\nfrom organizations\nwhere instance_id = ?", tx.Instance)
	held, err = tx.lockFree(c.in("id", ids), "key share")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !slices.Contains(held, id) && !slices.Contains(*tx.first, id) {
			*tx.first = append(*tx.first, ids...)
			return nil, errAgain
		}
	}
	return held, nil
}

// errAgain is for a transaction that has learned of what it is to begin with.
var errAgain = fmt.Errorf("%w: to be run again", ErrUnavailable)

// holdFirst begins a transaction with the organizations that its runs before were
// without.
func (tx *Tx) holdFirst() error {
	if len(*tx.first) == 0 {
		return nil
	}
	if err := tx.HoldInstance(); err != nil {
		return err
	}
	c := (&clause{}).add("select id\nfrom organizations\nwhere instance_id = ?", tx.Instance)
	c.in("id", inOrder(*tx.first)).add("\norder by id\nfor key share")
	_, err := tx.exec(c.String(), c.args...)
	return err
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

// ErrBusy is for a transaction that cannot go on while another is at work on the same,
// which may wait for it: the store runs it again.
var ErrBusy = fmt.Errorf("%w: %w: another transaction is at work on it", ErrUnavailable, errConflict)

// LockFreeUsers keeps those users to this transaction until it ends whom no other
// transaction has, and returns them in order. It waits for nobody.
func (tx *Tx) LockFreeUsers(ids []string) (locked []string, err error) {
	if tx.serial() || len(ids) == 0 {
		return inOrder(ids), nil
	}
	c := (&clause{}).add("select id\nfrom users\nwhere instance_id = ?", tx.Instance)
	return tx.lockFree(c.in("id", ids), "update")
}

// lockInOrder locks rows that a condition finds for a transaction that changes all of
// them: whoever else takes some, in the order of their ids, does not meet it halfway.
func (tx *Tx) lockInOrder(table, condition string, args ...any) {
	if !tx.serial() {
		tx.later("select count(*)\nfrom (select id\n\tfrom "+table+"\n\twhere instance_id = $1 and "+condition+"\n\torder by id\n\tfor no key update) locked", append([]any{tx.Instance}, args...)...)
	}
}

// lockFree locks the rows that no other transaction has locked otherwise, and returns
// their ids in order.
func (tx *Tx) lockFree(rows *clause, strength string) (ids []string, err error) {
	rows.add("\norder by id\nfor " + strength + " skip locked")
	tx.forget()
	return tx.ids(rows)
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
