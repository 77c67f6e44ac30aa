package main

import "github.com/rosterhq/roster"

func (s *session) manageSettings() {
	s.call("instance.get", "gets the instance", args{}).
		has(obj{"object": "instance", "id": anID("ins_"), "environment_type": "development", "allowed_origins": absent})
	s.call("instance.update", "takes what is so anyway", args{"test_mode": true, "hibp": false}).succeeds()
	s.call("instance.update", "keeps what speaks to browsers", args{"support_email": "help@example.com", "clerk_js_version": "5", "development_origin": "http://localhost:3000", "url_based_session_syncing": true}).succeeds()
	s.call("instance.update", "keeps origins of any scheme", args{"allowed_origins": []string{"chrome-extension://abc"}}).succeeds()
	s.call("instance.update", "keeps how browsers prefer to sign in", args{"preferred_sign_in_strategy_when_password_required": "otp"}).succeeds()
	s.call("instance.update", "takes an older name", args{"cookieless_dev": true}).succeeds()
	s.call("instance.update", "refuses an older name at odds with the newer", args{"cookieless_dev": true, "url_based_session_syncing": false}).
		fails(422, roster.CodeConditionalParamDisallowed, "cookieless_dev")
	s.call("instance.update", "refuses what no document has", args{"enhanced_email_deliverability": true}).fails(422, roster.CodeParamUnknown, "enhanced_email_deliverability")
	s.call("instance.get", "shows the origins", args{}).has(obj{"allowed_origins": []string{"chrome-extension://abc"}})
	s.call("instance.update", "refuses what the server does not do", args{"hibp": true}).fails(422, roster.CodeParamValueInvalid, "hibp")
	s.call("settings.get", "gets the settings of organizations", args{}).has(obj{
		"object": "organization_settings", "enabled": true, "max_allowed_memberships": 0, "max_allowed_roles": 10, "max_role_sets_allowed": 10,
		"max_allowed_domains": 10, "max_allowed_permissions": 0, "creator_role": roster.RoleAdmin, "admin_delete_enabled": true, "domains_enabled": true,
		"slug_disabled": false, "domains_enrollment_modes": []string{roster.ManualInvitation, roster.AutomaticInvitation, roster.AutomaticSuggestion},
		"domains_default_role": roster.RoleMember, "initial_role_set_key": initialRoleSet,
	})
	s.call("settings.update", "changes what is given", args{
		"max_allowed_memberships": 7, "admin_delete_enabled": false, "domains_default_role_id": s.id("accountant"),
		"domains_enrollment_modes": []string{roster.AutomaticSuggestion, roster.AutomaticInvitation},
	}).has(obj{
		"enabled": true, "max_allowed_memberships": 7, "admin_delete_enabled": false, "domains_default_role": "org:bookkeeper", "creator_role": roster.RoleAdmin,
		"domains_enrollment_modes": []string{roster.AutomaticSuggestion, roster.AutomaticInvitation},
	})
	s.call("organizations.create", "follows the settings", args{"name": "Stable"}).has(obj{"max_allowed_memberships": 7, "admin_delete_enabled": false})
	s.call("organizations.create", "takes a time of creation", args{"name": "Ruin", "created_at": "1820-01-01T00:00:00.000Z"}).has(obj{"created_at": millis("1820-01-01T00:00:00Z")})
	s.call("settings.update", "refuses a role that creators cannot have", args{"creator_role_id": s.id("member")}).fails(422, roster.CodeMissingCreatorRolePermissions, "")
	s.call("settings.update", "refuses a role that is not there", args{"domains_default_role_id": unknownRole}).fails(404, roster.CodeResourceNotFound, "domains_default_role_id")
	s.call("settings.update", "refuses an unknown mode", args{"domains_enrollment_modes": []string{"by_force"}}).fails(422, roster.CodeParamValueInvalid, "domains_enrollment_modes")
	s.call("settings.update", "switches slugs off", args{"slug_disabled": true}).has(obj{"slug_disabled": true})
	if s.checks[len(s.checks)-1].Offered {
		s.call("organizations.create", "refuses a slug where there are none", args{"name": "x", "slug": "x"}).fails(403, roster.CodeOrganizationSlugsDisabled, "")
		s.call("settings.update", "switches slugs on", args{"slug_disabled": false}).has(obj{"slug_disabled": false})
	}
	s.call("settings.update", "switches domains off", args{"domains_enabled": false}).has(obj{"domains_enabled": false})
	s.call("domains.list", "refuses where domains are off", args{"organization_id": s.id("house")}).fails(403, roster.CodeDomainsNotEnabled, "")
	s.call("settings.update", "switches domains on", args{"domains_enabled": true}).has(obj{"domains_enabled": true})
	s.call("settings.update", "refuses what no document has", args{"force_organization_selection": true}).fails(422, roster.CodeParamUnknown, "force_organization_selection")
	s.call("settings.update", "switches organizations off", args{"enabled": false}).has(obj{"enabled": false})
	s.call("roles.list", "refuses where organizations are off", args{}).fails(403, roster.CodeOrganizationNotEnabled, "")
	s.call("settings.update", "switches organizations on, as they were", args{
		"enabled": true, "max_allowed_memberships": 0, "admin_delete_enabled": true, "domains_default_role_id": s.id("member"),
		"domains_enrollment_modes": []string{roster.ManualInvitation, roster.AutomaticInvitation, roster.AutomaticSuggestion},
	}).has(obj{"enabled": true, "max_allowed_memberships": 0, "domains_default_role": roster.RoleMember})
}
