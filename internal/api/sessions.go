package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func createSession(r *request) roster.CreateSession {
	return roster.CreateSession{
		UserID:               r.body.required("user_id"),
		ActiveOrganizationID: r.body.text("active_organization_id"),
	}
}

// sessionListing is the query of a list that comes in two forms.
type sessionListing struct {
	roster.SessionQuery
	paginated bool
}

func sessionList(r *request) sessionListing {
	q := r.query
	return sessionListing{
		SessionQuery: roster.SessionQuery{
			ClientID: q.id("client_id"),
			UserID:   q.id("user_id"),
			Status:   q.choice("status", roster.SessionStatuses),
			Paging:   q.page(),
		},
		paginated: q.boolean("paginated").Or(false),
	}
}

// sessions answers with a page where one is asked for, else with the bare array
// that older clients know.
func sessions(s *service.Service, ctx context.Context, c service.Caller, in sessionListing) (any, error) {
	page, err := s.Sessions(ctx, c, in.SessionQuery)
	if err != nil || in.paginated {
		return page, err
	}
	return page.Data, nil
}

func aSession(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	_, err := s.Session(ctx, c, ids[0])
	return err
}

func createToken(r *request) roster.CreateToken {
	return roster.CreateToken{ExpiresInSeconds: r.body.between("expires_in_seconds", roster.MinTokenLifetime, roster.MaxTokenLifetime)}
}

func verifyToken(r *request) roster.VerifyToken {
	defer r.body.closed()
	return roster.VerifyToken{Token: r.body.text("token")}
}

func createRefreshToken(r *request) roster.CreateRefreshToken {
	b := r.body
	defer b.closed()
	return roster.CreateRefreshToken{
		Origin:           b.required("origin"),
		ExpiresInSeconds: b.between("expires_in_seconds", roster.MinTokenLifetime, roster.MaxRefreshLifetime),
	}
}

func refreshSession(r *request) roster.RefreshSession {
	b := r.body
	defer b.closed()
	return roster.RefreshSession{
		ExpiredToken:         b.required("expired_token"),
		RefreshToken:         b.required("refresh_token"),
		RequestOrigin:        b.required("request_origin"),
		RequestHeaders:       b.lists("request_headers"),
		Format:               b.option("format", "token", "cookie"),
		RequestOriginatingIP: b.text("request_originating_ip"),
	}
}
