package service_test

import (
	"slices"

	"github.com/rosterhq/roster"
)

var (
	permissionKeys = []string{"org:a:use", "org:a:see", "org:b:use", "org:c_2:see"}
	roleKeys       = []string{"org:a", "org:b", "org:c", "org:d_2", roster.RoleAdmin, roster.RoleMember}
)

// drawKey is a key, and why it cannot be had by the one that is called own.
func (c *charter) drawKey(keys, malformed []string, taken func(string) bool) (string, roster.Code) {
	if chance(c.T, "malformed", 12) {
		return pick(c.T, "key", malformed), roster.CodeParamFormatInvalid
	}
	key := pick(c.T, "key", keys)
	if taken(key) {
		return key, roster.CodeAlreadyExists
	}
	return key, ""
}

func (c *charter) permissionKey(of *right) (string, roster.Code) {
	return c.drawKey(permissionKeys, []string{"org:a", "a:b:c", "org:A:use", "org:sys_a:use"}, func(key string) bool {
		return slices.ContainsFunc(c.rights, func(r *right) bool { return r != of && r.called == key })
	})
}

func (c *charter) roleKey(of *duty) (string, roster.Code) {
	return c.drawKey(roleKeys, []string{"a", "org:", "org:A", "org:a:use"}, func(key string) bool {
		return slices.ContainsFunc(c.duties, func(d *duty) bool { return d != of && d.called == key })
	})
}

func (c *charter) createPermission() {
	r := &right{name: c.drawName(), description: pick(c.T, "description", []string{"", "d"}), created: c.clock.Load(), updated: c.clock.Load()}
	var code roster.Code
	r.called, code = c.permissionKey(nil)
	p, err := c.CreatePermission(c.Context(), c.caller, roster.CreatePermission{Name: r.name.raw, Key: r.called, Description: roster.Value(r.description)})
	if c.agree("create permission "+r.called, err, code) {
		r.id = p.ID
		c.rights = append(c.rights, r)
	}
}

func (c *charter) updatePermission() {
	r, id := c.anyRight()
	after, code := right{}, roster.CodeResourceNotFound
	var in roster.UpdatePermission
	if r != nil {
		after, code = *r, ""
	}
	if chance(c.T, "key", 2) {
		after.called, code = c.permissionKey(r)
		in.Key = roster.Value(after.called)
	}
	if chance(c.T, "name", 2) {
		after.name = c.drawName()
		in.Name = roster.Value(after.name.raw)
	}
	if chance(c.T, "description", 2) {
		after.description = pick(c.T, "description", []string{"", "d"})
		in.Description = roster.Value(after.description)
	}
	switch {
	case r == nil:
		code = roster.CodeResourceNotFound
	case r.system:
		code = roster.CodeSystemPermissionNotModifiable
	}
	_, err := c.UpdatePermission(c.Context(), c.caller, id, in)
	if !c.agree("update permission", err, code) {
		return
	}
	if after.called != r.called || after.name.raw != r.name.raw || after.description != r.description {
		after.updated = c.clock.Load()
	}
	*r = after
}

func (c *charter) deletePermission() {
	r, id := c.anyRight()
	code := roster.Code("")
	switch {
	case r == nil:
		code = roster.CodeResourceNotFound
	case r.system:
		code = roster.CodeSystemPermissionNotModifiable
	}
	_, err := c.DeletePermission(c.Context(), c.caller, id)
	if !c.agree("delete permission", err, code) {
		return
	}
	c.rights = slices.DeleteFunc(c.rights, func(o *right) bool { return o == r })
	for _, d := range c.duties {
		if i := slices.Index(d.rights, r); i >= 0 {
			d.rights, d.updated = slices.Delete(slices.Clone(d.rights), i, i+1), c.clock.Load()
		}
	}
}

func (c *charter) createRole() {
	d := &duty{name: c.drawName(), description: pick(c.T, "description", []string{"", "d"}), created: c.clock.Load(), updated: c.clock.Load()}
	var keyCode, code roster.Code
	var ids []string
	d.called, keyCode = c.roleKey(nil)
	d.rights, ids, code = c.drawRights()
	if keyCode != "" {
		code = keyCode
	}
	if code == "" && len(c.duties) == 10 {
		code = roster.CodeRolesQuotaExceeded
	}
	r, err := c.CreateRole(c.Context(), c.caller, roster.CreateRole{Name: d.name.raw, Key: d.called, Description: roster.Value(d.description),
		Permissions: ids, IncludeInInitialRoleSet: roster.Value(true)})
	if c.agree("create role "+d.called, err, code) {
		d.id = r.ID
		c.duties = append(c.duties, d)
	}
}

func (c *charter) updateRole() {
	d, id := c.anyDuty()
	var after duty
	var in roster.UpdateRole
	var code roster.Code
	if d != nil {
		after = *d
	}
	if chance(c.T, "key", 2) {
		after.called, code = c.roleKey(d)
		in.Key = roster.Value(after.called)
	}
	if chance(c.T, "name", 2) {
		after.name = c.drawName()
		in.Name = roster.Value(after.name.raw)
	}
	if chance(c.T, "permissions", 2) {
		var bad roster.Code
		if after.rights, in.Permissions, bad = c.drawRights(); code == "" {
			code = bad
		}
	}
	switch {
	case d == nil:
		code = roster.CodeResourceNotFound
	case code == "" && d == c.creator && !after.elevated():
		code = roster.CodeMissingCreatorRolePermissions
	}
	_, err := c.UpdateRole(c.Context(), c.caller, id, in)
	if !c.agree("update role", err, code) {
		return
	}
	if after.called != d.called || after.name.raw != d.name.raw || !slices.Equal(after.rights, d.rights) {
		after.updated = c.clock.Load()
	}
	*d = after
}

func (c *charter) deleteRole() {
	d, id := c.anyDuty()
	_, err := c.DeleteRole(c.Context(), c.caller, id)
	switch {
	case d == nil:
		c.agree("delete role", err, roster.CodeResourceNotFound)
		return
	case d == c.creator:
		c.agree("delete role", err, roster.CodeRoleIsCreatorRole)
		return
	case d == c.standard:
		c.agree("delete role", err, roster.CodeRoleIsDomainDefault)
		return
	}
	for _, held := range c.holders {
		if held == d {
			c.agree("delete role", err, roster.CodeRoleAssigned)
			return
		}
	}
	c.agree("delete role", err, "")
	c.duties = slices.DeleteFunc(c.duties, func(o *duty) bool { return o == d })
}

func (c *charter) assign() {
	d, roleID := c.anyDuty()
	r, permissionID := c.anyRight()
	_, err := c.AssignPermission(c.Context(), c.caller, roleID, permissionID)
	switch {
	case d == nil || r == nil:
		c.agree("assign", err, roster.CodeResourceNotFound)
	case slices.Contains(d.rights, r):
		c.agree("assign", err, roster.CodeRolePermissionExists)
	default:
		c.agree("assign", err, "")
		d.rights, d.updated = append(slices.Clone(d.rights), r), c.clock.Load()
	}
}

func (c *charter) unassign() {
	d, roleID := c.anyDuty()
	r, permissionID := c.anyRight()
	_, err := c.RemovePermission(c.Context(), c.caller, roleID, permissionID)
	switch {
	case d == nil || r == nil:
		c.agree("take away", err, roster.CodeResourceNotFound)
	case !slices.Contains(d.rights, r):
		c.agree("take away", err, roster.CodeRolePermissionNotFound)
	case d == c.creator && slices.Contains(roster.ElevatedPermissions, r.called):
		c.agree("take away", err, roster.CodeMissingCreatorRolePermissions)
	default:
		c.agree("take away", err, "")
		i := slices.Index(d.rights, r)
		d.rights, d.updated = slices.Delete(slices.Clone(d.rights), i, i+1), c.clock.Load()
	}
}

// set changes which roles the settings name.
func (c *charter) set() {
	creator, creatorID := c.anyDuty()
	standard, standardID := c.anyDuty()
	var in roster.UpdateOrganizationSettings
	var code roster.Code
	if chance(c.T, "default role", 2) {
		if in.DomainsDefaultRoleID = roster.Value(standardID); standard == nil {
			code = roster.CodeResourceNotFound
		}
	} else {
		standard = c.standard
	}
	if chance(c.T, "creator role", 2) {
		in.CreatorRoleID = roster.Value(creatorID)
		switch {
		case creator == nil:
			code = roster.CodeResourceNotFound
		case !creator.elevated():
			code = roster.CodeMissingCreatorRolePermissions
		}
	} else {
		creator = c.creator
	}
	_, err := c.UpdateOrganizationSettings(c.Context(), c.caller, in)
	if c.agree("change settings", err, code) {
		c.creator, c.standard = creator, standard
	}
}

// appoint changes who has which role.
func (c *charter) appoint() {
	who := pick(c.T, "who", c.people).ID
	d, key := pick(c.T, "role", c.duties), "org:nobody_has"
	code := roster.CodeResourceNotFound
	if !chance(c.T, "unknown role", 12) {
		key, code = d.called, ""
	}
	_, member := c.holders[who]
	var err error
	switch {
	case member && chance(c.T, "leave", 3):
		_, err = c.DeleteMembership(c.Context(), c.caller, c.org.ID, who)
		c.agree("leave", err, "")
		delete(c.holders, who)
		return
	case member:
		_, err = c.UpdateMembership(c.Context(), c.caller, c.org.ID, who, roster.UpdateMembership{Role: key})
	default:
		_, err = c.CreateMembership(c.Context(), c.caller, c.org.ID, roster.CreateMembership{UserID: who, Role: key})
	}
	if c.agree("appoint", err, code) {
		c.holders[who] = d
	}
}
