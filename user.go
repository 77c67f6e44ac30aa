package roster

import (
	"net/url"

	"github.com/go-json-experiment/json/jsontext"
)

// User is a person of the instance. Times are Unix milliseconds; LastActiveAt has
// the precision of a day. A Roster has no passkeys and no accounts elsewhere yet;
// what another server tells of them is kept as JSON.
type User struct {
	Object                        string           `json:"object"`
	ID                            string           `json:"id"`
	ExternalID                    *string          `json:"external_id"`
	PrimaryEmailAddressID         *string          `json:"primary_email_address_id"`
	PrimaryPhoneNumberID          *string          `json:"primary_phone_number_id"`
	PrimaryWeb3WalletID           *string          `json:"primary_web3_wallet_id"`
	Username                      *string          `json:"username"`
	FirstName                     *string          `json:"first_name"`
	LastName                      *string          `json:"last_name"`
	Locale                        *string          `json:"locale"`
	ProfileImageURL               string           `json:"profile_image_url"`
	ImageURL                      string           `json:"image_url"`
	HasImage                      bool             `json:"has_image"`
	PublicMetadata                Metadata         `json:"public_metadata"`
	PrivateMetadata               Metadata         `json:"private_metadata"`
	UnsafeMetadata                Metadata         `json:"unsafe_metadata"`
	EmailAddresses                []EmailAddress   `json:"email_addresses"`
	PhoneNumbers                  []PhoneNumber    `json:"phone_numbers"`
	Web3Wallets                   []Web3Wallet     `json:"web3_wallets"`
	Passkeys                      []jsontext.Value `json:"passkeys"`
	PasswordEnabled               bool             `json:"password_enabled"`
	TwoFactorEnabled              bool             `json:"two_factor_enabled"`
	TOTPEnabled                   bool             `json:"totp_enabled"`
	BackupCodeEnabled             bool             `json:"backup_code_enabled"`
	MFAEnabledAt                  *int64           `json:"mfa_enabled_at"`
	MFADisabledAt                 *int64           `json:"mfa_disabled_at"`
	PasswordLastUpdatedAt         *int64           `json:"password_last_updated_at"`
	RequiresPasswordReset         bool             `json:"requires_password_reset,omitzero"`
	ExternalAccounts              []jsontext.Value `json:"external_accounts"`
	SAMLAccounts                  []jsontext.Value `json:"saml_accounts"`
	EnterpriseAccounts            []jsontext.Value `json:"enterprise_accounts"`
	LastSignInAt                  *int64           `json:"last_sign_in_at"`
	Banned                        bool             `json:"banned"`
	Locked                        bool             `json:"locked"`
	Deprovisioned                 bool             `json:"deprovisioned"`
	LockoutExpiresInSeconds       *int64           `json:"lockout_expires_in_seconds"`
	VerificationAttemptsRemaining *int64           `json:"verification_attempts_remaining"`
	UpdatedAt                     int64            `json:"updated_at"`
	CreatedAt                     int64            `json:"created_at"`
	DeleteSelfEnabled             bool             `json:"delete_self_enabled"`
	CreateOrganizationEnabled     bool             `json:"create_organization_enabled"`
	CreateOrganizationsLimit      *int64           `json:"create_organizations_limit"`
	LastActiveAt                  *int64           `json:"last_active_at"`
	LegalAcceptedAt               *int64           `json:"legal_accepted_at"`
	BypassClientTrust             bool             `json:"bypass_client_trust"`
}

// EmailAddress is one of a user's email addresses, lower-cased. Only verified ones
// carry a verification.
type EmailAddress struct {
	Object       string           `json:"object"`
	ID           string           `json:"id"`
	EmailAddress string           `json:"email_address"`
	Reserved     bool             `json:"reserved"`
	Verification *Verification    `json:"verification"`
	LinkedTo     []jsontext.Value `json:"linked_to"`
	CreatedAt    int64            `json:"created_at"`
	UpdatedAt    int64            `json:"updated_at"`
}

// PhoneNumber is one of a user's phone numbers in E.164. A user with some reserved
// for a second factor has one of those by default.
type PhoneNumber struct {
	Object                  string           `json:"object"`
	ID                      string           `json:"id"`
	PhoneNumber             string           `json:"phone_number"`
	ReservedForSecondFactor bool             `json:"reserved_for_second_factor"`
	DefaultSecondFactor     bool             `json:"default_second_factor"`
	Reserved                bool             `json:"reserved"`
	Verification            *Verification    `json:"verification"`
	LinkedTo                []jsontext.Value `json:"linked_to"`
	BackupCodes             *[]string        `json:"backup_codes"`
	CreatedAt               int64            `json:"created_at"`
	UpdatedAt               int64            `json:"updated_at"`
}

// Web3Wallet is one of a user's wallet addresses; hexadecimal ones carry the
// EIP-55 checksum.
type Web3Wallet struct {
	Object       string        `json:"object"`
	ID           string        `json:"id"`
	Web3Wallet   string        `json:"web3_wallet"`
	Verification *Verification `json:"verification"`
	CreatedAt    int64         `json:"created_at"`
	UpdatedAt    int64         `json:"updated_at"`
}

// Verification says how an identifier was verified, by one of
// VerificationStrategies. What the Backend API verifies is verified by the
// administrator, unless a code does it: then there are the attempts that took, the
// time the code was good for, in Unix milliseconds, and, for a phone number, the
// channel it was sent over.
type Verification struct {
	Object   string `json:"object"`
	Status   string `json:"status"`
	Strategy string `json:"strategy"`
	Attempts *int64 `json:"attempts"`
	ExpireAt *int64 `json:"expire_at"`
	Channel  string `json:"channel,omitzero"`
}

// UserOrders are the attributes users sort by. The default is Desc("created_at").
var UserOrders = []string{"created_at", "updated_at", "email_address", "web3wallet", "first_name", "last_name", "phone_number", "username", "last_active_at", "last_sign_in_at"}

// UserQuery chooses users; filters combine as in MembershipQuery.
// Paging.StartingAfter goes with ordering by created_at only.
type UserQuery struct {
	OrderBy Order
	Paging

	UserID         Selection
	ExternalID     Selection
	OrganizationID Selection
	EmailAddress   []string
	PhoneNumber    []string
	Username       []string
	Web3Wallet     []string

	Query             string
	EmailAddressQuery string
	PhoneNumberQuery  string
	UsernameQuery     string
	NameQuery         string

	Banned             Field[bool]
	LastActiveAtBefore Field[int64]
	LastActiveAtAfter  Field[int64]
	LastActiveAtSince  Field[int64] // inclusive, by day; the older name of LastActiveAtAfter
	CreatedAtBefore    Field[int64]
	CreatedAtAfter     Field[int64]
	LastSignInAtBefore Field[int64]
	LastSignInAtAfter  Field[int64]

	Provider       string
	ProviderUserID []string
}

// Values is the query string of the list.
func (q UserQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	q.UserID.values(v, "user_id")
	q.ExternalID.values(v, "external_id")
	q.OrganizationID.values(v, "organization_id")
	addAll(v, "email_address", q.EmailAddress)
	addAll(v, "phone_number", q.PhoneNumber)
	addAll(v, "username", q.Username)
	addAll(v, "web3_wallet", q.Web3Wallet)
	setText(v, "query", q.Query)
	setText(v, "email_address_query", q.EmailAddressQuery)
	setText(v, "phone_number_query", q.PhoneNumberQuery)
	setText(v, "username_query", q.UsernameQuery)
	setText(v, "name_query", q.NameQuery)
	setBool(v, "banned", q.Banned)
	setInt(v, "last_active_at_before", q.LastActiveAtBefore)
	setInt(v, "last_active_at_after", q.LastActiveAtAfter)
	setInt(v, "last_active_at_since", q.LastActiveAtSince)
	setInt(v, "created_at_before", q.CreatedAtBefore)
	setInt(v, "created_at_after", q.CreatedAtAfter)
	setInt(v, "last_sign_in_at_before", q.LastSignInAtBefore)
	setInt(v, "last_sign_in_at_after", q.LastSignInAtAfter)
	setText(v, "provider", q.Provider)
	addAll(v, "provider_user_id", q.ProviderUserID)
	return v
}

// CreateUser makes a user. The first address of each kind becomes primary. The
// status slices, where given, run parallel to their addresses and say verified or
// reserved. A password comes as it is or as the digest that one of PasswordHashers
// made of it. TOTPSecret is base32; BackupCodes are plain or bcrypt digests.
// CreatedAt and LegalAcceptedAt are RFC 3339.
type CreateUser struct {
	ExternalID                Field[string] `json:"external_id,omitzero"`
	FirstName                 Field[string] `json:"first_name,omitzero"`
	LastName                  Field[string] `json:"last_name,omitzero"`
	Locale                    Field[string] `json:"locale,omitzero"`
	EmailAddress              []string      `json:"email_address,omitzero"`
	PhoneNumber               []string      `json:"phone_number,omitzero"`
	Web3Wallet                []string      `json:"web3_wallet,omitzero"`
	EmailAddressStatus        []string      `json:"email_address_identification_status,omitzero"`
	PhoneNumberStatus         []string      `json:"phone_number_identification_status,omitzero"`
	Username                  Field[string] `json:"username,omitzero"`
	Password                  Field[string] `json:"password,omitzero"`
	PasswordDigest            Field[string] `json:"password_digest,omitzero"`
	PasswordHasher            Field[string] `json:"password_hasher,omitzero"`
	SkipPasswordChecks        bool          `json:"skip_password_checks,omitzero"`
	SkipPasswordRequirement   bool          `json:"skip_password_requirement,omitzero"`
	SkipUserRequirement       bool          `json:"skip_user_requirement,omitzero"`
	TOTPSecret                Field[string] `json:"totp_secret,omitzero"`
	BackupCodes               []string      `json:"backup_codes,omitzero"`
	PublicMetadata            Metadata      `json:"public_metadata,omitzero"`
	PrivateMetadata           Metadata      `json:"private_metadata,omitzero"`
	UnsafeMetadata            Metadata      `json:"unsafe_metadata,omitzero"`
	DeleteSelfEnabled         Field[bool]   `json:"delete_self_enabled,omitzero"`
	CreateOrganizationEnabled Field[bool]   `json:"create_organization_enabled,omitzero"`
	CreateOrganizationsLimit  Field[int64]  `json:"create_organizations_limit,omitzero"`
	LegalAcceptedAt           Field[string] `json:"legal_accepted_at,omitzero"`
	SkipLegalChecks           bool          `json:"skip_legal_checks,omitzero"`
	CreatedAt                 Field[string] `json:"created_at,omitzero"`
	BypassClientTrust         Field[bool]   `json:"bypass_client_trust,omitzero"`
	Banned                    Field[bool]   `json:"banned,omitzero"`
	Locked                    Field[bool]   `json:"locked,omitzero"`
}

// UpdateUser changes what is present. Null or the empty string clears a name, the
// username and the external id. The metadata fields replace, and only API
// versions before VersionMetadataEndpoints take them.
type UpdateUser struct {
	ExternalID                Field[string] `json:"external_id,omitzero"`
	FirstName                 Field[string] `json:"first_name,omitzero"`
	LastName                  Field[string] `json:"last_name,omitzero"`
	Locale                    Field[string] `json:"locale,omitzero"`
	PrimaryEmailAddressID     Field[string] `json:"primary_email_address_id,omitzero"`
	PrimaryPhoneNumberID      Field[string] `json:"primary_phone_number_id,omitzero"`
	PrimaryWeb3WalletID       Field[string] `json:"primary_web3_wallet_id,omitzero"`
	Username                  Field[string] `json:"username,omitzero"`
	ProfileImageID            Field[string] `json:"profile_image_id,omitzero"`
	Password                  Field[string] `json:"password,omitzero"`
	PasswordDigest            Field[string] `json:"password_digest,omitzero"`
	PasswordHasher            Field[string] `json:"password_hasher,omitzero"`
	SkipPasswordChecks        bool          `json:"skip_password_checks,omitzero"`
	SignOutOfOtherSessions    bool          `json:"sign_out_of_other_sessions,omitzero"`
	DeleteSelfEnabled         Field[bool]   `json:"delete_self_enabled,omitzero"`
	CreateOrganizationEnabled Field[bool]   `json:"create_organization_enabled,omitzero"`
	CreateOrganizationsLimit  Field[int64]  `json:"create_organizations_limit,omitzero"`
	LegalAcceptedAt           Field[string] `json:"legal_accepted_at,omitzero"`
	SkipLegalChecks           bool          `json:"skip_legal_checks,omitzero"`
	CreatedAt                 Field[string] `json:"created_at,omitzero"`
	BypassClientTrust         Field[bool]   `json:"bypass_client_trust,omitzero"`
	TOTPSecret                Field[string] `json:"totp_secret,omitzero"`
	BackupCodes               []string      `json:"backup_codes,omitzero"`
	PublicMetadata            Metadata      `json:"public_metadata,omitzero"`
	PrivateMetadata           Metadata      `json:"private_metadata,omitzero"`
	UnsafeMetadata            Metadata      `json:"unsafe_metadata,omitzero"`
}
