package service

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CreateMembership adds a user to an organization. The checks run in the order
// Clerk is known to answer: organization, user, role, membership, quota, metadata.
func (s *Service) CreateMembership(ctx context.Context, c Caller, organizationID string, in roster.CreateMembership) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		o, err := t.organizationAndRoles(organizationID)
		if err != nil {
			return err
		}
		if err := t.userExists(in.UserID); err != nil {
			return err
		}
		roleID, err := t.role(o, in.Role)
		if err != nil {
			return err
		}
		if _, err := t.MembershipRole(o.ID, in.UserID); !errors.Is(err, store.ErrNotFound) {
			if err == nil {
				err = roster.ErrAlreadyAMember.New(in.UserID)
			}
			return err
		}
		if err := t.checkQuota(o); err != nil {
			return err
		}
		var m metadata
		public := m.replace("public_metadata", nil, in.PublicMetadata)
		private := m.replace("private_metadata", nil, in.PrivateMetadata)
		if err := m.problems.Err(); err != nil {
			return err
		}
		out, err = t.addMember(o.ID, in.UserID, roleID, public, private)
		return err
	})
	return out, err
}

// role is the id of the role with a key, of those that an organization's members may
// have, or the wire's 404, which names the parameter.
func (t *tx) role(o *roster.Organization, key string) (string, error) {
	id, err := t.RoleInSet(o.RoleSetKey, key)
	return id, orNotFound(err, roster.ErrRoleNotFound.On("role"))
}

// checkQuota refuses one more, of members and those who are invited to be.
func (t *tx) checkQuota(o *roster.Organization) error {
	return t.seats(o, func(n counters) int64 { return n.members + n.pending })
}

// checkSeats refuses one more member, whose invitation held the seat so far.
func (t *tx) checkSeats(o *roster.Organization) error {
	return t.seats(o, func(n counters) int64 { return n.members })
}

func (t *tx) seats(o *roster.Organization, taken func(counters) int64) error {
	if o.MaxAllowedMemberships == 0 {
		return nil
	}
	if err := t.LockMembers(o.ID); err != nil {
		return err
	}
	n, err := t.counters(o.ID)
	if err == nil && taken(n) >= o.MaxAllowedMemberships {
		err = roster.ErrMembershipQuotaExceeded.New(o.MaxAllowedMemberships)
	}
	return err
}

// addMember inserts a membership, makes the organization the one the user's next
// session starts in, and appends the event.
func (t *tx) addMember(organizationID, userID, roleID string, public, private roster.Metadata) (*roster.Membership, error) {
	err := t.InsertMembership(t.id(roster.PrefixMembership), organizationID, userID, roleID, public, private)
	if errors.Is(err, store.ErrTaken) {
		err = roster.ErrAlreadyAMember.New(userID)
	}
	if err != nil {
		return nil, err
	}
	if err := t.SetActiveOrganization(userID, organizationID); err != nil {
		return nil, err
	}
	if err := t.joined(organizationID, userID); err != nil {
		return nil, err
	}
	m, err := t.Membership(organizationID, userID)
	if err != nil {
		return nil, err
	}
	return m, t.emitMembership(roster.EventMembershipCreated, *m)
}

// Membership is one member of an organization.
func (s *Service) Membership(ctx context.Context, c Caller, organizationID, userID string) (out *roster.Membership, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.membership(organizationID, userID)
		return err
	})
	return out, err
}

// Memberships is one page of an organization's members.
func (s *Service) Memberships(ctx context.Context, c Caller, organizationID string, q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if _, err := t.organization(organizationID); err != nil {
			return err
		}
		page, err = t.memberships(organizationID, q)
		return err
	})
	return page, err
}

// InstanceMemberships is one page of all memberships of the instance.
func (s *Service) InstanceMemberships(ctx context.Context, c Caller, q roster.MembershipQuery) (page roster.Page[roster.Membership], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		page, err = t.memberships("", q)
		return err
	})
	return page, err
}

// UserMemberships is one page of a user's memberships, newest first.
func (s *Service) UserMemberships(ctx context.Context, c Caller, userID string, p roster.Paging) (page roster.Page[roster.Membership], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		if err := t.UserExists(userID); err != nil {
			return orNotFound(err, roster.ErrUserNotFound.New(userID))
		}
		page, err = t.UserMemberships(userID, p)
		return orNotFound(err, unknownCursor())
	})
	return page, err
}

func (t *tx) memberships(organizationID string, q roster.MembershipQuery) (roster.Page[roster.Membership], error) {
	q.EmailAddress = normalized(q.EmailAddress, normalEmail)
	q.PhoneNumber = normalized(q.PhoneNumber, normalPhone)
	q.Web3Wallet = normalized(q.Web3Wallet, normalWallet)
	page, err := t.Memberships(organizationID, q)
	return page, orNotFound(err, unknownCursor())
}

func unknownCursor() *roster.Error {
	return roster.ErrParamInvalid.On("starting_after", "no element of this list has that id")
}

// UpdateMembership gives a member another role. The same role again changes
// nothing and tells nobody.
func (s *Service) UpdateMembership(ctx context.Context, c Caller, organizationID, userID string, in roster.UpdateMembership) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.HoldInstance(); err != nil {
			return err
		}
		if out, err = t.membership(organizationID, userID); err != nil {
			return err
		}
		roleID, err := t.role(out.Organization, in.Role)
		if err != nil || in.Role == out.Role {
			return err
		}
		holds, err := t.RoleHolds(roleID, roster.ElevatedPermissions)
		if err != nil {
			return err
		}
		if !holds && t.guardsLastAdmin() {
			if err := t.keepElevated(organizationID, userID); err != nil {
				return err
			}
		}
		if err := t.SetMembershipRole(organizationID, userID, roleID); err != nil {
			return err
		}
		if out, err = t.Membership(organizationID, userID); err != nil {
			return err
		}
		return t.emitMembership(roster.EventMembershipUpdated, *out)
	})
	return out, err
}

// MergeMembershipMetadata merges metadata into a membership's. A merge without
// effect changes nothing and tells nobody.
func (s *Service) MergeMembershipMetadata(ctx context.Context, c Caller, organizationID, userID string, in roster.UpdateMetadata) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if out, err = t.membership(organizationID, userID); err != nil {
			return err
		}
		var m metadata
		public := m.merge("public_metadata", out.PublicMetadata, in.PublicMetadata)
		private := m.merge("private_metadata", out.PrivateMetadata, in.PrivateMetadata)
		if err := m.problems.Err(); err != nil {
			return err
		}
		if public.String() == out.PublicMetadata.String() && private.String() == out.PrivateMetadata.String() {
			return nil
		}
		if err := t.SetMembershipMetadata(organizationID, userID, public, private); err != nil {
			return err
		}
		if out, err = t.Membership(organizationID, userID); err != nil {
			return err
		}
		return t.emitMembership(roster.EventMembershipUpdated, *out)
	})
	return out, err
}

// DeleteMembership removes a member and returns the membership that was.
func (s *Service) DeleteMembership(ctx context.Context, c Caller, organizationID, userID string) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if t.guardsLastAdmin() {
			if err := t.HoldInstance(); err != nil {
				return err
			}
		}
		if out, err = t.membership(organizationID, userID); err != nil {
			return err
		}
		if t.guardsLastAdmin() {
			if err := t.keepElevated(organizationID, userID); err != nil {
				return err
			}
		}
		if err := t.DeleteMembership(organizationID, userID); err != nil {
			return err
		}
		return t.emitMembership(roster.EventMembershipDeleted, *out)
	})
	return out, err
}
