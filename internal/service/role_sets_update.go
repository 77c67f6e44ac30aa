package service

import (
	"context"

	"github.com/rosterhq/roster"
)

// UpdateRoleSet changes what the body gives.
func (s *Service) UpdateRoleSet(ctx context.Context, c Caller, keyOrID string, in roster.UpdateRoleSet) (roster.RoleSet, error) {
	return s.changeRoleSet(ctx, c, keyOrID, func(t *tx, set *roster.RoleSet) error {
		was := set.Key
		set.Name, set.Key = in.Name.Or(set.Name), in.Key.Or(set.Key)
		if _, given := in.Description.Get(); given || in.Description.IsNull() {
			set.Description = orNil(in.Description)
		}
		var k checks
		k.defaults(set, in.DefaultRoleKey, in.CreatorRoleKey)
		if err := t.describeRoleSet(&k, *set); err != nil {
			return err
		}
		if in.Key.Or(was) != was { // by which an organization may be about to get the set
			if err := t.LockInstance(); err != nil {
				return err
			}
		}
		if in.Type.Or("") == roster.RoleSetInitial {
			set.Type = roster.RoleSetInitial
			return t.makeInitial(set.ID)
		}
		return nil
	})
}

// defaults gives a set the default and creator roles that a body names.
func (k *checks) defaults(set *roster.RoleSet, member, creator roster.Field[string]) {
	if key, ok := member.Get(); ok {
		set.DefaultRole = k.roleOf("default_role_key", set, key)
	}
	if key, ok := creator.Get(); ok {
		set.CreatorRole = k.roleOf("creator_role_key", set, key)
	}
}

// AddRoles puts roles into a set, behind those it has.
func (s *Service) AddRoles(ctx context.Context, c Caller, keyOrID string, in roster.AddRoles) (roster.RoleSet, error) {
	return s.changeRoleSet(ctx, c, keyOrID, func(t *tx, set *roster.RoleSet) error {
		var k checks
		k.roleKeys("role_keys", in.RoleKeys)
		added, err := t.rolesByKey("role_keys", in.RoleKeys)
		if err != nil {
			return k.or(err)
		}
		for _, r := range added {
			if set.Role(r.Key) != nil {
				k.add(roster.ErrParamInvalid.On("role_keys", "the role set has "+r.Key+" already"))
			}
		}
		if len(set.Roles)+len(added) > roster.MaxRoleSetRoles {
			k.add(roster.ErrParamArraySize.On("role_keys", roster.MaxRoleSetRoles-len(set.Roles)))
		}
		set.Roles = append(set.Roles, added...)
		k.defaults(set, in.DefaultRoleKey, in.CreatorRoleKey)
		if err := t.describeRoleSet(&k, *set); err != nil {
			return err
		}
		for _, r := range added {
			if err := t.AddRoleToSet(set.ID, r.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

// RemoveRoles takes roles that nobody has out of a set.
func (s *Service) RemoveRoles(ctx context.Context, c Caller, keyOrID string, in roster.RemoveRoles) (roster.RoleSet, error) {
	return s.changeRoleSet(ctx, c, keyOrID, func(t *tx, set *roster.RoleSet) error {
		var k checks
		k.roleKeys("role_keys", in.RoleKeys)
		if err := k.problems.Err(); err != nil {
			return err
		}
		if err := removable(*set, in.RoleKeys); err != nil {
			return err // and spares the wait
		}
		if err := t.LockInstance(); err != nil {
			return err
		}
		now, err := t.RoleSet(set.ID)
		if err == nil {
			err = removable(now, in.RoleKeys)
		}
		if err == nil {
			err = t.uninvited(*set, in.RoleKeys)
		}
		if err != nil {
			return err
		}
		removed := make([]string, len(in.RoleKeys))
		for i, key := range in.RoleKeys {
			removed[i] = set.Role(key).ID
			if err := t.RemoveRoleFromSet(set.ID, removed[i]); err != nil {
				return err
			}
		}
		set.Roles = nil // they changed
		return t.RederiveInvitations("", removed)
	})
}

// removable refuses to take roles out of a set that something rests on.
func removable(set roster.RoleSet, keys []string) error {
	var k checks
	for _, key := range keys {
		r := set.Role(key)
		switch {
		case r == nil:
			return roster.ErrRoleNotFound.On("role_keys")
		case r.ID == set.CreatorRole.ID:
			k.add(roster.ErrRoleIsCreatorRole.New(key))
		case r.ID == set.DefaultRole.ID:
			k.add(roster.ErrRoleIsDomainDefault.New(key))
		case r.HasMembers:
			k.add(roster.ErrRoleOnSetAssigned.OnRole(key))
		}
	}
	return k.problems.Err()
}

// uninvited refuses to take roles out of a set that somebody is invited to have.
func (t *tx) uninvited(set roster.RoleSet, keys []string) error {
	var k checks
	for _, key := range keys {
		invited, err := t.RoleSetHasPendingInvitations(set.ID, set.Role(key).ID)
		if err != nil {
			return err
		}
		if invited {
			k.add(roster.ErrRoleInInvitations.New(key))
		}
	}
	return k.problems.Err()
}

// changeRoleSet applies a change and keeps it, unless it comes to nothing.
func (s *Service) changeRoleSet(ctx context.Context, c Caller, keyOrID string, apply func(*tx, *roster.RoleSet) error) (out roster.RoleSet, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		before, err := t.roleSet(keyOrID)
		if err != nil {
			return err
		}
		after := before
		if err := apply(t, &after); err != nil {
			return err
		}
		if out = before; sameJSON(before, after) {
			return nil
		}
		if err := t.UpdateRoleSet(after); err != nil {
			return err
		}
		out, err = t.RoleSet(before.ID)
		return err
	})
	return out, err
}

// or is the problems found so far or, without any, err.
func (k *checks) or(err error) error {
	if problems := k.problems.Err(); problems != nil {
		return problems
	}
	return err
}
