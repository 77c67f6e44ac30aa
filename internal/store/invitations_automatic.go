package store

import "github.com/rosterhq/roster"

// Invitations that domains make. Whoever looks for them names one organization and
// one domain, one address, or several addresses.

// AutomaticOf chooses invitations of domains. Empty fields choose all.
type AutomaticOf struct {
	OrganizationID, DomainID string
	Addresses                []string
}

func (c *clause) automatic(of AutomaticOf) *clause {
	c.and("t.domain_id is not null")
	if of.OrganizationID != "" {
		c.and("t.organization_id = ?", of.OrganizationID)
	}
	if of.DomainID != "" {
		c.and("t.domain_id = ?", of.DomainID)
	}
	if len(of.Addresses) > 0 {
		c.in("t.email_address", of.Addresses)
	}
	return c
}

// AutomaticInvitations lists those that are outstanding.
func (tx *Tx) AutomaticInvitations(of AutomaticOf) ([]Invitation, error) {
	c := (&clause{}).add("select "+invitationColumns+"\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	return tx.invitationRows(c.automatic(of).and(outstanding, tx.Now).add("\norder by t.id"), tx.Now)
}

// InvitedSince reports whether a domain has invited any of the addresses since a
// time, whatever came of it.
func (tx *Tx) InvitedSince(of AutomaticOf, since int64) (bool, error) {
	c := (&clause{}).add("select count(*)\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	var n int64
	c.automatic(of).and("t.created_at >= ?", since)
	err := tx.one(c.String(), c.args, &n)
	return n > 0, err
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

// DefaultRole is the id of the role that an organization gives to those it does not
// choose one for.
func (tx *Tx) DefaultRole(o *roster.Organization) (id string, err error) {
	err = tx.one(`select default_role_id
from role_sets
where instance_id = $1 and key = $2`, []any{tx.Instance, o.RoleSetKey}, &id)
	return id, err
}
