package service

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// CreateRefreshToken is what an application gives a browser that it signed in: a
// session token for its origin, and the refresh token that gets it further ones. Only
// the hash of that is kept.
func (s *Service) CreateRefreshToken(ctx context.Context, c Caller, sessionID string, in roster.CreateRefreshToken) (out *roster.RefreshToken, err error) {
	if !isOrigin(in.Origin) {
		return nil, roster.Errors{roster.ErrParamFormat.On("origin", "an http or https origin such as https://example.com")}
	}
	var of *subject
	var mark stamp
	err = s.write(ctx, c, func(t *tx) error {
		session, err := t.session(sessionID)
		if err != nil {
			return err
		}
		if _, err := t.user(session.UserID); err != nil { // whoever ends the session waits
			return err
		}
		if of, err = t.tokenSubject(sessionID); err != nil {
			return err
		}
		if mark, err = t.stamp(sessionTokenLifetime, sessionTokenSkew); err != nil {
			return err
		}
		secret, ends := t.secret(), min(of.session.ExpireAt, of.session.AbandonAt)
		if seconds, given := in.ExpiresInSeconds.Get(); given {
			ends = min(ends, t.Now+seconds*1000)
		}
		out = &roster.RefreshToken{
			Object: "refresh_token", SessionID: sessionID, Origin: in.Origin, RefreshToken: secret, CreatedAt: t.Now, ExpiresAt: ends,
		}
		return t.InsertRefreshToken(store.RefreshToken{Hash: hashKey(secret), SessionID: sessionID, Origin: in.Origin, ExpiresAt: ends})
	})
	if err != nil {
		return nil, err
	}
	token, err := s.sessionToken(ctx, c, of, mark, in.Origin)
	if err != nil {
		return nil, err
	}
	out.JWT = token.JWT
	return out, nil
}

// RefreshSession makes a new session token in the place of one that expired. A refresh
// token works until it expires: a page asks several times at once, and an answer may
// be lost. SDKs take every 401 of this operation for a user who has to sign in again.
func (s *Service) RefreshSession(ctx context.Context, c Caller, sessionID string, in roster.RefreshSession) (*roster.RefreshedSession, error) {
	var of *subject
	var mark stamp
	var ends, now int64
	err := s.read(ctx, c, func(t *tx) error {
		session, err := t.refreshable(sessionID, in)
		if err != nil {
			return err
		}
		k, err := t.RefreshToken(hashKey(in.RefreshToken))
		if err != nil {
			return orNotFound(err, roster.ErrRefreshTokenNotFound.New())
		}
		ends, now = k.ExpiresAt, t.time.UnixMilli()
		if k.SessionID != session.ID || k.Origin != in.RequestOrigin || ends <= now {
			return roster.ErrRefreshTokenNotFound.New()
		}
		if of, err = t.tokenSubject(session.ID); err != nil { // banned, just now
			return refusedAs(err, roster.ErrRefreshSessionInactive.New(session.ID, session.Status))
		}
		mark, err = t.stamp(sessionTokenLifetime, sessionTokenSkew)
		return err
	})
	if err != nil {
		return nil, err
	}
	token, err := s.sessionToken(ctx, c, of, mark, in.RequestOrigin)
	if err != nil {
		return nil, err
	}
	if in.Format.Or("token") == "token" {
		return &roster.RefreshedSession{Object: "token", JWT: token.JWT}, nil
	}
	return &roster.RefreshedSession{Object: "cookies", Cookies: sessionCookies(in, token.JWT, (ends-now)/1000)}, nil
}

// refreshable is the session of a request for a new token, after all checks but that
// of the refresh token.
func (t *tx) refreshable(sessionID string, in roster.RefreshSession) (*roster.Session, error) {
	if !isOrigin(in.RequestOrigin) {
		return nil, roster.ErrRefreshOriginInvalid.New()
	}
	claims, err := t.readToken(in.ExpiredToken)
	if err != nil {
		return nil, refusedAs(err, roster.ErrExpiredTokenInvalid.New())
	}
	if err := claims.refreshable(sessionID, in.RequestOrigin); err != nil {
		return nil, err
	}
	session, err := t.session(sessionID)
	if err != nil {
		return nil, refusedAs(err, roster.ErrRefreshSessionNotFound.New(sessionID))
	}
	if live(session) != nil {
		return nil, roster.ErrRefreshSessionInactive.New(sessionID, session.Status)
	}
	if claims.Issued > t.time.Unix()+sessionTokenSkew || claims.Issued < session.CreatedAt/1000-sessionTokenSkew {
		return nil, roster.ErrRefreshTokenIneligible.New()
	}
	return session, nil
}

// sessionCookies are the directives that put a token in the place of the expired one,
// in each cookie that the browser has that in. They last, in seconds, as long as the
// refresh token: an expired token is what a new one is asked for by.
func sessionCookies(in roster.RefreshSession, token string, seconds int64) (out []string) {
	names := []string{}
	for header, values := range in.RequestHeaders {
		if !strings.EqualFold(header, "cookie") {
			continue
		}
		for _, value := range values {
			cookies, _ := http.ParseCookie(value) // what cannot be read names no session
			for _, c := range cookies {
				if strings.HasPrefix(c.Name, sessionCookie) && c.Value == in.ExpiredToken {
					names = append(names, c.Name)
				}
			}
		}
	}
	if len(names) == 0 {
		names = append(names, sessionCookie)
	}
	secure := ""
	if strings.HasPrefix(in.RequestOrigin, "https:") {
		secure = "; Secure"
	}
	for _, name := range names {
		out = append(out, fmt.Sprintf("%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", name, token, seconds, secure))
	}
	return out
}

// sessionCookie is the name of the cookie with a session token, behind which Clerk's
// SDKs may put a suffix.
const sessionCookie = "__session"
