package main

import "github.com/rosterhq/roster/client"

// accountVerbs are what a user proves who they are with, and who may not sign in.
var accountVerbs = []verb{
	{
		name: "ban-all", args: "USER...", rest: "user_ids", short: "Ban up to 50 users: all of them, or none",
		do: client.Users.BanAll, example: "user_1 user_2",
	},
	{
		name: "unban-all", args: "USER...", rest: "user_ids", short: "Let up to 50 banned users sign in again: all of them, or none",
		do: client.Users.UnbanAll, example: "user_1 user_2",
	},
	{
		name: "set-image", args: "USER FILE", rest: "file", short: "Give a user a profile image",
		long: "FILE is a JPEG, PNG, GIF or WebP image of up to 10 MiB, - for standard input.",
		do:   client.Users.SetProfileImage, example: "user_… photo.png",
	},
	{
		name: "delete-image", args: "USER", short: "Take the profile image from a user",
		do: client.Users.DeleteProfileImage, example: "user_…",
	},
	{
		name: "lock", args: "USER", short: "Keep a user from signing in for a while",
		do: client.Users.Lock, example: "user_…",
	},
	{
		name: "unlock", args: "USER", short: "Lift a user's lock",
		do: client.Users.Unlock, example: "user_…",
	},
	{
		name: "verify-password", args: "USER", short: "Hold a password against a user's; exit code 3 where it is wrong",
		do: client.Users.VerifyPassword, columns: "verified", example: "user_… --password-file password.txt",
	},
	{
		name: "remove-password", args: "USER", short: "Take a user's password away",
		do: client.Users.RemovePassword, example: "user_… --sign-out-of-other-sessions",
	},
	{
		name: "set-password-compromised", args: "USER", short: "Ask for a new password at the user's next sign-in",
		do: client.Users.SetPasswordCompromised, example: "user_… --revoke-all-sessions",
	},
	{
		name: "unset-password-compromised", args: "USER", short: "No longer ask for a new password",
		do: client.Users.UnsetPasswordCompromised, example: "user_…",
	},
	{
		name: "verify-totp", args: "USER", short: "Hold a code against a user's authenticator and backup codes; exit code 3 where it is wrong",
		do: client.Users.VerifyTOTP, columns: "verified code_type", example: "user_… --code 123456",
	},
	{
		name: "disable-mfa", args: "USER", short: "Take all second factors from a user",
		do: client.Users.DisableMFA, columns: "user_id", example: "user_…",
	},
	{
		name: "delete-totp", args: "USER", short: "Take the authenticator from a user",
		do: client.Users.DeleteTOTP, columns: "user_id", example: "user_…",
	},
	{
		name: "delete-backup-codes", args: "USER", short: "Take the backup codes from a user",
		do: client.Users.DeleteBackupCodes, columns: "user_id", example: "user_…",
	},
	{
		name: "delete-passkey", args: "USER PASSKEY", short: "Delete a user's passkey",
		do: client.Users.DeletePasskey, example: "user_… idn_…",
	},
	{
		name: "delete-external-account", args: "USER ACCOUNT", short: "Delete a user's account at another provider",
		do: client.Users.DeleteExternalAccount, example: "user_… eac_…",
	},
	{
		name: "delete-web3-wallet", args: "USER WALLET", short: "Delete a user's wallet",
		do: client.Users.DeleteWeb3Wallet, example: "user_… idn_…",
	},
}
