package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// OrganizationMemberships are the members of organizations.
type OrganizationMemberships struct{ t *transport }

const (
	memberships        = "/organizations/{organization_id}/memberships"
	oneMembership      = "/organizations/{organization_id}/memberships/{user_id}"
	membershipMetadata = "/organizations/{organization_id}/memberships/{user_id}/metadata"
	instanceMembership = "/organization_memberships"
	userMemberships    = "/users/{user_id}/organization_memberships"
)

// Create makes a user a member of an organization. The organization becomes the
// active one of the user's next session.
//
// Codes: resource_not_found (organization, user or role),
// already_a_member_in_organization, organization_membership_quota_exceeded,
// form_param_nil, form_param_exceeds_allowed_size.
func (m OrganizationMemberships) Create(ctx context.Context, organizationID string, in roster.CreateMembership) (*roster.Membership, error) {
	return call[roster.Membership](ctx, m.t, operation{method: http.MethodPost, path: memberships, ids: []string{organizationID}, body: in})
}

// Get reads one membership. Roster only; on api.clerk.com, List with
// roster.Only(userID) as UserID instead.
func (m OrganizationMemberships) Get(ctx context.Context, organizationID, userID string) (*roster.Membership, error) {
	return call[roster.Membership](ctx, m.t, operation{method: http.MethodGet, path: oneMembership, ids: []string{organizationID, userID}, addition: true})
}

// List reads one page of an organization's members, newest first unless ordered.
// The query's OrganizationID belongs to ListInstance and is refused here.
func (m OrganizationMemberships) List(ctx context.Context, organizationID string, q roster.MembershipQuery) (*roster.Page[roster.Membership], error) {
	op := operation{method: http.MethodGet, path: memberships, ids: []string{organizationID}, query: q.Values(), added: isMemberFilter}
	if len(q.OrganizationID.Include)+len(q.OrganizationID.Exclude) > 0 {
		return nil, fmt.Errorf("client: %v: the filter OrganizationID is for ListInstance only", op)
	}
	return call[roster.Page[roster.Membership]](ctx, m.t, op)
}

// ListInstance reads one page of the memberships of all organizations. Clerk takes
// OrderBy, Limit and Offset here and would ignore everything else, so on
// api.clerk.com any other filter is ErrRosterOnly.
func (m OrganizationMemberships) ListInstance(ctx context.Context, q roster.MembershipQuery) (*roster.Page[roster.Membership], error) {
	return call[roster.Page[roster.Membership]](ctx, m.t, operation{method: http.MethodGet, path: instanceMembership, query: q.Values(), added: isInstanceFilter})
}

func isInstanceFilter(param string) bool {
	return param != "order_by" && param != "limit" && param != "offset"
}

// ListForUser reads one page of the memberships of a user, newest first.
func (m OrganizationMemberships) ListForUser(ctx context.Context, userID string, p roster.Paging) (*roster.Page[roster.Membership], error) {
	query := roster.MembershipQuery{Paging: p}.Values()
	return call[roster.Page[roster.Membership]](ctx, m.t, operation{method: http.MethodGet, path: userMemberships, ids: []string{userID}, query: query, added: isCursor})
}

// All walks an organization's members, q.Limit at a time (500 unless given). It
// ends with an error rather than leave a member out, see ErrListChanged; ordered by
// created_at, the default, it also copes with members who come and go meanwhile,
// and WithCursor does in every order.
func (m OrganizationMemberships) All(ctx context.Context, organizationID string, q roster.MembershipQuery) iter.Seq2[roster.Membership, error] {
	return m.walk(q, func(ctx context.Context, q roster.MembershipQuery) (*roster.Page[roster.Membership], error) {
		return m.List(ctx, organizationID, q)
	}).all(ctx)
}

// AllInstance walks the memberships of all organizations as All does.
func (m OrganizationMemberships) AllInstance(ctx context.Context, q roster.MembershipQuery) iter.Seq2[roster.Membership, error] {
	return m.walk(q, m.ListInstance).all(ctx)
}

// AllForUser walks the memberships of a user, newest first, as All does by default.
func (m OrganizationMemberships) AllForUser(ctx context.Context, userID string, p roster.Paging) iter.Seq2[roster.Membership, error] {
	return m.walk(roster.MembershipQuery{Paging: p}, func(ctx context.Context, q roster.MembershipQuery) (*roster.Page[roster.Membership], error) {
		return m.ListForUser(ctx, userID, q.Paging)
	}).all(ctx)
}

func (m OrganizationMemberships) walk(q roster.MembershipQuery, list func(context.Context, roster.MembershipQuery) (*roster.Page[roster.Membership], error)) walk[roster.Membership] {
	return walk[roster.Membership]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.Membership], error) {
			q.Paging = p
			return list(ctx, q)
		},
		id:     func(m *roster.Membership) string { return m.ID },
		paging: q.Paging,
		cursor: m.t.cursor,
		steady: q.OrderBy.Or(roster.Desc("created_at")).By == "created_at",
	}
}

// Update gives a member another role.
//
// Codes: resource_not_found (organization, member or role), form_param_nil;
// with roster.VersionOldest organization_minimum_permissions_needed.
func (m OrganizationMemberships) Update(ctx context.Context, organizationID, userID string, in roster.UpdateMembership) (*roster.Membership, error) {
	return call[roster.Membership](ctx, m.t, operation{method: http.MethodPatch, path: oneMembership, ids: []string{organizationID, userID}, body: in})
}

// UpdateMetadata merges into the membership's metadata: objects member by member
// at any depth, null removes, everything else replaces.
//
// Codes: resource_not_found, form_param_exceeds_allowed_size, form_param_unknown
// (memberships have no unsafe metadata).
func (m OrganizationMemberships) UpdateMetadata(ctx context.Context, organizationID, userID string, in roster.UpdateMetadata) (*roster.Membership, error) {
	return call[roster.Membership](ctx, m.t, operation{method: http.MethodPatch, path: membershipMetadata, ids: []string{organizationID, userID}, body: in})
}

// Delete removes a member from an organization and returns the membership that was.
//
// Codes: resource_not_found; with roster.VersionOldest
// organization_minimum_permissions_needed.
func (m OrganizationMemberships) Delete(ctx context.Context, organizationID, userID string) (*roster.Membership, error) {
	return call[roster.Membership](ctx, m.t, operation{method: http.MethodDelete, path: oneMembership, ids: []string{organizationID, userID}})
}
