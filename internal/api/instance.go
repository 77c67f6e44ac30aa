package api

import "github.com/rosterhq/roster"

// updateInstance takes test mode, and what this server does anyway, and keeps what
// speaks to browsers.
func updateInstance(r *request) roster.UpdateInstance {
	b := r.body
	defer b.closed()
	in := roster.UpdateInstance{
		TestMode:               b.boolean("test_mode"),
		HIBP:                   b.boolean("hibp"),
		SupportEmail:           b.text("support_email"),
		ClerkJSVersion:         b.text("clerk_js_version"),
		DevelopmentOrigin:      b.text("development_origin"),
		AllowedOrigins:         b.textsUpTo("allowed_origins", roster.MaxAllowedOrigins),
		CookielessDev:          b.boolean("cookieless_dev"),
		URLBasedSessionSyncing: b.boolean("url_based_session_syncing"),
		PreferredStrategy:      b.option("preferred_sign_in_strategy_when_password_required", roster.PreferredStrategies...),
	}
	if in.HIBP.Or(false) {
		b.problem(roster.ErrParamInvalid.On("hibp", "this server knows no list of leaked passwords"))
	}
	return in
}

func updateRestrictions(r *request) roster.UpdateInstanceRestrictions {
	b := r.body
	defer b.closed()
	return roster.UpdateInstanceRestrictions{
		Allowlist:                          b.boolean("allowlist"),
		Blocklist:                          b.boolean("blocklist"),
		AllowlistBlocklistDisabledOnSignIn: b.boolean("allowlist_blocklist_disabled_on_sign_in"),
		BlockEmailSubaddresses:             b.boolean("block_email_subaddresses"),
		BlockDisposableEmailDomains:        b.boolean("block_disposable_email_domains"),
	}
}

func updateOrganizationSettings(r *request) roster.UpdateOrganizationSettings {
	b := r.body
	defer b.closed()
	return roster.UpdateOrganizationSettings{
		Enabled:                b.boolean("enabled"),
		MaxAllowedMemberships:  b.count("max_allowed_memberships"),
		AdminDeleteEnabled:     b.boolean("admin_delete_enabled"),
		DomainsEnabled:         b.boolean("domains_enabled"),
		SlugDisabled:           b.boolean("slug_disabled"),
		DomainsEnrollmentModes: b.choices("domains_enrollment_modes", roster.SettableEnrollmentModes...),
		CreatorRoleID:          b.text("creator_role_id"),
		DomainsDefaultRoleID:   b.text("domains_default_role_id"),
		ElevatedMemberRequired: b.boolean("elevated_member_required"),
	}
}
