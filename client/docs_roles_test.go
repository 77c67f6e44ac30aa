package client_test

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/organization-roles.md and organization-permissions.md.

func exampleOrganizationRolesCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	permissionID := w.permissionID
	//
	role, err := c.OrganizationRoles.Create(ctx, roster.CreateRole{
		Name:        "Accountant",
		Key:         "org:accountant",
		Permissions: []string{permissionID},
		// Members of organizations may have it:
		IncludeInInitialRoleSet: roster.Value(true),
	})
	if err != nil {
		return err
	}
	var keys []string
	for _, p := range role.Permissions {
		keys = append(keys, p.Key)
	}
	fmt.Println(role.Key, keys)
	return nil
}

func exampleOrganizationRolesList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.OrganizationRoles.List(ctx, roster.RoleQuery{OrderBy: roster.Asc("name")})
	if err != nil {
		return err
	}
	for _, r := range page.Data {
		fmt.Println(r.Name, len(r.Permissions))
	}
	return nil
}

func exampleOrganizationRolesAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	for r, err := range c.OrganizationRoles.All(ctx, roster.RoleQuery{}) {
		if err != nil {
			return err
		}
		if r.IsCreatorEligible {
			fmt.Println("creators may be", r.Key)
		}
	}
	return nil
}

func exampleOrganizationRolesGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID := w.roleID
	//
	role, err := c.OrganizationRoles.Get(ctx, roleID)
	if err != nil {
		return err
	}
	fmt.Println(role.Name, role.Key)
	return nil
}

func exampleOrganizationRolesUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID := w.roleID
	//
	role, err := c.OrganizationRoles.Update(ctx, roleID, roster.UpdateRole{
		Name:        roster.Value("Author"),
		Permissions: []string{}, // takes all away; nil would leave them
	})
	if err != nil {
		return err
	}
	fmt.Println(role.Name, len(role.Permissions))
	return nil
}

func exampleOrganizationRolesDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID := w.roleID
	//
	deleted, err := c.OrganizationRoles.Delete(ctx, roleID)
	if errors.Is(err, roster.CodeRoleAssigned) {
		fmt.Println("members have it")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleOrganizationRolesAssignPermission(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID, permissionID := w.roleID, w.spareID
	//
	role, err := c.OrganizationRoles.AssignPermission(ctx, roleID, permissionID)
	if err != nil {
		return err
	}
	fmt.Println(len(role.Permissions))
	return nil
}

func exampleOrganizationRolesRemovePermission(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID := w.roleID
	permissionID := w.permissionID
	//
	role, err := c.OrganizationRoles.RemovePermission(ctx, roleID, permissionID)
	if err != nil {
		return err
	}
	fmt.Println(len(role.Permissions))
	return nil
}

func exampleOrganizationPermissionsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	permission, err := c.OrganizationPermissions.Create(ctx, roster.CreatePermission{
		Name:        "Send invoices",
		Key:         "org:invoices:send",
		Description: roster.Value("Mail invoices to customers."),
	})
	if err != nil {
		return err
	}
	fmt.Println(permission.Key, permission.Type)
	return nil
}

func exampleOrganizationPermissionsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.OrganizationPermissions.List(ctx, roster.PermissionQuery{
		Query:   "billing",
		OrderBy: roster.Asc("key"),
	})
	if err != nil {
		return err
	}
	for _, p := range page.Data {
		fmt.Println(p.Key)
	}
	return nil
}

func exampleOrganizationPermissionsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	n := 0
	for p, err := range c.OrganizationPermissions.All(ctx, roster.PermissionQuery{}) {
		if err != nil {
			return err
		}
		if p.Type == roster.PermissionSystem {
			n++
		}
	}
	fmt.Println(n, "of the system")
	return nil
}

func exampleOrganizationPermissionsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	permissionID := w.permissionID
	//
	permission, err := c.OrganizationPermissions.Get(ctx, permissionID)
	if err != nil {
		return err
	}
	fmt.Println(permission.Name)
	return nil
}

func exampleOrganizationPermissionsUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	permissionID := w.permissionID
	//
	permission, err := c.OrganizationPermissions.Update(ctx, permissionID, roster.UpdatePermission{
		Name: roster.Value("Write and edit drafts"),
	})
	if err != nil {
		return err
	}
	fmt.Println(permission.Name)
	return nil
}

func exampleOrganizationPermissionsDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	permissionID := w.permissionID
	//
	deleted, err := c.OrganizationPermissions.Delete(ctx, permissionID)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}
