package service

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CreateInvitation asks an email address to join an organization.
func (s *Service) CreateInvitation(ctx context.Context, c Caller, organizationID string, in roster.CreateInvitation) (*roster.Invitation, error) {
	list, err := s.invite(ctx, c, organizationID, []roster.CreateInvitation{in}, func(_ int, e *roster.Error) *roster.Error { return e })
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// CreateInvitations asks several addresses, or none if there is a problem with one:
// the error names those of all.
func (s *Service) CreateInvitations(ctx context.Context, c Caller, organizationID string, in []roster.CreateInvitation) (roster.Page[roster.Invitation], error) {
	list, err := s.invite(ctx, c, organizationID, in, InElement)
	return roster.Page[roster.Invitation]{Data: list, TotalCount: int64(len(list))}, err
}

// InElement says of a problem with which element of an array it is.
func InElement(i int, e *roster.Error) *roster.Error {
	e.LongMessage = fmt.Sprintf("Element %d: %s", i, e.LongMessage)
	return e
}

// invite makes invitations; place says where a problem is. What the bodies say is
// looked at first, then what they meet in the directory.
func (s *Service) invite(ctx context.Context, c Caller, organizationID string, in []roster.CreateInvitation, place func(int, *roster.Error) *roster.Error) (out []roster.Invitation, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		o, err := t.organizationAndRoles(organizationID)
		if err != nil {
			return err
		}
		drafts := make([]store.Invitation, len(in))
		var problems roster.Errors
		for i := range in {
			for _, e := range t.draft(o, &drafts[i], in[i]) {
				problems = append(problems, place(i, e))
			}
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if err := t.lockPeople(drafts); err != nil {
			return err
		}
		out = make([]roster.Invitation, len(in))
		for i := range drafts {
			err := t.admit(o, &drafts[i], in[i])
			refusals := refusalsOf(err)
			for _, e := range refusals {
				problems = append(problems, place(i, e))
			}
			switch {
			case refusals != nil:
			case err != nil:
				return err
			case len(problems) == 0:
				if out[i], err = t.send(o, &drafts[i], in[i].Notify.Or(true)); err != nil {
					return err
				}
			}
		}
		return problems.Err()
	})
	if err != nil {
		return nil, err
	}
	s.announceMail()
	return out, nil
}

// draft fills in what the body of an invitation gives, and says what is wrong with it.
func (t *tx) draft(o *roster.Organization, i *store.Invitation, in roster.CreateInvitation) roster.Errors {
	var k checks
	address, ok := normalEmail(in.EmailAddress)
	if !ok {
		k.add(roster.ErrParamFormat.On("email_address", "an email address"))
	}
	days := in.ExpiresInDays.Or(roster.DefaultInvitationDays)
	if days < 1 || days > roster.MaxInvitationDays {
		k.add(roster.ErrParamInvalid.On("expires_in_days", fmt.Sprintf("it must be from 1 to %d", roster.MaxInvitationDays)))
	}
	i.RedirectURL = orNil(in.RedirectURL)
	k.redirectURL(i.RedirectURL, t.caller.Environment)
	var m metadata
	i.PublicMetadata = m.replace("public_metadata", nil, in.PublicMetadata)
	i.PrivateMetadata = m.replace("private_metadata", nil, in.PrivateMetadata)
	i.ID, i.OrganizationID, i.EmailAddress = t.id(roster.PrefixInvitation), o.ID, address
	i.InviterID = orNil(in.InviterUserID)
	i.ExpiresAt = t.Now + days*day
	i.Secret = t.secret()
	return append(k.problems, m.problems...)
}

// redirectURL refuses where a browser is not to be sent.
func (k *checks) redirectURL(text *string, environment string) {
	if text == nil {
		return
	}
	u, err := url.Parse(*text)
	switch {
	case utf8.RuneCountInString(*text) > roster.MaxURLLength:
		k.add(roster.ErrParamTooLong.On("redirect_url", roster.MaxURLLength))
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil:
		k.add(roster.ErrParamFormat.On("redirect_url", "an absolute http or https URL"))
	case u.Scheme == "http" && environment == Production:
		k.add(roster.ErrInsecureURL.On("redirect_url"))
	}
}

// secret is what makes a ticket impossible to guess.
func (t *tx) secret() string {
	var b [32]byte
	if _, err := io.ReadFull(t.service.rand, b[:]); err != nil && t.fail == nil {
		t.fail = err
	}
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// admit refuses an invitation that the directory has no place for.
func (t *tx) admit(o *roster.Organization, i *store.Invitation, in roster.CreateInvitation) (err error) {
	if i.RoleID, err = t.role(o, in.Role); err != nil {
		return err
	}
	if err := t.mayManageMembers(o.ID, "inviter_user_id", i.InviterID); err != nil {
		return err
	}
	if err := t.admits([]store.Value{{Kind: store.KindEmailAddress, Value: i.EmailAddress}}); err != nil {
		return err
	}
	owner, err := t.Owner(store.KindEmailAddress, i.EmailAddress)
	if err == nil {
		_, err = t.MembershipRole(o.ID, owner)
	}
	if !errors.Is(err, store.ErrNotFound) {
		if err == nil {
			err = roster.ErrAlreadyAMember.New(owner)
		}
		return err
	}
	// What a domain does by itself gets out of the way of what somebody wants.
	if err := t.withdraw(store.AutomaticOf{OrganizationID: o.ID, Addresses: []string{i.EmailAddress}}); err != nil {
		return err
	}
	pending, err := t.InvitationPending(o.ID, i.EmailAddress)
	if err == nil && pending {
		err = roster.ErrInvitationNotUnique.New(i.EmailAddress)
	}
	if err != nil {
		return err
	}
	if _, err := t.checkQuota(o, store.Counts{}); err != nil {
		return err
	}
	err = t.InsertInvitation(i)
	if errors.Is(err, store.ErrTaken) { // by another request, just now
		err = roster.ErrInvitationNotUnique.New(i.EmailAddress)
	}
	return err
}

// mayManageMembers refuses who is no member, and a member without the permission.
// Nobody in particular is the application, which may.
func (t *tx) mayManageMembers(organizationID, param string, userID *string) error {
	if userID == nil {
		return nil
	}
	roleID, err := t.MembershipRole(organizationID, *userID)
	if err != nil {
		return orNotFound(err, roster.ErrNotAMember.New(param))
	}
	may, err := t.RoleHolds(roleID, []string{roster.PermissionManageMembers})
	if err == nil && !may {
		e := roster.ErrMissingPermission.New(param, roster.PermissionManageMembers)
		e.Meta = &roster.Meta{Permissions: []string{roster.PermissionManageMembers}}
		err = e
	}
	return err
}

// send tells of a new invitation, and mails it if it is to be.
func (t *tx) send(o *roster.Organization, draft *store.Invitation, notify bool) (roster.Invitation, error) {
	i, err := t.Invitation(draft.OrganizationID, draft.ID, t.Now)
	if err != nil {
		return roster.Invitation{}, err
	}
	out := t.show(*i)
	if err := t.emit(roster.EventInvitationCreated, out); err != nil || !notify {
		return out, err
	}
	return out, t.mailInvitation(o, out)
}

// RevokeInvitation takes an invitation back, which nobody can accept then.
func (s *Service) RevokeInvitation(ctx context.Context, c Caller, organizationID, invitationID string, in roster.RevokeInvitation) (out roster.Invitation, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		i, err := t.invitation(organizationID, invitationID)
		if err != nil {
			return err
		}
		if err := t.mayManageMembers(organizationID, "requesting_user_id", orNil(in.RequestingUserID)); err != nil {
			return err
		}
		out, err = t.revoke(organizationID, i.ID)
		if errors.Is(err, store.ErrNotFound) {
			if i, err = t.Invitation(organizationID, i.ID, t.Now); err == nil {
				err = roster.ErrInvitationNotPending.New(i.Status)
			}
		}
		return err
	})
	return out, err
}

// revoke ends an invitation and tells of it; store.ErrNotFound when it is over.
func (t *tx) revoke(organizationID, id string) (out roster.Invitation, err error) {
	if err := t.SettleInvitation(organizationID, id, roster.InvitationRevoked, nil); err != nil {
		return out, err
	}
	i, err := t.Invitation(organizationID, id, t.Now)
	if err != nil {
		return out, err
	}
	out = t.show(*i)
	return out, t.emit(roster.EventInvitationRevoked, out)
}

// revokeAll is revoke for many, less those that are over.
func (t *tx) revokeAll(list []store.Invitation) error {
	revoked, err := t.RevokeInvitations(list)
	if err != nil {
		return err
	}
	events := make([]store.Event, len(revoked))
	for n, i := range revoked {
		if events[n], err = t.event(roster.EventInvitationRevoked, t.show(i)); err != nil {
			return err
		}
	}
	return t.AppendEvents(events...)
}
