package service

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// ticketPath is where a ticket is redeemed, below the public URL.
const ticketPath = "/v1/tickets/accept?__clerk_ticket="

// ticket is what the link of an invitation carries: which one it is, for whoever
// redeems it has no key that says so, and the secret that proves it was given out.
type ticket struct{ instanceID, id, secret string }

func (k ticket) String() string {
	enc := base64.RawURLEncoding
	return enc.EncodeToString([]byte(k.instanceID)) + "." + enc.EncodeToString([]byte(k.id)) + "." + k.secret
}

func parseTicket(text string) (k ticket, ok bool) {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return k, false
	}
	instanceID, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		return k, false
	}
	id, err := base64.RawURLEncoding.DecodeString(parts[1])
	k = ticket{string(instanceID), string(id), parts[2]}
	return k, err == nil && plain(k.instanceID) && plain(k.id)
}

// plain reports whether text can be looked for in a database.
func plain(text string) bool { return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 }

// AcceptTicket accepts the invitation that a ticket was given out for, in the name of
// the user who has its address verified. Where nobody has, the application is to see
// to that: the answer says how, and the ticket stays good.
func (s *Service) AcceptTicket(ctx context.Context, c Caller, text string) (out *roster.TicketAcceptance, err error) {
	k, ok := parseTicket(text)
	if !ok {
		return nil, roster.ErrTicketInvalid.New()
	}
	c.InstanceID = k.instanceID
	// Anybody may ask, so only who has a ticket gets to wait for others, or they for them.
	if err := s.read(ctx, c, func(t *tx) error {
		_, err := t.redeem(k)
		return err
	}); err != nil {
		return nil, err
	}
	err = s.write(ctx, c, func(t *tx) error {
		i, err := t.redeem(k)
		if err != nil {
			return err
		}
		o, err := t.organization(i.OrganizationID)
		if err != nil {
			return err
		}
		u, status, err := t.invitee(i.EmailAddress)
		if err == nil {
			err = t.admitsInvitee(i.EmailAddress, status)
		}
		if err == nil && status == roster.TicketComplete {
			err = t.accept(o, i, u)
		}
		if err != nil {
			return err
		}
		out = &roster.TicketAcceptance{Object: "ticket_acceptance", Status: status, OrganizationID: o.ID, InvitationID: i.ID}
		if i.RedirectURL != nil {
			out.RedirectURL = redirection(*i.RedirectURL, status, text)
		}
		return nil
	})
	return out, err
}

// redeem is the invitation of a ticket, if it still can be accepted. A transaction that
// writes holds the instance.
func (t *tx) redeem(k ticket) (*store.Invitation, error) {
	invalid := roster.ErrTicketInvalid.New()
	if t.writes {
		if err := t.HoldInstance(); err != nil {
			return nil, orNotFound(err, invalid)
		}
	}
	settings, err := t.Settings()
	if err != nil {
		return nil, orNotFound(err, invalid)
	}
	t.caller.Restrictions = settings.Restrictions
	t.caller.Environment, t.caller.OrganizationsEnabled = settings.Environment, settings.OrganizationsEnabled
	i, err := t.Invitation("", k.id, t.Now)
	if err != nil {
		return nil, orNotFound(err, invalid)
	}
	if subtle.ConstantTimeCompare([]byte(i.Secret), []byte(k.secret)) != 1 {
		return nil, invalid
	}
	return i, over(i)
}

// over is why an invitation cannot be accepted any more, nil while it can.
func over(i *store.Invitation) error {
	switch i.Status {
	case roster.InvitationAccepted:
		return roster.ErrInvitationAccepted.New()
	case roster.InvitationRevoked:
		return roster.ErrInvitationRevoked.New()
	case roster.InvitationExpired:
		return roster.ErrTicketExpired.New()
	}
	return nil
}

// invitee is the user with an address, who is locked, and what there is left to do:
// who has it reserved must prove that it is theirs by signing in. An address that
// users only have unverified is nobody's, and somebody must sign up with it.
func (t *tx) invitee(address string) (*roster.User, string, error) {
	id, err := t.Owner(store.KindEmailAddress, address)
	var u *roster.User
	if err == nil {
		err = t.LockUser(id)
	}
	if err == nil {
		u, err = t.User(id)
	}
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil, roster.TicketSignUp, nil
	case err != nil:
		return nil, "", err
	case u.Banned:
		return nil, "", roster.ErrUserBanned.New(u.ID)
	}
	for _, verified := range verifiedAddresses(u) {
		if verified == address {
			return u, roster.TicketComplete, nil
		}
	}
	return nil, roster.TicketSignIn, nil
}

// admitsInvitee refuses an address that the restrictions keep out by now: nobody can
// sign up with it, nor sign in unless the lists leave that alone.
func (t *tx) admitsInvitee(address, status string) error {
	v := store.Value{Kind: store.KindEmailAddress, Value: address}
	if status == roster.TicketSignUp {
		return t.admits([]store.Value{v})
	}
	return t.admitsKnown(v)
}

// accept makes a member of who was invited, in the seat that the invitation held; that
// of a domain held none. Who is one already stays as they are.
func (t *tx) accept(o *roster.Organization, i *store.Invitation, u *roster.User) error {
	_, err := t.MembershipRole(o.ID, u.ID)
	joins := errors.Is(err, store.ErrNotFound)
	if err != nil && !joins {
		return err
	}
	if joins {
		if _, err := t.role(o, i.Role); err != nil { // the organization no longer has it
			return err
		}
	}
	err = t.SettleInvitation(o.ID, i.ID, roster.InvitationAccepted, &u.ID)
	if errors.Is(err, store.ErrNotFound) { // somebody else was faster
		if i, err = t.Invitation(o.ID, i.ID, t.Now); err == nil {
			err = over(i)
		}
		return err
	}
	if err == nil && joins {
		err = t.join(o, i, u.ID)
	}
	if err != nil {
		return err
	}
	accepted, err := t.Invitation(o.ID, i.ID, t.Now)
	if err != nil {
		return err
	}
	told := t.show(*accepted)
	told.UserID = accepted.UserID
	return t.emit(roster.EventInvitationAccepted, told)
}

// join makes a user a member as an invitation says that is settled.
func (t *tx) join(o *roster.Organization, i *store.Invitation, userID string) error {
	check := t.checkSeats
	if i.DomainID != nil {
		check = t.checkQuota
	}
	n, err := t.seat(o, userID, check)
	if err != nil {
		return err
	}
	who, err := t.newcomer(userID)
	if err == nil {
		_, err = t.addMember(o, who, n, i.RoleID, i.PublicMetadata, i.PrivateMetadata)
	}
	return err
}

// redirection is where a browser goes next: to the address that the invitation was
// made with, never to one that the request names.
func redirection(base, status, ticket string) string {
	u, err := url.Parse(base)
	if err != nil { // it was checked when it came in
		return ""
	}
	q := url.Values{"__clerk_status": {status}}
	if status != roster.TicketComplete {
		q.Set("__clerk_ticket", ticket)
	}
	if u.RawQuery != "" {
		u.RawQuery += "&"
	}
	u.RawQuery += q.Encode()
	return u.String()
}
