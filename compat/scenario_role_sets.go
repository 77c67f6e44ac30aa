package main

import "github.com/rosterhq/roster"

// initialRoleSet is the key of the role set every instance starts with.
const initialRoleSet = roster.InitialRoleSetKey

// createRoleSet makes a role set, aside where the SDK cannot say enough.
func (s *session) createRoleSet(as, name string, a args) *reply {
	r := s.call("role_sets.create", name, a).as(as)
	if r.Offered {
		return r
	}
	roles, _ := a["roles"].([]string)
	id, err := s.aside.roleSet(roster.CreateRoleSet{
		Name: text(a["name"]), DefaultRoleKey: text(a["default_role_key"]), CreatorRoleKey: text(a["creator_role_key"]), Roles: roles,
	})
	if err != nil {
		r.problem("cannot be prepared aside: %v", err)
	}
	s.cast[as] = id
	return r
}

// manageRoleSets begins with org:admin, org:member and org:bookkeeper in the initial
// role set, and org:owner in none.
func (s *session) manageRoleSets() {
	s.remember(s.call("role_sets.list", "lists what every instance starts with", args{}).lists(byKey, 1, initialRoleSet).has(obj{"data": []obj{{
		"object": "role_set", "id": anID("rset_"), "name": "Default", "type": "initial", "description": absent,
		"roles":        keys(roster.RoleAdmin, roster.RoleMember, "org:bookkeeper"),
		"default_role": obj{"key": roster.RoleMember}, "creator_role": obj{"key": roster.RoleAdmin},
	}}}), "initial")
	nextMillisecond()
	s.createRoleSet("shop", "creates and answers with the whole role set", args{
		"name": "Shop Floor", "description": "For shops.", "default_role_key": roster.RoleMember, "creator_role_key": "org:owner", "roles": []string{"org:owner", roster.RoleMember},
	}).has(obj{
		"object": "role_set", "id": anID("rset_"), "name": "Shop Floor", "key": "role_set:shop_floor", "description": "For shops.", "type": "custom",
		"roles":        []obj{{"object": "role_set_item", "id": s.id("owner"), "name": "Owner", "key": "org:owner", "members_count": 0, "has_members": false}, {"key": roster.RoleMember}},
		"default_role": obj{"id": s.id("member")}, "creator_role": obj{"id": s.id("owner")}, "created_at": now, "updated_at": now,
	})
	s.call("role_sets.create", "refuses a missing role of creators", args{"name": "x", "key": "role_set:x", "description": "x", "type": "custom", "roles": []string{roster.RoleMember}}).fails(422, roster.CodeParamMissing, "default_role_key")
	s.call("role_sets.create", "refuses roles that are not there", args{
		"name": "x", "default_role_key": "org:none", "creator_role_key": roster.RoleAdmin, "roles": []string{"org:none", roster.RoleAdmin},
	}).fails(404, roster.CodeResourceNotFound, "roles")
	s.call("role_sets.get", "gets by id", args{"role_set_key_or_id": s.id("shop")}).has(obj{"id": s.id("shop"), "key": "role_set:shop_floor"})
	s.call("role_sets.get", "gets by key", args{"role_set_key_or_id": "role_set:shop_floor"}).has(obj{"id": s.id("shop")})
	s.call("role_sets.get", "refuses an unknown role set", args{"role_set_key_or_id": "role_set:none"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("role_sets.list", "finds by a part of the name", args{"query": "FLOOR"}).lists(byID, 1, "shop")
	s.call("role_sets.list", "orders and pages", args{"order_by": "-name", "limit": 1, "offset": 1}).lists(byID, 2, "initial")
	s.call("role_sets.list", "pages by limit and offset", args{"limit": 1, "offset": 1}).lists(byID, 2, "initial")
	s.call("role_sets.update", "changes what is given", args{"role_set_key_or_id": s.id("shop"), "name": "Shops", "key": "role_set:shops", "description": "All shops."}).
		has(obj{"id": s.id("shop"), "name": "Shops", "key": "role_set:shops", "description": "All shops.", "type": "custom", "updated_at": now})
	s.call("role_sets.update", "chooses another default role", args{"role_set_key_or_id": "role_set:shops", "default_role_key": "org:owner"}).
		has(obj{"default_role": obj{"key": "org:owner"}})
	s.call("role_sets.update", "refuses a taken key", args{"role_set_key_or_id": s.id("shop"), "key": initialRoleSet}).fails(422, roster.CodeAlreadyExists, "key")
	s.call("role_sets.update", "refuses an unknown role set", args{"role_set_key_or_id": "role_set:none", "name": "x"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("role_sets.add_roles", "adds roles", args{"role_set_key_or_id": s.id("shop"), "role_keys": []string{"org:bookkeeper", roster.RoleAdmin}}).
		has(obj{"roles": keys("org:owner", roster.RoleMember, "org:bookkeeper", roster.RoleAdmin)})
	s.call("roles.create", "creates a role for a role set", args{"name": "Guest", "key": "org:guest"}).succeeds()
	s.call("role_sets.add_roles", "adds a role and makes it the default", args{"role_set_key_or_id": s.id("shop"), "role_keys": []string{"org:guest"}, "default_role_key": "org:guest"}).
		has(obj{"roles": keys("org:owner", roster.RoleMember, "org:bookkeeper", roster.RoleAdmin, "org:guest"), "default_role": obj{"key": "org:guest"}})
	s.call("role_sets.add_roles", "refuses roles that are in it", args{"role_set_key_or_id": s.id("shop"), "role_keys": []string{roster.RoleMember}}).
		fails(422, roster.CodeParamValueInvalid, "role_keys")
	s.call("role_sets.add_roles", "refuses roles that are not there", args{"role_set_key_or_id": s.id("shop"), "role_keys": []string{"org:none"}}).
		fails(404, roster.CodeResourceNotFound, "role_keys")
	s.removeRoleSets()
}

// removeRoleSets plays the two deletions that one SDK has alone.
func (s *session) removeRoleSets() {
	s.createRoleSet("spare", "creates another", args{
		"name": "Spare", "key": "role_set:extra", "type": "custom", "default_role_key": "org:owner", "creator_role_key": "org:owner", "roles": []string{"org:owner", roster.RoleMember},
	}).has(obj{"key": "role_set:extra", "type": "custom"})
	s.call("role_sets.add_roles", "adds a role and makes it the one of creators", args{"role_set_key_or_id": s.id("spare"), "role_keys": []string{roster.RoleAdmin}, "creator_role_key": roster.RoleAdmin}).
		has(obj{"creator_role": obj{"key": roster.RoleAdmin}})
	s.call("role_sets.update", "chooses another role of creators", args{"role_set_key_or_id": s.id("spare"), "creator_role_key": "org:owner"}).
		has(obj{"creator_role": obj{"key": "org:owner"}})
	s.call("role_sets.remove_roles", "takes roles out", args{"role_set_key_or_id": s.id("spare"), "role_keys": []string{roster.RoleMember}}).has(obj{"roles": keys("org:owner")})
	s.call("role_sets.remove_roles", "refuses the role of creators", args{"role_set_key_or_id": s.id("spare"), "role_keys": []string{"org:owner"}}).
		fails(422, roster.CodeRoleIsCreatorRole, "")
	s.call("role_sets.remove_roles", "refuses roles that are not in it", args{"role_set_key_or_id": s.id("spare"), "role_keys": []string{roster.RoleMember}}).
		fails(404, roster.CodeResourceNotFound, "role_keys")
	s.call("role_sets.delete", "refuses the initial one", args{"role_set_key_or_id": initialRoleSet}).fails(422, roster.CodeParamValueInvalid, "role_set_key_or_id")
	s.call("role_sets.delete", "deletes and tells what was deleted", args{"role_set_key_or_id": s.id("spare")}).has(obj{"object": "role_set", "id": s.id("spare"), "deleted": true})
	s.call("role_sets.delete", "refuses an unknown role set", args{"role_set_key_or_id": "role_set:none"}).fails(404, roster.CodeResourceNotFound, "")
}

// replaceRoleSets makes an organization with the shops' role set, and moves it on.
func (s *session) replaceRoleSets() {
	shop := s.id("shop")
	s.call("organizations.create", "takes a role set by its key", args{"name": "Kiosk", "role_set_key": "role_set:shops"}).has(obj{"role_set_key": "role_set:shops"})
	s.call("organizations.create", "refuses a role set that is not there", args{"name": "Kiosk", "role_set_key": "role_set:none"}).
		fails(422, roster.CodeFormResourceNotFound, "role_set_key")
	s.call("role_sets.update", "makes a role set the initial one", args{"role_set_key_or_id": shop, "type": "initial"}).has(obj{"type": "initial"})
	s.call("role_sets.get", "shows that another is initial no more", args{"role_set_key_or_id": initialRoleSet}).has(obj{"type": "custom"})
	s.call("organizations.create", "gets the initial role set", args{"name": "Shed", "created_by": s.id("ann")}).as("shed").has(obj{"role_set_key": "role_set:shops"})
	s.call("memberships.list", "shows the role of creators", args{"organization_id": s.id("shed")}).lists(byUser, 1, "ann").has(obj{"data": []obj{{"role": "org:owner"}}})
	s.call("role_sets.get", "counts the members with a role", args{"role_set_key_or_id": shop}).
		has(obj{"roles": first{"key": "org:owner", "members_count": 1, "has_members": true}})
	s.call("memberships.create", "refuses a role outside of the organization's role set", args{"organization_id": s.id("house"), "user_id": s.id("ann"), "role": "org:owner"}).
		fails(404, roster.CodeResourceNotFound, "role")
	s.call("organizations.update", "moves to another role set that has the members' roles", args{"organization_id": s.id("house"), "role_set_key": "role_set:shops"}).
		has(obj{"role_set_key": "role_set:shops"})
	s.call("organizations.update", "moves back to the role set it had", args{"organization_id": s.id("house"), "role_set_key": initialRoleSet}).has(obj{"role_set_key": initialRoleSet})
	s.call("role_sets.update", "puts the initial role set back", args{"role_set_key_or_id": initialRoleSet, "type": "initial"}).has(obj{"type": "initial"})
	s.call("role_sets.replace_role", "replaces a role with its members", args{"role_set_key_or_id": shop, "role_key": roster.RoleMember, "to_role_key": roster.RoleAdmin}).
		has(obj{"roles": keys("org:owner", "org:bookkeeper", roster.RoleAdmin, "org:guest")})
	s.call("role_sets.replace_role", "refuses a role that is not in it", args{"role_set_key_or_id": shop, "role_key": roster.RoleMember, "to_role_key": roster.RoleAdmin}).
		fails(404, roster.CodeResourceNotFound, "role_key")
	s.call("role_sets.replace", "refuses to leave members without a role", args{"role_set_key_or_id": shop, "dest_role_set_key": initialRoleSet}).
		fails(422, roster.CodeReassignmentMappingsMissing, "")
	replaced := s.call("role_sets.replace", "replaces with its organizations", args{
		"role_set_key_or_id": shop, "dest_role_set_key": initialRoleSet, "reassignment_mappings": obj{"org:owner": roster.RoleAdmin},
	}).has(obj{"object": "role_set", "id": shop, "deleted": true})
	if !replaced.Offered {
		return
	}
	s.call("role_sets.get", "forgets the replaced role set", args{"role_set_key_or_id": shop}).fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.list", "shows the role that took another's place", args{"organization_id": s.id("shed")}).has(obj{"data": []obj{{"role": roster.RoleAdmin}}})
	s.call("organizations.get", "shows the role set that took another's place", args{"organization_id": s.id("shed")}).has(obj{"role_set_key": initialRoleSet})
}
