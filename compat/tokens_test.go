package main

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
	"github.com/rosterhq/roster/internal/store/storetest"
	"github.com/rosterhq/roster/rostertest"
)

// stage is an organization with an editor, who may read reports, and a member, who
// may not, and their session tokens: of both formats, of another instance, spoiled.
type stage struct {
	server         *rostertest.Server
	organizationID string
	editorID       string
	tokens         map[string]string
	permissions    []string
	browsers       map[string]*roster.RefreshToken // whose session tokens have expired
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newStage(t *testing.T, e storetest.Engine) *stage {
	t.Helper()
	var ago atomic.Int64
	srv := rostertest.New(t, rostertest.WithDatabase(e.URL(t)), rostertest.WithClock(func() time.Time { return time.Now().Add(-time.Duration(ago.Load())) }))
	ctx, c := t.Context(), srv.Client()
	s := &stage{server: srv, tokens: map[string]string{}, browsers: map[string]*roster.RefreshToken{}, permissions: []string{"org:reports:read", "org:reports:write", "org:teams:manage"}}
	var ids []string
	for _, key := range s.permissions {
		ids = append(ids, must(c.OrganizationPermissions.Create(ctx, roster.CreatePermission{Name: key, Key: key}))(t).ID)
	}
	must(c.OrganizationRoles.Create(ctx, roster.CreateRole{Name: "Editor", Key: "org:editor", Permissions: ids, IncludeInInitialRoleSet: roster.Value(true)}))(t)
	s.organizationID = must(c.Organizations.Create(ctx, roster.CreateOrganization{Name: "Acme", Slug: roster.Value("acme")}))(t).ID
	token := func(c *client.Client, organizationID, role string) (user, jwt string) {
		u := must(c.Users.Create(ctx, roster.CreateUser{SkipUserRequirement: true, Username: roster.Value("u-" + strings.TrimPrefix(role, "org:")), SkipPasswordRequirement: true}))(t)
		if organizationID != "" {
			must(c.OrganizationMemberships.Create(ctx, organizationID, roster.CreateMembership{UserID: u.ID, Role: role}))(t)
		}
		session := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: u.ID}))(t)
		if role == "org:editor" {
			older := srv.Client(client.WithVersion("2024-10-01"))
			s.tokens["editor_v1"] = must(older.Sessions.CreateToken(ctx, session.ID, roster.CreateToken{}))(t).JWT
		}
		return u.ID, must(c.Sessions.CreateToken(ctx, session.ID, roster.CreateToken{}))(t).JWT
	}
	s.editorID, s.tokens["editor"] = token(c, s.organizationID, "org:editor")
	_, s.tokens["member"] = token(c, s.organizationID, roster.RoleMember)
	other := srv.ClientOf(srv.NewInstance(t, rostertest.Development))
	_, s.tokens["stranger"] = token(other, "", "org:other")
	ago.Store(int64(time.Hour))
	for _, name := range []string{"returning", "elsewhere", "signed out"} {
		session := must(c.Sessions.Create(ctx, roster.CreateSession{UserID: s.editorID}))(t)
		s.browsers[name] = must(c.Sessions.CreateRefreshToken(ctx, session.ID, roster.CreateRefreshToken{Origin: "https://app.example.com"}))(t)
	}
	ago.Store(0)
	s.browsers["elsewhere"].Origin = "https://other.example.com"
	must(c.Sessions.Revoke(ctx, s.browsers["signed out"].SessionID))(t)
	head, rest, _ := strings.Cut(s.tokens["editor"], ".")
	_, signature, _ := strings.Cut(rest, ".")
	claims, _, _ := strings.Cut(strings.TrimPrefix(s.tokens["member"], head+"."), ".")
	s.tokens["spoiled"] = head + "." + claims + "." + signature
	return s
}

func (s *stage) issuer() string {
	return strings.TrimSuffix(s.server.URL, "/v1") + "/" + s.server.InstanceID + ".clerk.accounts"
}

// publicPEM is the instance's key as a verifier without network is given it.
func (s *stage) publicPEM(t *testing.T) string {
	t.Helper()
	key := must(s.server.Client().JWKS.Get(t.Context()))(t).Keys[0]
	number := func(text string) *big.Int {
		return new(big.Int).SetBytes(must(base64.RawURLEncoding.DecodeString(text))(t))
	}
	der := must(x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: number(key.N), E: int(number(key.E).Int64())}))(t)
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

type seenAuth struct {
	User, Org, Slug, Role string
	Permissions           []string
	Reads                 bool
}

type seenBrowser struct {
	Status, User   string
	Another        bool              // token than the one that expired
	Keeps          bool              // being signed in, by the cookies it was given
	Names, Renewed []string          // of cookies
	Lacking        map[string]string // the status without one of them
}

type seenApp struct {
	Status int
	Body   *struct{ ReportsOf string }
}

// @clerk/backend takes the tokens, by key set and by key, and an application that
// @clerk/express protects lets in who has the permission and nobody else.
func TestTokens_js(t *testing.T) {
	t.Parallel()
	js := suites[0]
	if err := js.prepare(t.Context()); err != nil {
		if os.Getenv("CI") == "true" && js.reachable(t.Context()) {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	storetest.Each(t, func(t *testing.T, e storetest.Engine) { verifyInJS(t, newStage(t, e), js.dir) })
}

func verifyInJS(t *testing.T, s *stage, dir string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", "tokens.mjs")
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	cmd.Env = append(os.Environ(), "CLERK_API_URL="+strings.TrimSuffix(s.server.URL, "/v1"), "CLERK_SECRET_KEY="+s.server.SecretKey)
	cmd.Stdin = bytes.NewReader(must(json.Marshal(map[string]any{
		"tokens": s.tokens, "jwtKey": s.publicPEM(t), "browsers": s.browsers, "issuer": strings.TrimPrefix(s.issuer(), "http://"),
	}))(t))
	var got struct {
		ByNetwork, ByKey map[string]string
		Requests         map[string]*seenAuth
		App              map[string]seenApp
		Browsers         map[string]map[string]seenBrowser
	}
	if err := json.Unmarshal(must(cmd.Output())(t), &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"editor", "editor_v1"} {
		auth := got.Requests[name]
		if got.ByNetwork[name] != s.editorID || got.ByKey[name] != s.editorID || auth == nil || !auth.Reads ||
			auth.Org != s.organizationID || auth.Slug != "acme" || auth.Role != "org:editor" {
			t.Errorf("%s: %q, %q, %+v", name, got.ByNetwork[name], got.ByKey[name], auth)
			continue
		}
		slices.Sort(auth.Permissions)
		if !slices.Equal(auth.Permissions, s.permissions) {
			t.Errorf("%s: permissions %q", name, auth.Permissions)
		}
	}
	for name, status := range map[string]int{"editor": 200, "editor_v1": 200, "member": 403, "stranger": 401, "spoiled": 401, "nobody": 401} {
		if app := got.App[name]; app.Status != status || status == 200 && app.Body.ReportsOf != s.organizationID {
			t.Errorf("%s: the application answers %+v, want %d", name, app, status)
		}
	}
	checkBrowsers(t, s, got.Browsers)
	for _, name := range []string{"stranger", "spoiled"} {
		if auth := got.Requests[name]; auth != nil {
			t.Errorf("%s passes: %+v", name, auth)
		}
	}
}

// checkBrowsers holds what a browser needs to come back against what the documentation
// says: with a suffix, cookies of any publishable key do, and without one those of a
// key made of the issuer; a test key needs one more, and none can be left out.
func checkBrowsers(t *testing.T, s *stage, got map[string]map[string]seenBrowser) {
	t.Helper()
	for way, b := range got["returning"] {
		names := 3
		if strings.HasPrefix(way, "pk_test_") {
			names = 4
		}
		if len(b.Names) != names {
			t.Errorf("%s: cookies %q, want %d", way, b.Names, names)
		}
		if way == "pk_test_ of another host, plain" || way == "pk_live_ of another host, plain" {
			if b.Status == "signed-in" {
				t.Errorf("%s: a browser is signed in, and need not be told otherwise", way)
			}
			continue
		}
		if b.Status != "signed-in" || b.User != s.editorID || !b.Another || !b.Keeps || !slices.Equal(b.Renewed, b.Names[:1]) {
			t.Errorf("%s: a browser whose token expired is %+v", way, b)
		}
		for name, status := range b.Lacking {
			if status == "signed-in" {
				t.Errorf("%s: a browser is signed in without %s", way, name)
			}
		}
	}
	for name, ways := range got {
		if len(ways) != 8 {
			t.Errorf("%s: %d browsers", name, len(ways))
		}
		for way, b := range ways {
			if name != "returning" && (b.Status == "signed-in" || b.User != "") {
				t.Errorf("%s, %s: a browser is %+v", name, way, b)
			}
		}
	}
}
