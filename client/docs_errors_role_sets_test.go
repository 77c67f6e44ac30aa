package client_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

func provokeRoleSets(t *testing.T, calls provoke, srv *rostertest.Server) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().RoleSets
	w := settledRoleSets(t, srv.Client())
	on := func(section, code string, call func() error) { calls["RoleSets"+section+" "+code] = call }
	eleven, twice := strings.Fields("a b c d e f g h i j k"), []string{roster.RoleAdmin, roster.RoleAdmin}
	create := func(change func(*roster.CreateRoleSet)) func() error {
		in := roster.CreateRoleSet{Name: "x", Roles: []string{roster.RoleAdmin}, DefaultRoleKey: roster.RoleAdmin, CreatorRoleKey: roster.RoleAdmin}
		change(&in)
		return func() error { return second(c.Create(ctx, in)) }
	}
	for code, change := range map[string]func(*roster.CreateRoleSet){
		"form_param_nil":                 func(in *roster.CreateRoleSet) { in.Name = "" },
		"form_param_format_invalid":      func(in *roster.CreateRoleSet) { in.Key = roster.Value("x") },
		"form_already_exists":            func(in *roster.CreateRoleSet) { in.Key = roster.Value(roster.InitialRoleSetKey) },
		"form_param_max_length_exceeded": func(in *roster.CreateRoleSet) { in.Name = long },
		"resource_not_found":             func(in *roster.CreateRoleSet) { in.Roles = []string{"org:none"} },
		"form_param_duplicate":           func(in *roster.CreateRoleSet) { in.Roles = twice },
		"form_param_array_size_exceeded": func(in *roster.CreateRoleSet) { in.Roles = eleven },
		"form_param_value_invalid":       func(in *roster.CreateRoleSet) { in.DefaultRoleKey = roster.RoleMember },
		"organization_missing_creator_role_permissions": func(in *roster.CreateRoleSet) {
			in.Roles, in.DefaultRoleKey, in.CreatorRoleKey = []string{roster.RoleMember}, roster.RoleMember, roster.RoleMember
		},
	} {
		on("Create", code, create(change))
	}
	full := srv.ClientOf(srv.NewInstance(t, rostertest.Development)).RoleSets
	for i := range roster.DefaultMaxRoleSets - 1 {
		must(full.Create(ctx, roster.CreateRoleSet{Name: fmt.Sprint("r", i), Roles: []string{roster.RoleAdmin}, DefaultRoleKey: roster.RoleAdmin, CreatorRoleKey: roster.RoleAdmin}))(t)
	}
	on("Create", "organization_instance_role_sets_quota_exceeded", func() error {
		return second(full.Create(ctx, roster.CreateRoleSet{Name: "x", Roles: []string{roster.RoleAdmin}, DefaultRoleKey: roster.RoleAdmin, CreatorRoleKey: roster.RoleAdmin}))
	})
	on("List", "form_param_value_invalid", func() error { return second(c.List(ctx, roster.RoleSetQuery{OrderBy: roster.Asc("size")})) })
	on("Get", "resource_not_found", func() error { return second(c.Get(ctx, "role_set:none")) })
	on("Update", "resource_not_found", func() error { return second(c.Update(ctx, "role_set:none", roster.UpdateRoleSet{})) })
	for code, in := range map[string]roster.UpdateRoleSet{
		"form_param_nil":                                {Name: roster.Value(" ")},
		"form_param_format_invalid":                     {Key: roster.Value("x")},
		"form_already_exists":                           {Key: roster.Value(roster.InitialRoleSetKey)},
		"form_param_max_length_exceeded":                {Name: roster.Value(long)},
		"form_param_value_invalid":                      {DefaultRoleKey: roster.Value("org:none")},
		"organization_missing_creator_role_permissions": {CreatorRoleKey: roster.Value(roster.RoleMember)},
	} {
		on("Update", code, func() error { return second(c.Update(ctx, w.used, in)) })
	}
	on("Delete", "resource_not_found", func() error { return second(c.Delete(ctx, "role_set:none")) })
	on("Delete", "form_param_value_invalid", func() error { return second(c.Delete(ctx, w.used)) })
	provokeRolesOfSets(on, c, t, w)
	provokeLastBoss(on, srv.ClientOf(srv.NewInstance(t, rostertest.Development)), t)
}

// heldRoleSets are role sets of which one has an organization whose admin and member
// have its roles; it has the role spare, which is nobody's, and lacks free.
type heldRoleSets struct{ used, narrow, spare, free string }

func settledRoleSets(t *testing.T, c *client.Client) heldRoleSets {
	t.Helper()
	ctx := t.Context()
	w := heldRoleSets{spare: "org:spare", free: "org:free"}
	for _, key := range []string{w.spare, w.free} {
		must(c.OrganizationRoles.Create(ctx, roster.CreateRole{Name: key, Key: key}))(t)
	}
	w.used = must(c.RoleSets.Create(ctx, roster.CreateRoleSet{Name: "Used", Roles: []string{roster.RoleAdmin, roster.RoleMember, w.spare},
		DefaultRoleKey: w.spare, CreatorRoleKey: roster.RoleAdmin}))(t).Key
	w.narrow = must(c.RoleSets.Create(ctx, roster.CreateRoleSet{Name: "Narrow", Roles: []string{roster.RoleAdmin}, DefaultRoleKey: roster.RoleAdmin, CreatorRoleKey: roster.RoleAdmin}))(t).Key
	admin := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"holder@example.com"}}))(t)
	member := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"helper@example.com"}}))(t)
	o := must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Held", CreatedBy: roster.Value(admin.ID), RoleSetKey: roster.Value(w.used)}))(t)
	must(c.OrganizationMemberships.Create(ctx, o.ID, roster.CreateMembership{UserID: member.ID, Role: roster.RoleMember}))(t)
	return w
}

func provokeRolesOfSets(on func(section, code string, call func() error), c client.RoleSets, t *testing.T, w heldRoleSets) {
	t.Helper()
	ctx := t.Context()
	eleven, twice := strings.Fields("a b c d e f g h i j k"), []string{w.free, w.free}
	for code, in := range map[string]roster.AddRoles{
		"resource_not_found":                            {RoleKeys: []string{"org:none"}},
		"form_param_nil":                                {RoleKeys: []string{}},
		"form_param_duplicate":                          {RoleKeys: twice},
		"form_param_array_size_exceeded":                {RoleKeys: eleven},
		"form_param_value_invalid":                      {RoleKeys: []string{w.spare}},
		"organization_missing_creator_role_permissions": {RoleKeys: []string{w.free}, CreatorRoleKey: roster.Value(w.free)},
	} {
		on("AddRoles", code, func() error { return second(c.AddRoles(ctx, w.used, in)) })
	}
	for code, keys := range map[string][]string{
		"resource_not_found":                        {w.free},
		"form_param_nil":                            {},
		"form_param_duplicate":                      twice,
		"form_param_array_size_exceeded":            eleven,
		"organization_role_default_creator_role":    {roster.RoleAdmin},
		"organization_role_domain_default_role":     {w.spare},
		"organization_role_on_set_assigned_to_user": {roster.RoleMember},
	} {
		on("RemoveRoles", code, func() error { return second(c.RemoveRoles(ctx, w.used, roster.RemoveRoles{RoleKeys: keys})) })
	}
	for code, in := range map[string]roster.ReplaceRole{
		"resource_not_found":                            {RoleKey: w.free, ToRoleKey: roster.RoleAdmin},
		"form_param_nil":                                {RoleKey: w.spare},
		"form_param_value_invalid":                      {RoleKey: w.spare, ToRoleKey: w.spare},
		"organization_missing_creator_role_permissions": {RoleKey: roster.RoleAdmin, ToRoleKey: roster.RoleMember},
	} {
		on("ReplaceRole", code, func() error { return second(c.ReplaceRole(ctx, w.used, in)) })
	}
	tooMany := map[string]string{}
	for _, key := range eleven {
		tooMany[key] = key
	}
	for code, in := range map[string]roster.ReplaceRoleSet{
		"resource_not_found":                                  {DestRoleSetKey: "role_set:none"},
		"form_param_nil":                                      {},
		"form_param_value_invalid":                            {DestRoleSetKey: w.used},
		"form_param_array_size_exceeded":                      {DestRoleSetKey: w.narrow, ReassignmentMappings: tooMany},
		"organization_role_set_reassignment_mappings_missing": {DestRoleSetKey: w.narrow},
		"organization_role_set_reassignment_mappings_invalid": {DestRoleSetKey: w.narrow, ReassignmentMappings: map[string]string{roster.RoleMember: w.free}},
	} {
		on("Replace", code, func() error { return second(c.Replace(ctx, w.used, in)) })
	}
}

// provokeLastBoss would leave an organization without anybody who can run it.
func provokeLastBoss(on func(section, code string, call func() error), c *client.Client, t *testing.T) {
	t.Helper()
	ctx, code := t.Context(), "organization_minimum_permissions_needed"
	boss := roster.CreateRole{Name: "Boss", Key: "org:boss"}
	for _, key := range roster.ElevatedPermissions {
		boss.Permissions = append(boss.Permissions, permissionID(t, c, key))
	}
	must(c.OrganizationRoles.Create(ctx, boss))(t)
	set := must(c.RoleSets.Create(ctx, roster.CreateRoleSet{Name: "Led", Roles: []string{roster.RoleAdmin, roster.RoleMember, boss.Key},
		DefaultRoleKey: roster.RoleMember, CreatorRoleKey: roster.RoleAdmin}))(t)
	o := must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Led", RoleSetKey: roster.Value(set.Key)}))(t)
	u := must(c.Users.Create(ctx, roster.CreateUser{EmailAddress: []string{"boss@example.com"}}))(t)
	must(c.OrganizationMemberships.Create(ctx, o.ID, roster.CreateMembership{UserID: u.ID, Role: boss.Key}))(t)
	must(c.Instance.UpdateOrganizationSettings(ctx, roster.UpdateOrganizationSettings{ElevatedMemberRequired: roster.Value(true)}))(t)
	on("ReplaceRole", code, func() error {
		return second(c.RoleSets.ReplaceRole(ctx, set.Key, roster.ReplaceRole{RoleKey: boss.Key, ToRoleKey: roster.RoleMember}))
	})
	on("Replace", code, func() error {
		return second(c.RoleSets.Replace(ctx, set.Key, roster.ReplaceRoleSet{DestRoleSetKey: roster.InitialRoleSetKey,
			ReassignmentMappings: map[string]string{boss.Key: roster.RoleMember}}))
	})
}
