package service

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// Permissions is one page of the instance's permissions.
func (s *Service) Permissions(ctx context.Context, c Caller, q roster.PermissionQuery) (page roster.Page[roster.Permission], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		if err := t.organizationsEnabled(); err != nil {
			return err
		}
		page, err = t.Permissions(q)
		return err
	})
	return page, err
}

// Permission is one permission.
func (s *Service) Permission(ctx context.Context, c Caller, permissionID string) (out roster.Permission, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.permission(permissionID)
		return err
	})
	return out, err
}

// permission is a path's permission, or the wire's 404. A transaction that writes
// keeps the instance's permissions and roles to itself.
func (t *tx) permission(id string) (roster.Permission, error) {
	if err := t.configuration(); err != nil {
		return roster.Permission{}, err
	}
	p, err := t.Permission(id)
	return p, orNotFound(err, roster.ErrPermissionNotFound.New(id))
}

// configuration begins an operation on what organizations are configured with. A
// transaction that writes does so while no other does: each rule looks at several
// rows (who holds a permission, how many roles there are, whose role creators get),
// and changes are rare.
func (t *tx) configuration() error {
	if err := t.organizationsEnabled(); err != nil || !t.writes {
		return err
	}
	return t.LockConfiguration()
}

// CreatePermission makes a permission of the instance's own.
func (s *Service) CreatePermission(ctx context.Context, c Caller, in roster.CreatePermission) (out roster.Permission, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if err := t.configuration(); err != nil {
			return err
		}
		p := roster.Permission{ID: t.id(roster.PrefixPermission), Name: in.Name, Key: in.Key, Description: in.Description.Or(""), Type: roster.PermissionUser}
		var k checks
		k.permission(p)
		if err := k.problems.Err(); err != nil {
			return err
		}
		err := t.InsertPermission(p)
		if errors.Is(err, store.ErrTaken) {
			err = roster.ErrAlreadyExists.On("key", "permission")
		}
		if err != nil {
			return err
		}
		if out, err = t.Permission(p.ID); err != nil {
			return err
		}
		return t.emit(roster.EventPermissionCreated, out)
	})
	return out, err
}

// permissionKey is org:feature:action. The features of the system are its own.
var permissionKey = regexp.MustCompile(`^org:[a-z0-9_]+:[a-z0-9_]+$`)

const systemPermissions = "org:sys_"

func (k *checks) permission(p roster.Permission) {
	k.label(p.Name, p.Description)
	switch {
	case utf8.RuneCountInString(p.Key) > roster.MaxKeyLength:
		k.add(roster.ErrParamTooLong.On("key", roster.MaxKeyLength))
	case !permissionKey.MatchString(p.Key):
		k.add(roster.ErrParamFormat.On("key", "org:feature:action, of lowercase letters, digits and underscores"))
	case strings.HasPrefix(p.Key, systemPermissions):
		k.add(roster.ErrParamFormat.On("key", "other than those of the system, which start with "+systemPermissions))
	}
}

// label checks what a role or permission is called.
func (k *checks) label(name, description string) {
	switch {
	case strings.TrimSpace(name) == "":
		k.add(roster.ErrParamNil.On("name"))
	case utf8.RuneCountInString(name) > roster.MaxNameLength:
		k.add(roster.ErrParamTooLong.On("name", roster.MaxNameLength))
	}
	if utf8.RuneCountInString(description) > roster.MaxDescriptionLength {
		k.add(roster.ErrParamTooLong.On("description", roster.MaxDescriptionLength))
	}
}

// UpdatePermission changes what the body gives; what roles and members show of the
// permission follows. Without a change nobody is told.
func (s *Service) UpdatePermission(ctx context.Context, c Caller, permissionID string, in roster.UpdatePermission) (out roster.Permission, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if out, err = t.changeablePermission(permissionID); err != nil {
			return err
		}
		p := out
		p.Name, p.Key, p.Description = in.Name.Or(p.Name), in.Key.Or(p.Key), in.Description.Or(p.Description)
		var k checks
		k.permission(p)
		if err := k.problems.Err(); err != nil || p == out {
			return err
		}
		if holder, err := t.PermissionByKey(p.Key); !errors.Is(err, store.ErrNotFound) && (err != nil || holder.ID != p.ID) {
			if err == nil {
				err = roster.ErrAlreadyExists.On("key", "permission")
			}
			return err
		}
		if err := t.UpdatePermission(p); err != nil {
			return err
		}
		if out, err = t.Permission(p.ID); err != nil {
			return err
		}
		return t.emit(roster.EventPermissionUpdated, out)
	})
	return out, err
}

// changeablePermission is permission, unless it is the system's.
func (t *tx) changeablePermission(id string) (roster.Permission, error) {
	p, err := t.permission(id)
	if err == nil && p.Type == roster.PermissionSystem {
		err = roster.ErrSystemPermission.New(p.Key)
	}
	return p, err
}

// DeletePermission removes a permission and takes it off its roles, which are told
// of as changed.
func (s *Service) DeletePermission(ctx context.Context, c Caller, permissionID string) (out *roster.Deleted, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		p, err := t.changeablePermission(permissionID)
		if err != nil {
			return err
		}
		roles, err := t.RolesWithPermission(p.ID)
		if err != nil {
			return err
		}
		if err := t.DeletePermission(p.ID); err != nil {
			return err
		}
		for _, r := range roles {
			if r, err = t.Role(r.ID); err != nil {
				return err
			}
			if err := t.emit(roster.EventRoleUpdated, r); err != nil {
				return err
			}
		}
		out = &roster.Deleted{Object: "permission", ID: p.ID, Deleted: true}
		return t.emit(roster.EventPermissionDeleted, out)
	})
	return out, err
}

// PermissionExists returns the wire's 404 when there is no such permission.
func (s *Service) PermissionExists(ctx context.Context, c Caller, permissionID string) error {
	_, err := s.Permission(ctx, c, permissionID)
	return err
}
