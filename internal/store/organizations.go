package store

import (
	"cmp"
	"errors"
	"slices"

	"github.com/rosterhq/roster"
)

const organizationColumns = `t.id, t.name, t.slug, t.max_allowed_memberships, t.admin_delete_enabled,
	coalesce((select s.key from role_sets s where s.instance_id = t.instance_id and s.id = t.role_set_id), ''),
	t.public_metadata, t.private_metadata, t.created_by, t.created_at, t.updated_at, t.image_id`

func (tx *Tx) scanOrganization(r row, more ...any) (roster.Organization, error) {
	o := roster.Organization{Object: "organization"}
	var creator, image *string
	err := r.scan(append([]any{&o.ID, &o.Name, &o.Slug, &o.MaxAllowedMemberships, &o.AdminDeleteEnabled, &o.RoleSetKey,
		&o.PublicMetadata, &o.PrivateMetadata, &creator, &o.CreatedAt, &o.UpdatedAt, &image}, more...)...)
	o.CreatedBy = text(creator)
	o.HasImage, o.ImageURL = tx.organizationImage(image, &o)
	return o, err
}

// InsertOrganization adds an organization, whose slug must be claimed.
func (tx *Tx) InsertOrganization(o *roster.Organization) error {
	var creator *string
	if o.CreatedBy != "" {
		creator = &o.CreatedBy
	}
	_, err := tx.exec(`insert into organizations (instance_id, id, name, slug, max_allowed_memberships, admin_delete_enabled,
	public_metadata, private_metadata, created_by, created_at, updated_at, search, role_set_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
	coalesce((select id from role_sets where instance_id = $1 and key = $13), ''))`,
		tx.Instance, o.ID, o.Name, o.Slug, o.MaxAllowedMemberships, o.AdminDeleteEnabled,
		o.PublicMetadata.String(), o.PrivateMetadata.String(), creator, o.CreatedAt, o.UpdatedAt, foldAll(o.Name, o.Slug), o.RoleSetKey)
	return err
}

// UpdateOrganization writes an organization's columns.
func (tx *Tx) UpdateOrganization(o *roster.Organization) error {
	_, err := tx.exec(`update organizations
set name = $3, slug = $4, max_allowed_memberships = $5, admin_delete_enabled = $6,
	public_metadata = $7, private_metadata = $8, created_at = $9, updated_at = $10, search = $11
where instance_id = $1 and id = $2`,
		tx.Instance, o.ID, o.Name, o.Slug, o.MaxAllowedMemberships, o.AdminDeleteEnabled,
		o.PublicMetadata.String(), o.PrivateMetadata.String(), o.CreatedAt, o.UpdatedAt, foldAll(o.Name, o.Slug))
	return err
}

// Organization is an organization without counters, or ErrNotFound.
func (tx *Tx) Organization(id string) (*roster.Organization, error) {
	found, err := tx.organizationsByID([]string{id})
	if err == nil && found[id] == nil {
		err = ErrNotFound
	}
	return found[id], err
}

// OrganizationAlong reads an organization along with the next query. What it returns
// is called behind that, and is Organization then.
func (tx *Tx) OrganizationAlong(id string) func() (*roster.Organization, error) {
	if !tx.writes && tx.organizations[id] == nil {
		c := tx.organizationQuery([]string{id})
		tx.commonAlong(c.String(), c.args, tx.keepOrganization)
	}
	return func() (*roster.Organization, error) {
		if tx.writes {
			return tx.Organization(id)
		}
		if err := cmp.Or(tx.flush(), tx.failed); err != nil {
			return nil, err
		}
		if o := tx.organizations[id]; o != nil {
			return o, nil
		}
		return nil, ErrNotFound
	}
}

// keepOrganization keeps a row for those who ask for it later on the same snapshot.
func (tx *Tx) keepOrganization(r row) error {
	o, err := tx.scanOrganization(r)
	tx.organizations[o.ID] = &o
	return err
}

func (tx *Tx) organizationQuery(ids []string) *clause {
	return (&clause{}).add("select "+organizationColumns+"\nfrom organizations t\nwhere t.instance_id = ?", tx.Instance).in("t.id", ids)
}

// OrganizationBySlug is Organization for a slug.
func (tx *Tx) OrganizationBySlug(slug string) (*roster.Organization, error) {
	id, err := tx.Owner(KindSlug, slug)
	if err != nil {
		return nil, err
	}
	return tx.Organization(id)
}

// organizationsByID reads each organization of a page once.
func (tx *Tx) organizationsByID(ids []string) (map[string]*roster.Organization, error) {
	found := tx.organizations
	if found == nil {
		found = map[string]*roster.Organization{}
	}
	missing := slices.DeleteFunc(distinct(ids), func(id string) bool { return found[id] != nil })
	if len(missing) == 0 {
		return found, nil
	}
	c := tx.organizationQuery(missing)
	tx.commonAlong(c.String(), c.args, func(r row) error {
		o, err := tx.scanOrganization(r)
		found[o.ID] = &o
		return err
	})
	return found, tx.flush()
}

func distinct(values []string) []string {
	seen := make(map[string]bool, len(values))
	out := make([]string, 0, 1)
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// CountCreatedBy is how many organizations a user created that still exist.
func (tx *Tx) CountCreatedBy(userID string) (n int64, err error) {
	err = tx.one(`select count(*)
from organizations
where instance_id = $1 and created_by = $2`, []any{tx.Instance, userID}, &n)
	return n, err
}

// DeleteOrganization removes an organization with its memberships, invitations and
// domains and takes it off all sessions.
func (tx *Tx) DeleteOrganization(o *roster.Organization) error {
	tx.emptyOrganization(o.ID)
	tx.buryMemberships(`t.organization_id = $3`, o.ID)
	if err := tx.dropOrganizationTerms(o.ID); err != nil {
		return err
	}
	// As whoever changes a user does: users, then memberships, then invitations.
	tx.later(`delete from memberships where instance_id = $1 and organization_id = $2`, tx.Instance, o.ID)
	if err := tx.deleteInvitations(o.ID); err != nil {
		return err
	}
	tx.later(`delete from organizations where instance_id = $1 and id = $2`, tx.Instance, o.ID)
	if err := errors.Join(tx.dropCounts(o.ID), tx.Release(KindSlug, o.Slug), tx.DeleteImages(o.ID)); err != nil {
		return err
	}
	return tx.deleteDomains(o.ID)
}
