package service

import (
	"context"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CurrentInstance is the caller's instance.
func (s *Service) CurrentInstance(ctx context.Context, c Caller) (out roster.Instance, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		in, err := t.Settings()
		b := in.Browsers
		out = roster.Instance{
			Object: "instance", ID: in.ID, EnvironmentType: in.Environment, AllowedOrigins: b.AllowedOrigins,
			SupportEmail: b.SupportEmail, ClerkJSVersion: b.ClerkJSVersion, DevelopmentOrigin: b.DevelopmentOrigin,
			URLBasedSessionSyncing: b.URLBasedSessionSyncing, PreferredStrategy: b.PreferredStrategy,
		}
		return err
	})
	return out, err
}

// UpdateInstance keeps what the body gives. But for test mode nothing here acts by it:
// it is for the applications of the instance to read. hibp passed the edge because it
// is so already.
func (s *Service) UpdateInstance(ctx context.Context, c Caller, in roster.UpdateInstance) error {
	var k checks
	k.browsers(in)
	if err := k.problems.Err(); err != nil {
		return err
	}
	return s.write(ctx, c, func(t *tx) error {
		if err := t.LockConfiguration(); err != nil {
			return err
		}
		settings, err := t.Settings()
		if err != nil {
			return err
		}
		if test := in.TestMode.Or(settings.TestMode); test != settings.TestMode {
			settings.TestMode = test
			if err := t.SaveSettings(settings); err != nil {
				return err
			}
		}
		after := settings.Browsers
		applyBrowsers(&after, in)
		if reflect.DeepEqual(settings.Browsers, after) {
			return nil
		}
		return t.SaveBrowsers(after)
	})
}

// browsers checks what a body says to browsers.
func (k *checks) browsers(in roster.UpdateInstance) {
	if v := in.SupportEmail.Or(""); v != "" {
		if _, ok := normalEmail(v); !ok {
			k.add(roster.ErrParamFormat.On("support_email", wantEmail))
		}
	}
	k.maxLength("clerk_js_version", in.ClerkJSVersion, roster.MaxNameLength)
	if v := in.DevelopmentOrigin.Or(""); v != "" && !isOrigin(v) {
		k.add(roster.ErrParamFormat.On("development_origin", "an origin such as http://localhost:3000"))
	}
	for i, v := range in.AllowedOrigins {
		switch {
		case utf8.RuneCountInString(v) > roster.MaxURLLength:
			k.add(roster.ErrParamTooLong.On("allowed_origins", roster.MaxURLLength))
		case !isAnyOrigin(v):
			k.add(roster.ErrParamFormat.On("allowed_origins", "a list of origins such as https://example.com or capacitor://localhost"))
		case slices.Contains(in.AllowedOrigins[:i], v):
			k.add(roster.ErrParamDuplicateValues.On("allowed_origins"))
		}
	}
	older, given := in.CookielessDev.Get()
	if newer, both := in.URLBasedSessionSyncing.Get(); given && both && older != newer {
		k.add(roster.ErrConditionalDisallowed.On("cookieless_dev", "another url_based_session_syncing, which is its newer name"))
	}
}

func applyBrowsers(to *store.Browsers, in roster.UpdateInstance) {
	for _, f := range []struct {
		to   **string
		from roster.Field[string]
	}{
		{&to.SupportEmail, in.SupportEmail}, {&to.ClerkJSVersion, in.ClerkJSVersion}, {&to.DevelopmentOrigin, in.DevelopmentOrigin},
		{&to.PreferredStrategy, in.PreferredStrategy},
	} {
		if _, given := f.from.Get(); given {
			*f.to = orNil(f.from)
		}
	}
	if in.AllowedOrigins != nil {
		to.AllowedOrigins = &in.AllowedOrigins
	}
	to.URLBasedSessionSyncing = in.URLBasedSessionSyncing.Or(in.CookielessDev.Or(to.URLBasedSessionSyncing))
}

// isAnyOrigin reports whether text is a scheme and a host, and no more. Applications
// beside the browser have schemes of their own.
func isAnyOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && u.Host != "" && u.Scheme+"://"+u.Host == text && !strings.ContainsAny(text, " \t\n")
}
