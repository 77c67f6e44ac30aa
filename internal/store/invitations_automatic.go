package store

import (
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// AutomaticOf chooses invitations that domains make: those to any of the addresses,
// or else those of one domain, and of one organization if it names one.
type AutomaticOf struct {
	OrganizationID, DomainID string
	Addresses                []string
}

// AutomaticAtOnce is how many of a domain's invitations are listed at once.
const AutomaticAtOnce = 500

// AutomaticInvitations lists those that are outstanding, oldest first: to addresses
// all, of a domain some.
func (tx *Tx) AutomaticInvitations(of AutomaticOf) ([]Invitation, error) {
	return tx.automatic(of, func(c *clause) {
		c.and(outstanding, tx.Now)
		if len(of.Addresses) == 0 {
			c.add("\nlimit ?", AutomaticAtOnce)
		}
	})
}

// InvitedSince reports whether a domain has invited any of the addresses since a
// time, whatever came of it.
func (tx *Tx) InvitedSince(of AutomaticOf, since int64) (bool, error) {
	list, err := tx.automatic(of, func(*clause) {})
	return slices.ContainsFunc(list, func(i Invitation) bool { return i.CreatedAt >= since }), err
}

// automatic finds invitations by one index, that of addresses or that of domains, and
// looks at the rest itself: there are few to one address, and statistics that say so
// nowhere. So would an order tempt an engine to walk all in it.
func (tx *Tx) automatic(of AutomaticOf, more func(*clause)) ([]Invitation, error) {
	c := (&clause{}).add("select "+invitationColumns+"\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	if len(of.Addresses) > 0 {
		c.in("t.email_address", of.Addresses).and("t.domain_id is not null")
	} else {
		c.and("t.organization_id = ?", of.OrganizationID).and("t.domain_id = ?", of.DomainID)
	}
	more(c)
	list, err := tx.invitationRows(c, tx.Now)
	list = slices.DeleteFunc(list, func(i Invitation) bool {
		return of.OrganizationID != "" && i.OrganizationID != of.OrganizationID || of.DomainID != "" && *i.DomainID != of.DomainID
	})
	slices.SortFunc(list, func(a, b Invitation) int { return strings.Compare(a.ID, b.ID) })
	return list, err
}

// AnyInvited reports whether an invitation to any of the addresses is outstanding,
// whoever made it.
func (tx *Tx) AnyInvited(organizationID string, addresses []string) (bool, error) {
	for _, address := range addresses {
		if pending, err := tx.InvitationPending(organizationID, address); err != nil || pending {
			return pending, err
		}
	}
	return false, nil
}

// RederiveInvitations gives invitations of domains whose role their organization has
// lost the one it gives without choosing now: those of one organization, or for "" of
// all, to any of the roles if there are some.
func (tx *Tx) RederiveInvitations(organizationID string, roles []string) error {
	c := (&clause{}).add(`update organization_invitations as t
set role_id = (select s.default_role_id
	from organizations o
	join role_sets s on s.instance_id = o.instance_id and s.id = o.role_set_id
	where o.instance_id = t.instance_id and o.id = t.organization_id)
where t.instance_id = ?`, tx.Instance)
	if organizationID != "" {
		c.and("t.organization_id = ?", organizationID)
	}
	if len(roles) > 0 {
		c.in("t.role_id", roles)
	}
	c.and("t.domain_id is not null").and(outstanding, tx.Now)
	c.and(`not exists (select 1
		from organizations o
		join role_set_roles sr on sr.instance_id = o.instance_id and sr.role_set_id = o.role_set_id
		where o.instance_id = t.instance_id and o.id = t.organization_id and sr.role_id = t.role_id)`)
	_, err := tx.exec(c.String(), c.args...)
	return err
}

// DefaultRole is the id of the role that an organization gives to those it does not
// choose one for.
func (tx *Tx) DefaultRole(o *roster.Organization) (id string, err error) {
	err = tx.one(`select default_role_id
from role_sets
where instance_id = $1 and key = $2`, []any{tx.Instance, o.RoleSetKey}, &id)
	return id, err
}
