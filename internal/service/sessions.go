package service

import (
	"context"
	"time"

	"github.com/rosterhq/roster"
)

// How long a session lives: until it expires, and until it is given up for
// abandoned when nobody uses it.
const (
	sessionLife    = 7 * 24 * time.Hour
	sessionAbandon = 30 * 24 * time.Hour
)

const day = 24 * 60 * 60 * 1000 // ms

// startOfDay is the precision last_active_at has on users.
func startOfDay(ms int64) int64 {
	start := ms - ms%day
	if start > ms {
		start -= day
	}
	return start
}

// CreateSession signs a user in on a development instance. The session starts in
// the organization it names, else in the one the user was last added to or made
// active, else in none.
func (s *Service) CreateSession(ctx context.Context, c Caller, in roster.CreateSession) (out *roster.Session, err error) {
	if c.Environment != Development {
		return nil, roster.ErrRequestForEnvironment.New("Creating a session")
	}
	err = s.write(ctx, c, func(t *tx) error {
		u, err := t.user(in.UserID)
		if err != nil {
			return err
		}
		if u.Banned {
			return roster.ErrUserBanned.New(u.ID)
		}
		organizationID, err := t.startingOrganization(u.ID, in.ActiveOrganizationID)
		if err != nil {
			return err
		}
		out = &roster.Session{
			Object:                   "session",
			ID:                       t.id(roster.PrefixSession),
			UserID:                   u.ID,
			ClientID:                 t.id(roster.PrefixClient),
			Status:                   roster.SessionActive,
			LastActiveOrganizationID: organizationID,
			LastActiveAt:             t.Now,
			ExpireAt:                 t.Now + sessionLife.Milliseconds(),
			AbandonAt:                t.Now + sessionAbandon.Milliseconds(),
			CreatedAt:                t.Now,
			UpdatedAt:                t.Now,
		}
		if err := t.InsertSession(out); err != nil {
			return err
		}
		today := startOfDay(t.Now)
		u.LastActiveAt, u.LastSignInAt = &today, &t.Now
		if err := t.TouchUser(u.ID, today, t.Now); err != nil {
			return err
		}
		return t.emitSession(roster.EventSessionCreated, *out, u)
	})
	return out, err
}

// startingOrganization is the organization a new session starts in, nil for none.
// One that is named becomes the user's choice for later sessions too. It is held,
// so that deleting it finds the session and clears it. While organizations are off
// none can be named, and nobody is in one.
func (t *tx) startingOrganization(userID string, named roster.Field[string]) (*string, error) {
	if id := named.Or(""); id != "" {
		if err := t.organizationsEnabled(); err != nil {
			return nil, err
		}
		_, err := t.HoldOrganizationsBehind(id)
		if err == nil {
			_, err = t.MembershipRole(id, userID)
		}
		if err != nil {
			return nil, orNotFound(err, roster.ErrActiveOrganization.New("active_organization_id"))
		}
		return &id, t.SetActiveOrganization(userID, id)
	}
	if !t.caller.OrganizationsEnabled {
		return nil, nil
	}
	id, err := t.ActiveOrganization(userID)
	if err != nil || id == "" {
		return nil, err
	}
	held, err := t.HoldOrganizationsBehind(id)
	if err != nil || len(held) == 0 { // deleted just now
		return nil, err
	}
	return &id, nil
}

// Session is one session.
func (s *Service) Session(ctx context.Context, c Caller, sessionID string) (out *roster.Session, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.session(sessionID)
		return err
	})
	return out, err
}

func (t *tx) session(id string) (*roster.Session, error) {
	out, err := t.Session(id, t.time.UnixMilli())
	if err != nil {
		return nil, orNotFound(err, roster.ErrSessionNotFound.New(id))
	}
	t.place(out)
	return out, nil
}

// place leaves sessions in no organization while organizations are off. Where they
// were is kept.
func (t *tx) place(s *roster.Session) {
	if !t.caller.OrganizationsEnabled {
		s.LastActiveOrganizationID = nil
	}
}

// Sessions is one page of sessions, newest first.
func (s *Service) Sessions(ctx context.Context, c Caller, q roster.SessionQuery) (page roster.Page[roster.Session], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		page, err = t.Sessions(q, t.time.UnixMilli())
		for i := range page.Data {
			t.place(&page.Data[i])
		}
		return err
	})
	return page, err
}

// RevokeSession ends an active session; one that is over stays as it is.
func (s *Service) RevokeSession(ctx context.Context, c Caller, sessionID string) (out *roster.Session, err error) {
	err = s.write(ctx, c, func(t *tx) error {
		if out, err = t.session(sessionID); err != nil || out.Status != roster.SessionActive {
			return err
		}
		u, err := t.user(out.UserID)
		if err != nil {
			return err
		}
		if out, err = t.session(sessionID); err != nil || out.Status != roster.SessionActive { // as it is now that nobody else changes it
			return err
		}
		return t.endSession(u, out, roster.SessionRevoked, roster.EventSessionRevoked)
	})
	return out, err
}

func (t *tx) endSession(u *roster.User, s *roster.Session, status, event string) error {
	if err := t.SetSessionStatus(s.ID, status); err != nil {
		return err
	}
	s.Status, s.UpdatedAt = status, t.Now
	t.place(s)
	return t.emitSession(event, *s, u)
}

// endSessions ends all of a user's active sessions.
func (t *tx) endSessions(u *roster.User, status, event string) error {
	sessions, err := t.ActiveSessions(u.ID)
	if err != nil {
		return err
	}
	for i := range sessions {
		if err := t.endSession(u, &sessions[i], status, event); err != nil {
			return err
		}
	}
	return nil
}
