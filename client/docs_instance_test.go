package client_test

import (
	"context"
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
	if err := c.Instance.Update(ctx, roster.UpdateInstance{HIBP: roster.Value(false)}); err != nil {
		return err
	}
	fmt.Println("so be it")
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
	on("Update", "form_param_unknown", func() error { return c.Update(ctx, roster.UpdateInstance{SupportEmail: roster.Value("a@b.io")}) })
	on("Update", "form_param_value_invalid", func() error { return c.Update(ctx, roster.UpdateInstance{HIBP: roster.Value(true)}) })
	for code, in := range map[string]roster.UpdateOrganizationSettings{
		"resource_not_found":                            {CreatorRoleID: roster.Value("role_none")},
		"form_param_value_invalid":                      {DomainsEnrollmentModes: []string{"by_force"}},
		"form_param_duplicate":                          {DomainsEnrollmentModes: []string{roster.ManualInvitation, roster.ManualInvitation}},
		"organization_missing_creator_role_permissions": {CreatorRoleID: roster.Value(w.roleID)},
	} {
		on("UpdateOrganizationSettings", code, func() error { return second(c.UpdateOrganizationSettings(ctx, in)) })
	}
}
