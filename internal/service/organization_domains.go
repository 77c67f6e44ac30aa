package service

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Domains is one page of an organization's domains.
func (s *Service) Domains(ctx context.Context, c Caller, organizationID string, q roster.OrganizationDomainQuery) (page roster.Page[roster.OrganizationDomain], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if _, err := t.domainSettings(); err != nil {
			return err
		}
		if _, err := t.organization(organizationID); err != nil {
			return err
		}
		page, err = t.Domains(roster.InstanceDomainQuery{OrganizationDomainQuery: q, OrganizationID: organizationID}, t.time.UnixMilli())
		return err
	})
	return page, err
}

// InstanceDomains is one page of the domains of all organizations.
func (s *Service) InstanceDomains(ctx context.Context, c Caller, q roster.InstanceDomainQuery) (page roster.Page[roster.OrganizationDomain], err error) {
	q.Domains = normalized(q.Domains, normalDomain)
	err = s.list(ctx, c, func(t *tx) error {
		if _, err := t.domainSettings(); err != nil {
			return err
		}
		page, err = t.Domains(q, t.time.UnixMilli())
		return err
	})
	return page, err
}

// domainSettings refuses what needs domains where the instance has none.
func (t *tx) domainSettings() (settings store.Instance, err error) {
	if err := t.organizationsEnabled(); err != nil {
		return settings, err
	}
	settings, err = t.Settings()
	if err == nil && !settings.DomainsEnabled {
		err = roster.ErrDomainsNotEnabled.New()
	}
	return settings, err
}

// DomainExists returns the wire's 404 when there is no such domain.
func (s *Service) DomainExists(ctx context.Context, c Caller, organizationID, domainID string) error {
	return s.read(ctx, c, func(t *tx) error {
		_, _, err := t.domain(organizationID, domainID)
		return err
	})
}

// domain is a path's domain: the organization is looked for first. A transaction
// that writes has both to itself, so that nobody is enrolled by a domain while it
// changes.
func (t *tx) domain(organizationID, domainID string) (settings store.Instance, d *store.Domain, err error) {
	if settings, err = t.domainSettings(); err != nil {
		return settings, nil, err
	}
	find := t.organization
	if t.writes {
		if err := t.HoldInstance(); err != nil {
			return settings, nil, err
		}
		find = t.lockedOrganization
	}
	if _, err := find(organizationID); err != nil {
		return settings, nil, err
	}
	d, err = t.Domain(organizationID, domainID, t.time.UnixMilli())
	return settings, d, orNotFound(err, roster.ErrDomainNotFound.New(domainID))
}

// CreateDomain gives an organization a domain.
func (s *Service) CreateDomain(ctx context.Context, c Caller, organizationID string, in roster.CreateOrganizationDomain) (out *roster.OrganizationDomain, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.HoldInstance(); err != nil {
			return err
		}
		settings, err := t.domainSettings()
		if err != nil {
			return err
		}
		if _, err := t.lockedOrganization(organizationID); err != nil {
			return err
		}
		d := &store.Domain{}
		d.ID, d.OrganizationID = t.id(roster.PrefixDomain), organizationID
		d.EnrollmentMode = in.EnrollmentMode.Or(roster.ManualInvitation)
		d.UpdatedAt = t.Now
		d.SetVerified(in.Verified.Or(true))
		var k checks
		d.Name = k.domain("name", in.Name)
		if err := k.problems.Err(); err != nil {
			return err
		}
		if err := t.mayAddDomain(settings, d); err != nil {
			return err
		}
		if err := t.InsertDomain(d); err != nil {
			return err
		}
		if err := t.enrolEverybody(settings, d); err != nil {
			return err
		}
		if d, err = t.Domain(d.OrganizationID, d.ID, t.Now); err != nil {
			return err
		}
		out = &d.OrganizationDomain
		return t.emit(roster.EventDomainCreated, out)
	})
	return out, err
}

// UpdateDomain changes what the body gives. Whoever the domain was about to bring
// in is let go where it no longer enrols as it did.
func (s *Service) UpdateDomain(ctx context.Context, c Caller, organizationID, domainID string, in roster.UpdateOrganizationDomain) (*roster.OrganizationDomain, error) {
	return s.changeDomain(ctx, c, organizationID, domainID, func(t *tx, settings store.Instance, d *store.Domain) error {
		if mode := in.EnrollmentMode.Or(d.EnrollmentMode); mode != d.EnrollmentMode {
			if err := allowsMode(settings, mode); err != nil {
				return err
			}
			d.EnrollmentMode = mode
		}
		switch verified := in.Verified.Or(d.Verified()); {
		case verified && !d.Verified():
			if err := t.claimDomain(d); err != nil {
				return err
			}
			d.SetVerified(true)
		case !verified && d.Verified():
			d.SetVerified(false)
			return t.Release(store.KindDomain, d.Name)
		}
		return nil
	})
}

// VerifyDomainOwnership notes that somebody vouches for who owns a domain.
func (s *Service) VerifyDomainOwnership(ctx context.Context, c Caller, organizationID, domainID string) (*roster.OrganizationDomain, error) {
	return s.changeDomain(ctx, c, organizationID, domainID, func(t *tx, _ store.Instance, d *store.Domain) error {
		if d.OwnershipVerification == nil {
			d.SetOwned(t.Now)
		}
		return nil
	})
}

// changeDomain applies a change, keeps it, enrols as the domain now says and tells
// of it, unless the change comes to nothing.
func (s *Service) changeDomain(ctx context.Context, c Caller, organizationID, domainID string, apply func(*tx, store.Instance, *store.Domain) error) (out *roster.OrganizationDomain, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		settings, before, err := t.domain(organizationID, domainID)
		if err != nil {
			return err
		}
		after := *before
		if err := apply(t, settings, &after); err != nil {
			return err
		}
		out = &before.OrganizationDomain
		if sameJSON(out, after.OrganizationDomain) {
			return nil
		}
		after.UpdatedAt = t.Now
		if before.Enrols() != after.Enrols() {
			if err := t.letGo(before); err != nil {
				return err
			}
			after.EnrolBehind = nil
		}
		if err := t.UpdateDomain(&after); err != nil {
			return err
		}
		if before.Enrols() != after.Enrols() {
			if err := t.enrolEverybody(settings, &after); err != nil {
				return err
			}
		}
		changed, err := t.Domain(organizationID, domainID, t.time.UnixMilli())
		if err != nil {
			return err
		}
		out = &changed.OrganizationDomain
		return t.emit(roster.EventDomainUpdated, out)
	})
	return out, err
}

// DeleteDomain takes a domain off its organization. Whoever it was about to bring
// in is let go; members stay.
func (s *Service) DeleteDomain(ctx context.Context, c Caller, organizationID, domainID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		_, d, err := t.domain(organizationID, domainID)
		if err != nil {
			return err
		}
		if err := t.letGo(d); err != nil {
			return err
		}
		if err := t.DeleteDomain(d); err != nil {
			return err
		}
		out = &roster.Deleted{Object: "organization_domain", ID: d.ID, Deleted: true}
		return t.emit(roster.EventDomainDeleted, out)
	})
	return out, err
}
