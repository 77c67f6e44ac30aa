package store

import (
	"context"
	"errors"
	"math/rand/v2"

	"github.com/rosterhq/roster"
)

// Grant is what a secret key gives access to. Hash is the key's, "" for one that
// needs no confirmation.
type Grant struct {
	InstanceID             string
	Hash                   string
	Environment            string
	OrganizationsEnabled   bool
	ElevatedMemberRequired bool
	Restrictions           roster.InstanceRestrictions
}

// grantColumns are what a grant has of instances i.
const grantColumns = `i.environment_type, i.organizations_enabled, i.elevated_member_required,
	i.allowlist, i.blocklist, i.allowlist_blocklist_disabled_on_sign_in, i.block_email_subaddresses, i.block_disposable_email_domains`

// scan reads grantColumns and more.
func (g *Grant) scan(r row, more ...any) error {
	x := &g.Restrictions
	return r.scan(append([]any{&g.Environment, &g.OrganizationsEnabled, &g.ElevatedMemberRequired,
		&x.Allowlist, &x.Blocklist, &x.AllowlistBlocklistDisabledOnSignIn, &x.BlockEmailSubaddresses, &x.BlockDisposableEmailDomains}, more...)...)
}

// ErrRevoked says that a key does not grant any more what it was known to. Nothing
// was changed.
var ErrRevoked = errors.New("the key's grant has changed")

// Authenticate finds what the key with a hash grants, or ErrNotFound; revoked keys
// are not found.
func (s *Store) Authenticate(ctx context.Context, hash string) (g Grant, err error) {
	err = s.engine.lookup(ctx, func(c conn) error {
		found := false
		err := c.run(query{sql: `select ` + grantColumns + `, k.hash, i.id
from secret_keys k
join instances i on i.id = k.instance_id
where k.hash = $1 and k.revoked_at is null`, args: []any{hash}, each: func(r row) error {
			found = true
			return g.scan(r, &g.Hash, &g.InstanceID)
		}})
		if err == nil && !found {
			err = ErrNotFound
		}
		return err
	})
	return g, err
}

// confirm lets the transaction go on only while a grant is what it was. It goes with
// the first query, which saves whoever knows a key a trip to the database, and finds
// the instance's revision on the way.
func (tx *Tx) confirm(g Grant) {
	if g.Hash == "" {
		return
	}
	tx.doubted = true
	tx.commonAlong(`select `+grantColumns+`, i.revision
from secret_keys k
join instances i on i.id = k.instance_id
where k.instance_id = $1 and k.hash = $2 and k.revoked_at is null`, []any{tx.Instance, g.Hash}, func(r row) error {
		now := Grant{InstanceID: g.InstanceID, Hash: g.Hash}
		var revision int64
		if err := now.scan(r, &revision); err != nil {
			return err
		}
		if now == g {
			tx.doubted, tx.revision = false, &revision
		}
		return nil
	})
}

// Confirmed reports whether the grant held, or none was to be confirmed.
func (tx *Tx) Confirmed() bool { return !tx.doubted }

// confirming is fn behind confirm. What fn decided without a query rested on the
// grant too.
func confirming(g Grant, fn func(*Tx) error) func(*Tx) error {
	return func(tx *Tx) error {
		tx.confirm(g)
		err := fn(tx)
		if tx.doubted {
			if changed := tx.flush(); changed != nil {
				return changed
			}
		}
		if tx.doubted && err == nil { // fn has swallowed the failure
			err = ErrRevoked
		}
		return err
	}
}

// reconfigured notes that the instance's roles or permissions are other ones now.
func (tx *Tx) reconfigured() error {
	revision := rand.Int64()
	tx.roles, tx.revision = nil, &revision
	_, err := tx.exec(`update instances
set revision = $2
where id = $1`, tx.Instance, revision)
	return err
}

// revise reads the instance's revision along with the next query, unless that is
// known or on its way.
func (tx *Tx) revise() {
	if tx.revision != nil || tx.doubted {
		return
	}
	unlike := rand.Int64() // while there is no instance
	tx.revision = &unlike
	tx.commonAlong(`select revision
from instances
where id = $1`, []any{tx.Instance}, func(r row) error { return r.scan(tx.revision) })
}
