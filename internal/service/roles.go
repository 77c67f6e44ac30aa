package service

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Roles is one page of the instance's roles.
func (s *Service) Roles(ctx context.Context, c Caller, q roster.RoleQuery) (page roster.Page[roster.Role], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		page, err = t.Roles(q)
		return err
	})
	return page, err
}

// Role is one role.
func (s *Service) Role(ctx context.Context, c Caller, roleID string) (out roster.Role, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.roleByID(roleID)
		return err
	})
	return out, err
}

// roleByID is a path's role, or the wire's 404. A transaction that writes keeps the
// instance's permissions and roles to itself.
func (t *tx) roleByID(id string) (roster.Role, error) {
	if err := t.configuration(); err != nil {
		return roster.Role{}, err
	}
	r, err := t.Role(id)
	return r, orNotFound(err, roster.ErrRoleNotFound.New("id"))
}

// CreateRole makes a role.
func (s *Service) CreateRole(ctx context.Context, c Caller, in roster.CreateRole) (out roster.Role, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.configuration(); err != nil {
			return err
		}
		r := roster.Role{ID: t.id(roster.PrefixRole), Name: in.Name, Key: in.Key, Description: orNil(in.Description)}
		if err := t.describeRole(&r, in.Permissions); err != nil {
			return err
		}
		if err := t.checkRoleQuota(); err != nil {
			return err
		}
		if err := t.InsertRole(r); err != nil {
			return err
		}
		if in.IncludeInInitialRoleSet.Or(false) {
			if err := t.addToInitialSet(r.ID); err != nil {
				return err
			}
		}
		if out, err = t.Role(r.ID); err != nil {
			return err
		}
		return t.emit(roster.EventRoleCreated, out)
	})
	return out, err
}

// checkRoleQuota refuses a role beyond what the instance takes; 0 is unlimited.
func (t *tx) checkRoleQuota() error {
	settings, err := t.Settings()
	if err != nil || settings.MaxAllowedRoles == 0 {
		return err
	}
	n, err := t.CountRoles()
	if err == nil && n >= settings.MaxAllowedRoles {
		err = roster.ErrRolesQuotaExceeded.New(settings.MaxAllowedRoles)
	}
	return err
}

var roleKey = regexp.MustCompile(`^org:[a-z0-9_]+$`)

// describeRole checks what a role is to be called and gives it the permissions
// with the ids, unless they are nil.
func (t *tx) describeRole(r *roster.Role, permissions []string) error {
	var k checks
	description := ""
	if r.Description != nil {
		description = *r.Description
	}
	k.label(r.Name, description)
	holder, err := t.RoleID(r.Key)
	switch {
	case utf8.RuneCountInString(r.Key) > roster.MaxKeyLength:
		k.add(roster.ErrParamTooLong.On("key", roster.MaxKeyLength))
	case !roleKey.MatchString(r.Key):
		k.add(roster.ErrParamFormat.On("key", "org: and lowercase letters, digits and underscores"))
	case err == nil && holder != r.ID:
		k.add(roster.ErrAlreadyExists.On("key", "role"))
	case err != nil && !errors.Is(err, store.ErrNotFound):
		return err
	}
	if permissions != nil {
		problem, err := t.grant(r, permissions)
		if err != nil {
			return err
		}
		k.add(problem)
	}
	return k.problems.Err()
}

// grant gives a role the permissions with the ids, in their order and in place of
// those it has.
func (t *tx) grant(r *roster.Role, permissions []string) (problem *roster.Error, err error) {
	switch {
	case len(permissions) > roster.MaxRolePermissions:
		return roster.ErrParamArraySize.On("permissions", roster.MaxRolePermissions), nil
	case repeats(permissions):
		return roster.ErrParamDuplicateValues.On("permissions"), nil
	}
	list, err := t.PermissionsByID(permissions)
	if err == nil && len(list) < len(permissions) {
		return roster.ErrFormResourceNotFound.On("permissions"), nil
	}
	r.Permissions, r.IsCreatorEligible = list, holds(list, roster.ElevatedPermissions)
	return nil, err
}

func repeats(values []string) bool {
	sorted := slices.Sorted(slices.Values(values))
	return len(slices.Compact(sorted)) < len(values)
}

// holds reports whether all the keys are those of permissions in a list.
func holds(list []roster.Permission, keys []string) bool {
	for _, key := range keys {
		if !slices.ContainsFunc(list, func(p roster.Permission) bool { return p.Key == key }) {
			return false
		}
	}
	return true
}

// UpdateRole changes what the body gives; what members show of the role follows.
func (s *Service) UpdateRole(ctx context.Context, c Caller, roleID string, in roster.UpdateRole) (roster.Role, error) {
	return s.changeRole(ctx, c, roleID, func(t *tx, r *roster.Role) error {
		r.Name, r.Key = in.Name.Or(r.Name), in.Key.Or(r.Key)
		if _, given := in.Description.Get(); given {
			r.Description = orNil(in.Description)
		}
		return t.describeRole(r, in.Permissions)
	})
}

// AssignPermission adds a permission to a role.
func (s *Service) AssignPermission(ctx context.Context, c Caller, roleID, permissionID string) (roster.Role, error) {
	return s.changeRole(ctx, c, roleID, func(t *tx, r *roster.Role) error {
		p, err := t.permission(permissionID)
		if err != nil {
			return err
		}
		ids := permissionIDs(*r)
		switch {
		case slices.Contains(ids, p.ID):
			return roster.ErrRolePermissionExists.New(r.Key, p.Key)
		case len(ids) >= roster.MaxRolePermissions:
			return roster.ErrRolePermissionsQuota.New(roster.MaxRolePermissions)
		}
		return t.describeRole(r, append(ids, p.ID))
	})
}

// RemovePermission takes a permission off a role.
func (s *Service) RemovePermission(ctx context.Context, c Caller, roleID, permissionID string) (roster.Role, error) {
	return s.changeRole(ctx, c, roleID, func(t *tx, r *roster.Role) error {
		p, err := t.permission(permissionID)
		if err != nil {
			return err
		}
		ids := permissionIDs(*r)
		at := slices.Index(ids, p.ID)
		if at < 0 {
			return roster.ErrRolePermissionNotFound.New(r.Key, p.Key)
		}
		return t.describeRole(r, slices.Delete(ids, at, at+1))
	})
}

func permissionIDs(r roster.Role) []string {
	ids := make([]string, len(r.Permissions))
	for i, p := range r.Permissions {
		ids[i] = p.ID
	}
	return ids
}

// changeRole applies a change, keeps it and tells of it, unless it comes to nothing.
func (s *Service) changeRole(ctx context.Context, c Caller, id string, apply func(*tx, *roster.Role) error) (out roster.Role, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		before, err := t.roleByID(id)
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
		if err := t.guardElevated(before, after); err != nil {
			return err
		}
		if err := t.UpdateRole(after); err != nil {
			return err
		}
		if out, err = t.Role(id); err != nil {
			return err
		}
		return t.emit(roster.EventRoleUpdated, out)
	})
	return out, err
}

// guardElevated refuses to leave those who create organizations, or where the
// instance asks for it an organization, without what is needed to run them.
func (t *tx) guardElevated(before, r roster.Role) error {
	if r.IsCreatorEligible || !before.IsCreatorEligible {
		return nil
	}
	creator, _, err := t.DefaultOfSets(r.ID)
	if err == nil && creator {
		err = missingCreatorPermission()
	}
	if err != nil || !t.caller.ElevatedMemberRequired {
		return err
	}
	if err := t.LockInstance(); err != nil {
		return err
	}
	return t.keepElevatedRoles("", func(id string) (bool, error) {
		if id == r.ID {
			return false, nil
		}
		return t.RoleHolds(id, roster.ElevatedPermissions)
	})
}

func missingCreatorPermission() *roster.Error {
	return roster.ErrMissingCreatorPermission.New(strings.Join(roster.ElevatedPermissions, ", "))
}

// DeleteRole removes a role that nobody has or is about to get.
func (s *Service) DeleteRole(ctx context.Context, c Caller, roleID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		r, err := t.roleByID(roleID)
		if err != nil {
			return err
		}
		if err := t.unused(r); err != nil {
			return err // and spares the wait
		}
		if err := t.LockInstance(); err != nil {
			return err
		}
		if err := t.unused(r); err != nil {
			return err
		}
		if err := t.DeleteRole(r.ID); err != nil {
			return err
		}
		if err := t.RederiveInvitations("", []string{r.ID}); err != nil {
			return err
		}
		out = &roster.Deleted{Object: "role", ID: r.ID, Deleted: true}
		return t.emit(roster.EventRoleDeleted, out)
	})
	return out, err
}

// unused refuses a role that something refers to.
func (t *tx) unused(r roster.Role) error {
	creator, member, err := t.DefaultOfSets(r.ID)
	switch {
	case err != nil:
		return err
	case creator:
		return roster.ErrRoleIsCreatorRole.New(r.Key)
	case member:
		return roster.ErrRoleIsDomainDefault.New(r.Key)
	}
	assigned, err := t.RoleAssigned(r.ID)
	if err == nil && assigned {
		err = roster.ErrRoleAssigned.New(r.Key)
	}
	if err != nil {
		return err
	}
	invited, err := t.RoleHasPendingInvitations(r.ID)
	if err == nil && invited {
		err = roster.ErrRoleInInvitations.New(r.Key)
	}
	return err
}

// RoleExists returns the wire's 404 when there is no such role.
func (s *Service) RoleExists(ctx context.Context, c Caller, roleID string) error {
	_, err := s.Role(ctx, c, roleID)
	return err
}
