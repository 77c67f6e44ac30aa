package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// OrganizationInvitations ask email addresses to join organizations.
type OrganizationInvitations struct{ t *transport }

const (
	invitations         = "/organizations/{organization_id}/invitations"
	bulkInvitations     = "/organizations/{organization_id}/invitations/bulk"
	pendingInvitations  = "/organizations/{organization_id}/invitations/pending"
	oneInvitation       = "/organizations/{organization_id}/invitations/{invitation_id}"
	revokedInvitation   = "/organizations/{organization_id}/invitations/{invitation_id}/revoke"
	instanceInvitations = "/organization_invitations"
	userInvitations     = "/users/{user_id}/organization_invitations"
)

// Create invites an email address, and mails the link unless told otherwise.
//
// Codes: resource_not_found (organization or role), form_param_nil,
// form_param_format_invalid (address or redirect_url), form_param_value_invalid
// (expires_in_days), form_param_max_length_exceeded (redirect_url),
// form_param_exceeds_allowed_size, already_a_member_in_organization,
// organization_invitation_not_unique, organization_membership_quota_exceeded;
// of the inviter not_a_member_in_organization, missing_organization_permission.
func (i OrganizationInvitations) Create(ctx context.Context, organizationID string, in roster.CreateInvitation) (*roster.Invitation, error) {
	return call[roster.Invitation](ctx, i.t, operation{method: http.MethodPost, path: invitations, ids: []string{organizationID}, body: in})
}

// CreateBulk invites 1 to 10 addresses, or none if there is a problem with one. The
// page holds them in the order given.
//
// Codes: those of Create, bulk_size_exceeded, request_body_invalid (none given).
func (i OrganizationInvitations) CreateBulk(ctx context.Context, organizationID string, in []roster.CreateInvitation) (*roster.Page[roster.Invitation], error) {
	if in == nil {
		in = []roster.CreateInvitation{}
	}
	return call[roster.Page[roster.Invitation]](ctx, i.t, operation{method: http.MethodPost, path: bulkInvitations, ids: []string{organizationID}, body: in})
}

// List reads one page of an organization's invitations, newest first unless ordered.
// The query's Query belongs to ListInstance and is refused here. The list has no
// cursor: StartingAfter is ErrNoCursor.
func (i OrganizationInvitations) List(ctx context.Context, organizationID string, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
	op := operation{method: http.MethodGet, path: invitations, ids: []string{organizationID}, query: q.Values()}
	if q.Query != "" {
		return nil, fmt.Errorf("client: %v: the filter Query is for ListInstance only", op)
	}
	return i.list(ctx, op, q)
}

// ListPending reads one page of the invitations that can still be accepted, newest
// first.
//
// Deprecated: List with roster.InvitationPending as Status says more.
func (i OrganizationInvitations) ListPending(ctx context.Context, organizationID string, p roster.Paging) (*roster.Page[roster.Invitation], error) {
	q := roster.InvitationQuery{Paging: p}
	return i.list(ctx, operation{method: http.MethodGet, path: pendingInvitations, ids: []string{organizationID}, query: q.Values()}, q)
}

// ListInstance reads one page of the invitations to all organizations, newest first
// unless ordered; each names its organization. The query's EmailAddress belongs to
// List and is refused here.
func (i OrganizationInvitations) ListInstance(ctx context.Context, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
	op := operation{method: http.MethodGet, path: instanceInvitations, query: q.Values()}
	if q.EmailAddress != "" {
		return nil, fmt.Errorf("client: %v: the filter EmailAddress is for List only", op)
	}
	return i.list(ctx, op, q)
}

// ListForUser reads one page of the invitations to a user's verified addresses and of
// those that the user accepted, newest first. Of the query only Status and Paging
// apply; anything else is refused.
func (i OrganizationInvitations) ListForUser(ctx context.Context, userID string, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
	op := operation{method: http.MethodGet, path: userInvitations, ids: []string{userID}, query: q.Values()}
	if q.EmailAddress+q.Query+q.OrderBy.By != "" {
		return nil, fmt.Errorf("client: %v: the list takes Status and Paging only", op)
	}
	return i.list(ctx, op, q)
}

func (i OrganizationInvitations) list(ctx context.Context, op operation, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	return call[roster.Page[roster.Invitation]](ctx, i.t, op)
}

// All walks an organization's invitations, q.Limit at a time (500 unless given). It
// ends with an error rather than leave one out, see ErrListChanged.
func (i OrganizationInvitations) All(ctx context.Context, organizationID string, q roster.InvitationQuery) iter.Seq2[roster.Invitation, error] {
	return i.walk(q, func(ctx context.Context, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
		return i.List(ctx, organizationID, q)
	}).all(ctx)
}

// AllInstance walks the invitations to all organizations as All does.
func (i OrganizationInvitations) AllInstance(ctx context.Context, q roster.InvitationQuery) iter.Seq2[roster.Invitation, error] {
	return i.walk(q, i.ListInstance).all(ctx)
}

// AllForUser walks a user's invitations as All does.
func (i OrganizationInvitations) AllForUser(ctx context.Context, userID string, q roster.InvitationQuery) iter.Seq2[roster.Invitation, error] {
	return i.walk(q, func(ctx context.Context, q roster.InvitationQuery) (*roster.Page[roster.Invitation], error) {
		return i.ListForUser(ctx, userID, q)
	}).all(ctx)
}

func (i OrganizationInvitations) walk(q roster.InvitationQuery, list func(context.Context, roster.InvitationQuery) (*roster.Page[roster.Invitation], error)) walk[roster.Invitation] {
	return walk[roster.Invitation]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Invitation], error) {
			q.Paging = p
			return list(ctx, q)
		},
		id:     func(i *roster.Invitation) string { return i.ID },
		paging: q.Paging,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}
}

// Get reads one invitation.
//
// Codes: resource_not_found (organization or invitation).
func (i OrganizationInvitations) Get(ctx context.Context, organizationID, invitationID string) (*roster.Invitation, error) {
	return call[roster.Invitation](ctx, i.t, operation{method: http.MethodGet, path: oneInvitation, ids: []string{organizationID, invitationID}})
}

// Revoke takes a pending invitation back; its link works no more.
//
// Codes: resource_not_found (organization or invitation),
// organization_invitation_not_pending; of the requesting user
// not_a_member_in_organization, missing_organization_permission.
func (i OrganizationInvitations) Revoke(ctx context.Context, organizationID, invitationID string, in roster.RevokeInvitation) (*roster.Invitation, error) {
	return call[roster.Invitation](ctx, i.t, operation{method: http.MethodPost, path: revokedInvitation, ids: []string{organizationID, invitationID}, body: in})
}
