package client

import (
	"context"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// Users are the people of the instance.
type Users struct{ t *transport }

const (
	users        = "/users"
	usersCount   = "/users/count"
	oneUser      = "/users/{user_id}"
	userMetadata = "/users/{user_id}/metadata"
	userBan      = "/users/{user_id}/ban"
	userUnban    = "/users/{user_id}/unban"
)

// Create makes a user.
//
// Codes: form_identifier_exists, form_data_missing, form_param_format_invalid,
// form_password_length_too_short, form_param_unknown.
func (u Users) Create(ctx context.Context, in roster.CreateUser) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: users, body: in})
}

// List reads one page of users, newest first unless ordered. This list does not
// tell the total; Count does.
func (u Users) List(ctx context.Context, q roster.UserQuery) ([]roster.User, error) {
	page, err := call[[]roster.User](ctx, u.t, operation{method: http.MethodGet, path: users, query: q.Values()})
	if err != nil {
		return nil, err
	}
	return *page, nil
}

// All walks users, q.Limit at a time (500 unless given). Ordered by created_at, the
// default, it walks with the cursor starting_after, which stays exact while users
// come and go. In another order it ends with ErrListChanged when the list changes
// under it, rather than leave one out.
func (u Users) All(ctx context.Context, q roster.UserQuery) iter.Seq2[roster.User, error] {
	byCreation := q.OrderBy.Or(roster.Desc("created_at")).By == "created_at"
	return walk[roster.User]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.User], error) {
			q.Paging = p
			data, err := u.List(ctx, q)
			return &roster.Page[roster.User]{Data: data, TotalCount: unknownTotal}, err
		},
		id:     func(u *roster.User) string { return u.ID },
		paging: q.Paging,
		cursor: byCreation,
		steady: byCreation,
	}.all(ctx)
}

// Count tells how many users a query selects, whatever its paging and order.
func (u Users) Count(ctx context.Context, q roster.UserQuery) (int64, error) {
	q.Paging, q.OrderBy = roster.Paging{}, roster.Order{}
	count, err := call[roster.Count](ctx, u.t, operation{method: http.MethodGet, path: usersCount, query: q.Values()})
	if err != nil {
		return 0, err
	}
	return count.TotalCount, nil
}

// Get reads a user.
//
// Codes: resource_not_found.
func (u Users) Get(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodGet, path: oneUser, ids: []string{userID}})
}

// Update changes what is present in the body. Metadata goes with API versions
// before roster.VersionMetadataEndpoints only (see WithVersion) and replaces;
// newer ones refuse it with form_param_deprecated, so use UpdateMetadata or
// ReplaceMetadata.
//
// Codes: resource_not_found, form_identifier_exists, form_param_deprecated,
// form_password_length_too_short.
func (u Users) Update(ctx context.Context, userID string, in roster.UpdateUser) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPatch, path: oneUser, ids: []string{userID}, body: in})
}

// UpdateMetadata merges into the user's metadata: objects member by member at any
// depth, null removes, everything else replaces.
//
// Codes: resource_not_found, form_param_exceeds_allowed_size.
func (u Users) UpdateMetadata(ctx context.Context, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPatch, path: userMetadata, ids: []string{userID}, body: in})
}

// ReplaceMetadata replaces each metadata field that is present.
//
// Codes: as UpdateMetadata.
func (u Users) ReplaceMetadata(ctx context.Context, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPut, path: userMetadata, ids: []string{userID}, body: in})
}

// Ban keeps a user from signing in and revokes the user's sessions.
//
// Codes: resource_not_found.
func (u Users) Ban(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userBan, ids: []string{userID}})
}

// Unban lets a banned user sign in again.
//
// Codes: resource_not_found.
func (u Users) Unban(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userUnban, ids: []string{userID}})
}

// Delete removes a user with the user's memberships.
//
// Codes: resource_not_found.
func (u Users) Delete(ctx context.Context, userID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, u.t, operation{method: http.MethodDelete, path: oneUser, ids: []string{userID}})
}
