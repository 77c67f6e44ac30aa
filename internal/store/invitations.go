package store

import (
	"context"
	"maps"
	"slices"

	"github.com/rosterhq/roster"
)

// Invitation is an invitation with what only its maker and its invitee know: the
// secret of its ticket, and where whoever accepts is sent.
type Invitation struct {
	roster.Invitation
	RoleID      string
	DomainID    *string // of the domain that invited by itself
	Secret      string
	RedirectURL *string
}

const invitationColumns = `t.id, t.organization_id, t.email_address, t.role_id, t.inviter_id, t.status,
	t.public_metadata, t.private_metadata, t.redirect_url, t.secret, t.user_id, t.domain_id, t.expires_at, t.created_at, t.updated_at`

// outstanding is the condition that an invitation can still be accepted; its argument
// is the time.
const outstanding = `t.status = 'pending' and t.expires_at > ?`

// scanInvitation reads a row as it stands at now, without its inviter.
func (tx *Tx) scanInvitation(r row, now int64) (Invitation, error) {
	i := Invitation{Invitation: roster.Invitation{Object: "organization_invitation"}}
	var acceptedBy *string
	err := r.scan(&i.ID, &i.OrganizationID, &i.EmailAddress, &i.RoleID, &i.InviterID, &i.Status,
		&i.PublicMetadata, &i.PrivateMetadata, &i.RedirectURL, &i.Secret, &acceptedBy, &i.DomainID, &i.ExpiresAt, &i.CreatedAt, &i.UpdatedAt)
	i.UserID = text(acceptedBy)
	if i.Status == roster.InvitationPending && i.ExpiresAt <= now {
		i.Status = roster.InvitationExpired
	}
	if role := tx.roles[i.RoleID]; role != nil {
		i.Role, i.RoleName = role.key, role.name
	}
	return i, err
}

// InsertInvitation adds an invitation; ErrTaken when one to the same address is
// pending.
func (tx *Tx) InsertInvitation(i *Invitation) error {
	n, err := tx.exec(`insert into organization_invitations (instance_id, organization_id, id, email_address, role_id, inviter_id, status,
	public_metadata, private_metadata, redirect_url, secret, domain_id, expires_at, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10, $11, $12, $13, $13)
on conflict do nothing`,
		tx.Instance, i.OrganizationID, i.ID, i.EmailAddress, i.RoleID, i.InviterID,
		i.PublicMetadata.String(), i.PrivateMetadata.String(), i.RedirectURL, i.Secret, i.DomainID, i.ExpiresAt, tx.Now)
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
}

// Invitation is one invitation as it stands at now, or ErrNotFound. Organization ""
// finds it in any.
func (tx *Tx) Invitation(organizationID, id string, now int64) (*Invitation, error) {
	c := (&clause{}).add("select "+invitationColumns+"\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	if organizationID != "" {
		c.and("t.organization_id = ?", organizationID)
	}
	list, err := tx.invitationRows(c.and("t.id = ?", id), now)
	if err == nil && len(list) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// invitationRows runs a query and completes each row with its role and inviter.
func (tx *Tx) invitationRows(c *clause, now int64) ([]Invitation, error) {
	if err := tx.loadRoles(); err != nil {
		return nil, err
	}
	list := []Invitation{}
	var inviters []string
	err := tx.query(c.String(), c.args, func(r row) error {
		i, err := tx.scanInvitation(r, now)
		list = append(list, i)
		if i.InviterID != nil {
			inviters = append(inviters, *i.InviterID)
		}
		return err
	})
	if err != nil || len(inviters) == 0 {
		return list, err
	}
	users := (&clause{}).add("select "+userColumns+"\nfrom users t\nwhere t.instance_id = ?", tx.Instance).in("t.id", distinct(inviters))
	found, err := tx.userRows(users)
	if err != nil {
		return nil, err
	}
	shown := make(map[string]*roster.PublicInviterData, len(found))
	for n := range found {
		shown[found[n].ID] = inviterData(&found[n])
	}
	for n := range list {
		list[n].PublicInviterData = shown[text(list[n].InviterID)]
	}
	return list, nil
}

func inviterData(u *roster.User) *roster.PublicInviterData {
	d := &roster.PublicInviterData{UserID: u.ID, FirstName: u.FirstName, LastName: u.LastName, ImageURL: u.ImageURL, HasImage: u.HasImage}
	email, phone, wallet := primary(u)
	for _, identifier := range []*string{email, phone, u.Username, wallet} {
		if identifier != nil {
			d.Identifier = *identifier
			break
		}
	}
	return d
}

// InvitationPending reports whether an invitation to an address is outstanding. One
// that is past its time gets out of the way of another.
func (tx *Tx) InvitationPending(organizationID, emailAddress string) (bool, error) {
	if _, err := tx.exec(`update organization_invitations
set status = 'expired'
where instance_id = $1 and organization_id = $2 and email_address = $3 and status = 'pending' and expires_at <= $4`,
		tx.Instance, organizationID, emailAddress, tx.Now); err != nil {
		return false, err
	}
	c := (&clause{}).add("select count(*)\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.organization_id = ?", organizationID).and("t.email_address = ?", emailAddress).and(outstanding, tx.Now)
	var n int64
	err := tx.one(c.String(), c.args, &n)
	return n > 0, err
}

// RoleHasPendingInvitations reports whether somebody invited anybody to have a role.
// What domains make does not count, see RederiveInvitations.
func (tx *Tx) RoleHasPendingInvitations(roleID string) (bool, error) {
	found := false
	c := (&clause{}).add("select 1\nfrom organization_invitations t\nwhere t.instance_id = ?", tx.Instance)
	c.and("t.role_id = ?", roleID).and(outstanding, tx.Now).and("t.domain_id is null").add("\nlimit 1")
	err := tx.query(c.String(), c.args, func(row) error {
		found = true
		return nil
	})
	return found, err
}

// RoleSetHasPendingInvitations is RoleHasPendingInvitations in the organizations of
// a role set.
func (tx *Tx) RoleSetHasPendingInvitations(roleSetID, roleID string) (bool, error) {
	found := false
	c := (&clause{}).add(`select 1
from organization_invitations t
join organizations o on o.instance_id = t.instance_id and o.id = t.organization_id
where t.instance_id = ?`, tx.Instance)
	c.and("t.role_id = ?", roleID).and(outstanding, tx.Now).and("t.domain_id is null").and("o.role_set_id = ?", roleSetID).add("\nlimit 1")
	err := tx.query(c.String(), c.args, func(row) error {
		found = true
		return nil
	})
	return found, err
}

// ReassignInvitations gives the invitations to a role set's organizations other roles,
// by id.
func (tx *Tx) ReassignInvitations(roleSetID string, to map[string]string) error {
	from := slices.Sorted(maps.Keys(to))
	c := (&clause{}).add("update organization_invitations\nset role_id = case role_id")
	for _, id := range from {
		c.add(" when ? then ?", id, to[id])
	}
	c.add(" end\nwhere instance_id = ?", tx.Instance).in("role_id", from)
	c.and("organization_id in (select id from organizations where instance_id = ? and role_set_id = ?)", tx.Instance, roleSetID)
	_, err := tx.exec(c.String(), c.args...)
	return err
}

// SettleInvitation ends an invitation that is outstanding, by the user who accepts
// it if one does; ErrNotFound when it is not, or no longer. It then is not to be
// mailed any more.
func (tx *Tx) SettleInvitation(organizationID, id, status string, userID *string) error {
	n, err := tx.exec(`update organization_invitations
set status = $4, user_id = $5, updated_at = $6
where instance_id = $1 and organization_id = $2 and id = $3 and status = 'pending' and expires_at > $6`,
		tx.Instance, organizationID, id, status, userID, tx.Now)
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return err
	}
	_, err = tx.exec(`delete from mails where instance_id = $1 and invitation_id = $2`, tx.Instance, id)
	return err
}

// RevokeInvitations takes invitations back, whose mail then is not to be sent any more,
// and returns them as they are then, less those that are no longer outstanding.
func (tx *Tx) RevokeInvitations(list []Invitation) ([]Invitation, error) {
	ids := make([]string, len(list))
	for n := range list {
		ids[n] = list[n].ID
	}
	c := (&clause{}).add("update organization_invitations\nset status = 'revoked', updated_at = ?\nwhere instance_id = ?", tx.Now, tx.Instance)
	c.in("id", ids).and("status = 'pending' and expires_at > ?", tx.Now).add("\nreturning id")
	revoked := make(map[string]bool, len(list))
	tx.forget()
	err := tx.query(c.String(), c.args, func(r row) error {
		var id string
		err := r.scan(&id)
		revoked[id] = true
		return err
	})
	list = slices.DeleteFunc(list, func(i Invitation) bool { return !revoked[i.ID] })
	var mailed []string // domains send none
	for n := range list {
		list[n].Status, list[n].UpdatedAt = roster.InvitationRevoked, tx.Now
		if list[n].DomainID == nil {
			mailed = append(mailed, list[n].ID)
		}
	}
	if len(mailed) > 0 {
		c := (&clause{}).add("delete from mails\nwhere instance_id = ?", tx.Instance).in("invitation_id", mailed)
		tx.later(c.String(), c.args...)
	}
	return list, err
}

// deleteInvitations removes an organization's invitations and what was to be mailed
// of them.
func (tx *Tx) deleteInvitations(organizationID string) error {
	tx.lockInOrder("organization_invitations", "organization_id = $2", organizationID) // before the mails
	for _, sql := range []string{
		`delete from mails where instance_id = $1 and invitation_id in (
	select id from organization_invitations where instance_id = $1 and organization_id = $2)`,
		`delete from organization_invitations where instance_id = $1 and organization_id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, organizationID); err != nil {
			return err
		}
	}
	return nil
}

// forgetInviter takes a user off the invitations.
func (tx *Tx) forgetInviter(userID string) error {
	for _, sql := range []string{
		`update organization_invitations set inviter_id = null where instance_id = $1 and inviter_id = $2`,
		`update organization_invitations set user_id = null where instance_id = $1 and user_id = $2`,
	} {
		if _, err := tx.exec(sql, tx.Instance, userID); err != nil {
			return err
		}
	}
	return nil
}

// ExpireInvitations writes down, in all instances, which invitations are past their
// time. Nobody sees a difference; what is to be looked through stays small.
func (s *Store) ExpireInvitations(ctx context.Context, now int64) error {
	const chunk = 1000 // at a time, so that other writes come in between
	for expired := int64(chunk); expired == chunk; {
		err := s.Write(ctx, "", now, func(tx *Tx) (err error) {
			expired, err = tx.exec(`update organization_invitations
set status = 'expired'
where (instance_id, id) in (
	select instance_id, id
	from organization_invitations
	where status = 'pending' and expires_at <= $1
	limit $2)
	and status = 'pending'`, now, chunk)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
