package main

import "github.com/rosterhq/roster"

var (
	noPermission  = []roster.Kind{roster.ErrPermissionNotFound, roster.ErrOrganizationNotEnabled}
	badPermission = []roster.Kind{roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrOrganizationNotEnabled}
	noRole        = []roster.Kind{roster.ErrRoleNotFound, roster.ErrOrganizationNotEnabled}
	badRole       = []roster.Kind{
		roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrParamArraySize, roster.ErrParamDuplicateValues,
		roster.ErrFormResourceNotFound, roster.ErrOrganizationNotEnabled,
	}
	noRoleSet  = []roster.Kind{roster.ErrRoleSetNotFound, roster.ErrOrganizationNotEnabled}
	badRoleSet = []roster.Kind{
		roster.ErrAlreadyExists, roster.ErrParamFormat, roster.ErrParamTooLong, roster.ErrMissingCreatorPermission, roster.ErrOrganizationNotEnabled,
	}
	badRoleList = []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrRoleNotFound}
)

var roleOperations = map[string]operation{
	"ListOrganizationPermissions": {
		tag: permissions, summary: "List permissions", answers: "A page of permissions and how many match.", result: roster.Page[roster.Permission]{},
	},
	"CreateOrganizationPermission": {
		tag: permissions, summary: "Create a permission", body: roster.CreatePermission{}, answers: "The new permission.", result: roster.Permission{},
		errors: join(badPermission, []roster.Kind{roster.ErrParamMissing}),
	},
	"GetOrganizationPermission": {
		tag: permissions, summary: "Get a permission", answers: "The permission.", result: roster.Permission{}, errors: noPermission,
	},
	"UpdateOrganizationPermission": {
		tag: permissions, summary: "Change a permission", body: roster.UpdatePermission{}, answers: "The changed permission.", result: roster.Permission{},
		errors: join(noPermission, badPermission, []roster.Kind{roster.ErrSystemPermission}),
	},
	"DeleteOrganizationPermission": {
		tag: permissions, summary: "Delete a permission and take it off its roles", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noPermission, []roster.Kind{roster.ErrSystemPermission}),
	},

	"ListOrganizationRoles": {
		tag: roles, summary: "List roles", answers: "A page of roles and how many match.", result: roster.Page[roster.Role]{},
		errors: []roster.Kind{roster.ErrOrganizationNotEnabled},
	},
	"CreateOrganizationRole": {
		tag: roles, summary: "Create a role", body: roster.CreateRole{}, answers: "The new role.", result: roster.Role{},
		errors: join(badRole, []roster.Kind{roster.ErrParamMissing, roster.ErrParamUnknown, roster.ErrRolesQuotaExceeded}),
	},
	"GetOrganizationRole": {
		tag: roles, summary: "Get a role", answers: "The role.", result: roster.Role{}, errors: noRole,
	},
	"UpdateOrganizationRole": {
		tag: roles, summary: "Change a role", body: roster.UpdateRole{}, answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, badRole, []roster.Kind{roster.ErrMissingCreatorPermission}),
	},
	"DeleteOrganizationRole": {
		tag: roles, summary: "Delete a role that is not in use", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noRole, []roster.Kind{roster.ErrRoleIsCreatorRole, roster.ErrRoleIsDomainDefault, roster.ErrRoleAssigned, roster.ErrRoleInInvitations}),
	},
	"AssignPermissionToOrganizationRole": {
		tag: roles, summary: "Add a permission to a role", answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, noPermission, []roster.Kind{roster.ErrRolePermissionExists, roster.ErrRolePermissionsQuota}),
	},
	"RemovePermissionFromOrganizationRole": {
		tag: roles, summary: "Take a permission off a role", answers: "The changed role.", result: roster.Role{},
		errors: join(noRole, noPermission, []roster.Kind{roster.ErrRolePermissionNotFound, roster.ErrMissingCreatorPermission}),
	},

	"ListRoleSets": {
		tag: roleSets, summary: "List role sets", answers: "A page of role sets and how many match.", result: roster.Page[roster.RoleSet]{},
		errors: []roster.Kind{roster.ErrOrganizationNotEnabled},
	},
	"CreateRoleSet": {
		tag: roleSets, summary: "Create a role set", body: roster.CreateRoleSet{}, answers: "The new role set.", result: roster.RoleSet{},
		errors: join(badRoleSet, badRoleList, []roster.Kind{roster.ErrParamUnknown, roster.ErrRoleSetsQuotaExceeded}),
	},
	"GetRoleSet": {
		tag: roleSets, summary: "Get a role set", answers: "The role set.", result: roster.RoleSet{}, errors: noRoleSet,
	},
	"UpdateRoleSet": {
		tag: roleSets, summary: "Change a role set", body: roster.UpdateRoleSet{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleSet),
	},
	"DeleteRoleSet": {
		tag: roleSets, summary: "Delete a role set that no organization has", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamInvalid}),
	},
	"ReplaceRoleSet": {
		tag: roleSets, summary: "Delete a role set and give its organizations another", body: roster.ReplaceRoleSet{}, answers: "What was deleted.",
		result: roster.Deleted{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize, roster.ErrReassignmentMissing, roster.ErrReassignmentInvalid, roster.ErrMinimumPermissionsNeeded}),
	},
	"AddRolesToRoleSet": {
		tag: roleSets, summary: "Add roles to a role set", body: roster.AddRoles{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleList, []roster.Kind{roster.ErrMissingCreatorPermission}),
	},
	"RemoveRolesFromRoleSet": {
		tag: roleSets, summary: "Take roles that nobody has out of a role set", body: roster.RemoveRoles{}, answers: "The changed role set.", result: roster.RoleSet{},
		errors: join(noRoleSet, badRoleList, []roster.Kind{roster.ErrRoleIsCreatorRole, roster.ErrRoleIsDomainDefault, roster.ErrRoleOnSetAssigned}),
	},
	"ReplaceRoleInRoleSet": {
		tag: roleSets, summary: "Take a role out of a role set and give its members another", body: roster.ReplaceRole{}, answers: "The changed role set.",
		result: roster.RoleSet{},
		errors: join(noRoleSet, []roster.Kind{roster.ErrParamMissing, roster.ErrRoleNotFound, roster.ErrMissingCreatorPermission, roster.ErrMinimumPermissionsNeeded}),
	},
}
