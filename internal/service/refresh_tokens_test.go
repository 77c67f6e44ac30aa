package service_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// A refresh token gets new session tokens for its session and origin while both last,
// and nothing else.
func TestRefreshTokens(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newIssuer(t, e)
		ctx, origin := t.Context(), "https://app.example"
		u := w.user(t, roster.CreateUser{})
		s, other := w.session(t, u), w.session(t, u)
		give := func(id string) *roster.RefreshToken {
			t.Helper()
			k, err := w.CreateRefreshToken(ctx, w.caller, id, roster.CreateRefreshToken{Origin: origin})
			if err != nil {
				t.Fatal(err)
			}
			return k
		}
		k := give(s.ID)
		ask := func(in roster.RefreshSession) (*roster.RefreshedSession, error) {
			in.RequestOrigin, in.ExpiredToken = origin, k.JWT
			return w.RefreshSession(ctx, w.caller, s.ID, in)
		}
		w.clock.Add(time.Hour.Milliseconds())
		for range 2 { // it is reusable
			got, err := ask(roster.RefreshSession{RefreshToken: k.RefreshToken})
			if err != nil || got.Object != "token" || got.JWT == k.JWT {
				t.Fatalf("token: %+v, %v", got, err)
			}
		}
		cookie := "a=b; __session_Zz1=" + k.JWT + "; __session=else"
		got, err := ask(roster.RefreshSession{RefreshToken: k.RefreshToken, Format: roster.Value("cookie"), RequestHeaders: map[string][]string{"Cookie": {cookie}}})
		if err != nil || got.Object != "cookies" || len(got.Cookies) != 1 || !strings.HasPrefix(got.Cookies[0], "__session_Zz1=ey") || !strings.HasSuffix(got.Cookies[0], "; Secure") {
			t.Fatalf("cookies: %+v, %v", got, err)
		}
		missing := func(when, token string) {
			t.Helper()
			if _, err := ask(roster.RefreshSession{RefreshToken: token}); !errors.Is(err, roster.CodeRefreshTokenNotFound) {
				t.Errorf("%s: %v", when, err)
			}
		}
		missing("a guess", "r")
		missing("of another session", give(other.ID).RefreshToken)
		first := k.RefreshToken
		for range 10 {
			w.clock.Add(1)
			give(s.ID)
		}
		missing("the oldest of eleven", first)
		short, err := w.CreateRefreshToken(ctx, w.caller, s.ID, roster.CreateRefreshToken{Origin: origin, ExpiresInSeconds: roster.Value[int64](60)})
		if err != nil {
			t.Fatal(err)
		}
		w.clock.Add(60_000)
		missing("one that expired", short.RefreshToken)
		if _, err := w.RevokeSession(ctx, w.caller, s.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := ask(roster.RefreshSession{RefreshToken: give(other.ID).RefreshToken}); !errors.Is(err, roster.CodeRefreshSessionInactive) {
			t.Errorf("of a session that is over: %v", err)
		}
		if _, err := w.CreateRefreshToken(ctx, w.caller, s.ID, roster.CreateRefreshToken{Origin: origin}); !errors.Is(err, roster.CodeAuthenticationInvalid) {
			t.Errorf("for a session that is over: %v", err)
		}
	})
}
