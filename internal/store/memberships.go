package store

import (
	"strings"

	"github.com/rosterhq/roster"
)

// shownOfUser are the columns of a user that its memberships show.
const shownOfUser = `t.first_name, t.last_name, t.username, t.email_address, t.phone_number, t.web3_wallet, t.banned, t.image_id`

// ShowRole makes a membership show a role.
func (tx *Tx) ShowRole(m *roster.Membership, roleID string) error {
	err := tx.loadRoles()
	tx.showRole(m, roleID)
	return err
}

// showRole is ShowRole for a role among those that are loaded.
func (tx *Tx) showRole(m *roster.Membership, roleID string) {
	m.Permissions = []string{}
	if role := tx.roles[roleID]; role != nil {
		m.Role, m.RoleName, m.Permissions = role.key, role.name, role.permissions
	}
}

// Newcomer is a membership that only shows its user, or ErrNotFound.
func (tx *Tx) Newcomer(userID string) (*roster.Membership, error) {
	c := (&clause{}).add("select '', '', '', '{}', '{}', cast(0 as bigint), cast(0 as bigint), t.id, "+shownOfUser+"\nfrom users t\nwhere t.instance_id = ?", tx.Instance)
	s := tx.scanMemberships(1)
	err := tx.query(c.and("t.id = ?", userID).String(), c.args, s.row)
	if err == nil && len(s.list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &s.list[0], nil
}

var insertMembership = `insert into memberships (instance_id, organization_id, user_id, id, role_id,
	public_metadata, private_metadata, created_at, updated_at,
	` + copyColumns + `)
select instance_id, $3, id, $4, $5,
	$6, $7, cast($8 as bigint), cast($8 as bigint),
	` + strings.Join(copied, ", ") + `
from users
where instance_id = $1 and id = $2`

// InsertMembership adds a member with copies of its user's columns. The user, whom the
// transaction has to itself, must be none yet.
func (tx *Tx) InsertMembership(id, organizationID, userID, roleID string, public, private roster.Metadata) error {
	tx.later(insertMembership, tx.Instance, userID, organizationID, id, roleID, public.String(), private.String(), tx.Now)
	tx.addTerms(organizationID, userID, MetadataTerms(public))
	tx.countMembers(organizationID, roleID, 1)
	tx.countSpan(organizationID, spanOf(tx.Now), 1)
	return nil
}

// Membership is one member of an organization, or ErrNotFound. Its own fields are the
// caller's to change, not what they point to.
func (tx *Tx) Membership(organizationID, userID string) (*roster.Membership, error) {
	if m := tx.membership; m != nil && m.Organization.ID == organizationID && m.PublicUserData.UserID == userID {
		again := *m
		return &again, nil
	}
	c := (&clause{rows: 1}).add("select "+membershipColumns+"\nfrom memberships t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.organization_id = ?", organizationID).and("t.user_id = ?", userID)
	list, err := tx.membershipRows(c)
	if err == nil && (len(list) == 0 || list[0].Organization == nil) {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	read := list[0]
	tx.membership = &read
	return &list[0], nil
}

// MembershipRole is the id of a member's role, or ErrNotFound.
func (tx *Tx) MembershipRole(organizationID, userID string) (string, error) {
	var roleID string
	err := tx.one(`select role_id
from memberships
where instance_id = $1 and organization_id = $2 and user_id = $3`, []any{tx.Instance, organizationID, userID}, &roleID)
	return roleID, err
}

// membershipAndRole is a membership and the id of its role.
func (tx *Tx) membershipAndRole(organizationID, userID string) (m *roster.Membership, roleID string, err error) {
	if m, err = tx.Membership(organizationID, userID); err == nil {
		roleID, err = tx.RoleID(m.Role)
	}
	return m, roleID, err
}

// UserRoles are the keys of a user's roles, by organization, of the limit's first.
func (tx *Tx) UserRoles(userID string, limit int) (map[string]string, error) {
	if err := tx.loadRoles(); err != nil {
		return nil, err
	}
	roles := map[string]string{}
	err := tx.query(`select organization_id, role_id
from memberships
where instance_id = $1 and user_id = $2
order by created_at, id
limit $3`, []any{tx.Instance, userID, limit}, func(r row) error {
		var organization, role string
		err := r.scan(&organization, &role)
		if info := tx.roles[role]; info != nil {
			roles[organization] = info.key
		}
		return err
	})
	return roles, err
}

// SetMembershipRole gives a member another role. The caller holds the instance and has
// the user to itself, so that nobody else does.
func (tx *Tx) SetMembershipRole(organizationID, userID, roleID string) error {
	_, from, err := tx.membershipAndRole(organizationID, userID)
	if err != nil {
		return err
	}
	tx.later(`update memberships
set role_id = $4, updated_at = $5
where instance_id = $1 and organization_id = $2 and user_id = $3`, tx.Instance, organizationID, userID, roleID, tx.Now)
	tx.moveMembers(organizationID, from, roleID, 1)
	return nil
}

// SetMembershipMetadata replaces both metadata fields. was is the public metadata
// there is, which nobody else may change meanwhile.
func (tx *Tx) SetMembershipMetadata(organizationID, userID string, was, public, private roster.Metadata) error {
	tx.replaceTerms(organizationID, userID, was, public)
	tx.later(`update memberships
set public_metadata = $4, private_metadata = $5, updated_at = $6
where instance_id = $1 and organization_id = $2 and user_id = $3`,
		tx.Instance, organizationID, userID, public.String(), private.String(), tx.Now)
	return nil
}

// DeleteMembership removes a member and takes the organization off the user's
// sessions; ErrNotFound when there is no such member. The caller holds the instance
// and has the user to itself, so that nobody else gives the member another role.
func (tx *Tx) DeleteMembership(organizationID, userID string) error {
	m, roleID, err := tx.membershipAndRole(organizationID, userID)
	if err != nil {
		return err
	}
	tx.dropTerms(organizationID, userID, MetadataTerms(m.PublicMetadata))
	tx.buryMemberships(`t.organization_id = $3 and t.user_id = $4`, organizationID, userID)
	tx.later(`delete from memberships
where instance_id = $1 and organization_id = $2 and user_id = $3`, tx.Instance, organizationID, userID)
	tx.countMembers(organizationID, roleID, -1)
	tx.countSpan(organizationID, spanOf(m.CreatedAt), -1)
	tx.leaveOrganization(organizationID, userID)
	return nil
}

// HasOtherMember reports whether anyone but the user has a role with all the
// permissions in an organization.
func (tx *Tx) HasOtherMember(organizationID, userID string, permissions []string) (bool, error) {
	roles, err := tx.RolesHolding(permissions)
	if err != nil {
		return false, err
	}
	c := &clause{}
	c.add("select user_id\nfrom memberships\nwhere instance_id = ?", tx.Instance)
	c.and("organization_id = ?", organizationID).in("role_id", roles).and("user_id <> ?", userID).add("\nlimit 1")
	found := false
	err = tx.query(c.String(), c.args, func(row) error {
		found = true
		return nil
	})
	return found, err
}
