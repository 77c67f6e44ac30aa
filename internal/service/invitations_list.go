package service

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// show is an invitation as it is answered: with its link while that works.
func (t *tx) show(i store.Invitation) roster.Invitation {
	out := i.Invitation
	out.UserID = ""
	if i.Status == roster.InvitationPending {
		link := t.service.public + ticketPath + ticket{t.Instance, i.ID, i.Secret}.String()
		out.URL = &link
	}
	return out
}

func (t *tx) showAll(page roster.Page[store.Invitation], err error) (roster.Page[roster.Invitation], error) {
	out := roster.Page[roster.Invitation]{Data: make([]roster.Invitation, len(page.Data)), TotalCount: page.TotalCount}
	for n, i := range page.Data {
		out.Data[n] = t.show(i)
	}
	return out, err
}

// Invitation is one invitation to an organization.
func (s *Service) Invitation(ctx context.Context, c Caller, organizationID, invitationID string) (out roster.Invitation, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		i, err := t.invitation(organizationID, invitationID)
		if err != nil {
			return err
		}
		out = t.show(*i)
		return nil
	})
	return out, err
}

// invitation is a path's invitation, or the wire's 404: the organization is looked for
// first.
func (t *tx) invitation(organizationID, id string) (*store.Invitation, error) {
	if _, err := t.organization(organizationID); err != nil {
		return nil, err
	}
	i, err := t.Invitation(organizationID, id, t.time.UnixMilli())
	return i, orNotFound(err, roster.ErrInvitationNotFound.New(id))
}

// InvitationExists returns the wire's 404 when there is no such invitation.
func (s *Service) InvitationExists(ctx context.Context, c Caller, organizationID, invitationID string) error {
	_, err := s.Invitation(ctx, c, organizationID, invitationID)
	return err
}

// Invitations is one page of the invitations to an organization.
func (s *Service) Invitations(ctx context.Context, c Caller, organizationID string, q roster.InvitationQuery) (page roster.Page[roster.Invitation], err error) {
	if address, ok := normalEmail(q.EmailAddress); ok {
		q.EmailAddress = address
	}
	err = s.list(ctx, c, func(t *tx) error {
		if _, err := t.organization(organizationID); err != nil {
			return err
		}
		page, err = t.showAll(t.Invitations(organizationID, q, t.time.UnixMilli()))
		return err
	})
	return page, err
}

// InstanceInvitations is one page of the invitations to all organizations.
func (s *Service) InstanceInvitations(ctx context.Context, c Caller, q roster.InvitationQuery) (page roster.Page[roster.Invitation], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		found, err := t.InstanceInvitations(q, t.time.UnixMilli())
		if err == nil {
			err = t.ShowOrganizations(found.Data)
		}
		page, err = t.showAll(found, err)
		return err
	})
	return page, err
}

// UserInvitations is one page of the invitations to a user's verified addresses, and
// of those that the user accepted, newest first.
func (s *Service) UserInvitations(ctx context.Context, c Caller, userID string, q roster.InvitationQuery) (page roster.Page[roster.Invitation], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		u, err := t.user(userID)
		if err != nil {
			return err
		}
		found, err := t.UserInvitations(userID, verifiedAddresses(u), q, t.time.UnixMilli())
		if err == nil {
			err = t.ShowOrganizations(found.Data)
		}
		page, err = t.showAll(found, err)
		return err
	})
	return page, err
}

func verifiedAddresses(u *roster.User) (out []string) {
	for _, a := range u.EmailAddresses {
		if a.Verification.Verified() {
			out = append(out, a.EmailAddress)
		}
	}
	return out
}
