package service

import (
	"context"

	"github.com/rosterhq/roster"
)

// Clients is one page of the instance's clients, newest first.
func (s *Service) Clients(ctx context.Context, c Caller, p roster.Paging) (page roster.Page[roster.Client], err error) {
	err = s.list(ctx, c, func(t *tx) error {
		page, err = t.Clients(p, t.time.UnixMilli())
		for i := range page.Data {
			t.placeAll(&page.Data[i])
		}
		return err
	})
	return page, err
}

// Client is one client with its sessions.
func (s *Service) Client(ctx context.Context, c Caller, clientID string) (out *roster.Client, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		out, err = t.client(clientID)
		return err
	})
	return out, err
}

func (t *tx) client(id string) (*roster.Client, error) {
	out, err := t.Client(id, t.time.UnixMilli())
	if err != nil {
		return nil, orNotFound(err, roster.ErrClientNotFound.New(id))
	}
	t.placeAll(out)
	return out, nil
}

// placeAll is place for a client's sessions.
func (t *tx) placeAll(c *roster.Client) {
	for i := range c.Sessions {
		t.place(&c.Sessions[i])
	}
}

// VerifyClient is the client whose session a token stands for.
func (s *Service) VerifyClient(ctx context.Context, c Caller, in roster.VerifyClient) (out *roster.Client, err error) {
	err = s.read(ctx, c, func(t *tx) error {
		claims, err := t.readToken(in.Token)
		if err != nil {
			return err
		}
		if problem := claims.lapsed(t.time.Unix()); problem != "" {
			return roster.ErrSessionTokenInvalid.New(problem)
		}
		session, err := t.session(claims.Session)
		if err != nil {
			return err
		}
		if err := live(session); err != nil {
			return err
		}
		out, err = t.client(session.ClientID)
		return err
	})
	return out, err
}
