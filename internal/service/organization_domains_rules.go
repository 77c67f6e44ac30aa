package service

import (
	"errors"
	"slices"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// mayAddDomain refuses a domain the settings do not allow, one that the
// organization has, and one that another organization has verified. The name of a
// verified domain becomes the organization's own.
func (t *tx) mayAddDomain(settings store.Instance, d *store.Domain) error {
	if err := allowsMode(settings, d.EnrollmentMode); err != nil {
		return err
	}
	if _, err := t.DomainByName(d.OrganizationID, d.Name, t.Now); !errors.Is(err, store.ErrNotFound) {
		if err == nil {
			err = roster.ErrDomainInOrganization.On("name")
		}
		return err
	}
	n, err := t.CountDomains(d.OrganizationID)
	if err == nil && settings.MaxAllowedDomains > 0 && n >= settings.MaxAllowedDomains {
		err = roster.ErrDomainQuotaExceeded.New(settings.MaxAllowedDomains)
	}
	if err != nil {
		return err
	}
	if d.Verified() {
		return t.claimDomain(d)
	}
	if _, err := t.Owner(store.KindDomain, d.Name); !errors.Is(err, store.ErrNotFound) {
		if err == nil {
			err = roster.ErrDomainAlreadyExists.On("name")
		}
		return err
	}
	return nil
}

// claimDomain makes a verified domain's name its organization's.
func (t *tx) claimDomain(d *store.Domain) error {
	err := t.Claim(store.KindDomain, d.Name, d.OrganizationID)
	if errors.Is(err, store.ErrTaken) {
		err = roster.ErrDomainAlreadyExists.On("name")
	}
	return err
}

// allowsMode refuses a way to enrol that the instance has switched off. By hand
// nobody is enrolled, and enterprise sign-in is no setting of the instance's.
func allowsMode(settings store.Instance, mode string) error {
	if mode == roster.ManualInvitation || mode == roster.EnterpriseSSO || slices.Contains(settings.DomainsEnrollmentModes, mode) {
		return nil
	}
	return roster.ErrEnrollmentModeNotEnabled.New(mode)
}
