package store

import (
	"context"
	"strings"

	"github.com/rosterhq/roster"
)

// Domain is an organization's domain and what the wire does not show of it:
// EnrolBehind is the last user whom a change of the way it enrols has reached, nil
// once it has reached everybody.
type Domain struct {
	roster.OrganizationDomain
	EnrolBehind *string
}

const (
	pendingSuggestionsOfDomain = `(select count(*) from organization_suggestions s where s.instance_id = t.instance_id and s.organization_id = t.organization_id and s.domain_id = t.id and s.status = 'pending')`

	pendingInvitationsOfDomain = `(select count(*) from organization_invitations i where i.instance_id = t.instance_id and i.organization_id = t.organization_id and i.domain_id = t.id
		and i.status = 'pending' and i.expires_at > ?)`

	domainColumns = `t.id, t.organization_id, t.name, t.enrollment_mode, t.verified, t.ownership_verified_at, t.enrol_behind, t.created_at, t.updated_at,
	` + pendingSuggestionsOfDomain + `, ` + pendingInvitationsOfDomain  // whose argument is the time
)

// scanDomain reads a row without what it shows of its organization.
func scanDomain(r row) (d Domain, err error) {
	d.Object = "organization_domain"
	var verified bool
	var owned *int64
	err = r.scan(&d.ID, &d.OrganizationID, &d.Name, &d.EnrollmentMode, &verified, &owned, &d.EnrolBehind, &d.CreatedAt, &d.UpdatedAt,
		&d.TotalPendingSuggestions, &d.TotalPendingInvitations)
	d.SetVerified(verified)
	if owned != nil {
		d.SetOwned(*owned)
	}
	return d, err
}

// SetVerified makes a domain verified, as the Backend API does it, or not.
func (d *Domain) SetVerified(verified bool) {
	d.AffiliationVerification, d.Verification = nil, nil
	if verified {
		v := &roster.DomainVerification{Status: "verified", Strategy: "admin"}
		d.AffiliationVerification, d.Verification = v, v
	}
}

// SetOwned notes when somebody vouched for who owns a domain.
func (d *Domain) SetOwned(at int64) {
	d.OwnershipVerification = &roster.DomainVerification{Status: "verified", Strategy: "manual_override", VerifiedAt: &at}
}

// Enrols is the mode in which a domain enrols: one that is not verified leaves
// everything to people.
func (d *Domain) Enrols() string {
	if !d.Verified() {
		return roster.ManualInvitation
	}
	return d.EnrollmentMode
}

// InsertDomain adds a domain; ErrTaken when its organization has one of that name.
// The name of a verified one must be claimed.
func (tx *Tx) InsertDomain(d *Domain) error {
	n, err := tx.exec(`insert into organization_domains (instance_id, organization_id, id, name, enrollment_mode, verified, enrol_behind, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
on conflict do nothing`, tx.Instance, d.OrganizationID, d.ID, d.Name, d.EnrollmentMode, d.Verified(), d.EnrolBehind, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// UpdateDomain writes a domain's columns.
func (tx *Tx) UpdateDomain(d *Domain) error {
	var owned *int64
	if d.OwnershipVerification != nil {
		owned = d.OwnershipVerification.VerifiedAt
	}
	_, err := tx.exec(`update organization_domains
set enrollment_mode = $4, verified = $5, ownership_verified_at = $6, enrol_behind = $7, updated_at = $8
where instance_id = $1 and organization_id = $2 and id = $3`,
		tx.Instance, d.OrganizationID, d.ID, d.EnrollmentMode, d.Verified(), owned, d.EnrolBehind, d.UpdatedAt)
	return err
}

// DeleteDomain removes a domain with its suggestions.
func (tx *Tx) DeleteDomain(d *Domain) error {
	if err := tx.deleteSuggestions("and organization_id = $2 and domain_id = $3", d.OrganizationID, d.ID); err != nil {
		return err
	}
	if _, err := tx.exec(`delete from organization_domains
where instance_id = $1 and organization_id = $2 and id = $3`, tx.Instance, d.OrganizationID, d.ID); err != nil || !d.Verified() {
		return err
	}
	return tx.Release(KindDomain, d.Name)
}

// deleteDomains removes an organization's domains with their suggestions.
func (tx *Tx) deleteDomains(organizationID string) error {
	for _, sql := range []string{
		`delete from unique_values where instance_id = $1 and kind = '` + KindDomain + `' and owner_id = $2
	and value in (select name from organization_domains where instance_id = $1 and organization_id = $2 and verified)`,
		`delete from organization_suggestions where instance_id = $1 and organization_id = $2`,
		`delete from organization_domains where instance_id = $1 and organization_id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, organizationID); err != nil {
			return err
		}
	}
	return nil
}

// Domain is a domain of an organization as it stands at now, or ErrNotFound.
func (tx *Tx) Domain(organizationID, id string, now int64) (*Domain, error) {
	return tx.domainBy("t.id", organizationID, id, now)
}

// DomainByName is an organization's domain of a name, or ErrNotFound.
func (tx *Tx) DomainByName(organizationID, name string, now int64) (*Domain, error) {
	return tx.domainBy("t.name", organizationID, name, now)
}

func (tx *Tx) domainBy(column, organizationID, value string, now int64) (*Domain, error) {
	c := (&clause{}).add("select "+domainColumns+"\nfrom organization_domains t\nwhere t.instance_id = ?", now, tx.Instance)
	list, err := tx.domainRows(c.and("t.organization_id = ?", organizationID).and(column+" = ?", value))
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// domainRows runs a domain query and completes each row with what it shows of its
// organization.
func (tx *Tx) domainRows(c *clause) ([]Domain, error) {
	var list []Domain
	var owners []string
	if err := tx.query(c.String(), c.args, func(r row) error {
		d, err := scanDomain(r)
		list = append(list, d)
		owners = append(owners, d.OrganizationID)
		return err
	}); err != nil {
		return nil, err
	}
	organizations, err := tx.organizationsByID(owners)
	for i := range list {
		if o := organizations[list[i].OrganizationID]; o != nil {
			list[i].PublicOrganizationData = o.Public()
		}
	}
	return list, err
}

// CountDomains is how many domains an organization has.
func (tx *Tx) CountDomains(organizationID string) (n int64, err error) {
	err = tx.one(`select count(*)
from organization_domains
where instance_id = $1 and organization_id = $2`, []any{tx.Instance, organizationID}, &n)
	return n, err
}

// Domains is one page of the instance's domains as they stand at now.
func (tx *Tx) Domains(q roster.InstanceDomainQuery, now int64) (page roster.Page[roster.OrganizationDomain], err error) {
	c := (&clause{}).add("select count(*)").domains(tx.Instance, q)
	if err := tx.one(c.String(), c.args, &page.TotalCount); err != nil {
		return page, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	c = (&clause{}).add("select "+domainColumns, now).domains(tx.Instance, q)
	of := q.OrganizationID
	if strings.HasPrefix(q.Query, roster.PrefixOrganization) {
		of = q.Query
	}
	few := c.few || q.Query != "" && page.TotalCount <= int64(q.PageLimit()) // a walk to the last would read all others too
	if of != "" && !few && !tx.serial() {
		c.apart("t.organization_id", of)
	}
	by := ordering{column: "t." + order.By, integer: order.By == "created_at", desc: order.Desc}
	if few {
		by = by.sorted()
	}
	c.add(by.sql()).page(q.Paging)
	list, err := tx.domainRows(c)
	page.Data = make([]roster.OrganizationDomain, len(list))
	for i := range list {
		page.Data[i] = list[i].OrganizationDomain
	}
	return page, err
}

// domains adds the domains t that a query chooses.
func (c *clause) domains(instance string, q roster.InstanceDomainQuery) *clause {
	c.add("\nfrom organization_domains t\nwhere t.instance_id = ?", instance)
	if q.OrganizationID != "" {
		c.and("t.organization_id = ?", q.OrganizationID)
	}
	if verified, ok := q.Verified.Get(); ok {
		c.and("t.verified = cast(? as boolean)", verified)
	}
	c.selection("t.enrollment_mode", q.EnrollmentMode)
	if len(q.Domains) > 0 {
		c.among("t.name", q.Domains)
	}
	if strings.HasPrefix(q.Query, roster.PrefixOrganization) {
		return c.and("t.organization_id = ?", q.Query)
	}
	return c.contains("t.name", q.Query)
}

// DomainToEnrol is a domain whose way to enrol has changed and has not reached
// everybody yet.
type DomainToEnrol struct{ InstanceID, OrganizationID, ID string }

// DomainsToEnrol lists those of all instances whose last change was before a time,
// the longest unchanged first: whichever of an organization's domains comes first
// enrols the users whom several know.
func (s *Store) DomainsToEnrol(ctx context.Context, before int64) (list []DomainToEnrol, err error) {
	err = s.Read(ctx, "", func(tx *Tx) error {
		list = nil
		return tx.query(`select instance_id, organization_id, id
from organization_domains
where enrol_behind is not null and updated_at < $1
order by updated_at, id`, []any{before}, func(r row) error {
			var d DomainToEnrol
			err := r.scan(&d.InstanceID, &d.OrganizationID, &d.ID)
			list = append(list, d)
			return err
		})
	})
	return list, err
}
