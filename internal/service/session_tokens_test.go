package service_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

const publicURL = "https://roster.example"

// issuer is what a world's tokens name below publicURL.
func (w *world) issuer() string { return publicURL + "/" + w.caller.InstanceID + ".clerk.accounts" }

// newIssuer is a world whose tokens name publicURL.
func newIssuer(t testing.TB, e storetest.Engine) *world {
	t.Helper()
	return newInstance(t, e.Open(t), service.Options{PublicURL: publicURL + "/"})
}

// at is the caller with an API version.
func (w *world) at(v roster.Version) service.Caller {
	c := w.caller
	c.Version = v
	return c
}

// token mints a session token for an API version.
func (w *world) token(t tester, s *roster.Session, v roster.Version) string {
	t.Helper()
	got, err := w.SessionToken(t.Context(), w.at(v), s.ID, roster.CreateToken{})
	if err != nil {
		t.Fatal(err)
	}
	return got.JWT
}

// verified are the claims of a token that a key of the set verifies.
func verified(t tester, set *roster.JWKS, token string) (map[string]any, jose.Header) {
	t.Helper()
	parsed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	header := parsed.Signatures[0].Header
	for _, k := range set.Keys {
		if k.Kid != header.KeyID {
			continue
		}
		payload, err := parsed.Verify(publicKey(t, k))
		if err != nil {
			t.Fatal(err)
		}
		var claims map[string]any
		if err := json.Unmarshal(payload, &claims); err != nil {
			t.Fatal(err)
		}
		return claims, header
	}
	t.Fatal("no key", header.KeyID)
	return nil, header
}

func publicKey(t tester, k roster.JWK) *rsa.PublicKey {
	t.Helper()
	n, err := base64.RawURLEncoding.DecodeString(k.N)
	if err != nil {
		t.Fatal(err)
	}
	e, err := base64.RawURLEncoding.DecodeString(k.E)
	if err != nil {
		t.Fatal(err)
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
}

func (w *world) claims(t tester, token string) map[string]any {
	t.Helper()
	set, err := w.JWKS(t.Context(), w.caller)
	if err != nil {
		t.Fatal(err)
	}
	claims, _ := verified(t, set, token)
	return claims
}

// holding makes a role with permissions of the instance's own.
func (w *world) holding(t tester, key string, custom []string) {
	t.Helper()
	var permissions []roster.Permission
	for _, k := range custom {
		permissions = append(permissions, w.permission(t, k))
	}
	w.role(t, key, permissions...)
}

func TestSessionToken_claims(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		w.holding(t, "org:editor", []string{"org:dashboard:read", "org:teams:manage", "org:dashboard:manage", "org:dashboard:publish"})
		u := w.user(t, roster.CreateUser{})
		alone := w.session(t, u)
		o := w.organization(t, roster.CreateOrganization{Slug: roster.Value("acme")})
		w.join(t, o, u, "org:editor")
		s := w.session(t, u)
		w.clock.Add(150_000) // two and a half minutes
		now := float64(w.clock.Load() / 1000)
		common := map[string]any{
			"exp": now + 60, "iat": now, "nbf": now - 10, "fva": []any{2.0, -1.0}, "iss": w.issuer(),
			"sid": s.ID, "sub": u.ID,
		}
		with := func(more map[string]any) map[string]any {
			out := map[string]any{}
			for _, m := range []map[string]any{common, more} {
				for k, v := range m {
					out[k] = v
				}
			}
			return out
		}
		v2 := w.claims(t, w.token(t, s, "2025-04-10"))
		jti, _ := v2["jti"].(string)
		if len(jti) != 20 {
			t.Errorf("jti %q", jti)
		}
		want := with(map[string]any{"v": 2.0, "sts": "active", "jti": jti, "fea": "o:dashboard,o:teams",
			"o": map[string]any{"id": o.ID, "slg": "acme", "rol": "editor", "per": "manage,publish,read", "fpm": "7,1"}})
		if diff := cmp.Diff(want, v2); diff != "" {
			t.Errorf("v2 -want +got:\n%s", diff)
		}
		want = with(map[string]any{"org_id": o.ID, "org_slug": "acme", "org_role": "org:editor",
			"org_permissions": []any{"org:dashboard:read", "org:teams:manage", "org:dashboard:manage", "org:dashboard:publish"}})
		if diff := cmp.Diff(want, w.claims(t, w.token(t, s, "2024-10-01"))); diff != "" {
			t.Errorf("v1 -want +got:\n%s", diff)
		}
		common["sid"] = alone.ID
		jti, _ = w.claims(t, w.token(t, alone, "2026-05-12"))["jti"].(string)
		got := w.claims(t, w.token(t, alone, "2026-05-12"))
		if got["jti"] == jti {
			t.Error("two tokens have one id")
		}
		if diff := cmp.Diff(with(map[string]any{"v": 2.0, "sts": "active", "jti": got["jti"]}), got); diff != "" {
			t.Errorf("v2 without organization -want +got:\n%s", diff)
		}
		if diff := cmp.Diff(common, w.claims(t, w.token(t, alone, "2021-02-05"))); diff != "" {
			t.Errorf("v1 without organization -want +got:\n%s", diff)
		}
	})
}

// A role that has system permissions only shows no permissions at all.
func TestSessionToken_leaves_out_system_permissions(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		u := w.user(t, roster.CreateUser{})
		o := w.organization(t, roster.CreateOrganization{Slug: roster.Value("acme"), CreatedBy: roster.Value(u.ID)})
		s := w.session(t, u)
		got := w.claims(t, w.token(t, s, "2026-05-12"))
		if diff := cmp.Diff(map[string]any{"id": o.ID, "slg": "acme", "rol": "admin"}, got["o"]); diff != "" || got["fea"] != nil {
			t.Errorf("v2: fea %v, o -want +got:\n%s", got["fea"], diff)
		}
		got = w.claims(t, w.token(t, s, "2021-02-05"))
		if diff := cmp.Diff([]any{}, got["org_permissions"]); diff != "" {
			t.Errorf("v1: -want +got:\n%s", diff)
		}
	})
}

// What a token says is so when it is made, not when the session began.
func TestSessionToken_follows_the_membership(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		u := w.member(t, o, roster.RoleMember)
		s := w.session(t, u)
		role := func(c service.Caller) any {
			t.Helper()
			got, err := w.SessionToken(t.Context(), c, s.ID, roster.CreateToken{})
			if err != nil {
				t.Fatal(err)
			}
			organization, _ := w.claims(t, got.JWT)["o"].(map[string]any)
			return organization["rol"]
		}
		expect := func(when string, got, want any) {
			t.Helper()
			if got != want {
				t.Errorf("%s: role %v, want %v", when, got, want)
			}
		}
		expect("as a member", role(w.caller), "member")
		if _, err := w.UpdateMembership(t.Context(), w.caller, o.ID, u.ID, roster.UpdateMembership{Role: roster.RoleAdmin}); err != nil {
			t.Fatal(err)
		}
		expect("as an admin", role(w.caller), "admin")
		off := w.caller
		off.OrganizationsEnabled = false
		expect("where organizations are off", role(off), nil)
		if _, err := w.DeleteMembership(t.Context(), w.caller, o.ID, u.ID); err != nil {
			t.Fatal(err)
		}
		expect("after leaving", role(w.caller), nil)
		w.join(t, o, u, roster.RoleMember)
		expect("after joining again", role(w.caller), nil)
	})
}

// Who is told of another issuer names that, and each instance below it.
func TestSessionToken_issuer(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newInstance(t, e.Open(t), service.Options{PublicURL: publicURL, Issuer: "https://clerk.example.com/"})
		got := w.claims(t, w.token(t, w.session(t, w.user(t, roster.CreateUser{})), "2026-05-12"))
		if want := "https://clerk.example.com/" + w.caller.InstanceID; got["iss"] != want {
			t.Errorf("issued by %v, want %s", got["iss"], want)
		}
	})
}

func TestSessionToken_needs_a_live_session(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		u := w.user(t, roster.CreateUser{})
		try := func(when, id string, want ...*roster.Error) {
			t.Helper()
			_, err := w.SessionToken(t.Context(), w.caller, id, roster.CreateToken{})
			refused(t, when, err, want...)
		}
		s := w.session(t, u)
		try("live", s.ID)
		try("unknown", "sess_none", roster.ErrSessionNotFound.New("sess_none"))
		if _, err := w.RevokeSession(t.Context(), w.caller, s.ID); err != nil {
			t.Fatal(err)
		}
		try("revoked", s.ID, roster.ErrSessionNotActive.New(s.ID, "revoked"))
		s = w.session(t, u)
		w.clock.Store(s.ExpireAt)
		try("expired", s.ID, roster.ErrSessionNotActive.New(s.ID, "expired"))
		s = w.session(t, u)
		if _, err := w.BanUser(t.Context(), w.caller, u.ID); err != nil {
			t.Fatal(err)
		}
		try("of a banned user", s.ID, roster.ErrSessionNotActive.New(s.ID, "revoked"))
		other := newInstance(t, w.store, service.Options{})
		_, err := w.SessionToken(t.Context(), w.caller, other.session(t, other.user(t, roster.CreateUser{})).ID, roster.CreateToken{})
		if err == nil {
			t.Error("signed for a session of another instance")
		}
	})
}

// decoded is how @clerk/backend reads a second-format token: what its decoder does,
// in Go. JavaScript's numbers are float64.
func decoded(claims map[string]any) []string {
	o, _ := claims["o"].(map[string]any)
	per, _ := o["per"].(string)
	fpm, _ := o["fpm"].(string)
	fea, _ := claims["fea"].(string)
	if per == "" || fpm == "" || fea == "" {
		return nil
	}
	actions, masks := strings.Split(per, ","), strings.Split(fpm, ",")
	var out []string
	i := 0
	for _, feature := range strings.Split(fea, ",") {
		scope, name, _ := strings.Cut(feature, ":")
		if !strings.Contains(scope, "o") {
			continue
		}
		if i < len(masks) {
			f, err := strconv.ParseFloat(masks[i], 64)
			if err != nil {
				return []string{err.Error()}
			}
			mask, _ := big.NewFloat(f).Int(nil)
			for bit := range actions {
				if mask.Bit(bit) == 1 {
					out = append(out, "org:"+name+":"+actions[bit])
				}
			}
		}
		i++
	}
	return out
}

// Whatever permissions a role has, the decoders of the SDKs find the same in both
// formats.
func TestSessionToken_says_every_permission(t *testing.T) {
	t.Parallel()
	st := storetest.Engines[0].Open(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := newInstance(rt, st, service.Options{})
		custom := rapid.SliceOfNDistinct(rapid.Custom(func(rt *rapid.T) string {
			feature := rapid.StringMatching(`[a-c][0-9]?`).Draw(rt, "feature")
			return "org:" + feature + ":" + rapid.StringMatching(`[a-e][0-9]{0,2}`).Draw(rt, "action")
		}), 0, 100, rapid.ID).Draw(rt, "permissions")
		w.holding(rt, "org:custom", custom)
		o := w.organization(rt, roster.CreateOrganization{})
		u := w.member(rt, o, "org:custom")
		s := w.session(rt, u)
		got := decoded(w.claims(rt, w.token(rt, s, "2026-05-12")))
		first := w.claims(rt, w.token(rt, s, "2021-02-05"))["org_permissions"]
		slices.Sort(got)
		slices.Sort(custom)
		if !slices.Equal(got, custom) {
			rt.Fatalf("v2 says %q, want %q", got, custom)
		}
		if n := len(first.([]any)); n != len(custom) {
			rt.Fatalf("v1 says %d of %d", n, len(custom))
		}
	})
}

// Of two clocks that differ, and of tokens that were made for an origin: what no
// request can be made to answer here.
func TestRefresh_looks_at_the_origin_of_a_token(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		s := w.session(t, w.user(t, roster.CreateUser{}))
		w.token(t, s, "2026-05-12")
		signed := func(claims string) string {
			t.Helper()
			return w.signed(t, claims)
		}
		try := func(when, id, token string, want *roster.Error) {
			t.Helper()
			in := roster.RefreshSession{ExpiredToken: token, RefreshToken: "r", RequestOrigin: "https://app.example"}
			_, err := w.RefreshSession(t.Context(), w.caller, id, in)
			refused(t, when, err, want)
		}
		of := func(id string) string {
			return signed(fmt.Sprintf(`{"sid":%q,"azp":"https://app.example","exp":1,"iat":%d}`, id, w.clock.Load()/1000))
		}
		try("another origin", s.ID, signed(`{"sid":"`+s.ID+`","azp":"https://evil.example"}`), roster.ErrRefreshOriginMismatch.New())
		for _, iat := range []int64{s.CreatedAt/1000 - 11, w.clock.Load()/1000 + 11} {
			try("a token of another time", s.ID, signed(fmt.Sprintf(`{"sid":%q,"azp":"https://app.example","iat":%d}`, s.ID, iat)), roster.ErrRefreshTokenIneligible.New())
		}
		try("all is right but the refresh token", s.ID, of(s.ID), roster.ErrRefreshTokenNotFound.New())
		try("an unknown session", "sess_none", of("sess_none"), roster.ErrRefreshSessionNotFound.New("sess_none"))
		if _, err := w.RevokeSession(t.Context(), w.caller, s.ID); err != nil {
			t.Fatal(err)
		}
		try("a revoked session", s.ID, of(s.ID), roster.ErrRefreshSessionInactive.New(s.ID, "revoked"))

		s = w.session(t, w.user(t, roster.CreateUser{}))
		now := w.clock.Load() / 1000
		for claims, want := range map[string]string{
			fmt.Sprintf(`{"sid":%q,"exp":%d}`, s.ID, now):                   "it has expired",
			fmt.Sprintf(`{"sid":%q,"exp":%d,"nbf":%d}`, s.ID, now+9, now+1): "it is not valid yet",
			fmt.Sprintf(`{"exp":%d}`, now+9):                                "it says no session",
			`[]`:                                                            "it is no JWT that this instance signed",
		} {
			_, err := w.VerifySession(t.Context(), w.at("2024-10-01"), s.ID, roster.VerifyToken{Token: roster.Value(signed(claims))})
			refused(t, claims, err, roster.ErrSessionTokenInvalid.New(want))
		}
	})
}

// signed is a token of any claims, by the instance's key.
func (w *world) signed(t testing.TB, claims string) string {
	t.Helper()
	var keys []store.SigningKey
	err := w.store.Read(t.Context(), w.caller.InstanceID, func(tx *store.Tx) (err error) {
		keys, err = tx.SigningKeys()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode([]byte(keys[0].PrivateKey))
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: keys[0].ID}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	token, err := signer.Sign([]byte(claims))
	if err != nil {
		t.Fatal(err)
	}
	text, err := token.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}
