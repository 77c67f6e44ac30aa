// Roles, permissions, role sets and the settings of the instance, with its lists.
export const roleCalls = ({
  organizationPermissions,
  organizationRoles,
  roleSets,
  instance,
  allowlistIdentifiers,
  blocklistIdentifiers,
}) => ({
  'permissions.create': [
    'organizationPermissions.createOrganizationPermission',
    a => organizationPermissions.createOrganizationPermission(a),
  ],
  'permissions.list': [
    'organizationPermissions.getOrganizationPermissionList',
    a => organizationPermissions.getOrganizationPermissionList(a),
  ],
  'permissions.get': [
    'organizationPermissions.getOrganizationPermission',
    a => organizationPermissions.getOrganizationPermission(a.permissionId),
  ],
  'permissions.update': [
    'organizationPermissions.updateOrganizationPermission',
    a => organizationPermissions.updateOrganizationPermission(a),
  ],
  'permissions.delete': [
    'organizationPermissions.deleteOrganizationPermission',
    a => organizationPermissions.deleteOrganizationPermission(a.permissionId),
  ],

  'roles.create': ['organizationRoles.createOrganizationRole', a => organizationRoles.createOrganizationRole(a)],
  'roles.list': ['organizationRoles.getOrganizationRoleList', a => organizationRoles.getOrganizationRoleList(a)],
  'roles.get': ['organizationRoles.getOrganizationRole', a => organizationRoles.getOrganizationRole(a.organizationRoleId)],
  'roles.update': ['organizationRoles.updateOrganizationRole', a => organizationRoles.updateOrganizationRole(a)],
  'roles.delete': [
    'organizationRoles.deleteOrganizationRole',
    a => organizationRoles.deleteOrganizationRole(a.organizationRoleId),
  ],
  'roles.assign_permission': [
    'organizationRoles.assignPermissionToOrganizationRole',
    a => organizationRoles.assignPermissionToOrganizationRole(a),
  ],
  'roles.remove_permission': [
    'organizationRoles.removePermissionFromOrganizationRole',
    a => organizationRoles.removePermissionFromOrganizationRole(a),
  ],

  'role_sets.create': ['roleSets.createRoleSet', a => roleSets.createRoleSet(a)],
  'role_sets.list': ['roleSets.getRoleSetList', a => roleSets.getRoleSetList(a)],
  'role_sets.get': ['roleSets.getRoleSet', a => roleSets.getRoleSet(a.roleSetKeyOrId)],
  'role_sets.update': ['roleSets.updateRoleSet', a => roleSets.updateRoleSet(a)],
  'role_sets.add_roles': ['roleSets.addRolesToRoleSet', a => roleSets.addRolesToRoleSet(a)],
  'role_sets.replace_role': ['roleSets.replaceRoleInRoleSet', a => roleSets.replaceRoleInRoleSet(a)],
  'role_sets.replace': ['roleSets.replaceRoleSet', a => roleSets.replaceRoleSet(a)],

  'instance.get': ['instance.get', () => instance.get()],
  'instance.update': ['instance.update', a => instance.update(a)],
  'instance.update_restrictions': ['instance.updateRestrictions', a => instance.updateRestrictions(a)],
  'allowlist.create': [
    'allowlistIdentifiers.createAllowlistIdentifier',
    a => allowlistIdentifiers.createAllowlistIdentifier(a),
  ],
  'allowlist.list': [
    'allowlistIdentifiers.getAllowlistIdentifierList',
    a => allowlistIdentifiers.getAllowlistIdentifierList(a),
  ],
  'allowlist.delete': [
    'allowlistIdentifiers.deleteAllowlistIdentifier',
    a => allowlistIdentifiers.deleteAllowlistIdentifier(a.identifierId),
  ],
  'blocklist.create': [
    'blocklistIdentifiers.createBlocklistIdentifier',
    a => blocklistIdentifiers.createBlocklistIdentifier(a),
  ],
  'blocklist.list': [
    'blocklistIdentifiers.getBlocklistIdentifierList',
    a => blocklistIdentifiers.getBlocklistIdentifierList(a),
  ],
  'blocklist.delete': [
    'blocklistIdentifiers.deleteBlocklistIdentifier',
    a => blocklistIdentifiers.deleteBlocklistIdentifier(a.identifierId),
  ],
  'settings.get': ['instance.getOrganizationSettings', () => instance.getOrganizationSettings()],
  'settings.update': ['instance.updateOrganizationSettings', a => instance.updateOrganizationSettings(a)],
});
