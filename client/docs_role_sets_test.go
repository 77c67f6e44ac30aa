package client_test

import (
	"context"
	"errors"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/role-sets.md.

func exampleRoleSetsCreate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	set, err := c.RoleSets.Create(ctx, roster.CreateRoleSet{
		Name:           "Newsrooms",
		Roles:          []string{"org:admin", "org:member", "org:editor"},
		DefaultRoleKey: "org:editor",
		CreatorRoleKey: "org:admin",
	})
	if err != nil {
		return err
	}
	fmt.Println(set.Key, set.Type, len(set.Roles))
	return nil
}

func exampleRoleSetsList(ctx context.Context, c *client.Client, fmt *output, w world) error {
	page, err := c.RoleSets.List(ctx, roster.RoleSetQuery{OrderBy: roster.Asc("name")})
	if err != nil {
		return err
	}
	for _, s := range page.Data {
		fmt.Println(s.Name, s.Type)
	}
	return nil
}

func exampleRoleSetsAll(ctx context.Context, c *client.Client, fmt *output, w world) error {
	for s, err := range c.RoleSets.All(ctx, roster.RoleSetQuery{Query: "default"}) {
		if err != nil {
			return err
		}
		for _, r := range s.Roles {
			fmt.Println(r.Key, r.MembersCount)
		}
	}
	return nil
}

func exampleRoleSetsGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleSetKey := w.roleSetKey
	//
	set, err := c.RoleSets.Get(ctx, roleSetKey)
	if err != nil {
		return err
	}
	fmt.Println(set.Name, "starts as", set.DefaultRole.Key)
	return nil
}

func exampleRoleSetsUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleSetKey := w.roleSetKey
	//
	set, err := c.RoleSets.Update(ctx, roleSetKey, roster.UpdateRoleSet{
		Type:           roster.Value(roster.RoleSetInitial), // for all new organizations
		DefaultRoleKey: roster.Value("org:editor"),
	})
	if err != nil {
		return err
	}
	fmt.Println(set.Type, set.DefaultRole.Key)
	return nil
}

func exampleRoleSetsDelete(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleSetKey := w.roleSetKey
	//
	deleted, err := c.RoleSets.Delete(ctx, roleSetKey)
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleRoleSetsReplace(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleSetKey := w.roleSetKey
	//
	deleted, err := c.RoleSets.Replace(ctx, roleSetKey, roster.ReplaceRoleSet{
		DestRoleSetKey:       "role_set:default",
		ReassignmentMappings: map[string]string{"org:editor": "org:member"},
	})
	if err != nil {
		return err
	}
	fmt.Println(deleted.Object, deleted.Deleted)
	return nil
}

func exampleRoleSetsAddRoles(ctx context.Context, c *client.Client, fmt *output, w world) error {
	set, err := c.RoleSets.AddRoles(ctx, "role_set:default", roster.AddRoles{
		RoleKeys:       []string{"org:editor"},
		DefaultRoleKey: roster.Value("org:editor"),
	})
	if err != nil {
		return err
	}
	fmt.Println(len(set.Roles), set.DefaultRole.Key)
	return nil
}

func exampleRoleSetsRemoveRoles(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleSetKey := w.roleSetKey
	//
	set, err := c.RoleSets.RemoveRoles(ctx, roleSetKey, roster.RemoveRoles{RoleKeys: []string{"org:editor"}})
	if errors.Is(err, roster.CodeRoleOnSetAssigned) {
		fmt.Println("members have it: replace it instead")
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(len(set.Roles))
	return nil
}

func exampleRoleSetsReplaceRole(ctx context.Context, c *client.Client, fmt *output, w world) error {
	set, err := c.RoleSets.ReplaceRole(ctx, "role_set:default", roster.ReplaceRole{
		RoleKey:   "org:member",
		ToRoleKey: "org:editor",
	})
	if err != nil {
		return err
	}
	for _, r := range set.Roles {
		fmt.Println(r.Key, r.MembersCount)
	}
	return nil
}
