package service

import (
	"context"
	"maps"
	"slices"

	"github.com/rosterhq/roster"
)

// ReplaceRole takes a role out of a set and gives its members another, in one
// transaction. What the role was to the set, default or creator role, the other is
// then.
func (s *Service) ReplaceRole(ctx context.Context, c Caller, keyOrID string, in roster.ReplaceRole) (roster.RoleSet, error) {
	return s.changeRoleSet(ctx, c, keyOrID, func(t *tx, set *roster.RoleSet) error {
		from := set.Role(in.RoleKey)
		if from == nil {
			return roster.ErrRoleNotFound.On("role_key")
		}
		found, err := t.rolesByKey("to_role_key", []string{in.ToRoleKey})
		if err != nil {
			return err
		}
		to, old := &found[0], *from
		if to.ID == old.ID {
			return roster.ErrParamInvalid.On("to_role_key", "it is the role to be replaced")
		}
		if set.CreatorRole.ID == old.ID {
			set.CreatorRole = to
		}
		if set.DefaultRole.ID == old.ID {
			set.DefaultRole = to
		}
		var k checks
		if err := t.describeRoleSet(&k, *set); err != nil {
			return err
		}
		if err := t.LockInstance(); err != nil {
			return err
		}
		if err := t.reassign(*set, map[string]string{old.ID: to.ID}); err != nil {
			return err
		}
		exchange := t.ExchangeRoleInSet
		if set.Role(to.Key) != nil {
			exchange = func(set, role, _ string) error { return t.RemoveRoleFromSet(set, role) }
		}
		set.Roles = nil // they changed
		return exchange(set.ID, old.ID, to.ID)
	})
}

// reassign gives the members of a set's organizations, and who is invited to be one,
// other roles, by id, and tells of each member. Nobody holds the instance meanwhile.
func (t *tx) reassign(set roster.RoleSet, to map[string]string) error {
	if len(to) == 0 {
		return nil
	}
	if err := t.keepElevatedRoles(set.ID, func(id string) (bool, error) {
		if by, ok := to[id]; ok {
			id = by
		}
		return t.RoleHolds(id, roster.ElevatedPermissions)
	}); err != nil {
		return err
	}
	if err := t.ReassignInvitations(set.ID, to); err != nil {
		return err
	}
	from, last := slices.Sorted(maps.Keys(to)), ""
	for {
		organizations, err := t.OrganizationsOfRoles(set.ID, from, last)
		if err != nil || len(organizations) == 0 {
			return err
		}
		for _, last = range organizations {
			if err := t.ReassignRoles(last, to, t.tellReassigned); err != nil {
				return err
			}
		}
	}
}

// tellReassigned tells of members of one organization who have another role.
func (t *tx) tellReassigned(list []roster.Membership) error {
	if len(list) == 0 {
		return nil
	}
	n, err := t.Counts(list[0].Organization.ID)
	if err != nil {
		return err
	}
	return t.emitMemberships(roster.EventMembershipUpdated, list, n)
}

// ReplaceRoleSet deletes a role set after its organizations have got another and
// their members roles of that, in one transaction.
func (s *Service) ReplaceRoleSet(ctx context.Context, c Caller, keyOrID string, in roster.ReplaceRoleSet) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		set, err := t.removableSet(keyOrID)
		if err != nil {
			return err
		}
		id, _, err := t.RoleSetByKey(in.DestRoleSetKey)
		if err != nil {
			missing := roster.ErrRoleSetNotFound.New(in.DestRoleSetKey)
			missing.Meta = &roster.Meta{ParamName: "dest_role_set_key"}
			return orNotFound(err, missing)
		}
		dest, err := t.RoleSet(id)
		if err != nil {
			return err
		}
		if dest.ID == set.ID {
			return roster.ErrParamInvalid.On("dest_role_set_key", "it is the role set to be replaced")
		}
		if err := t.LockInstance(); err != nil {
			return err
		}
		to, err := t.mappings(set, dest, in.ReassignmentMappings)
		if err != nil {
			return err
		}
		if err := t.reassign(set, to); err != nil {
			return err
		}
		if err := t.moveOrganizations(set, dest); err != nil {
			return err
		}
		if err := t.RederiveInvitations("", nil); err != nil {
			return err
		}
		out = deletedSet(set)
		return t.DeleteRoleSet(set.ID)
	})
	return out, err
}

// mappings are reassignment mappings by role ids. A role that somebody has and the
// other set lacks needs one.
func (t *tx) mappings(set, dest roster.RoleSet, byKey map[string]string) (map[string]string, error) {
	var k checks
	to := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		from, by := set.Role(key), dest.Role(byKey[key])
		switch {
		case from == nil:
			k.add(roster.ErrReassignmentInvalid.OnRole(key, "is not of the role set to be replaced"))
		case by == nil:
			k.add(roster.ErrReassignmentInvalid.OnRole(byKey[key], "is not of the role set that takes its place"))
		case from.ID != by.ID:
			to[from.ID] = by.ID
		}
	}
	if err := k.problems.Err(); err != nil {
		return nil, err
	}
	besides, err := t.RolesBesides("", set.ID, dest.ID)
	if err != nil {
		return nil, err
	}
	missing := slices.DeleteFunc(besides, func(key string) bool { return byKey[key] != "" })
	if len(missing) > 0 {
		return nil, roster.ErrReassignmentMissing.OnRoles(missing)
	}
	return to, nil
}

// moveOrganizations gives all organizations with a role set another, and tells of
// each.
func (t *tx) moveOrganizations(set, dest roster.RoleSet) error {
	for {
		list, err := t.MoveOrganizations(set.ID, dest.ID)
		if err != nil || len(list) == 0 {
			return err
		}
		if err := t.emitOrganizations(roster.EventOrganizationUpdated, list); err != nil {
			return err
		}
	}
}

// DeleteRoleSet removes a role set that no organization has.
func (s *Service) DeleteRoleSet(ctx context.Context, c Caller, keyOrID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		set, err := t.removableSet(keyOrID)
		if err != nil {
			return err
		}
		if err := t.unusedSet(set); err != nil {
			return err // and spares the wait
		}
		if err := t.LockInstance(); err != nil {
			return err
		}
		if err := t.unusedSet(set); err != nil {
			return err
		}
		out = deletedSet(set)
		return t.DeleteRoleSet(set.ID)
	})
	return out, err
}

func (t *tx) unusedSet(set roster.RoleSet) error {
	used, err := t.RoleSetUsed(set.ID)
	if err == nil && used {
		err = roster.ErrParamInvalid.On("role_set_key_or_id", "organizations have this role set; replace it by another")
	}
	return err
}

// removableSet is roleSet, unless new organizations get it.
func (t *tx) removableSet(keyOrID string) (roster.RoleSet, error) {
	set, err := t.roleSet(keyOrID)
	if err == nil && set.Type == roster.RoleSetInitial {
		err = roster.ErrParamInvalid.On("role_set_key_or_id", "new organizations get this role set; make another the initial one first")
	}
	return set, err
}

func deletedSet(set roster.RoleSet) *roster.Deleted {
	return &roster.Deleted{Object: "role_set", ID: set.ID, Deleted: true}
}
