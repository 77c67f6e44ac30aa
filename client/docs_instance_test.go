package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/rostertest"
)

// The bodies of these functions, less the last return, are the examples of
// docs/api/instance.md.

func exampleInstanceGet(ctx context.Context, c *client.Client, fmt *output, w world) error {
	instance, err := c.Instance.Get(ctx)
	if err != nil {
		return err
	}
	fmt.Println(instance.EnvironmentType)
	return nil
}

func exampleInstanceUpdate(ctx context.Context, c *client.Client, fmt *output, w world) error {
	if err := c.Instance.Update(ctx, roster.UpdateInstance{
		SupportEmail:   roster.Value("help@example.com"),
		AllowedOrigins: []string{"https://app.example.com", "capacitor://localhost"},
	}); err != nil {
		return err
	}
	fmt.Println("so be it")
	return nil
}

func exampleInstanceUpdateRestrictions(ctx context.Context, c *client.Client, fmt *output, _ world) error {
	restrictions, err := c.Instance.UpdateRestrictions(ctx, roster.UpdateInstanceRestrictions{
		Blocklist:                   roster.Value(true),
		BlockDisposableEmailDomains: roster.Value(true),
	})
	if err != nil {
		return err
	}
	fmt.Println(restrictions.Allowlist, restrictions.Blocklist)
	return nil
}

func exampleInstanceOrganizationSettings(ctx context.Context, c *client.Client, fmt *output, w world) error {
	settings, err := c.Instance.OrganizationSettings(ctx)
	if err != nil {
		return err
	}
	fmt.Println(settings.Enabled, settings.CreatorRole, settings.DomainsDefaultRole)
	return nil
}

func exampleInstanceUpdateOrganizationSettings(ctx context.Context, c *client.Client, fmt *output, w world) error {
	roleID := w.roleID
	//
	settings, err := c.Instance.UpdateOrganizationSettings(ctx, roster.UpdateOrganizationSettings{
		MaxAllowedMemberships: roster.Value(int64(50)),
		DomainsDefaultRoleID:  roster.Value(roleID),
	})
	if err != nil {
		return err
	}
	fmt.Println(settings.MaxAllowedMemberships, settings.DomainsDefaultRole)
	return nil
}

func provokeInstance(t *testing.T, calls provoke, srv *rostertest.Server, w world) {
	t.Helper()
	ctx, c := t.Context(), srv.Client().Instance
	on := func(section, code string, call func() error) { calls["Instance"+section+" "+code] = call }
	for code, in := range map[string]roster.UpdateInstance{
		"form_param_value_invalid":          {HIBP: roster.Value(true)},
		"form_param_format_invalid":         {SupportEmail: roster.Value("nobody")},
		"form_param_duplicate":              {AllowedOrigins: []string{"https://a.example", "https://a.example"}},
		"form_param_max_length_exceeded":    {ClerkJSVersion: roster.Value(strings.Repeat("5", 257))},
		"form_param_array_size_exceeded":    {AllowedOrigins: make([]string, 101)},
		"form_conditional_param_disallowed": {CookielessDev: roster.Value(true), URLBasedSessionSyncing: roster.Value(false)},
	} {
		on("Update", code, func() error { return c.Update(ctx, in) })
	}
	for code, in := range map[string]roster.UpdateOrganizationSettings{
		"resource_not_found":                            {CreatorRoleID: roster.Value("role_none")},
		"form_param_value_invalid":                      {DomainsEnrollmentModes: []string{"by_force"}},
		"form_param_duplicate":                          {DomainsEnrollmentModes: []string{roster.ManualInvitation, roster.ManualInvitation}},
		"organization_missing_creator_role_permissions": {CreatorRoleID: roster.Value(w.roleID)},
	} {
		on("UpdateOrganizationSettings", code, func() error { return second(c.UpdateOrganizationSettings(ctx, in)) })
	}
}
