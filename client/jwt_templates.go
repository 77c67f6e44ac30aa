package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"

	"github.com/rosterhq/roster"
)

// JWTTemplates say what tokens for other services claim.
type JWTTemplates struct{ t *transport }

const (
	jwtTemplates   = "/jwt_templates"
	oneJWTTemplate = "/jwt_templates/{template_id}"
)

// List reads one page of JWT templates, newest first. The list has no cursor:
// StartingAfter is ErrNoCursor.
func (j JWTTemplates) List(ctx context.Context, q roster.JWTTemplateQuery) (*roster.Page[roster.JWTTemplate], error) {
	op := operation{method: http.MethodGet, path: jwtTemplates, query: q.Values()}
	if q.StartingAfter != "" {
		return nil, fmt.Errorf("client: %v: %w", op, ErrNoCursor)
	}
	op.query.Set("paginated", "true") // a bare array without a total otherwise
	return call[roster.Page[roster.JWTTemplate]](ctx, j.t, op)
}

// All walks JWT templates, newest first, q.Limit at a time (500 unless given), as
// Sessions.All does.
func (j JWTTemplates) All(ctx context.Context, q roster.JWTTemplateQuery) iter.Seq2[roster.JWTTemplate, error] {
	return walk[roster.JWTTemplate]{
		fetch: func(ctx context.Context, p roster.Paging) (*roster.Page[roster.JWTTemplate], error) {
			q.Paging = p
			return j.List(ctx, q)
		},
		id:     func(t *roster.JWTTemplate) string { return t.ID },
		paging: q.Paging,
		steady: true,
	}.all(ctx)
}

// Create makes a JWT template.
//
// Codes: form_param_missing, form_param_nil, form_param_format_invalid (name),
// form_already_exists (name), jwt_template_reserved_claim,
// form_param_exceeds_allowed_size (claims), form_param_value_invalid,
// form_conditional_param_missing (what goes with a signing key).
func (j JWTTemplates) Create(ctx context.Context, in roster.CreateJWTTemplate) (*roster.JWTTemplate, error) {
	return call[roster.JWTTemplate](ctx, j.t, operation{method: http.MethodPost, path: jwtTemplates, body: in})
}

// Get reads a JWT template, without its signing key.
//
// Codes: resource_not_found.
func (j JWTTemplates) Get(ctx context.Context, templateID string) (*roster.JWTTemplate, error) {
	return call[roster.JWTTemplate](ctx, j.t, operation{method: http.MethodGet, path: oneJWTTemplate, ids: []string{templateID}})
}

// Update changes a JWT template; Name and Claims must be given.
//
// Codes: resource_not_found and those of Create.
func (j JWTTemplates) Update(ctx context.Context, templateID string, in roster.UpdateJWTTemplate) (*roster.JWTTemplate, error) {
	return call[roster.JWTTemplate](ctx, j.t, operation{method: http.MethodPatch, path: oneJWTTemplate, ids: []string{templateID}, body: in})
}

// Delete removes a JWT template.
//
// Codes: resource_not_found.
func (j JWTTemplates) Delete(ctx context.Context, templateID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, j.t, operation{method: http.MethodDelete, path: oneJWTTemplate, ids: []string{templateID}})
}
