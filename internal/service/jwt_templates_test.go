package service_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// template makes a JWT template of one claim, c, and says its name.
func (w *world) template(t tester, claim string) string {
	t.Helper()
	w.serial++
	name := fmt.Sprintf("template-%d", w.serial)
	_, err := w.CreateJWTTemplate(t.Context(), w.caller, roster.CreateJWTTemplate{Name: name, Claims: roster.Metadata(`{"c":` + claim + `}`)})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// claimed is what the claim c of a template comes to in a session's token.
func (w *world) claimed(t tester, s *roster.Session, claim string) string {
	t.Helper()
	got, err := w.TemplateToken(t.Context(), w.caller, s.ID, w.template(t, claim), roster.CreateToken{})
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(w.claims(t, got.JWT)["c"])
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestTemplateToken_fills_in_shortcodes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		u := w.user(t, roster.CreateUser{
			FirstName: roster.Value("Ada"), EmailAddress: []string{"ada@example.com"}, ExternalID: roster.Value("e-1"),
			PublicMetadata: roster.Metadata(`{"n":3,"deep":{"list":[1,"a"],"no":false},"quote":"\"<"}`), UnsafeMetadata: roster.Metadata(`{"theme":"dark"}`),
		})
		alone := w.session(t, u)
		w.holding(t, "org:editor", []string{"org:docs:write"})
		o := w.organization(t, roster.CreateOrganization{Name: "Acme", Slug: roster.Value("acme"), PublicMetadata: roster.Metadata(`{"plan":"team"}`)})
		other := w.organization(t, roster.CreateOrganization{Name: "Beta", CreatedBy: roster.Value(u.ID)})
		w.join(t, o, u, "org:editor")
		s := w.session(t, u)
		for _, tt := range []struct{ claim, want, alone string }{
			{`"plain"`, `"plain"`, ``},
			{`[1,null,true,{"a":"{{user.id}}"}]`, `[1,null,true,{"a":"` + u.ID + `"}]`, ``},
			{`{"{{user.id}}":1}`, `{"{{user.id}}":1}`, ``},
			{`"{{ user.external_id }}"`, `"e-1"`, ``},
			{`"{{user.first_name}}"`, `"Ada"`, ``},
			{`"{{user.last_name}}"`, `null`, ``},
			{`"{{user.full_name}}"`, `"Ada"`, ``},
			{`"<{{user.last_name}}|{{user.first_name}}>"`, `"\u003c|Ada\u003e"`, ``},
			{`"{{user.last_name || user.first_name}}"`, `"Ada"`, ``},
			{`"{{user.last_name||'it''s'}}"`, ``, ``},
			{`"{{user.last_name || 'nobody'}}"`, `"nobody"`, ``},
			{`"{{user.has_image || 'none'}}"`, `"none"`, ``},
			{`"{{user.last_name || user.has_image}}"`, `false`, ``},
			{`"{{user.primary_email_address}}"`, `"ada@example.com"`, ``},
			{`"{{user.email_verified}}"`, `true`, ``},
			{`"{{user.primary_phone_number}}"`, `null`, ``},
			{`"{{user.phone_number_verified}}"`, `false`, ``},
			{`"{{user.primary_web3_wallet}}"`, `null`, ``},
			{`"{{user.created_at}}"`, fmt.Sprint(u.CreatedAt), ``},
			{`"at {{user.created_at}}"`, fmt.Sprintf(`"at %d"`, u.CreatedAt), ``},
			{`"{{user.public_metadata.n}}"`, `3`, ``},
			{`"n={{user.public_metadata.n}}"`, `"n=3"`, ``},
			{`"{{user.public_metadata.deep}}"`, `{"list":[1,"a"],"no":false}`, ``},
			{`"{{user.public_metadata.deep.list}}!"`, `"[1,\"a\"]!"`, ``},
			{`"{{user.public_metadata.deep.no || 'yes'}}"`, `"yes"`, ``},
			{`"{{user.public_metadata.none.at.all}}"`, `null`, ``},
			{`"{{user.public_metadata.quote}}"`, `"\"\u003c"`, ``},
			{`"{{user.unsafe_metadata.theme}}"`, `"dark"`, ``},
			{`"{{user.unsafe_metadata}}"`, `{"theme":"dark"}`, ``},
			{`"{{org.id}}"`, `"` + o.ID + `"`, `null`},
			{`"{{org.slug}}/{{org.role}}"`, `"acme/org:editor"`, `"/"`},
			{`"{{org.public_metadata.plan}}"`, `"team"`, `null`},
			{`"{{org_membership.permissions}}"`, `["org:docs:write"]`, `null`},
			{`"{{org_membership.public_metadata}}"`, `{}`, `null`},
			{`"{{session.actor}}"`, `null`, ``},
			{`"{{session.id}}"`, `"` + s.ID + `"`, `"` + alone.ID + `"`},
			{`"a }} {{ b"`, `"a }} {{ b"`, ``},
		} {
			if tt.want == "" { // not an expression
				_, err := w.CreateJWTTemplate(t.Context(), w.caller, roster.CreateJWTTemplate{Name: "bad", Claims: roster.Metadata(`{"c":` + tt.claim + `}`)})
				if !errors.Is(err, roster.CodeParamValueInvalid) {
					t.Errorf("%s: %v", tt.claim, err)
				}
				continue
			}
			if got := w.claimed(t, s, tt.claim); got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.claim, got, tt.want)
			}
			if tt.alone == "" {
				continue
			}
			if got := w.claimed(t, alone, tt.claim); got != tt.alone {
				t.Errorf("%s outside of organizations: got %s, want %s", tt.claim, got, tt.alone)
			}
		}
		got := w.claimed(t, s, `"{{user.organizations}}"`)
		var roles map[string]string
		if err := json.Unmarshal([]byte(got), &roles); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{o.ID: "org:editor", other.ID: roster.RoleAdmin}, roles); diff != "" {
			t.Errorf("user.organizations -want +got:\n%s", diff)
		}
		w.caller.OrganizationsEnabled = false
		if got := w.claimed(t, s, `"{{user.organizations}} {{org.id}} {{org_membership.role}}"`); got != `"{}  "` {
			t.Errorf("where organizations are off: got %s", got)
		}
	})
}

func TestTemplateToken_carries_what_every_token_does(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		u := w.user(t, roster.CreateUser{})
		s := w.session(t, u)
		_, err := w.CreateJWTTemplate(t.Context(), w.caller, roster.CreateJWTTemplate{Name: "x", Claims: roster.Metadata(`{"aud":"them","big":12345678901234567890}`),
			Lifetime: roster.Value[int64](600), AllowedClockSkew: roster.Value[int64](7)})
		if err != nil {
			t.Fatal(err)
		}
		now := float64(w.clock.Load() / 1000)
		for _, tt := range []struct {
			in      roster.CreateToken
			expires float64
		}{{roster.CreateToken{}, 600}, {roster.CreateToken{ExpiresInSeconds: roster.Value[int64](30)}, 30}} {
			got, err := w.TemplateToken(t.Context(), w.caller, s.ID, "x", tt.in)
			if err != nil {
				t.Fatal(err)
			}
			claims := w.claims(t, got.JWT)
			want := map[string]any{"aud": "them", "big": 12345678901234567890.0, "exp": now + tt.expires, "iat": now, "nbf": now - 7,
				"iss": w.issuer(), "jti": claims["jti"], "sub": u.ID}
			if diff := cmp.Diff(want, claims); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		}
	})
}

const ownSecret = "a secret of sixty-four characters, for that is what HS512 asks for"

// A template's own key signs by its algorithm, and the instance's verifies nothing
// of it.
func TestTemplateToken_is_signed_by_the_template_key(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		s := w.session(t, w.user(t, roster.CreateUser{}))
		keys := newOwnKeys(t)
		for _, algorithm := range roster.SigningAlgorithms {
			in := roster.CreateJWTTemplate{Name: algorithm, Claims: roster.Metadata(`{}`), CustomSigningKey: roster.Value(true),
				SigningAlgorithm: roster.Value(algorithm), SigningKey: roster.Value(keys[algorithm].text)}
			made, err := w.CreateJWTTemplate(t.Context(), w.caller, in)
			if err != nil || !made.CustomSigningKey || made.SigningAlgorithm != algorithm {
				t.Fatalf("%s: %+v, %v", algorithm, made, err)
			}
			token, err := w.TemplateToken(t.Context(), w.caller, s.ID, algorithm, roster.CreateToken{})
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := jose.ParseSignedCompact(token.JWT, []jose.SignatureAlgorithm{jose.SignatureAlgorithm(algorithm)})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parsed.Verify(keys[algorithm].verifier); err != nil || parsed.Signatures[0].Header.KeyID != "" {
				t.Errorf("%s: %v, kid %q", algorithm, err, parsed.Signatures[0].Header.KeyID)
			}
			for other, key := range keys { // any other algorithm's key is refused
				if key.kind == keys[algorithm].kind {
					continue
				}
				in.Name, in.SigningKey = "other", roster.Value(key.text)
				if _, err := w.CreateJWTTemplate(t.Context(), w.caller, in); !errors.Is(err, roster.CodeParamValueInvalid) && keys[algorithm].kind != "secret" {
					t.Errorf("%s with a key for %s: %v", algorithm, other, err)
				}
			}
		}
	})
}

func TestTemplateToken_is_bounded(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		u := w.user(t, roster.CreateUser{PublicMetadata: roster.Metadata(`{"long":"` + strings.Repeat("x", 8000) + `"}`)})
		s := w.session(t, u)
		for _, claim := range []string{
			`"` + strings.Repeat("{{user.public_metadata.long}}", 9) + `"`,
			`[` + strings.Repeat(`"{{user.public_metadata}}",`, 9) + `1]`,
		} {
			name := w.template(t, claim)
			_, err := w.TemplateToken(t.Context(), w.caller, s.ID, name, roster.CreateToken{})
			refused(t, claim[:20], err, roster.ErrTokenTooLarge.New(name, 64<<10))
		}
		long := roster.CreateJWTTemplate{Name: "long", Claims: roster.Metadata(`{"c":"` + strings.Repeat("x", roster.MaxTemplateBytes) + `"}`)}
		_, err := w.CreateJWTTemplate(t.Context(), w.caller, long)
		refused(t, "a long template", err, roster.ErrTemplateTooLarge.On("claims", roster.MaxTemplateBytes))
	})
}
