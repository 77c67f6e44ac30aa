package roster

// PasswordHashers are the algorithms whose digests a user can be given in place of
// a password. The page of the users describes the form each digest has.
var PasswordHashers = []string{
	"argon2i", "argon2id", "bcrypt", "bcrypt_sha256_django", "ldap_ssha", "md5", "md5_phpass",
	"pbkdf2_sha1", "pbkdf2_sha256", "pbkdf2_sha256_django", "pbkdf2_sha512", "pbkdf2_sha512_hex",
	"phpass", "scrypt_firebase", "scrypt_werkzeug", "sha256", "sha512_symfony",
}

// MaxBackupCodes is the most backup codes a user can be given.
const MaxBackupCodes = 20

// MaxBulkUsers is the most users one operation bans or unbans.
const MaxBulkUsers = 50

// Users chooses the users of a bulk operation, 1 to MaxBulkUsers of them.
type Users struct {
	UserIDs []string `json:"user_ids"`
}

// VerifyPassword is a password to hold against a user's.
type VerifyPassword struct {
	Password string `json:"password"`
}

// VerifyTOTP is a code of the user's authenticator, or a backup code, which it uses
// up.
type VerifyTOTP struct {
	Code string `json:"code"`
}

// Kinds of codes.
const (
	CodeTypeTOTP       = "totp"
	CodeTypeBackupCode = "backup_code"
)

// Verified says that a password or code was right; what is wrong is an error.
// CodeType tells which kind of code it was, "" for a password.
type Verified struct {
	Verified bool   `json:"verified"`
	CodeType string `json:"code_type,omitzero"`
}

// RemovePassword takes a user's password away.
type RemovePassword struct {
	SignOutOfOtherSessions bool `json:"sign_out_of_other_sessions,omitzero"`
}

// SetPasswordCompromised asks for a new password at the user's next sign-in.
type SetPasswordCompromised struct {
	RevokeAllSessions bool `json:"revoke_all_sessions,omitzero"`
}

// UserID is the answer of what takes a second factor away.
type UserID struct {
	UserID string `json:"user_id"`
}
