package client

import (
	"context"
	"net/http"

	"github.com/rosterhq/roster"
)

const (
	usersBan             = "/users/ban"
	usersUnban           = "/users/unban"
	userProfileImage     = "/users/{user_id}/profile_image"
	userLock             = "/users/{user_id}/lock"
	userUnlock           = "/users/{user_id}/unlock"
	userVerifyPassword   = "/users/{user_id}/verify_password"
	userRemovePassword   = "/users/{user_id}/remove_password"
	userSetCompromised   = "/users/{user_id}/password/set_compromised"
	userUnsetCompromised = "/users/{user_id}/password/unset_compromised"
	userVerifyTOTP       = "/users/{user_id}/verify_totp"
	userMFA              = "/users/{user_id}/mfa"
	userTOTP             = "/users/{user_id}/totp"
	userBackupCode       = "/users/{user_id}/backup_code"
	userPasskey          = "/users/{user_id}/passkeys/{passkey_identification_id}"
	userWeb3Wallet       = "/users/{user_id}/web3_wallets/{web3_wallet_identification_id}"
	userExternalAccount  = "/users/{user_id}/external_accounts/{external_account_id}"
)

// BanAll bans 1 to 50 users and revokes their sessions: all of them, or none where one is
// unknown. It answers them in the order they were named.
//
// Codes: resource_not_found, form_param_missing, form_param_array_size_exceeded.
func (u Users) BanAll(ctx context.Context, in roster.Users) ([]roster.User, error) {
	list, err := call[[]roster.User](ctx, u.t, operation{method: http.MethodPost, path: usersBan, body: in})
	if err != nil {
		return nil, err
	}
	return *list, nil
}

// UnbanAll lets 1 to 50 banned users sign in again, or none where one is unknown.
//
// Codes: resource_not_found, form_param_missing, form_param_array_size_exceeded.
func (u Users) UnbanAll(ctx context.Context, in roster.Users) ([]roster.User, error) {
	list, err := call[[]roster.User](ctx, u.t, operation{method: http.MethodPost, path: usersUnban, body: in})
	if err != nil {
		return nil, err
	}
	return *list, nil
}

// Lock keeps a user from signing in, on a Roster for an hour from now.
//
// Codes: resource_not_found.
func (u Users) Lock(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userLock, ids: []string{userID}})
}

// Unlock lifts a user's lock before it expires.
//
// Codes: resource_not_found.
func (u Users) Unlock(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userUnlock, ids: []string{userID}})
}

// VerifyPassword holds a password against the user's. A wrong one is the error incorrect_password.
//
// Codes: no_password_set, resource_not_found, incorrect_password, form_param_nil.
func (u Users) VerifyPassword(ctx context.Context, userID string, in roster.VerifyPassword) (*roster.Verified, error) {
	return call[roster.Verified](ctx, u.t, operation{method: http.MethodPost, path: userVerifyPassword, ids: []string{userID}, body: in})
}

// RemovePassword takes the user's password away, and ends the user's sessions where asked to. A user
// without one stays as it is.
//
// Codes: resource_not_found.
func (u Users) RemovePassword(ctx context.Context, userID string, in roster.RemovePassword) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userRemovePassword, ids: []string{userID}, body: in})
}

// SetPasswordCompromised marks the password as known to somebody else: the user shall choose a new one at
// the next sign-in. It still verifies.
//
// Codes: no_password_set, resource_not_found.
func (u Users) SetPasswordCompromised(ctx context.Context, userID string, in roster.SetPasswordCompromised) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userSetCompromised, ids: []string{userID}, body: in})
}

// UnsetPasswordCompromised takes that mark off again.
//
// Codes: no_password_set, resource_not_found.
func (u Users) UnsetPasswordCompromised(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userUnsetCompromised, ids: []string{userID}})
}

// VerifyTOTP holds a code against the user's authenticator, then against the backup codes. Each
// code is good for once.
//
// Codes: totp_disabled, resource_not_found, totp_incorrect_code, form_param_nil.
func (u Users) VerifyTOTP(ctx context.Context, userID string, in roster.VerifyTOTP) (*roster.Verified, error) {
	return call[roster.Verified](ctx, u.t, operation{method: http.MethodPost, path: userVerifyTOTP, ids: []string{userID}, body: in})
}

// DisableMFA forgets the user's authenticator and backup codes.
//
// Codes: resource_not_found.
func (u Users) DisableMFA(ctx context.Context, userID string) (*roster.UserID, error) {
	return call[roster.UserID](ctx, u.t, operation{method: http.MethodDelete, path: userMFA, ids: []string{userID}})
}

// DeleteTOTP forgets the user's authenticator; who has none stays as it is.
//
// Codes: resource_not_found.
func (u Users) DeleteTOTP(ctx context.Context, userID string) (*roster.UserID, error) {
	return call[roster.UserID](ctx, u.t, operation{method: http.MethodDelete, path: userTOTP, ids: []string{userID}})
}

// DeleteBackupCodes forgets all of the user's backup codes.
//
// Codes: resource_not_found.
func (u Users) DeleteBackupCodes(ctx context.Context, userID string) (*roster.UserID, error) {
	return call[roster.UserID](ctx, u.t, operation{method: http.MethodDelete, path: userBackupCode, ids: []string{userID}})
}

// DeletePasskey removes a passkey. On a Roster users have none yet.
//
// Codes: resource_not_found.
func (u Users) DeletePasskey(ctx context.Context, userID, passkeyID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, u.t, operation{method: http.MethodDelete, path: userPasskey, ids: []string{userID, passkeyID}})
}

// DeleteWeb3Wallet takes a wallet off a user; of a primary one the oldest other one
// takes the place.
//
// Codes: resource_not_found, identification_deletion_failed.
func (u Users) DeleteWeb3Wallet(ctx context.Context, userID, walletID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, u.t, operation{method: http.MethodDelete, path: userWeb3Wallet, ids: []string{userID, walletID}})
}

// DeleteExternalAccount removes an account at another provider. On a Roster users have none yet.
//
// Codes: resource_not_found.
func (u Users) DeleteExternalAccount(ctx context.Context, userID, externalAccountID string) (*roster.Deleted, error) {
	return call[roster.Deleted](ctx, u.t, operation{method: http.MethodDelete, path: userExternalAccount, ids: []string{userID, externalAccountID}})
}

// SetProfileImage gives a user an image in place of the one the user has. The file
// is read to its end; one of more than roster.MaxImageBytes is refused unsent, with
// image_too_large.
//
// Codes: resource_not_found, request_body_invalid (what the file is),
// form_param_missing (it is empty), image_too_large.
func (u Users) SetProfileImage(ctx context.Context, userID string, in roster.UploadProfileImage) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodPost, path: userProfileImage, ids: []string{userID}, form: &form{file: in.File}})
}

// DeleteProfileImage takes a user's image away.
//
// Codes: resource_not_found, image_not_found.
func (u Users) DeleteProfileImage(ctx context.Context, userID string) (*roster.User, error) {
	return call[roster.User](ctx, u.t, operation{method: http.MethodDelete, path: userProfileImage, ids: []string{userID}})
}
