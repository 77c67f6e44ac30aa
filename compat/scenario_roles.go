package main

import "github.com/rosterhq/roster"

const (
	byKey   = "key"
	byEmail = "email_address"
	byName  = "name"
)

// unknown ids of the family have the right shape and belong to nothing.
const (
	unknownRole       = "role_000000000000000000000000000"
	unknownPermission = "perm_000000000000000000000000000"
)

// found makes the users and the organizations that the family is shown on.
func (s *session) found() {
	for _, name := range []string{"ann", "ben", "cat"} {
		nextMillisecond()
		s.call("users.create", "creates "+name+" of the family", args{
			"email_address": []string{name + "@family.example"}, "first_name": name, "password": "the family passphrase", "skip_password_checks": true,
		}).as(name).has(obj{"id": anID("user_")})
	}
	for _, o := range []struct{ as, name string }{{"house", "House"}, {"barn", "Barn"}} {
		nextMillisecond()
		s.call("organizations.create", "creates the "+o.as, args{"name": o.name, "created_by": s.id("ann"), "slug": o.as}).as(o.as).has(obj{"slug": o.as})
	}
	s.call("memberships.create", "lets ben into the house", args{"organization_id": s.id("house"), "user_id": s.id("ben"), "role": roster.RoleMember}).succeeds()
}

func (s *session) managePermissions() {
	s.call("permissions.list", "lists what every instance starts with", args{"order_by": "key", "limit": 2}).
		lists(byKey, 9, "org:sys_billing:manage", "org:sys_billing:read").
		has(obj{"data": []obj{{"object": "permission", "id": anID("perm_"), "name": "Manage billing", "type": "system", "created_at": now, "updated_at": now}, {}}})
	s.call("permissions.create", "creates and answers with the whole permission", args{"name": "Send invoices", "key": "org:invoices:send", "description": "Mail them."}).
		as("send").has(obj{
		"object": "permission", "id": anID("perm_"), "name": "Send invoices", "key": "org:invoices:send", "description": "Mail them.", "type": "user",
		"created_at": now, "updated_at": now,
	})
	nextMillisecond()
	s.call("permissions.create", "creates without a description", args{"name": "Pay invoices", "key": "org:invoices:pay"}).as("pay").has(obj{"description": ""})
	s.call("permissions.get", "gets a permission", args{"permission_id": s.id("send")}).has(obj{"id": s.id("send"), "key": "org:invoices:send", "description": "Mail them."})
	s.call("permissions.list", "finds by a part of the key, newest first", args{"query": "INVOICES"}).lists(byID, 2, "pay", "send")
	s.call("permissions.list", "pages by limit and offset", args{"query": "invoices", "limit": 1, "offset": 1, "order_by": "-name"}).lists(byID, 2, "pay")
	s.call("permissions.list", "refuses an unknown order", args{"order_by": "type"}).fails(422, roster.CodeParamValueInvalid, "order_by")
	s.call("permissions.update", "changes what is given", args{"permission_id": s.id("pay"), "name": "Settle invoices", "key": "org:invoices:settle", "description": "With money."}).
		has(obj{"id": s.id("pay"), "name": "Settle invoices", "key": "org:invoices:settle", "description": "With money.", "updated_at": now})
	s.call("permissions.update", "refuses a taken key", args{"permission_id": s.id("pay"), "key": "org:invoices:send"}).fails(422, roster.CodeAlreadyExists, "key")
	s.call("permissions.create", "refuses a taken key", args{"name": "x", "key": "org:invoices:send"}).fails(422, roster.CodeAlreadyExists, "key")
	s.call("permissions.create", "refuses a malformed key", args{"name": "x", "key": "org:invoices"}).fails(422, roster.CodeParamFormatInvalid, "key")
	s.call("permissions.get", "refuses an unknown permission", args{"permission_id": unknownPermission}).fails(404, roster.CodeResourceNotFound, "")
	s.call("permissions.delete", "refuses an unknown permission", args{"permission_id": unknownPermission}).fails(404, roster.CodeResourceNotFound, "")
	for _, p := range []struct{ as, key string }{{"read", "org:sys_memberships:read"}, {"manage", "org:sys_memberships:manage"}, {"erase", "org:sys_profile:delete"}} {
		s.remember(s.call("permissions.list", "finds by the whole key "+p.key, args{"query": p.key}).lists(byKey, 1, p.key), p.as)
	}
	s.call("permissions.update", "refuses to change one of the system", args{"permission_id": s.id("read"), "name": "x"}).fails(403, roster.CodeSystemPermissionNotModifiable, "")
	s.call("permissions.delete", "refuses to delete one of the system", args{"permission_id": s.id("read")}).fails(403, roster.CodeSystemPermissionNotModifiable, "")
}

// remember keeps the id of the only element of a list.
func (s *session) remember(r *reply, name string) {
	if list, ok := dig(r.response.Result, "data").([]any); ok && len(list) == 1 {
		s.cast[name] = text(dig(list[0], "id"))
	}
}

func (s *session) manageRoles() {
	s.call("roles.list", "lists what every instance starts with", args{"order_by": "key"}).lists(byKey, 2, roster.RoleAdmin, roster.RoleMember)
	s.remember(s.call("roles.list", "finds by the whole key", args{"query": roster.RoleAdmin}).lists(byKey, 1, roster.RoleAdmin).
		has(obj{"data": []obj{{"object": "role", "id": anID("role_"), "name": "Admin", "is_creator_eligible": true}}}), "admin")
	s.remember(s.call("roles.list", "finds by a part of the name", args{"query": "embe"}).lists(byKey, 1, roster.RoleMember), "member")
	nextMillisecond()
	s.call("roles.create", "takes permissions by their ids, and shows them whole", args{
		"name": "Accountant", "key": "org:accountant", "description": "Counts.", "permissions": []string{s.id("pay"), s.id("read")}, "include_in_initial_role_set": true,
	}).as("accountant").has(obj{
		"object": "role", "id": anID("role_"), "name": "Accountant", "key": "org:accountant", "description": "Counts.", "is_creator_eligible": false,
		"permissions": keys("org:invoices:settle", "org:sys_memberships:read"), "created_at": now, "updated_at": now,
	}).has(obj{"permissions": []obj{{"object": "permission", "id": s.id("pay"), "name": "Settle invoices", "description": "With money.", "type": "user"}, {"type": "system"}}})
	nextMillisecond()
	s.call("roles.create", "lets creators have what it takes", args{"name": "Owner", "key": "org:owner", "permissions": []string{s.id("read"), s.id("manage"), s.id("erase")}}).
		as("owner").has(obj{"is_creator_eligible": true, "description": absent})
	s.call("roles.get", "gets a role", args{"organization_role_id": s.id("accountant")}).has(obj{"id": s.id("accountant"), "key": "org:accountant"})
	s.call("roles.list", "pages by limit and offset", args{"order_by": "-created_at", "limit": 2, "offset": 1}).lists(byKey, 4, "org:accountant", roster.RoleMember)
	s.call("roles.list", "refuses an unknown order", args{"order_by": "permissions"}).fails(422, roster.CodeParamValueInvalid, "order_by")
	s.call("roles.create", "refuses is_managed, which no document has", args{"name": "x", "key": "org:x", "is_managed": true}).fails(422, roster.CodeParamUnknown, "is_managed")
	s.call("roles.create", "refuses a taken key", args{"name": "x", "key": "org:owner"}).fails(422, roster.CodeAlreadyExists, "key")
	s.call("roles.create", "refuses a malformed key", args{"name": "x", "key": "owner"}).fails(422, roster.CodeParamFormatInvalid, "key")
	s.call("roles.create", "refuses permissions by their keys", args{"name": "x", "key": "org:x", "permissions": []string{"org:invoices:send"}}).
		fails(422, roster.CodeFormResourceNotFound, "permissions")
	s.call("roles.get", "refuses an unknown role", args{"organization_role_id": unknownRole}).fails(404, roster.CodeResourceNotFound, "")
	s.call("roles.update", "refuses an unknown role", args{"organization_role_id": unknownRole, "name": "x"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("roles.update", "refuses a taken key", args{"organization_role_id": s.id("accountant"), "key": "org:owner"}).fails(422, roster.CodeAlreadyExists, "key")
	s.call("memberships.create", "gives a role of the instance's own", args{"organization_id": s.id("house"), "user_id": s.id("cat"), "role": "org:accountant"}).
		has(obj{"role": "org:accountant", "role_name": "Accountant", "permissions": set("org:invoices:settle", "org:sys_memberships:read")})
	s.call("roles.update", "changes what is given", args{
		"organization_role_id": s.id("accountant"), "name": "Bookkeeper", "key": "org:bookkeeper", "description": "Keeps books.", "permissions": []string{s.id("send"), s.id("pay")},
	}).has(obj{"name": "Bookkeeper", "key": "org:bookkeeper", "description": "Keeps books.", "permissions": keys("org:invoices:send", "org:invoices:settle")})
	s.call("memberships.list", "shows what became of the role at once", args{"organization_id": s.id("house"), "role": []string{"org:bookkeeper"}}).lists(byUser, 1, "cat").
		has(obj{"data": []obj{{"role_name": "Bookkeeper", "permissions": set("org:invoices:send", "org:invoices:settle")}}})
}

func (s *session) assignPermissions() {
	both := func(call, name, role, permission string) *reply {
		return s.call(call, name, args{"organization_role_id": role, "permission_id": permission})
	}
	both("roles.assign_permission", "adds a permission", s.id("accountant"), s.id("read")).
		has(obj{"id": s.id("accountant"), "permissions": keys("org:invoices:send", "org:invoices:settle", "org:sys_memberships:read")})
	both("roles.assign_permission", "refuses one that is there", s.id("accountant"), s.id("read")).fails(409, roster.CodeRolePermissionExists, "")
	both("roles.assign_permission", "refuses an unknown permission", s.id("accountant"), unknownPermission).fails(404, roster.CodeResourceNotFound, "")
	both("roles.assign_permission", "refuses an unknown role", unknownRole, s.id("read")).fails(404, roster.CodeResourceNotFound, "")
	both("roles.remove_permission", "takes a permission away", s.id("accountant"), s.id("send")).
		has(obj{"id": s.id("accountant"), "permissions": keys("org:invoices:settle", "org:sys_memberships:read")})
	both("roles.remove_permission", "refuses one that is not there", s.id("accountant"), s.id("send")).fails(404, roster.CodeRolePermissionNotFound, "")
	both("roles.remove_permission", "refuses what creators need", s.id("admin"), s.id("erase")).fails(422, roster.CodeMissingCreatorRolePermissions, "")
	s.call("permissions.delete", "deletes and tells what was deleted", args{"permission_id": s.id("send")}).has(obj{"object": "permission", "id": s.id("send"), "deleted": true})
	s.call("permissions.get", "forgets the deleted permission", args{"permission_id": s.id("send")}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) deleteRoles() {
	s.call("roles.delete", "refuses the role of creators", args{"organization_role_id": s.id("admin")}).fails(422, roster.CodeRoleIsCreatorRole, "")
	s.call("roles.delete", "refuses the role of members", args{"organization_role_id": s.id("accountant")}).fails(422, roster.CodeRoleAssigned, "")
	s.call("roles.create", "creates a role for nobody", args{"name": "Nobody", "key": "org:nobody"}).as("nobody").has(obj{"permissions": keys()})
	s.call("roles.delete", "deletes and tells what was deleted", args{"organization_role_id": s.id("nobody")}).has(obj{"object": "role", "id": s.id("nobody"), "deleted": true})
	s.call("roles.get", "forgets the deleted role", args{"organization_role_id": s.id("nobody")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("roles.delete", "refuses an unknown role", args{"organization_role_id": unknownRole}).fails(404, roster.CodeResourceNotFound, "")
}
