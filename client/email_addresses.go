package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

// EmailAddresses are the email addresses of users, each by its id.
type EmailAddresses struct{ t *transport }

const (
	emailAddresses      = "/email_addresses"
	oneEmailAddress     = "/email_addresses/{email_address_id}"
	prepareEmailAddress = "/email_addresses/{email_address_id}/prepare_verification"
	attemptEmailAddress = "/email_addresses/{email_address_id}/attempt_verification"
	userEmailAddress    = "/users/{user_id}/email_address"
)

// Create gives a user an email address, which is unverified unless in.Verified. The
// user's first one becomes primary.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid,
// form_identifier_exists, form_verification_needed (primary), quota_exceeded.
func (e EmailAddresses) Create(ctx context.Context, in roster.CreateEmailAddress) (*roster.EmailAddress, error) {
	return call[roster.EmailAddress](ctx, e.t, operation{method: http.MethodPost, path: emailAddresses, body: in})
}

// Get reads one email address.
//
// Codes: resource_not_found.
func (e EmailAddresses) Get(ctx context.Context, emailAddressID string) (*roster.EmailAddress, error) {
	return call[roster.EmailAddress](ctx, e.t, operation{method: http.MethodGet, path: oneEmailAddress, ids: []string{emailAddressID}})
}

// Update verifies an email address or makes it primary.
//
// Codes: resource_not_found, form_identifier_exists, form_verification_needed
// (primary), form_param_value_invalid (primary).
func (e EmailAddresses) Update(ctx context.Context, emailAddressID string, in roster.UpdateEmailAddress) (*roster.EmailAddress, error) {
	return call[roster.EmailAddress](ctx, e.t, operation{method: http.MethodPatch, path: oneEmailAddress, ids: []string{emailAddressID}, body: in})
}

// Delete takes an email address off its user; of a primary one the oldest verified
// one takes the place.
//
// Codes: resource_not_found, identification_deletion_failed.
func (e EmailAddresses) Delete(ctx context.Context, emailAddressID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, e.t, operation{method: http.MethodDelete, path: oneEmailAddress, ids: []string{emailAddressID}})
}

// PrepareVerification sends a code to an email address, verified or not. The answer's ID goes
// with it into AttemptVerification.
//
// Codes: resource_not_found, too_many_requests (codes out for the address).
func (e EmailAddresses) PrepareVerification(ctx context.Context, emailAddressID string) (*roster.CodeVerification, error) {
	return call[roster.CodeVerification](ctx, e.t, operation{method: http.MethodPost, path: prepareEmailAddress, ids: []string{emailAddressID}})
}

// AttemptVerification holds a code against the one that was sent. The right one
// verifies an email address that is not verified. A wrong or late one is no error: the answer's
// Status says so.
//
// Codes: resource_not_found, form_param_nil, verification_already_verified,
// form_identifier_exists.
func (e EmailAddresses) AttemptVerification(ctx context.Context, emailAddressID string, in roster.AttemptVerification) (*roster.CodeVerification, error) {
	return call[roster.CodeVerification](ctx, e.t, operation{method: http.MethodPost, path: attemptEmailAddress, ids: []string{emailAddressID}, body: in})
}

// ReplaceForUser puts one email address in the place of all that a user has. It is
// verified unless in.Status says otherwise.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid,
// form_param_value_invalid (identification_status), form_identifier_exists.
func (e EmailAddresses) ReplaceForUser(ctx context.Context, userID string, in roster.ReplaceEmailAddress) (*roster.EmailAddress, error) {
	return call[roster.EmailAddress](ctx, e.t, operation{method: http.MethodPut, path: userEmailAddress, ids: []string{userID}, body: in})
}
