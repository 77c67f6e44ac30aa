package service_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// house is an instance with all its settings, as the wire shows them.
type house struct {
	*rapid.T
	*world
	testMode     bool
	instance     roster.Instance
	organization roster.OrganizationSettings
	restrictions roster.InstanceRestrictions
}

// drawn is a field of a body: left out, null, which is as good, or one of the values.
func drawn[V any](t *rapid.T, name string, values ...V) roster.Field[V] {
	switch i := index(t, name, len(values)+2); i {
	case 0:
		return roster.Field[V]{}
	case 1:
		return roster.Null[V]()
	default:
		return roster.Value(values[i-2])
	}
}

// setting is a field with what the model has for it.
func setting[V any](t *rapid.T, name string, to *V, values ...V) roster.Field[V] {
	f := drawn(t, name, values...)
	*to = f.Or(*to)
	return f
}

// said is setting for a text that "" takes back.
func said(t *rapid.T, name string, to **string, values ...string) roster.Field[string] {
	f := drawn(t, name, append(values, "")...)
	switch v, given := f.Get(); {
	case given && v == "":
		*to = nil
	case given:
		*to = &v
	}
	return f
}

var bools = []bool{true, false}

// changeInstance changes what speaks to browsers, and test mode. A body with a problem
// changes nothing, however good the rest of it is.
func (h *house) changeInstance() {
	after, test := h.instance, h.testMode
	var want []string
	in := roster.UpdateInstance{
		TestMode:          setting(h.T, "test_mode", &test, bools...),
		HIBP:              drawn(h.T, "hibp", false),
		SupportEmail:      said(h.T, "support_email", &after.SupportEmail, "help@x.io", "no address"),
		ClerkJSVersion:    said(h.T, "clerk_js_version", &after.ClerkJSVersion, "5"),
		DevelopmentOrigin: said(h.T, "development_origin", &after.DevelopmentOrigin, "http://localhost:3000", "https://x.io/path"),
		PreferredStrategy: said(h.T, "preferred", &after.PreferredStrategy, "password", "otp"),
	}
	if in.SupportEmail.Or("") == "no address" {
		want = append(want, "form_param_format_invalid support_email")
	}
	if in.DevelopmentOrigin.Or("") == "https://x.io/path" {
		want = append(want, "form_param_format_invalid development_origin")
	}
	if chance(h.T, "origins", 2) {
		in.AllowedOrigins = slices.Clone(pick(h.T, "allowed_origins", [][]string{{}, {"https://x.io"}, {"capacitor://localhost", "https://x.io"}, {"https://x.io", "https://x.io"}, {"x.io"}}))
		after.AllowedOrigins = &in.AllowedOrigins
		switch {
		case repeated(in.AllowedOrigins):
			want = append(want, "form_param_duplicate allowed_origins")
		case slices.Contains(in.AllowedOrigins, "x.io"):
			want = append(want, "form_param_format_invalid allowed_origins")
		}
	}
	in.CookielessDev = setting(h.T, "older name", &after.URLBasedSessionSyncing, bools...)
	in.URLBasedSessionSyncing = setting(h.T, "newer name", &after.URLBasedSessionSyncing, bools...)
	older, one := in.CookielessDev.Get()
	newer, other := in.URLBasedSessionSyncing.Get()
	if one && other && older != newer {
		want = append(want, "form_conditional_param_disallowed cookieless_dev")
	}
	if h.ends(h.UpdateInstance(h.Context(), h.caller, in), want...) {
		h.instance, h.testMode = after, test
	}
}

func (h *house) changeOrganization() {
	after := h.organization
	var want []string
	in := roster.UpdateOrganizationSettings{
		Enabled:                setting(h.T, "enabled", &after.Enabled, bools...),
		MaxAllowedMemberships:  setting(h.T, "max_allowed_memberships", &after.MaxAllowedMemberships, 0, 5, 1<<40),
		AdminDeleteEnabled:     setting(h.T, "admin_delete_enabled", &after.AdminDeleteEnabled, bools...),
		DomainsEnabled:         setting(h.T, "domains_enabled", &after.DomainsEnabled, bools...),
		SlugDisabled:           setting(h.T, "slug_disabled", &after.SlugDisabled, bools...),
		ElevatedMemberRequired: setting(h.T, "elevated_member_required", &after.ElevatedMemberRequired, bools...),
	}
	if chance(h.T, "modes", 2) {
		in.DomainsEnrollmentModes = pick(h.T, "domains_enrollment_modes", [][]string{
			{}, {roster.AutomaticSuggestion}, {roster.AutomaticSuggestion, roster.ManualInvitation}, {roster.ManualInvitation, roster.ManualInvitation}})
		after.DomainsEnrollmentModes = in.DomainsEnrollmentModes
		if repeated(in.DomainsEnrollmentModes) {
			want = append(want, "form_param_duplicate domains_enrollment_modes")
		}
	}
	got, err := h.UpdateOrganizationSettings(h.Context(), h.caller, in)
	if h.ends(err, want...) {
		h.organization = after
		h.same("organization settings", after, got, nil)
	}
}

func (h *house) changeRestrictions() {
	to := &h.restrictions
	got, err := h.UpdateRestrictions(h.Context(), h.caller, roster.UpdateInstanceRestrictions{
		Allowlist:                          setting(h.T, "allowlist", &to.Allowlist, bools...),
		Blocklist:                          setting(h.T, "blocklist", &to.Blocklist, bools...),
		AllowlistBlocklistDisabledOnSignIn: setting(h.T, "sign in", &to.AllowlistBlocklistDisabledOnSignIn, bools...),
		BlockEmailSubaddresses:             setting(h.T, "sub-addresses", &to.BlockEmailSubaddresses, bools...),
		BlockDisposableEmailDomains:        setting(h.T, "throw-away", &to.BlockDisposableEmailDomains, bools...),
	})
	want := *to
	want.Object = "instance_restrictions"
	h.same("restrictions", want, got, err)
}

func repeated(list []string) bool { return len(list) == 2 && list[0] == list[1] }

// ends holds a refusal against codes and parameters.
func (h *house) ends(err error, want ...string) bool {
	h.Helper()
	var got []string
	var list roster.Errors
	if errors.As(err, &list) {
		for _, e := range list {
			got = append(got, string(e.Code)+" "+e.Meta.ParamName)
		}
	} else if err != nil {
		h.Fatal(err)
	}
	if !slices.Equal(got, want) {
		h.Fatalf("refused by %q, want %q", got, want)
	}
	return err == nil
}

func (h *house) same(what string, want, got any, err error) {
	h.Helper()
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		h.Fatalf("%s: %v, -want +got:\n%s", what, err, diff)
	}
}

// compare reads everything, whichever part was changed, and what a key is told.
func (h *house) compare() {
	h.Helper()
	instance, err := h.CurrentInstance(h.Context(), h.caller)
	h.same("instance", h.instance, instance, err)
	organization, err := h.OrganizationSettings(h.Context(), h.caller)
	h.same("organization settings", h.organization, organization, err)
	var kept store.Instance
	err = h.store.Read(h.Context(), h.caller.InstanceID, func(tx *store.Tx) (err error) {
		kept, err = tx.Settings()
		return err
	})
	h.same("test mode", h.testMode, kept.TestMode, err) // which no answer shows
	c, err := h.Authenticate(h.Context(), h.secret)
	h.same("restrictions", h.restrictions, c.Restrictions, err)
	h.same("whether organizations are on", h.organization.Enabled, c.OrganizationsEnabled, nil)
	h.same("what no organization loses", h.organization.ElevatedMemberRequired, c.ElevatedMemberRequired, nil)
}

// TestSettingsFollowTheirModel changes the settings of an instance at random, on all
// three pages that have some: none gives, takes or loses anything of another's.
func TestSettingsFollowTheirModel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(5 * time.Second)
		steps := 0
		rapid.Check(t, func(rt *rapid.T) {
			if tries.over() {
				return
			}
			h := &house{T: rt, world: newInstance(rt, st, service.Options{}), testMode: true}
			h.instance = roster.Instance{Object: "instance", ID: h.caller.InstanceID, EnvironmentType: service.Development}
			h.organization = roster.OrganizationSettings{
				Object: "organization_settings", Enabled: true, MaxAllowedRoles: 10, MaxRoleSetsAllowed: 10, MaxAllowedDomains: 10,
				CreatorRole: roster.RoleAdmin, AdminDeleteEnabled: true, DomainsEnabled: true,
				DomainsEnrollmentModes: roster.SettableEnrollmentModes, DomainsDefaultRole: roster.RoleMember,
			}
			initial := roster.InitialRoleSetKey
			h.organization.InitialRoleSetKey = &initial
			h.compare()
			for range 15 {
				pick(rt, "page", []func(){h.changeInstance, h.changeOrganization, h.changeRestrictions})()
				h.compare()
				steps++
			}
		})
		t.Logf("%d steps", steps)
	})
}
