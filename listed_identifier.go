package roster

import "net/url"

// MaxListedIdentifiers is how many identifiers each of the two lists of an instance
// holds.
const MaxListedIdentifiers = 10_000

// Types of what is on a list.
const (
	ListedEmailAddress = "email_address"
	ListedPhoneNumber  = "phone_number"
	ListedWeb3Wallet   = "web3_wallet"
)

// ListedIdentifierTypes are the types of what is on a list.
var ListedIdentifierTypes = []string{ListedEmailAddress, ListedPhoneNumber, ListedWeb3Wallet}

// ListedIdentifier is an entry of an instance's allow-list or block-list; Object says
// of which. Identifier is an email address, a phone number or a wallet in the form
// that users have them in, or *@example.com for all addresses of a domain, whose type
// is that of an address. InvitationID is Clerk's only. Times are Unix milliseconds.
type ListedIdentifier struct {
	Object         string `json:"object"`
	ID             string `json:"id"`
	InvitationID   string `json:"invitation_id,omitzero"`
	Identifier     string `json:"identifier"`
	IdentifierType string `json:"identifier_type"`
	InstanceID     string `json:"instance_id"`
	CreatedAt      int64  `json:"created_at"`
	UpdatedAt      int64  `json:"updated_at"`
}

// AllowlistQuery pages through the allow-list, newest first.
type AllowlistQuery struct{ Paging }

// Values is the query string of the list.
func (q AllowlistQuery) Values() url.Values {
	v := url.Values{}
	q.Paging.values(v)
	return v
}

// CreateAllowlistIdentifier puts an identifier on the allow-list. Identifier is
// required: an email address, *@example.com, a phone number or a wallet. Notify asks
// for an invitation to sign up, of which a Roster server has none, so that it refuses
// true.
type CreateAllowlistIdentifier struct {
	Identifier string      `json:"identifier"`
	Notify     Field[bool] `json:"notify,omitzero"`
}

// CreateBlocklistIdentifier puts an identifier on the block-list. Identifier is
// required: an email address, *@example.com, a phone number or a wallet.
type CreateBlocklistIdentifier struct {
	Identifier string `json:"identifier"`
}
