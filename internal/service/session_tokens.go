package service

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// What a session token has where nothing else is asked for, in seconds. nbf lies
// before iat by the skew, for verifiers whose clocks are behind.
const (
	sessionTokenLifetime = 60
	sessionTokenSkew     = 10
)

// issuerSuffix is what Clerk's Go SDK knows an issuer by that is no https://clerk.…
const issuerSuffix = ".clerk.accounts"

// issuer is who signs an instance's tokens. Below the public URL it is an address, and
// the key set is below that.
func (s *Service) issuer(instanceID string) string {
	if s.issuers != "" {
		return s.issuers + "/" + instanceID
	}
	return s.public + "/" + instanceID + issuerSuffix
}

// SessionToken makes a token of an active session, which says what is so now: the
// role and permissions in the organization that the session is in, and none when the
// user has left it.
func (s *Service) SessionToken(ctx context.Context, c Caller, sessionID string, in roster.CreateToken) (*roster.Token, error) {
	var of *subject
	var mark stamp
	err := s.read(ctx, c, func(t *tx) (err error) {
		if of, err = t.tokenSubject(sessionID); err == nil {
			mark, err = t.stamp(in.ExpiresInSeconds.Or(sessionTokenLifetime), sessionTokenSkew)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.sessionToken(ctx, c, of, mark, "")
}

// sessionToken signs a token in the format of the caller's API version, for a party,
// the origin that it is given to, "" for nobody in particular.
func (s *Service) sessionToken(ctx context.Context, c Caller, of *subject, mark stamp, party string) (*roster.Token, error) {
	var claims any
	if c.Version.MintsTokenV2() {
		v2 := of.claimsV2(mark)
		v2.Party, claims = party, &v2
	} else {
		v1 := of.claimsV1(mark)
		v1.Party, claims = party, &v1
	}
	encoded, err := json.Marshal(claims)
	if err != nil {
		return nil, fmt.Errorf("encode claims: %w", err)
	}
	return s.signedBy(ctx, c, of.key, encoded, mark.Expires)
}

// signedBy is a token signed by the instance's own key, which is known as it was just
// now, nil for none. expires is in seconds.
func (s *Service) signedBy(ctx context.Context, c Caller, key *store.SigningKey, claims []byte, expires int64) (_ *roster.Token, err error) {
	if !covers(key, expires*1000) {
		if key, err = s.signingKey(ctx, c, expires*1000); err != nil {
			return nil, err
		}
	}
	token, err := s.sign(signingAlgorithm, key.PrivateKey, key.ID, claims)
	if err != nil {
		return nil, err
	}
	return &roster.Token{Object: "token", JWT: token}, nil
}

// subject is whom a token is about: a session, and its user's membership in the
// organization that the session is in, nil where there is none.
type subject struct {
	session    *roster.Session
	user       *roster.User // what templates may ask for
	membership *roster.Membership
	key        *store.SigningKey // of the instance, nil while there is none
	at         int64             // ms
}

// tokenSubject finds out about a session that somebody is signed in by.
func (t *tx) tokenSubject(sessionID string) (*subject, error) {
	if !t.writes {
		t.Last()
	}
	found, err := t.SignedIn(sessionID, t.time.UnixMilli())
	if err != nil {
		return nil, orNotFound(err, roster.ErrSessionNotFound.New(sessionID))
	}
	if err := live(found.Session); err != nil {
		return nil, err
	}
	if found.Banned {
		return nil, roster.ErrUserBanned.New(found.Session.UserID)
	}
	of := &subject{session: found.Session, membership: found.Membership, key: found.Key, at: t.time.UnixMilli()}
	if !t.caller.OrganizationsEnabled {
		of.membership = nil
	}
	return of, nil
}

// live refuses a session that is over.
func live(s *roster.Session) error {
	if s.Status != roster.SessionActive && s.Status != roster.SessionPending {
		return roster.ErrSessionNotActive.New(s.ID, s.Status)
	}
	return nil
}

// stamp is what a token says of itself. Times are in seconds.
type stamp struct {
	Issuer                     string
	ID                         string
	Issued, NotBefore, Expires int64
}

func (t *tx) stamp(lifetime, skew int64) (stamp, error) {
	id := make([]byte, 10)
	if _, err := io.ReadFull(t.service.rand, id); err != nil {
		return stamp{}, fmt.Errorf("make token id: %w", err)
	}
	now := t.time.Unix()
	return stamp{
		Issuer: t.service.issuer(t.Instance), ID: hex.EncodeToString(id),
		Issued: now, NotBefore: now - skew, Expires: now + lifetime,
	}, nil
}

// factorAges are the minutes since the user proved who they are, by a first factor
// and by a second one; -1 for never.
func (of *subject) factorAges() [2]int64 {
	return [2]int64{(of.at - of.session.CreatedAt) / 60000, -1}
}

// customPermissions are the permissions of the membership, less those that every
// instance has: tokens do not carry them.
func (of *subject) customPermissions() []string {
	list := []string{}
	for _, key := range of.membership.Permissions {
		if !strings.HasPrefix(key, "org:sys_") {
			list = append(list, key)
		}
	}
	return list
}

// tokenV1 is the first format of session tokens.
type tokenV1 struct {
	Party        string    `json:"azp,omitzero"`
	Expires      int64     `json:"exp"`
	FactorAges   [2]int64  `json:"fva"`
	Issued       int64     `json:"iat"`
	Issuer       string    `json:"iss"`
	NotBefore    int64     `json:"nbf"`
	Organization string    `json:"org_id,omitzero"`
	Permissions  *[]string `json:"org_permissions,omitzero"`
	Role         string    `json:"org_role,omitzero"`
	Slug         string    `json:"org_slug,omitzero"`
	Session      string    `json:"sid"`
	Subject      string    `json:"sub"`
}

func (of *subject) claimsV1(s stamp) tokenV1 {
	c := tokenV1{
		Expires: s.Expires, FactorAges: of.factorAges(), Issued: s.Issued, Issuer: s.Issuer, NotBefore: s.NotBefore,
		Session: of.session.ID, Subject: of.session.UserID,
	}
	if m := of.membership; m != nil {
		permissions := of.customPermissions()
		c.Organization, c.Permissions, c.Role, c.Slug = m.Organization.ID, &permissions, m.Role, m.Organization.Slug
	}
	return c
}

// tokenV2 is the second format. Features and the organization's permissions belong
// together, see compactPermissions.
type tokenV2 struct {
	Party        string               `json:"azp,omitzero"`
	Expires      int64                `json:"exp"`
	Features     string               `json:"fea,omitzero"`
	FactorAges   [2]int64             `json:"fva"`
	Issued       int64                `json:"iat"`
	Issuer       string               `json:"iss"`
	ID           string               `json:"jti"`
	NotBefore    int64                `json:"nbf"`
	Organization *tokenV2Organization `json:"o,omitzero"`
	Session      string               `json:"sid"`
	Status       string               `json:"sts"`
	Subject      string               `json:"sub"`
	Version      int                  `json:"v"`
}

type tokenV2Organization struct {
	ID          string `json:"id"`
	Slug        string `json:"slg,omitzero"`
	Role        string `json:"rol"`
	Permissions string `json:"per,omitzero"`
	Mapping     string `json:"fpm,omitzero"`
}

func (of *subject) claimsV2(s stamp) tokenV2 {
	c := tokenV2{
		Expires: s.Expires, FactorAges: of.factorAges(), Issued: s.Issued, Issuer: s.Issuer, ID: s.ID, NotBefore: s.NotBefore,
		Session: of.session.ID, Status: of.session.Status, Subject: of.session.UserID, Version: 2,
	}
	if m := of.membership; m != nil {
		o := &tokenV2Organization{ID: m.Organization.ID, Slug: m.Organization.Slug, Role: strings.TrimPrefix(m.Role, "org:")}
		c.Features, o.Permissions, o.Mapping = compactPermissions(of.customPermissions())
		c.Organization = o
	}
	return c
}

// TemplateToken makes a token of an active session by a JWT template.
func (s *Service) TemplateToken(ctx context.Context, c Caller, sessionID, name string, in roster.CreateToken) (*roster.Token, error) {
	var template *store.Template
	var of *subject
	var claims []byte
	var expires int64
	err := s.read(ctx, c, func(t *tx) (err error) {
		if _, err := t.session(sessionID); err != nil {
			return err
		}
		if template, err = t.TemplateNamed(name); err != nil {
			return orNotFound(err, roster.ErrTemplateNotFound.New("the name "+name))
		}
		if of, err = t.tokenSubject(sessionID); err != nil {
			return err
		}
		if of.user, err = t.User(of.session.UserID); err != nil {
			return err
		}
		stamp, err := t.stamp(in.ExpiresInSeconds.Or(template.Lifetime), template.AllowedClockSkew)
		if err != nil {
			return err
		}
		expires = stamp.Expires
		claims, err = t.render(name, template.Claims, of, stamp)
		return err
	})
	if err != nil {
		return nil, err
	}
	if template.SigningKey == nil {
		return s.signedBy(ctx, c, of.key, claims, expires)
	}
	token, err := s.sign(template.SigningAlgorithm, *template.SigningKey, "", claims)
	if err != nil {
		return nil, err
	}
	return &roster.Token{Object: "token", JWT: token}, nil
}
