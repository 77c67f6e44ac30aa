package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/organization"
	"github.com/clerk/clerk-sdk-go/v2/organizationmembership"
	"github.com/clerk/clerk-sdk-go/v2/session"
	"github.com/clerk/clerk-sdk-go/v2/user"
)

// function is a function of the SDK and how to call it with the wire's arguments.
type function struct {
	name string
	do   func(context.Context, json.RawMessage) (any, error)
}

// path holds the arguments that the SDK takes beside its parameters.
type path struct{ OrganizationID, Slug, UserID, SessionID string }

// unsupportedError says which argument the SDK has no parameter for.
type unsupportedError string

func (e unsupportedError) Error() string { return "no parameter " + string(e) }

// bind decodes arguments into the SDK's parameters; those named in beside are
// passed otherwise.
func bind[P any](args json.RawMessage, beside ...string) (*P, path, error) {
	var where path
	var rest map[string]json.RawMessage
	params := new(P)
	if err := json.Unmarshal(args, &rest); err != nil {
		return nil, where, err
	}
	places := map[string]*string{"organization_id": &where.OrganizationID, "slug": &where.Slug, "user_id": &where.UserID, "session_id": &where.SessionID}
	for _, name := range beside {
		if value, ok := rest[name]; ok {
			if err := json.Unmarshal(value, places[name]); err != nil {
				return nil, where, err
			}
			delete(rest, name)
		}
	}
	body, err := json.Marshal(rest)
	if err != nil {
		return nil, where, err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(params); err != nil {
		if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
			return nil, where, unsupportedError(strings.Trim(field, `"`))
		}
		return nil, where, err
	}
	return params, where, nil
}

// call makes a function of the SDK whose parameters are P callable.
func call[P, R any](f func(context.Context, path, *P) (R, error), beside ...string) func(context.Context, json.RawMessage) (any, error) {
	return func(ctx context.Context, args json.RawMessage) (any, error) {
		params, where, err := bind[P](args, beside...)
		if err != nil {
			return nil, err
		}
		return f(ctx, where, params)
	}
}

type none struct{}

// page is a list as the wire has it.
type page struct {
	Data       any   `json:"data"`
	TotalCount int64 `json:"total_count"`
}

var calls = map[string]function{
	"users.create": {"user.Create", call(func(ctx context.Context, _ path, p *user.CreateParams) (any, error) { return user.Create(ctx, p) })},
	"users.list": {"user.List", call(func(ctx context.Context, _ path, p *user.ListParams) (any, error) {
		l, err := user.List(ctx, p)
		if err != nil {
			return nil, err
		}
		return page{l.Users, l.TotalCount}, nil
	})},
	"users.count": {"user.Count", call(func(ctx context.Context, _ path, p *user.ListParams) (any, error) { return user.Count(ctx, p) })},
	"users.get":   {"user.Get", call(func(ctx context.Context, w path, _ *none) (any, error) { return user.Get(ctx, w.UserID) }, "user_id")},
	"users.update": {"user.Update", call(func(ctx context.Context, w path, p *user.UpdateParams) (any, error) {
		return user.Update(ctx, w.UserID, p)
	}, "user_id")},
	"users.delete": {"user.Delete", call(func(ctx context.Context, w path, _ *none) (any, error) { return user.Delete(ctx, w.UserID) }, "user_id")},
	"users.merge_metadata": {"user.UpdateMetadata", call(func(ctx context.Context, w path, p *user.UpdateMetadataParams) (any, error) {
		return user.UpdateMetadata(ctx, w.UserID, p)
	}, "user_id")},
	"users.replace_metadata": {"user.ReplaceMetadata", call(func(ctx context.Context, w path, p *user.ReplaceMetadataParams) (any, error) {
		return user.ReplaceMetadata(ctx, w.UserID, p)
	}, "user_id")},
	"users.ban":   {"user.Ban", call(func(ctx context.Context, w path, _ *none) (any, error) { return user.Ban(ctx, w.UserID) }, "user_id")},
	"users.unban": {"user.Unban", call(func(ctx context.Context, w path, _ *none) (any, error) { return user.Unban(ctx, w.UserID) }, "user_id")},
	"users.memberships": {"user.ListOrganizationMemberships", call(func(ctx context.Context, w path, p *clerk.ListParams) (any, error) {
		return user.ListOrganizationMemberships(ctx, w.UserID, &user.ListOrganizationMembershipsParams{ListParams: *p})
	}, "user_id")},

	"organizations.create": {"organization.Create", call(func(ctx context.Context, _ path, p *organization.CreateParams) (any, error) {
		return organization.Create(ctx, p)
	})},
	"organizations.list": {"organization.List", call(func(ctx context.Context, _ path, p *organization.ListParams) (any, error) {
		return organization.List(ctx, p)
	})},
	"organizations.get": {"organization.Get, organization.GetWithParams", call(getOrganization, "organization_id", "slug")},
	"organizations.update": {"organization.Update", call(func(ctx context.Context, w path, p *organization.UpdateParams) (any, error) {
		return organization.Update(ctx, w.OrganizationID, p)
	}, "organization_id")},
	"organizations.delete": {"organization.Delete", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return organization.Delete(ctx, w.OrganizationID)
	}, "organization_id")},
	"organizations.merge_metadata": {"organization.UpdateMetadata", call(func(ctx context.Context, w path, p *organization.UpdateMetadataParams) (any, error) {
		return organization.UpdateMetadata(ctx, w.OrganizationID, p)
	}, "organization_id")},
	"organizations.replace_metadata": {"organization.ReplaceMetadata", call(func(ctx context.Context, w path, p *organization.ReplaceMetadataParams) (any, error) {
		return organization.ReplaceMetadata(ctx, w.OrganizationID, p)
	}, "organization_id")},

	"memberships.create": {"organizationmembership.Create", call(func(ctx context.Context, w path, p *organizationmembership.CreateParams) (any, error) {
		p.OrganizationID = w.OrganizationID
		return organizationmembership.Create(ctx, p)
	}, "organization_id")},
	"memberships.list": {"organizationmembership.List", call(func(ctx context.Context, w path, p *organizationmembership.ListParams) (any, error) {
		p.OrganizationID = w.OrganizationID
		return organizationmembership.List(ctx, p)
	}, "organization_id")},
	"memberships.update": {"organizationmembership.Update", call(func(ctx context.Context, w path, p *organizationmembership.UpdateParams) (any, error) {
		p.OrganizationID, p.UserID = w.OrganizationID, w.UserID
		return organizationmembership.Update(ctx, p)
	}, "organization_id", "user_id")},
	"memberships.delete": {"organizationmembership.Delete", call(func(ctx context.Context, w path, p *organizationmembership.DeleteParams) (any, error) {
		p.OrganizationID, p.UserID = w.OrganizationID, w.UserID
		return organizationmembership.Delete(ctx, p)
	}, "organization_id", "user_id")},

	"sessions.create": {"session.Create", call(func(ctx context.Context, _ path, p *session.CreateParams) (any, error) { return session.Create(ctx, p) })},
	"sessions.list":   {"session.List", call(func(ctx context.Context, _ path, p *session.ListParams) (any, error) { return session.List(ctx, p) })},
	"sessions.get":    {"session.Get", call(func(ctx context.Context, w path, _ *none) (any, error) { return session.Get(ctx, w.SessionID) }, "session_id")},
	"sessions.revoke": {"session.Revoke", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return session.Revoke(ctx, &session.RevokeParams{ID: w.SessionID})
	}, "session_id")},
}

func getOrganization(ctx context.Context, w path, p *organization.GetParams) (any, error) {
	idOrSlug := w.OrganizationID + w.Slug // one of them is given
	if p.IncludeMembersCount == nil {
		return organization.Get(ctx, idOrSlug)
	}
	return organization.GetWithParams(ctx, idOrSlug, p)
}
