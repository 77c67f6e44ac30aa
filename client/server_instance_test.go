package client_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestServer_instance(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		d := newDirectory(t, e)
		ctx, c := t.Context(), d.Instance
		in := must(c.Get(ctx))(t)
		if in.Object != "instance" || in.EnvironmentType != "development" || in.ID == "" || in.AllowedOrigins != nil || in.WorkspaceID != nil {
			t.Errorf("instance %+v", in)
		}
		if err := c.Update(ctx, roster.UpdateInstance{HIBP: roster.Value(false), TestMode: roster.Value(true)}); err != nil {
			t.Errorf("what is so anyway: %v", err)
		}
		if err := c.Update(ctx, roster.UpdateInstance{TestMode: roster.Value(false)}); err != nil {
			t.Errorf("test mode off: %v", err)
		}
		if err := c.Update(ctx, roster.UpdateInstance{HIBP: roster.Value(true)}); !errors.Is(err, roster.CodeParamValueInvalid) {
			t.Errorf("leaked passwords: %v", err)
		}
		boss := must(d.OrganizationRoles.Create(ctx, roster.CreateRole{Name: "Boss", Key: "org:boss", Permissions: []string{
			permissionID(t, d.Client, "org:sys_memberships:read"), permissionID(t, d.Client, "org:sys_memberships:manage"), permissionID(t, d.Client, "org:sys_profile:delete"),
		}}))(t)
		want := must(c.OrganizationSettings(ctx))(t)
		want.Enabled, want.MaxAllowedMemberships, want.AdminDeleteEnabled, want.DomainsEnabled = true, 3, false, false
		want.SlugDisabled, want.DomainsEnrollmentModes, want.ElevatedMemberRequired = true, []string{"automatic_suggestion"}, true
		want.CreatorRole, want.DomainsDefaultRole = boss.Key, boss.Key
		got := must(c.UpdateOrganizationSettings(ctx, roster.UpdateOrganizationSettings{
			Enabled: roster.Value(true), MaxAllowedMemberships: roster.Value(int64(3)), AdminDeleteEnabled: roster.Value(false), DomainsEnabled: roster.Value(false),
			SlugDisabled: roster.Value(true), DomainsEnrollmentModes: []string{"automatic_suggestion"}, ElevatedMemberRequired: roster.Value(true),
			CreatorRoleID: roster.Value(boss.ID), DomainsDefaultRoleID: roster.Value(boss.ID),
		}))(t)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("updated (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, must(c.OrganizationSettings(ctx))(t)); diff != "" {
			t.Errorf("read again (-want +got):\n%s", diff)
		}
		clerk := client.New("sk_test_x", client.WithBaseURL(client.DefaultBaseURL))
		if _, err := clerk.Instance.UpdateOrganizationSettings(ctx, roster.UpdateOrganizationSettings{ElevatedMemberRequired: roster.Value(true)}); !errors.Is(err, client.ErrRosterOnly) {
			t.Errorf("asking Clerk for an extension: %v", err)
		}
	})
}
