package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

// updateInstance takes what this server does anyway. All else speaks of sign-in,
// which it has no part in: to say yes would be a lie.
func updateInstance(r *request) roster.UpdateInstance {
	b := r.body
	defer b.closed()
	b.unserved("support_email", "clerk_js_version", "development_origin", "allowed_origins", "cookieless_dev",
		"url_based_session_syncing", "preferred_sign_in_strategy_when_password_required")
	in := roster.UpdateInstance{TestMode: b.boolean("test_mode"), HIBP: b.boolean("hibp")}
	if !in.TestMode.Or(true) {
		b.problem(roster.ErrParamInvalid.On("test_mode", "addresses and numbers made for tests are like all others here"))
	}
	if in.HIBP.Or(false) {
		b.problem(roster.ErrParamInvalid.On("hibp", "this server knows no list of leaked passwords"))
	}
	return in
}

// unchanged is the update of an instance, all that passes which is so already.
func unchanged(*service.Service, context.Context, service.Caller, roster.UpdateInstance) error {
	return nil
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
