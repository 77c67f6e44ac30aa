package service

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// RoleSets is one page of the instance's role sets.
func (s *Service) RoleSets(ctx context.Context, c Caller, q roster.RoleSetQuery) (page roster.Page[roster.RoleSet], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		page, err = t.RoleSets(q)
		return err
	})
	return page, err
}

// RoleSet is the role set with a key or an id.
func (s *Service) RoleSet(ctx context.Context, c Caller, keyOrID string) (out roster.RoleSet, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.roleSet(keyOrID)
		return err
	})
	return out, err
}

// RoleSetExists returns the wire's 404 when there is no such role set.
func (s *Service) RoleSetExists(ctx context.Context, c Caller, keyOrID string) error {
	_, err := s.RoleSet(ctx, c, keyOrID)
	return err
}

// roleSet is a path's role set, or the wire's 404. A transaction that writes keeps
// what the instance is configured with to itself.
func (t *tx) roleSet(keyOrID string) (roster.RoleSet, error) {
	if err := t.configuration(); err != nil {
		return roster.RoleSet{}, err
	}
	set, err := t.RoleSet(keyOrID)
	return set, orNotFound(err, roster.ErrRoleSetNotFound.New(keyOrID))
}

// CreateRoleSet makes a role set of roles that exist.
func (s *Service) CreateRoleSet(ctx context.Context, c Caller, in roster.CreateRoleSet) (out roster.RoleSet, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.configuration(); err != nil {
			return err
		}
		set := roster.RoleSet{ID: t.id(roster.PrefixRoleSet), Name: in.Name, Key: in.Key.Or(""), Description: orNil(in.Description)}
		if set.Key == "" {
			if set.Key, err = t.roleSetKey(in.Name); err != nil {
				return err
			}
		}
		var k checks
		k.roleKeys("roles", in.Roles)
		if set.Roles, err = t.rolesByKey("roles", in.Roles); err != nil {
			return k.or(err)
		}
		set.DefaultRole = k.roleOf("default_role_key", &set, in.DefaultRoleKey)
		set.CreatorRole = k.roleOf("creator_role_key", &set, in.CreatorRoleKey)
		if err := t.describeRoleSet(&k, set); err != nil {
			return err
		}
		if err := t.checkRoleSetQuota(); err != nil {
			return err
		}
		if err := t.InsertRoleSet(set); err != nil {
			return err
		}
		if in.Type.Or("") == roster.RoleSetInitial {
			if err := t.makeInitial(set.ID); err != nil {
				return err
			}
		}
		out, err = t.RoleSet(set.ID)
		return err
	})
	return out, err
}

var (
	roleSetKey  = regexp.MustCompile(`^role_set:[a-z0-9_]+$`)
	roleSetGaps = regexp.MustCompile(`[^a-z0-9]+`)
)

const roleSetPrefix = "role_set:"

// roleSetKey is a key after a name that no role set has. There are few sets, and so
// few that clash.
func (t *tx) roleSetKey(name string) (string, error) {
	base := strings.Trim(roleSetGaps.ReplaceAllString(strings.ToLower(name), "_"), "_")
	if base == "" {
		base = "role_set"
	}
	base = roleSetPrefix + base[:min(len(base), roster.MaxKeyLength-20)]
	key := base
	for clash := 1; ; clash++ {
		_, _, err := t.RoleSetByKey(key)
		if errors.Is(err, store.ErrNotFound) {
			return key, nil
		}
		if err != nil {
			return "", err
		}
		key = base + "_" + strconv.Itoa(clash)
	}
}

// roleKeys checks a list of roles.
func (k *checks) roleKeys(param string, keys []string) {
	switch {
	case len(keys) == 0:
		k.add(roster.ErrParamNil.On(param))
	case len(keys) > roster.MaxRoleSetRoles:
		k.add(roster.ErrParamArraySize.On(param, roster.MaxRoleSetRoles))
	case repeats(keys):
		k.add(roster.ErrParamDuplicateValues.On(param))
	}
}

// roleOf is a set's role with a key; a set without it is a problem of the parameter.
func (k *checks) roleOf(param string, set *roster.RoleSet, key string) *roster.RoleSetItem {
	r := set.Role(key)
	if r == nil {
		k.add(roster.ErrParamInvalid.On(param, "the role set has no such role"))
	}
	return r
}

// rolesByKey are the roles with the keys, in their order, or the wire's 404, which
// names the parameter.
func (t *tx) rolesByKey(param string, keys []string) ([]roster.RoleSetItem, error) {
	items := make([]roster.RoleSetItem, len(keys))
	for i, key := range keys {
		id, err := t.RoleID(key)
		if err != nil {
			return nil, orNotFound(err, roster.ErrRoleNotFound.On(param))
		}
		items[i] = roster.RoleSetItem{ID: id, Key: key}
	}
	return items, nil
}

// describeRoleSet adds what is wrong with a role set to the problems there are, and
// returns all of them.
func (t *tx) describeRoleSet(k *checks, set roster.RoleSet) error {
	description := ""
	if set.Description != nil {
		description = *set.Description
	}
	k.label(set.Name, description)
	holder, _, err := t.RoleSetByKey(set.Key)
	switch {
	case utf8.RuneCountInString(set.Key) > roster.MaxKeyLength:
		k.add(roster.ErrParamTooLong.On("key", roster.MaxKeyLength))
	case !roleSetKey.MatchString(set.Key):
		k.add(roster.ErrParamFormat.On("key", "role_set: and lowercase letters, digits and underscores"))
	case err == nil && holder != set.ID:
		k.add(roster.ErrAlreadyExists.On("key", "role set"))
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return err
	}
	if set.CreatorRole != nil {
		holds, err := t.RoleHolds(set.CreatorRole.ID, roster.ElevatedPermissions)
		if err != nil {
			return err
		}
		if !holds {
			k.add(missingCreatorPermission())
		}
	}
	return k.problems.Err()
}

// checkRoleSetQuota refuses a role set beyond what the instance takes.
func (t *tx) checkRoleSetQuota() error {
	settings, err := t.Settings()
	if err != nil {
		return err
	}
	n, err := t.CountRoleSets()
	if err == nil && n >= settings.MaxRoleSetsAllowed {
		err = roster.ErrRoleSetsQuotaExceeded.New(settings.MaxRoleSetsAllowed)
	}
	return err
}

// makeInitial makes a role set the one that new organizations get; the one that was
// is a custom one from then on.
func (t *tx) makeInitial(roleSetID string) error {
	settings, err := t.Settings()
	if err != nil || settings.InitialRoleSetID == roleSetID {
		return err
	}
	return t.SetInitialRoleSet(roleSetID)
}

// addToInitialSet lets members of organizations with the initial role set have a
// role.
func (t *tx) addToInitialSet(roleID string) error {
	settings, err := t.Settings()
	if err != nil {
		return err
	}
	return t.AddRoleToSet(settings.InitialRoleSetID, roleID)
}
