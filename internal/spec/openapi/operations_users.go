package main

import "github.com/rosterhq/roster"

var (
	badUser = []roster.Kind{
		roster.ErrIdentifierExists, roster.ErrParamFormat, roster.ErrPasswordTooShort, roster.ErrPasswordTooLong, roster.ErrUsernameLength,
		roster.ErrUsernameCharacter, roster.ErrUsernameNumber, roster.ErrParamTooLong, roster.ErrParamTime, roster.ErrMetadataTooLarge, roster.ErrParamUnknown,
	}
	badCredentials = []roster.Kind{
		roster.ErrPasswordDigest, roster.ErrConditionalMissing, roster.ErrConditionalDisallowed, roster.ErrParamArraySize, roster.ErrParamDuplicateValues,
	}
	badBulk = join(noUser, []roster.Kind{roster.ErrParamMissing, roster.ErrParamArraySize})
)

var userOperations = map[string]operation{
	"CreateUser": {
		tag: users, summary: "Create a user", body: roster.CreateUser{}, answers: "The new user.", result: roster.User{},
		errors: join(badUser, badCredentials, []roster.Kind{roster.ErrFormDataMissing, roster.ErrParamArrayLength, roster.ErrParamArraySize, roster.ErrParamDuplicateValues, roster.ErrAccessNotAllowed}),
	},
	"GetUserList":   {tag: users, summary: "List users", answers: "A page of users.", result: []roster.User{}},
	"GetUsersCount": {tag: users, summary: "Count users", answers: "How many match.", result: roster.Count{}},
	"GetUser":       {tag: users, summary: "Get a user", answers: "The user.", result: roster.User{}, errors: noUser},
	"UpdateUser": {
		tag: users, summary: "Change a user", body: roster.UpdateUser{}, answers: "The changed user.", result: roster.User{},
		errors: join(noUser, badUser, badCredentials, []roster.Kind{roster.ErrParamDeprecated, roster.ErrFormDataMissing, roster.ErrFormResourceNotFound, roster.ErrVerificationNeeded}),
	},
	"DeleteUser": {tag: users, summary: "Delete a user with its memberships", answers: "What was deleted.", result: roster.Deleted{}, errors: noUser},
	"UpdateUserMetadata": {
		tag: users, summary: "Merge into a user's metadata", body: roster.UpdateMetadata{}, answers: "The changed user.", result: roster.User{}, errors: join(noUser, badMetadata),
	},
	"ReplaceUserMetadata": {
		tag: users, summary: "Replace a user's metadata", body: roster.UpdateMetadata{}, answers: "The changed user.", result: roster.User{}, errors: join(noUser, badMetadata),
	},
	"BanUser":   {tag: users, summary: "Ban a user and end its sessions", answers: "The banned user.", result: roster.User{}, errors: noUser},
	"UnbanUser": {tag: users, summary: "Lift a user's ban", answers: "The user.", result: roster.User{}, errors: noUser},
	"UsersBan": {
		tag: users, summary: "Ban several users and end their sessions, all or none", body: roster.Users{}, answers: "The banned users.", result: []roster.User{},
		errors: badBulk,
	},
	"UsersUnban": {
		tag: users, summary: "Lift the bans of several users, all or none", body: roster.Users{}, answers: "The users.", result: []roster.User{}, errors: badBulk,
	},
	"SetUserProfileImage": {
		tag: users, summary: "Set a user's image", body: roster.UploadProfileImage{}, answers: "The user, with the image.", result: roster.User{},
		errors: join(noUser, badImage),
	},
	"DeleteUserProfileImage": {
		tag: users, summary: "Take a user's image away", answers: "The user.", result: roster.User{}, errors: join(noUser, []roster.Kind{roster.ErrImageNotFound}),
	},
	"LockUser":   {tag: users, summary: "Keep a user from signing in for an hour", answers: "The locked user.", result: roster.User{}, errors: noUser},
	"UnlockUser": {tag: users, summary: "Lift a user's lock", answers: "The user.", result: roster.User{}, errors: noUser},
	"VerifyPassword": {
		tag: users, summary: "Hold a password against the user's", body: roster.VerifyPassword{}, answers: "That the password is right.", result: roster.Verified{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet, roster.ErrIncorrectPassword, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},
	"VerifyTOTP": {
		tag: users, summary: "Hold a code against the user's authenticator and backup codes", body: roster.VerifyTOTP{},
		answers: "That the code is right, and of which kind it is. It is used up.", result: roster.Verified{},
		errors: join(noUser, []roster.Kind{roster.ErrTOTPDisabled, roster.ErrTOTPIncorrect, roster.ErrParamMissing, roster.ErrParamUnknown}),
	},
	"RemoveUserPassword": {
		tag: users, summary: "Take a user's password away", body: roster.RemovePassword{}, answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrParamUnknown}),
	},
	"SetUserPasswordCompromised": {
		tag: users, summary: "Ask for a new password at the user's next sign-in", body: roster.SetPasswordCompromised{}, answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet, roster.ErrParamUnknown}),
	},
	"UnsetUserPasswordCompromised": {
		tag: users, summary: "Trust a user's password again", answers: "The user.", result: roster.User{},
		errors: join(noUser, []roster.Kind{roster.ErrNoPasswordSet}),
	},
	"DisableMFA":       {tag: users, summary: "Forget all of a user's second factors", answers: "Whose they were.", result: roster.UserID{}, errors: noUser},
	"DeleteTOTP":       {tag: users, summary: "Forget a user's authenticator", answers: "Whose it was.", result: roster.UserID{}, errors: noUser},
	"DeleteBackupCode": {tag: users, summary: "Forget a user's backup codes", answers: "Whose they were.", result: roster.UserID{}, errors: noUser},
	"UserPasskeyDelete": {
		tag: users, summary: "Delete a passkey", answers: "What was deleted.", result: roster.Deleted{}, errors: join(noUser, []roster.Kind{roster.ErrPasskeyNotFound}),
	},
	"DeleteExternalAccount": {
		tag: users, summary: "Delete a user's account elsewhere", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noUser, []roster.Kind{roster.ErrExternalAccountNotFound}),
	},
	"ReplaceUserEmailAddress": {
		tag: users, summary: "Put one email address in the place of all that a user has", body: roster.ReplaceEmailAddress{},
		answers: "The user's email address.", result: roster.EmailAddress{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrParamUnknown}),
	},
	"ReplaceUserPhoneNumber": {
		tag: users, summary: "Put one phone number in the place of all that a user has", body: roster.ReplacePhoneNumber{},
		answers: "The user's phone number.", result: roster.PhoneNumber{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrParamUnknown}),
	},
	"UserWeb3WalletDelete": {
		tag: users, summary: "Delete a wallet", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noUser, noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"UsersGetOrganizationMemberships": {
		tag: users, summary: "List a user's memberships, newest first", answers: "A page of memberships and how many there are.",
		result: roster.Page[roster.Membership]{}, errors: noUser,
	},
}
