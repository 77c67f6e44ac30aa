package main

import (
	"context"

	"github.com/clerk/clerk-sdk-go/v2"
	"github.com/clerk/clerk-sdk-go/v2/user"
)

var userCalls = map[string]function{
	"users.create": {"user.Create", plain(user.Create)},
	"users.list": {"user.List", call(func(ctx context.Context, _ path, p *user.ListParams) (any, error) {
		l, err := user.List(ctx, p)
		if err != nil {
			return nil, err
		}
		return page{l.Users, l.TotalCount}, nil
	})},
	"users.count":            {"user.Count", plain(user.Count)},
	"users.get":              {"user.Get", only(user.Get, "user_id")},
	"users.update":           {"user.Update", with(user.Update, "user_id")},
	"users.delete":           {"user.Delete", only(user.Delete, "user_id")},
	"users.merge_metadata":   {"user.UpdateMetadata", with(user.UpdateMetadata, "user_id")},
	"users.replace_metadata": {"user.ReplaceMetadata", with(user.ReplaceMetadata, "user_id")},
	"users.ban":              {"user.Ban", only(user.Ban, "user_id")},
	"users.unban":            {"user.Unban", only(user.Unban, "user_id")},
	"users.lock":             {"user.Lock", only(user.Lock, "user_id")},
	"users.unlock":           {"user.Unlock", only(user.Unlock, "user_id")},
	"users.memberships": {"user.ListOrganizationMemberships", call(func(ctx context.Context, w path, p *clerk.ListParams) (any, error) {
		return user.ListOrganizationMemberships(ctx, w["user_id"], &user.ListOrganizationMembershipsParams{ListParams: *p})
	}, "user_id")},
	"users.invitations": {"user.ListOrganizationInvitations", call(func(ctx context.Context, w path, p *invitationFilter) (any, error) {
		return user.ListOrganizationInvitations(ctx, &user.ListOrganizationInvitationsParams{ListParams: p.ListParams, UserID: w["user_id"], Statuses: p.statuses()})
	}, "user_id")},
	"users.set_image": {"user.UpdateProfileImage", call(func(ctx context.Context, w path, _ *none) (any, error) {
		file, err := decodeImage(w["file"])
		if err != nil {
			return nil, err
		}
		return user.UpdateProfileImage(ctx, w["user_id"], &user.UpdateProfileImageParams{File: file})
	}, "user_id", "file")},
	"users.delete_image": {"user.DeleteProfileImage", only(user.DeleteProfileImage, "user_id")},
	"users.verify_password": {"user.VerifyPassword", call(func(ctx context.Context, w path, p *user.VerifyPasswordParams) (any, error) {
		p.UserID = w["user_id"]
		return user.VerifyPassword(ctx, p)
	}, "user_id")},
	"users.oauth_tokens": {"user.ListOAuthAccessTokens", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return user.ListOAuthAccessTokens(ctx, &user.ListOAuthAccessTokensParams{ID: w["user_id"], Provider: w["provider"]})
	}, "user_id", "provider")},
	"users.delete_mfa": {"user.DeleteMFA", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return user.DeleteMFA(ctx, &user.DeleteMFAParams{ID: w["user_id"]})
	}, "user_id")},
	"users.create_totp":         {"user.CreateTOTP", only(user.CreateTOTP, "user_id")}, //nolint:staticcheck // deprecated, and called by old applications
	"users.delete_totp":         {"user.DeleteTOTP", only(user.DeleteTOTP, "user_id")},
	"users.delete_backup_codes": {"user.DeleteBackupCode", only(user.DeleteBackupCode, "user_id")},
	"users.delete_passkey":      {"user.DeletePasskey", onlyTwo(user.DeletePasskey, "user_id", "passkey_identification_id")},
	"users.delete_wallet":       {"user.DeleteWeb3Wallet", onlyTwo(user.DeleteWeb3Wallet, "user_id", "web3_wallet_identification_id")},
	"users.delete_external_account": {"user.DeleteExternalAccount", call(func(ctx context.Context, w path, _ *none) (any, error) {
		return user.DeleteExternalAccount(ctx, &user.DeleteExternalAccountParams{UserID: w["user_id"], ID: w["external_account_id"]})
	}, "user_id", "external_account_id")},
}
