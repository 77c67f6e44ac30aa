package store

import (
	"slices"
	"strings"

	"github.com/rosterhq/roster"
)

// invitationOrder is what an order_by name sorts by.
var invitationOrder = map[string]ordering{
	"created_at":    {column: "t.created_at", integer: true},
	"email_address": {column: "t.email_address"},
}

// Invitations is one page of an organization's invitations as they stand at now, but
// for those of its domains.
func (tx *Tx) Invitations(organizationID string, q roster.InvitationQuery, now int64) (roster.Page[Invitation], error) {
	where := (&clause{}).add("t.instance_id = ?", tx.Instance).and("t.organization_id = ?", organizationID).and("t.domain_id is null")
	where.stands(q.Status, now)
	if !tx.serial() {
		where.apart("t.organization_id", organizationID)
	}
	if q.EmailAddress != "" {
		where.among("t.email_address", []string{q.EmailAddress})
	}
	return tx.invitationPage(where, len(q.Status) == 0, q, now)
}

// InstanceInvitations is one page of the invitations of all organizations.
func (tx *Tx) InstanceInvitations(q roster.InvitationQuery, now int64) (roster.Page[Invitation], error) {
	where := (&clause{}).add("t.instance_id = ?", tx.Instance).stands(q.Status, now)
	if q.Query != "" {
		where.and("instr(t.email_address, ?) > 0", strings.ToLower(q.Query)) // addresses are kept in lower case
	}
	return tx.invitationPage(where, len(q.Status) == 0 && q.Query == "", q, now)
}

// UserInvitations is one page of the invitations to any of the addresses, and of
// those that a user accepted. Either is found by an index; for the two in one condition
// SQLite would look at all invitations.
func (tx *Tx) UserInvitations(userID string, addresses []string, q roster.InvitationQuery, now int64) (roster.Page[Invitation], error) {
	const of = "select i.id from organization_invitations i where i.instance_id = ?"
	where := (&clause{}).add("t.instance_id = ?", tx.Instance)
	where.and("t.id in ("+of+" and i.user_id = ?", tx.Instance, userID)
	if len(addresses) > 0 {
		where.add("\n\tunion all "+of, tx.Instance).in("i.email_address", addresses)
	}
	where.add(")")
	where.few = true
	return tx.invitationPage(where.stands(q.Status, now), false, q, now)
}

func (tx *Tx) invitationPage(where *clause, indexed bool, q roster.InvitationQuery, now int64) (page roster.Page[Invitation], err error) {
	if err := tx.one("select count(*)\nfrom organization_invitations t\nwhere "+where.String(), where.args, &page.TotalCount); err != nil {
		return page, err
	}
	order := q.OrderBy.Or(roster.Desc("created_at"))
	by := invitationOrder[order.By]
	by.desc = order.Desc
	l := listing{table: "organization_invitations", columns: invitationColumns, where: where, indexed: indexed || where.few}
	page.Data, err = pageOf(tx, l, by, q.Paging, nil, func(c *clause) ([]Invitation, error) { return tx.invitationRows(c, now) })
	return page, err
}

// stands adds the condition that an invitation is in any of the states at now; none
// is all.
func (c *clause) stands(statuses []string, now int64) *clause {
	if len(statuses) == 0 {
		return c
	}
	var states []string
	var args []any
	for _, status := range distinct(statuses) {
		switch status {
		case roster.InvitationPending:
			states, args = append(states, outstanding), append(args, now)
		case roster.InvitationExpired:
			states, args = append(states, "t.status = 'expired'", "t.status = 'pending' and t.expires_at <= ?"), append(args, now)
		default:
			states, args = append(states, "t.status = ?"), append(args, status)
		}
	}
	return c.and("("+strings.Join(states, " or ")+")", args...)
}

// ShowOrganizations completes invitations with the organizations they lead to.
func (tx *Tx) ShowOrganizations(list []Invitation) error {
	ids := make([]string, len(list))
	for n := range list {
		ids[n] = list[n].OrganizationID
	}
	organizations, err := tx.organizationsByID(ids)
	if err != nil {
		return err
	}
	for n := range list {
		if o := organizations[list[n].OrganizationID]; o != nil {
			list[n].PublicOrganizationData = o.Public()
		}
	}
	return nil
}

// InvitedByHand are the invitations to any of the addresses that are outstanding, but
// for those that domains made.
func (tx *Tx) InvitedByHand(organizationID string, addresses []string) ([]Invitation, error) {
	c := (&clause{}).add("select "+invitationColumns+"\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.organization_id = ?", organizationID).in("t.email_address", addresses)
	return tx.invitationRows(c.and("t.domain_id is null").and(outstanding, tx.Now).add("\norder by t.id"), tx.Now)
}

// InvitedAtOnce is how many invitations MembersInvited lists.
const InvitedAtOnce = 500

// MembersInvited are invitations to an address that are outstanding, but for those that
// domains made, of organizations that a user is a member of: some, if there are many.
// An order would tempt an engine to walk all in it.
func (tx *Tx) MembersInvited(userID, address string) ([]Invitation, error) {
	c := (&clause{}).add("select "+invitationColumns+"\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.email_address = ?", address).and("t.domain_id is null").and(outstanding, tx.Now)
	c.and(`exists (select 1
		from memberships m
		where m.instance_id = t.instance_id and m.organization_id = t.organization_id and m.user_id = ?)`, userID).add("\nlimit ?", InvitedAtOnce)
	list, err := tx.invitationRows(c, tx.Now)
	slices.SortFunc(list, func(a, b Invitation) int { return strings.Compare(a.ID, b.ID) })
	return list, err
}
