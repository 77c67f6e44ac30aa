package service

import (
	"errors"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// A verified domain whose mode says so enrols users by their verified email
// addresses: it suggests its organization to them, or invites them. Each user is
// enrolled once in an organization, and nobody who belongs to it.

// enrol is to be called when an email address of a user has become verified, in the
// transaction that made it so. The user must be the transaction's own.
func (t *tx) enrol(userID, address string) error {
	name, ok := domainOf(address)
	if !ok {
		return nil
	}
	organizationID, err := t.Owner(store.KindDomain, name)
	if err == nil {
		err = t.HoldInstance()
	}
	if err == nil {
		_, err = t.HoldOrganizationsBehind(organizationID)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	settings, err := t.Settings()
	if err != nil {
		return err
	}
	d, err := t.DomainByName(organizationID, name, t.Now) // as it is now that nobody changes it
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil || !enrols(settings, d) {
		return err
	}
	return t.enrolBy(d, userID, address)
}

// domainOf is the domain of an email address as domains are named.
func domainOf(address string) (string, bool) {
	spelled := address[strings.LastIndexByte(address, '@')+1:]
	name, ok := normalDomain(spelled)
	return name, ok && slices.Contains(spellings(name), spelled)
}

// enrols reports whether a domain enrols anybody.
func enrols(settings store.Instance, d *store.Domain) bool {
	automatic := d.Enrols() == roster.AutomaticInvitation || d.Enrols() == roster.AutomaticSuggestion
	return automatic && settings.OrganizationsEnabled && settings.DomainsEnabled && slices.Contains(settings.DomainsEnrollmentModes, d.Enrols())
}

// enrolBy enrols one user by a domain that enrols.
func (t *tx) enrolBy(d *store.Domain, userID, address string) error {
	if _, err := t.MembershipRole(d.OrganizationID, userID); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if told, err := t.HasSuggestion(d.OrganizationID, userID); err != nil || told {
		return err
	}
	addresses, err := t.VerifiedEmails(userID)
	if err != nil {
		return err
	}
	if invited, err := t.AnyInvited(d.OrganizationID, addresses); err != nil || invited {
		return err
	}
	if d.EnrollmentMode == roster.AutomaticSuggestion {
		return t.InsertSuggestion(t.id(roster.PrefixSuggestion), d.OrganizationID, d.ID, userID)
	}
	return t.inviteBy(d, address)
}

// inviteBy invites an address by a domain, with the role that the organization gives
// without choosing. No mail goes out: nobody asked for one, and a domain may bring in
// thousands.
func (t *tx) inviteBy(d *store.Domain, address string) error {
	o, err := t.Organization(d.OrganizationID)
	if err != nil {
		return err
	}
	i := store.Invitation{DomainID: &d.ID, Secret: t.secret()}
	i.ID, i.OrganizationID, i.EmailAddress = t.id(roster.PrefixInvitation), o.ID, address
	i.ExpiresAt = t.Now + roster.DefaultInvitationDays*day
	if i.RoleID, err = t.DefaultRole(o); err != nil {
		return err
	}
	err = t.InsertInvitation(&i)
	if errors.Is(err, store.ErrTaken) { // somebody has just invited the address in person
		return nil
	}
	if err == nil {
		_, err = t.send(o, &i, false)
	}
	return err
}

// withdraw takes invitations of domains back that are still outstanding, many at a
// time: a domain may have made thousands.
func (t *tx) withdraw(of store.AutomaticOf) error {
	for {
		found, err := t.AutomaticInvitations(of)
		if err != nil || len(found) == 0 {
			return err
		}
		if err := t.revokeAll(found); err != nil || len(found) < store.AutomaticAtOnce {
			return err
		}
	}
}

// unenrol is to be called when an email address is no longer a user's, or no longer
// verified, in the transaction that made it so. Another address of the same domain
// takes its place.
func (t *tx) unenrol(userID, address string) error {
	name, ok := domainOf(address)
	if !ok {
		return nil
	}
	organizationID, err := t.Owner(store.KindDomain, name)
	if err == nil {
		_, err = t.HoldOrganizationsBehind(organizationID)
	}
	var d *store.Domain
	if err == nil {
		d, err = t.DomainByName(organizationID, name, t.Now)
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := t.DeletePendingSuggestion(organizationID, d.ID, userID); err != nil {
		return err
	}
	if err := t.withdraw(store.AutomaticOf{OrganizationID: organizationID, Addresses: []string{address}}); err != nil {
		return err
	}
	addresses, err := t.VerifiedEmails(userID)
	for _, other := range addresses {
		if rest, ok := domainOf(other); err == nil && ok && rest == name && other != address {
			err = t.enrol(userID, other)
		}
	}
	return err
}

// joined ends what domains were to bring a user into an organization by: the user is
// in.
func (t *tx) joined(organizationID, userID string) error {
	if err := t.AcceptSuggestion(organizationID, userID); err != nil {
		return err
	}
	return t.withdrawFrom(organizationID, userID)
}

// withdrawFrom takes back to what domains of one organization, or of all, have
// invited a user.
func (t *tx) withdrawFrom(organizationID, userID string) error {
	addresses, err := t.VerifiedEmails(userID)
	if err != nil || len(addresses) == 0 {
		return err
	}
	return t.withdraw(store.AutomaticOf{OrganizationID: organizationID, Addresses: addresses})
}

// letGo takes back what a domain offered and nobody has followed yet.
func (t *tx) letGo(d *store.Domain) error {
	if err := t.DeletePendingSuggestions(d.OrganizationID, d.ID); err != nil {
		return err
	}
	return t.withdraw(store.AutomaticOf{OrganizationID: d.OrganizationID, DomainID: d.ID})
}

// addressesChanged settles what follows from the email addresses that are verified in
// one state of a user and were not in another, or no longer are: domains enrol and
// unenrol, and a member is not invited any more. Who is new is none; for anybody else
// the instance is held.
func (t *tx) addressesChanged(before, after *roster.User) error {
	had, has := verifiedAddresses(before), verifiedAddresses(after)
	for _, address := range had {
		if !slices.Contains(has, address) {
			if err := t.unenrol(after.ID, address); err != nil {
				return err
			}
		}
	}
	for _, address := range has {
		if slices.Contains(had, address) {
			continue
		}
		if before.ID != "" {
			if err := t.uninviteMember(after.ID, address); err != nil {
				return err
			}
		}
		if err := t.enrol(after.ID, address); err != nil {
			return err
		}
	}
	return nil
}
