package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

// PhoneNumbers are the phone numbers of users, each by its id.
type PhoneNumbers struct{ t *transport }

const (
	phoneNumbers       = "/phone_numbers"
	onePhoneNumber     = "/phone_numbers/{phone_number_id}"
	preparePhoneNumber = "/phone_numbers/{phone_number_id}/prepare_verification"
	attemptPhoneNumber = "/phone_numbers/{phone_number_id}/attempt_verification"
	userPhoneNumber    = "/users/{user_id}/phone_number"
)

// Create gives a user a phone number, which is unverified unless in.Verified. The
// user's first one becomes primary, and the first that is reserved for a second
// factor the default of those.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid,
// form_identifier_exists, form_verification_needed (primary,
// reserved_for_second_factor), quota_exceeded.
func (p PhoneNumbers) Create(ctx context.Context, in roster.CreatePhoneNumber) (*roster.PhoneNumber, error) {
	return call[roster.PhoneNumber](ctx, p.t, operation{method: http.MethodPost, path: phoneNumbers, body: in})
}

// Get reads one phone number.
//
// Codes: resource_not_found.
func (p PhoneNumbers) Get(ctx context.Context, phoneNumberID string) (*roster.PhoneNumber, error) {
	return call[roster.PhoneNumber](ctx, p.t, operation{method: http.MethodGet, path: onePhoneNumber, ids: []string{phoneNumberID}})
}

// Update verifies a phone number, makes it primary or reserves it for a second
// factor.
//
// Codes: resource_not_found, form_identifier_exists, form_verification_needed
// (primary, reserved_for_second_factor), form_param_value_invalid (primary).
func (p PhoneNumbers) Update(ctx context.Context, phoneNumberID string, in roster.UpdatePhoneNumber) (*roster.PhoneNumber, error) {
	return call[roster.PhoneNumber](ctx, p.t, operation{method: http.MethodPatch, path: onePhoneNumber, ids: []string{phoneNumberID}, body: in})
}

// Delete takes a phone number off its user; of a primary one the oldest verified
// one takes the place.
//
// Codes: resource_not_found, identification_deletion_failed.
func (p PhoneNumbers) Delete(ctx context.Context, phoneNumberID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, p.t, operation{method: http.MethodDelete, path: onePhoneNumber, ids: []string{phoneNumberID}})
}

// PrepareVerification sends a code to a phone number, verified or not. The answer's ID goes
// with it into AttemptVerification.
//
// Codes: resource_not_found, feature_not_enabled, too_many_requests (codes out for the address).
func (p PhoneNumbers) PrepareVerification(ctx context.Context, phoneNumberID string) (*roster.CodeVerification, error) {
	return call[roster.CodeVerification](ctx, p.t, operation{method: http.MethodPost, path: preparePhoneNumber, ids: []string{phoneNumberID}})
}

// AttemptVerification holds a code against the one that was sent. The right one
// verifies a phone number that is not verified. A wrong or late one is no error: the answer's
// Status says so.
//
// Codes: resource_not_found, form_param_nil, verification_already_verified,
// form_identifier_exists.
func (p PhoneNumbers) AttemptVerification(ctx context.Context, phoneNumberID string, in roster.AttemptVerification) (*roster.CodeVerification, error) {
	return call[roster.CodeVerification](ctx, p.t, operation{method: http.MethodPost, path: attemptPhoneNumber, ids: []string{phoneNumberID}, body: in})
}

// ReplaceForUser puts one phone number in the place of all that a user has. It is
// verified unless in.Status says otherwise. If one of those was a second factor, the
// user is left without any, authenticator and backup codes included.
//
// Codes: resource_not_found, form_param_nil, form_param_format_invalid,
// form_param_value_invalid (identification_status), form_identifier_exists.
func (p PhoneNumbers) ReplaceForUser(ctx context.Context, userID string, in roster.ReplacePhoneNumber) (*roster.PhoneNumber, error) {
	return call[roster.PhoneNumber](ctx, p.t, operation{method: http.MethodPut, path: userPhoneNumber, ids: []string{userID}, body: in})
}
