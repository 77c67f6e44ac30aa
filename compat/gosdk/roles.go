package main

import (
	"github.com/clerk/clerk-sdk-go/v2/organizationpermission"
	"github.com/clerk/clerk-sdk-go/v2/organizationrole"
	"github.com/clerk/clerk-sdk-go/v2/roleset"
)

var roleCalls = map[string]function{
	"permissions.create": {"organizationpermission.Create", plain(organizationpermission.Create)},
	"permissions.list":   {"organizationpermission.List", plain(organizationpermission.List)},
	"permissions.get":    {"organizationpermission.Get", only(organizationpermission.Get, "permission_id")},
	"permissions.update": {"organizationpermission.Update", with(organizationpermission.Update, "permission_id")},
	"permissions.delete": {"organizationpermission.Delete", only(organizationpermission.Delete, "permission_id")},

	"roles.create":            {"organizationrole.Create", plain(organizationrole.Create)},
	"roles.list":              {"organizationrole.List", plain(organizationrole.List)},
	"roles.get":               {"organizationrole.Get", only(organizationrole.Get, "organization_role_id")},
	"roles.update":            {"organizationrole.Update", with(organizationrole.Update, "organization_role_id")},
	"roles.delete":            {"organizationrole.Delete", only(organizationrole.Delete, "organization_role_id")},
	"roles.assign_permission": {"organizationrole.AssignPermission", onlyTwo(organizationrole.AssignPermission, "organization_role_id", "permission_id")},
	"roles.remove_permission": {"organizationrole.RemovePermission", onlyTwo(organizationrole.RemovePermission, "organization_role_id", "permission_id")},

	"role_sets.create":       {"roleset.Create", plain(roleset.Create)},
	"role_sets.list":         {"roleset.List", plain(roleset.List)},
	"role_sets.get":          {"roleset.Get", only(roleset.Get, "role_set_key_or_id")},
	"role_sets.update":       {"roleset.Update", with(roleset.Update, "role_set_key_or_id")},
	"role_sets.delete":       {"roleset.Delete", only(roleset.Delete, "role_set_key_or_id")},
	"role_sets.add_roles":    {"roleset.AddRoles", with(roleset.AddRoles, "role_set_key_or_id")},
	"role_sets.remove_roles": {"roleset.RemoveRoles", with(roleset.RemoveRoles, "role_set_key_or_id")},
}
