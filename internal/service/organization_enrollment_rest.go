package service

import (
	"context"
	"errors"
	"slices"

	"github.com/rosterhq/roster/internal/store"
)

// Users who are there already when a domain starts to enrol: the change itself
// reaches some, and Run the rest.

// enrolNow is how many addresses the change of a domain looks at itself, so that it
// stays a short transaction; Run reaches the rest.
const enrolNow = 100

// enrolGrace is how long after the change of a domain, in milliseconds, everybody is
// looked at once more: by then nobody is at work who began before it.
const enrolGrace = 60 * 1000

// EnrolRest enrols whom changes of domains, of any instance, did not reach. What one
// server is at another leaves alone.
func (s *Service) EnrolRest(ctx context.Context) error {
	list, failed := s.store.DomainsToEnrol(ctx, s.now().UnixMilli()-enrolGrace)
	for _, d := range list {
		var err error
		for more := true; more && err == nil; {
			err = s.write(ctx, Caller{InstanceID: d.InstanceID}, func(t *tx) (err error) {
				more, err = t.enrolRest(d.OrganizationID, d.ID)
				return err
			})
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// enrolRest enrols some more users and reports whether there may be others.
func (t *tx) enrolRest(organizationID, domainID string) (more bool, err error) {
	if err := t.HoldInstance(); err != nil {
		return false, err
	}
	settings, err := t.Settings()
	if err == nil {
		err = t.LockOrganization(organizationID)
	}
	var d *store.Domain
	if err == nil {
		d, err = t.Domain(organizationID, domainID, t.Now)
	}
	if errors.Is(err, store.ErrNotFound) {
		return false, nil // gone since
	}
	if err != nil || d.EnrolBehind == nil {
		return false, err
	}
	last := *d.EnrolBehind
	if enrols(settings, d) {
		if last, more, err = t.enrolSome(d, last, true); err != nil {
			return false, err
		}
	}
	d.EnrolBehind = nil
	if more {
		d.EnrolBehind = &last
	}
	return more, t.UpdateDomain(d)
}

// enrolEverybody enrols the first users of a domain, where it enrols, and leaves
// the rest to Run. Whoever gets an address at this moment does not see the change
// yet, nor does it see them: Run begins anew.
func (t *tx) enrolEverybody(settings store.Instance, d *store.Domain) error {
	if !enrols(settings, d) {
		return nil
	}
	if _, _, err := t.enrolSome(d, "", false); err != nil {
		return err
	}
	start := ""
	d.EnrolBehind = &start
	return t.UpdateDomain(d)
}

// enrolSome enrols the users who own the next addresses of a domain behind a user.
// It returns the last user, and whether there may be more. Once more passes over
// whom the domain has invited since it changed.
func (t *tx) enrolSome(d *store.Domain, behind string, onceMore bool) (last string, more bool, err error) {
	list, err := t.EmailsOfDomain(spellings(d.Name), behind, enrolNow)
	for _, e := range list {
		if err == nil && e.UserID != behind {
			behind = e.UserID
			err = t.enrolExisting(d, e, onceMore)
		}
	}
	return behind, len(list) == enrolNow, err
}

// enrolExisting enrols a user who may be on the way out, or out already.
func (t *tx) enrolExisting(d *store.Domain, e store.EmailOf, onceMore bool) error {
	err := t.LockUser(e.UserID)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	addresses, err2 := t.VerifiedEmails(e.UserID)
	if err := errors.Join(err, err2); err != nil || !slices.Contains(addresses, e.EmailAddress) {
		return err
	}
	if onceMore {
		invited, err := t.InvitedSince(store.AutomaticOf{OrganizationID: d.OrganizationID, DomainID: d.ID, Addresses: addresses}, d.UpdatedAt)
		if err != nil || invited {
			return err
		}
	}
	return t.enrolBy(d, e.UserID, e.EmailAddress)
}
