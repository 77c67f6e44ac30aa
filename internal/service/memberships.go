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
		if err := t.ahead(organizationID, in.UserID, func(a *store.Tx) {
			_, _ = a.MembershipRole(organizationID, in.UserID)
			_, _ = a.Newcomer(in.UserID)
			_, _ = a.RoleOfOrganization(organizationID, in.Role)
		}); err != nil {
			return err
		}
		o, err := t.organizationAndRoles(organizationID)
		if err != nil {
			return err
		}
		who, err := t.newcomer(in.UserID)
		if err != nil {
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
		n, err := t.seat(o, in.UserID, t.checkQuota)
		if err != nil {
			return err
		}
		var m metadata
		public := m.replace("public_metadata", nil, in.PublicMetadata)
		private := m.replace("private_metadata", nil, in.PrivateMetadata)
		if err := m.problems.Err(); err != nil {
			return err
		}
		out, err = t.addMember(o, who, n, roleID, public, private)
		return err
	})
	return out, err
}

// role is the id of the role with a key, of those that an organization's members may
// have, or the wire's 404, which names the parameter.
func (t *tx) role(o *roster.Organization, key string) (string, error) {
	id, err := t.RoleOfOrganization(o.ID, key)
	return id, orNotFound(err, roster.ErrRoleNotFound.On("role"))
}

// ahead asks in one trip for what changes of a single membership rest on and tell.
func (t *tx) ahead(organizationID, userID string, more func(*store.Tx)) error {
	return t.Ahead(func(a *store.Tx) {
		_ = a.HoldInstance() // which finds nothing yet, as all of them
		_ = a.HoldOrganization(organizationID)
		_ = a.LockUser(userID)
		_, _ = a.Organization(organizationID)
		_, _ = a.Counts(organizationID)
		more(a)
	})
}

// newcomer is what a membership shows of a user, whom the transaction then has to
// itself.
func (t *tx) newcomer(userID string) (m *roster.Membership, err error) {
	if err = t.LockUser(userID); err == nil {
		m, err = t.Newcomer(userID)
	}
	return m, orNotFound(err, roster.ErrUserNotFound.New(userID))
}

// addMember inserts a membership, lets the user's next session start in its
// organization, and appends the event. n are the counters without the new member: those
// that seat returns, or none of a new organization. Most organizations have no domains,
// which could have been to bring the user in.
func (t *tx) addMember(o *roster.Organization, m *roster.Membership, n store.Counts, roleID string, public, private roster.Metadata) (*roster.Membership, error) {
	userID := m.PublicUserData.UserID
	if err := t.ShowRole(m, roleID); err != nil {
		return nil, err
	}
	m.ID, m.Organization, m.CreatedAt, m.UpdatedAt = t.id(roster.PrefixMembership), o, t.Now, t.Now
	m.PublicMetadata, m.PrivateMetadata = roster.Metadata(public.String()), roster.Metadata(private.String())
	if err := errors.Join(t.InsertMembership(m.ID, o.ID, userID, roleID, public, private), t.SetActiveOrganization(userID, o.ID)); err != nil {
		return nil, err
	}
	if n.Domains > 0 {
		if err := t.joined(o.ID, userID); err != nil {
			return nil, err
		}
	}
	n.Members++
	return m, t.emit(roster.EventMembershipCreated, told(*m, n))
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
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		found := t.OrganizationAlong(organizationID)
		var listed error
		page, listed = t.memberships(organizationID, q)
		if _, err := found(); err != nil {
			return orNotFound(err, roster.ErrOrganizationNotFound.New())
		}
		return listed
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
		exists := t.UserExistsAlong(userID)
		var listed error
		page, listed = t.UserMemberships(userID, p)
		if err := exists(); err != nil {
			return orNotFound(err, roster.ErrUserNotFound.New(userID))
		}
		return orNotFound(listed, unknownCursor())
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
	return s.changeMembership(ctx, c, organizationID, userID, func(a *store.Tx) {
		_, _ = a.RoleOfOrganization(organizationID, in.Role)
	}, func(t *tx, m *roster.Membership) error {
		roleID, err := t.role(m.Organization, in.Role)
		if err != nil || in.Role == m.Role {
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
		if err := t.ShowRole(m, roleID); err != nil {
			return err
		}
		return t.SetMembershipRole(organizationID, userID, roleID)
	})
}

// MergeMembershipMetadata merges metadata into a membership's. A merge without
// effect changes nothing and tells nobody.
func (s *Service) MergeMembershipMetadata(ctx context.Context, c Caller, organizationID, userID string, in roster.UpdateMetadata) (out *roster.Membership, err error) {
	return s.changeMembership(ctx, c, organizationID, userID, func(*store.Tx) {}, func(t *tx, m *roster.Membership) error {
		var k metadata
		public := k.merge("public_metadata", m.PublicMetadata, in.PublicMetadata)
		private := k.merge("private_metadata", m.PrivateMetadata, in.PrivateMetadata)
		if err := k.problems.Err(); err != nil {
			return err
		}
		if public.String() == m.PublicMetadata.String() && private.String() == m.PrivateMetadata.String() {
			return nil
		}
		was := m.PublicMetadata
		m.PublicMetadata, m.PrivateMetadata = roster.Metadata(public.String()), roster.Metadata(private.String())
		return t.SetMembershipMetadata(organizationID, userID, was, public, private)
	})
}

// changeMembership applies a change that shows in the membership, and tells of it
// unless it comes to nothing.
func (s *Service) changeMembership(ctx context.Context, c Caller, organizationID, userID string, ahead func(*store.Tx), apply func(*tx, *roster.Membership) error) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		m, n, err := t.heldMembership(organizationID, userID, ahead)
		if err != nil {
			return err
		}
		before := *m
		if err := apply(t, m); err != nil {
			return err
		}
		out = m
		if before.Role == m.Role && before.PublicMetadata.String() == m.PublicMetadata.String() && before.PrivateMetadata.String() == m.PrivateMetadata.String() {
			return nil
		}
		m.UpdatedAt = t.Now
		return t.emit(roster.EventMembershipUpdated, told(*m, n))
	})
	return out, err
}

// heldMembership is membership for a transaction that changes or deletes it: roles stay
// as they are too. Beside it are the counters of its organization.
func (t *tx) heldMembership(organizationID, userID string, ahead func(*store.Tx)) (*roster.Membership, store.Counts, error) {
	err := t.ahead(organizationID, userID, func(a *store.Tx) {
		_, _ = a.Membership(organizationID, userID)
		ahead(a)
	})
	if err == nil {
		err = t.HoldInstance()
	}
	if err != nil {
		return nil, store.Counts{}, err
	}
	m, err := t.membership(organizationID, userID)
	if err != nil {
		return nil, store.Counts{}, err
	}
	n, err := t.Counts(organizationID)
	return m, n, err
}

// DeleteMembership removes a member and returns the membership that was.
func (s *Service) DeleteMembership(ctx context.Context, c Caller, organizationID, userID string) (out *roster.Membership, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		m, n, err := t.heldMembership(organizationID, userID, func(*store.Tx) {})
		if err != nil {
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
		n.Members--
		out = m
		return t.emit(roster.EventMembershipDeleted, told(*m, n))
	})
	return out, err
}
