package service

import (
	"context"
	"errors"
	"net/url"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
)

// tokenClaims are what is looked at of a token that comes back. Times are in
// seconds.
type tokenClaims struct {
	Session   string `json:"sid"`
	Party     string `json:"azp"`
	Expires   int64  `json:"exp"`
	Issued    int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
}

// readToken reads a token that this instance signed for a session, whether it is
// still valid or not.
func (t *tx) readToken(text string) (claims tokenClaims, err error) {
	if text == "" {
		return claims, roster.ErrSessionTokenInvalid.New("there is none")
	}
	token, err := jose.ParseSignedCompact(text, []jose.SignatureAlgorithm{signingAlgorithm})
	if err != nil {
		return claims, notSigned()
	}
	keys, err := t.SigningKeys()
	if err != nil {
		return claims, err
	}
	for _, k := range keys {
		if k.ID != token.Signatures[0].Header.KeyID {
			continue
		}
		key, err := t.service.privateKeys.read(k.PrivateKey)
		if err != nil {
			return claims, err
		}
		payload, err := token.Verify(key.Public())
		if err != nil || json.Unmarshal(payload, &claims) != nil {
			return tokenClaims{}, notSigned()
		}
		return claims, nil
	}
	return claims, notSigned()
}

// notSigned is all that is told of a token that is not the instance's.
func notSigned() *roster.Error {
	return roster.ErrSessionTokenInvalid.New("it is no JWT that this instance signed")
}

// lapsed is why the claims do not hold at a time, in seconds; "" when they do.
func (c tokenClaims) lapsed(now int64) string {
	switch {
	case c.Session == "":
		return "it says no session"
	case now >= c.Expires:
		return "it has expired"
	case now < c.NotBefore:
		return "it is not valid yet"
	}
	return ""
}

// VerifySession is a session, when a token of it proves that somebody is signed in
// by it. Newer API versions leave that to the key set.
func (s *Service) VerifySession(ctx context.Context, c Caller, sessionID string, in roster.VerifyToken) (out *roster.Session, err error) {
	if !c.Version.VerifiesSessions() {
		return nil, roster.ErrOperationDeprecated.New(string(c.Version))
	}
	err = s.read(ctx, c, func(t *tx) error {
		if out, err = t.session(sessionID); err != nil {
			return err
		}
		claims, err := t.readToken(in.Token.Or(""))
		if err != nil {
			return err
		}
		problem := claims.lapsed(t.time.Unix())
		if problem == "" && claims.Session != sessionID {
			problem = "it belongs to another session"
		}
		if problem != "" {
			return roster.ErrSessionTokenInvalid.New(problem)
		}
		return live(out)
	})
	return out, err
}

// refreshable refuses claims that do not belong to the request.
func (c tokenClaims) refreshable(sessionID, origin string) error {
	switch {
	case c.Session == "":
		return roster.ErrExpiredTokenMissingSession.New()
	case c.Session != sessionID:
		return roster.ErrRefreshSessionMismatch.New(sessionID)
	case c.Party == "":
		return roster.ErrExpiredTokenMissingParty.New()
	case c.Party != origin:
		return roster.ErrRefreshOriginMismatch.New()
	}
	return nil
}

// isOrigin reports whether text is a scheme and a host, and no more.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.Scheme+"://"+u.Host == text
}

// refusedAs says a refusal in other words; what is no refusal stays.
func refusedAs(err error, as *roster.Error) error {
	var refusal *roster.Error
	if errors.As(err, &refusal) {
		return as
	}
	return err
}
