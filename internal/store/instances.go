package store

import (
	"context"
	"strings"

	"github.com/rosterhq/roster"
)

// Instance is a tenant of the server and its settings. Times are Unix
// milliseconds. The key, the creator role and the role that domains give are the
// initial role set's, so that there is one place for each.
type Instance struct {
	ID                     string
	Name                   string
	Environment            string
	OrganizationsEnabled   bool
	SlugsEnabled           bool
	AdminDeleteEnabled     bool
	MaxAllowedMemberships  int64
	MaxAllowedRoles        int64
	MaxRoleSetsAllowed     int64
	MaxAllowedDomains      int64
	DomainsEnabled         bool
	DomainsEnrollmentModes []string
	ElevatedMemberRequired bool
	Restrictions           roster.InstanceRestrictions
	Browsers               Browsers
	TestMode               bool // addresses made for tests take a code that everybody knows
	InitialRoleSetID       string
	InitialRoleSetKey      string
	CreatorRoleID          string
	DomainsDefaultRoleID   string
	CreatedAt              int64
	UpdatedAt              int64
}

// Browsers are settings that are kept for the applications of an instance. nil is
// never given.
type Browsers struct {
	AllowedOrigins         *[]string
	SupportEmail           *string
	ClerkJSVersion         *string
	DevelopmentOrigin      *string
	URLBasedSessionSyncing bool
	PreferredStrategy      *string
}

// Key is a secret key without its secret, of which only a hash is kept.
type Key struct {
	ID         string
	InstanceID string
	Name       string
	Hint       string
	Hash       string
	CreatedAt  int64
	RevokedAt  *int64
}

const instanceColumns = `i.id, i.name, i.environment_type, i.organizations_enabled, i.slugs_enabled, i.admin_delete_enabled,
	i.max_allowed_memberships, i.max_allowed_roles, i.max_role_sets_allowed, i.max_allowed_domains,
	i.domains_enabled, i.domains_enrollment_modes, i.elevated_member_required, i.test_mode,
	i.allowlist, i.blocklist, i.allowlist_blocklist_disabled_on_sign_in, i.block_email_subaddresses, i.block_disposable_email_domains,
	i.allowed_origins, i.support_email, i.clerk_js_version, i.development_origin, i.url_based_session_syncing, i.preferred_sign_in_strategy,
	i.initial_role_set_id, coalesce(s.key, ''), coalesce(s.creator_role_id, ''), coalesce(s.default_role_id, ''), i.created_at, i.updated_at
from instances i
left join role_sets s on s.instance_id = i.id and s.id = i.initial_role_set_id`

func scanInstance(r row) (i Instance, err error) {
	var modes string
	var origins *string
	x, b := &i.Restrictions, &i.Browsers
	err = r.scan(&i.ID, &i.Name, &i.Environment, &i.OrganizationsEnabled, &i.SlugsEnabled, &i.AdminDeleteEnabled,
		&i.MaxAllowedMemberships, &i.MaxAllowedRoles, &i.MaxRoleSetsAllowed, &i.MaxAllowedDomains,
		&i.DomainsEnabled, &modes, &i.ElevatedMemberRequired, &i.TestMode,
		&x.Allowlist, &x.Blocklist, &x.AllowlistBlocklistDisabledOnSignIn, &x.BlockEmailSubaddresses, &x.BlockDisposableEmailDomains,
		&origins, &b.SupportEmail, &b.ClerkJSVersion, &b.DevelopmentOrigin, &b.URLBasedSessionSyncing, &b.PreferredStrategy,
		&i.InitialRoleSetID, &i.InitialRoleSetKey, &i.CreatorRoleID, &i.DomainsDefaultRoleID, &i.CreatedAt, &i.UpdatedAt)
	i.DomainsEnrollmentModes = strings.Fields(modes)
	x.Object = "instance_restrictions"
	if origins != nil {
		list := strings.Fields(*origins)
		b.AllowedOrigins = &list
	}
	return i, err
}

// InsertInstance adds the transaction's instance. Its initial role set brings the
// creator role and the role that domains give.
func (tx *Tx) InsertInstance(i Instance) error {
	_, err := tx.exec(`insert into instances (id, name, environment_type, organizations_enabled, slugs_enabled, admin_delete_enabled,
	max_allowed_memberships, max_allowed_roles, max_role_sets_allowed, max_allowed_domains,
	domains_enabled, domains_enrollment_modes, elevated_member_required, test_mode, initial_role_set_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		tx.Instance, i.Name, i.Environment, i.OrganizationsEnabled, i.SlugsEnabled, i.AdminDeleteEnabled,
		i.MaxAllowedMemberships, i.MaxAllowedRoles, i.MaxRoleSetsAllowed, i.MaxAllowedDomains,
		i.DomainsEnabled, strings.Join(i.DomainsEnrollmentModes, " "), i.ElevatedMemberRequired, i.TestMode, i.InitialRoleSetID, tx.Now, tx.Now)
	if err == nil {
		err = tx.restoreIndexes()
	}
	return err
}

// LockInstances keeps others from adding instances until the transaction ends, and
// counts those there are.
func (tx *Tx) LockInstances() (n int64, err error) {
	if !tx.serial() {
		if _, err := tx.exec(lockInstances); err != nil {
			return 0, err
		}
	}
	err = tx.one(`select count(*)
from instances`, nil, &n)
	return n, err
}

// Settings are the transaction's instance.
func (tx *Tx) Settings() (i Instance, err error) {
	err = ErrNotFound
	if e := tx.query(`select `+instanceColumns+`
where i.id = $1`, []any{tx.Instance}, func(r row) error {
		i, err = scanInstance(r)
		return err
	}); e != nil {
		err = e
	}
	return i, err
}

// Instances lists all instances of the server, oldest first. It is for the
// server's owner: no caller of the API reaches it.
func (s *Store) Instances(ctx context.Context) (out []Instance, err error) {
	err = s.Read(ctx, "", func(tx *Tx) error {
		out = nil
		return tx.query(`select `+instanceColumns+`
order by i.created_at, i.id`, nil, func(r row) error {
			i, err := scanInstance(r)
			out = append(out, i)
			return err
		})
	})
	return out, err
}

// SaveSettings writes the settings of the transaction's instance; the creator role
// and the role that domains give go to the initial role set.
func (tx *Tx) SaveSettings(i Instance) error {
	if _, err := tx.exec(`update instances
set organizations_enabled = $2, slugs_enabled = $3, admin_delete_enabled = $4,
	max_allowed_memberships = $5, max_allowed_roles = $6, max_role_sets_allowed = $7, max_allowed_domains = $8,
	domains_enabled = $9, domains_enrollment_modes = $10, elevated_member_required = $11, test_mode = $12, initial_role_set_id = $13, updated_at = $14
where id = $1`, tx.Instance, i.OrganizationsEnabled, i.SlugsEnabled, i.AdminDeleteEnabled,
		i.MaxAllowedMemberships, i.MaxAllowedRoles, i.MaxRoleSetsAllowed, i.MaxAllowedDomains,
		i.DomainsEnabled, strings.Join(i.DomainsEnrollmentModes, " "), i.ElevatedMemberRequired, i.TestMode, i.InitialRoleSetID, tx.Now); err != nil {
		return err
	}
	_, err := tx.exec(`update role_sets
set creator_role_id = $3, default_role_id = $4, updated_at = $5
where instance_id = $1 and id = $2 and (creator_role_id <> $3 or default_role_id <> $4)`,
		tx.Instance, i.InitialRoleSetID, i.CreatorRoleID, i.DomainsDefaultRoleID, tx.Now)
	return err
}

// SaveRestrictions writes the restrictions of the transaction's instance.
func (tx *Tx) SaveRestrictions(x roster.InstanceRestrictions) error {
	_, err := tx.exec(`update instances
set allowlist = $2, blocklist = $3, allowlist_blocklist_disabled_on_sign_in = $4, block_email_subaddresses = $5,
	block_disposable_email_domains = $6, updated_at = $7
where id = $1`, tx.Instance, x.Allowlist, x.Blocklist, x.AllowlistBlocklistDisabledOnSignIn, x.BlockEmailSubaddresses,
		x.BlockDisposableEmailDomains, tx.Now)
	return err
}

// SaveBrowsers writes what is kept for the applications of the transaction's instance.
func (tx *Tx) SaveBrowsers(b Browsers) error {
	var origins *string
	if b.AllowedOrigins != nil {
		text := strings.Join(*b.AllowedOrigins, " ")
		origins = &text
	}
	_, err := tx.exec(`update instances
set allowed_origins = $2, support_email = $3, clerk_js_version = $4, development_origin = $5, url_based_session_syncing = $6,
	preferred_sign_in_strategy = $7, updated_at = $8
where id = $1`, tx.Instance, origins, b.SupportEmail, b.ClerkJSVersion, b.DevelopmentOrigin, b.URLBasedSessionSyncing,
		b.PreferredStrategy, tx.Now)
	return err
}

// SetInitialRoleSet makes a role set the one that new organizations get.
func (tx *Tx) SetInitialRoleSet(id string) error {
	_, err := tx.exec(`update instances
set initial_role_set_id = $2, updated_at = $3
where id = $1`, tx.Instance, id, tx.Now)
	return err
}

// InsertKey adds a key to the transaction's instance; ErrTaken when the secret is
// in use, revoked ones included.
func (tx *Tx) InsertKey(k Key) error {
	n, err := tx.exec(`insert into secret_keys (hash, id, instance_id, name, hint, created_at)
values ($1, $2, $3, $4, $5, $6)
on conflict do nothing`, k.Hash, k.ID, tx.Instance, k.Name, k.Hint, tx.Now)
	if err == nil && n == 0 {
		return ErrTaken
	}
	return err
}

// Keys lists the keys of one instance, or of all for instance "", oldest first.
func (s *Store) Keys(ctx context.Context, instance string) (out []Key, err error) {
	err = s.Read(ctx, instance, func(tx *Tx) error {
		out = nil
		return tx.query(`select id, instance_id, name, hint, created_at, revoked_at
from secret_keys
where instance_id = $1 or $1 = ''
order by created_at, id`, []any{instance}, func(r row) error {
			var k Key
			err := r.scan(&k.ID, &k.InstanceID, &k.Name, &k.Hint, &k.CreatedAt, &k.RevokedAt)
			out = append(out, k)
			return err
		})
	})
	return out, err
}

// RevokeKey makes a key of any instance useless from now on; ErrNotFound when
// there is none.
func (s *Store) RevokeKey(ctx context.Context, id string, now int64) (k Key, err error) {
	err = s.Write(ctx, "", now, func(tx *Tx) error {
		if _, err := tx.exec(`update secret_keys
set revoked_at = coalesce(revoked_at, $1)
where id = $2`, now, id); err != nil {
			return err
		}
		return tx.one(`select id, instance_id, name, hint, created_at, revoked_at
from secret_keys
where id = $1`, []any{id}, &k.ID, &k.InstanceID, &k.Name, &k.Hint, &k.CreatedAt, &k.RevokedAt)
	})
	return k, err
}
