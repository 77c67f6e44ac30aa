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
	behind := *d.EnrolBehind
	d.EnrolBehind = nil
	if enrols(settings, d) {
		list, err := t.EmailsOfDomain(spellings(d.Name), behind, enrolNow)
		if err != nil {
			return false, err
		}
		n, err := t.enrolSome(d, list, true)
		if err != nil {
			return false, err
		}
		if n == 0 && len(list) > 0 {
			return false, store.ErrBusy
		}
		if more = n < len(list) || n == enrolNow; more {
			d.EnrolBehind = &list[n-1].UserID
		}
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
	list, err := t.EmailsOfDomain(spellings(d.Name), "", enrolNow)
	if err != nil {
		return err
	}
	if _, err := t.enrolSome(d, list, false); err != nil {
		return err
	}
	start := ""
	d.EnrolBehind = &start
	return t.UpdateDomain(d)
}

// enrolSome enrols the users who own addresses of a domain, each by the first, and
// returns how many addresses there are before those of the first who is busy. It passes
// over those at whom somebody else is at work: they may wait for the organization, which
// is the transaction's own. Once more passes over whom the domain has invited since it
// changed.
func (t *tx) enrolSome(d *store.Domain, list []store.EmailOf, onceMore bool) (n int, err error) {
	ids := make([]string, len(list))
	for i, e := range list {
		ids[i] = e.UserID
	}
	free, err := t.LockFreeUsers(ids)
	if err != nil {
		return 0, err
	}
	n = len(list)
	for i, e := range list {
		_, locked := slices.BinarySearch(free, e.UserID)
		switch {
		case !locked:
			n = min(n, i)
		case i == 0 || e.UserID != list[i-1].UserID:
			if err := t.enrolExisting(d, e, onceMore); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// enrolExisting enrols a user who may be out already, or have other addresses by now.
func (t *tx) enrolExisting(d *store.Domain, e store.EmailOf, onceMore bool) error {
	addresses, err := t.VerifiedEmails(e.UserID)
	if err != nil || !slices.Contains(addresses, e.EmailAddress) {
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
