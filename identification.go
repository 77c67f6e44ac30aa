package roster

// MaxAddresses is how many email addresses, and how many phone numbers, a user can
// have.
const MaxAddresses = 100

// What an email address or phone number can be. A verified or reserved one is its
// user's alone; others may have an unverified one too, until one of them verifies
// it.
const (
	IdentificationVerified   = "verified"
	IdentificationReserved   = "reserved"
	IdentificationUnverified = "unverified"
)

// IdentificationStatuses are all of them.
var IdentificationStatuses = []string{IdentificationVerified, IdentificationReserved, IdentificationUnverified}

// MaxVerificationAttempts is how many codes a verification takes, the right one
// included; MaxVerifications how many verifications of one address can be out at
// once, without the right code yet.
const (
	MaxVerificationAttempts = 5
	MaxVerifications        = 10
)

// Statuses of a verification, beside IdentificationVerified and
// IdentificationUnverified: its code came too late, or wrong codes used up the
// attempts.
const (
	VerificationExpired = "expired"
	VerificationFailed  = "failed"
)

// ChannelSMS is the channel of codes that went to a phone number.
const ChannelSMS = "sms"

// Verification strategies of identifiers.
const (
	StrategyAdmin     = "admin"
	StrategyEmailCode = "email_code"
	StrategyPhoneCode = "phone_code"
	StrategyTicket    = "ticket"
)

// VerificationStrategies are all of them.
var VerificationStrategies = []string{StrategyAdmin, StrategyEmailCode, StrategyPhoneCode, StrategyTicket}

// Verified reports whether an identifier with this verification is verified; nil
// is none.
func (v *Verification) Verified() bool { return v != nil && v.Status == IdentificationVerified }

// CreateEmailAddress gives a user an email address, unverified unless Verified. It
// becomes the primary one if Primary says so or it is the user's first.
type CreateEmailAddress struct {
	UserID       string      `json:"user_id"`
	EmailAddress string      `json:"email_address"`
	Verified     Field[bool] `json:"verified,omitzero"`
	Primary      Field[bool] `json:"primary,omitzero"`
}

// UpdateEmailAddress verifies an email address or takes that back, and makes it the
// primary one.
type UpdateEmailAddress struct {
	Verified Field[bool] `json:"verified,omitzero"`
	Primary  Field[bool] `json:"primary,omitzero"`
}

// ReplaceEmailAddress puts one email address in the place of all that a user has.
// Status is one of IdentificationStatuses, verified when it is empty.
type ReplaceEmailAddress struct {
	EmailAddress string `json:"email_address"`
	Status       string `json:"identification_status,omitzero"`
}

// CreatePhoneNumber gives a user a phone number, unverified unless Verified. It
// becomes the primary one if Primary says so or it is the user's first. A verified
// one can be reserved for a second factor.
type CreatePhoneNumber struct {
	UserID                  string      `json:"user_id"`
	PhoneNumber             string      `json:"phone_number"`
	Verified                Field[bool] `json:"verified,omitzero"`
	Primary                 Field[bool] `json:"primary,omitzero"`
	ReservedForSecondFactor Field[bool] `json:"reserved_for_second_factor,omitzero"`
}

// UpdatePhoneNumber is UpdateEmailAddress for a phone number, and reserves it for a
// second factor.
type UpdatePhoneNumber struct {
	Verified                Field[bool] `json:"verified,omitzero"`
	Primary                 Field[bool] `json:"primary,omitzero"`
	ReservedForSecondFactor Field[bool] `json:"reserved_for_second_factor,omitzero"`
}

// ReplacePhoneNumber puts one phone number in the place of all that a user has, none
// of which is a second factor any more. Status is as in ReplaceEmailAddress.
type ReplacePhoneNumber struct {
	PhoneNumber string `json:"phone_number"`
	Status      string `json:"identification_status,omitzero"`
}

// CodeVerification is a code that was sent to an address, and what became of it. Its
// ID goes with the code into AttemptVerification. Status is IdentificationUnverified
// while the code can come, then IdentificationVerified, VerificationExpired or
// VerificationFailed; Strategy is StrategyEmailCode or StrategyPhoneCode. Channel is
// there for phone numbers. ExpireAt is in Unix milliseconds.
type CodeVerification struct {
	Object   string `json:"object"`
	ID       string `json:"id"`
	Status   string `json:"status"`
	Strategy string `json:"strategy"`
	Attempts int64  `json:"attempts"`
	ExpireAt int64  `json:"expire_at"`
	Channel  string `json:"channel,omitzero"`
}

// AttemptVerification is a code, and the verification that it is to prove.
type AttemptVerification struct {
	VerificationID string `json:"verification_id"`
	Code           string `json:"code"`
}
