package roster

import "net/url"

// Membership ties a user to an organization with a role. (The wire calls the
// object organization_membership.) Times are Unix milliseconds.
type Membership struct {
	Object          string          `json:"object"`
	ID              string          `json:"id"`
	Role            string          `json:"role"`
	RoleName        string          `json:"role_name"`
	Permissions     []string        `json:"permissions"`
	PublicMetadata  Metadata        `json:"public_metadata"`
	PrivateMetadata Metadata        `json:"private_metadata,omitzero"`
	Organization    *Organization   `json:"organization"`
	PublicUserData  *PublicUserData `json:"public_user_data"`
	CreatedAt       int64           `json:"created_at"`
	UpdatedAt       int64           `json:"updated_at"`
}

// PublicUserData is what a membership shows of its user. Identifier is the
// primary email address, else phone number, username, web3 wallet.
type PublicUserData struct {
	UserID          string  `json:"user_id"`
	FirstName       *string `json:"first_name"`
	LastName        *string `json:"last_name"`
	ProfileImageURL *string `json:"profile_image_url"`
	ImageURL        string  `json:"image_url"`
	HasImage        bool    `json:"has_image"`
	Identifier      *string `json:"identifier"`
	Username        *string `json:"username"`
	Banned          bool    `json:"banned"`
	Deprovisioned   bool    `json:"deprovisioned"`
}

// MembershipOrders are the attributes memberships sort by; created_at is the
// membership's, the others are its user's. The default is Desc("created_at").
var MembershipOrders = []string{"phone_number", "email_address", "created_at", "first_name", "last_name", "username"}

// MembershipQuery chooses memberships. Filters of different kinds must all hold;
// of the values of one filter any may, where PublicMetadata is a filter per path.
// Times are Unix milliseconds, compared strictly. CreatedAt filters look at the
// user's creation, as Clerk words it.
type MembershipQuery struct {
	OrderBy Order
	Paging

	UserID         Selection
	OrganizationID Selection // instance-wide list only
	EmailAddress   []string
	PhoneNumber    []string
	Username       []string
	Web3Wallet     []string
	Role           []string

	Query             string
	EmailAddressQuery string
	PhoneNumberQuery  string
	UsernameQuery     string
	NameQuery         string

	LastActiveAtBefore Field[int64]
	LastActiveAtAfter  Field[int64]
	CreatedAtBefore    Field[int64]
	CreatedAtAfter     Field[int64]

	PublicMetadata []MetadataTerm // Roster only
}

// Values is the query string of the list.
func (q MembershipQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	q.UserID.values(v, "user_id")
	q.OrganizationID.values(v, "organization_id")
	addAll(v, "email_address", q.EmailAddress)
	addAll(v, "phone_number", q.PhoneNumber)
	addAll(v, "username", q.Username)
	addAll(v, "web3_wallet", q.Web3Wallet)
	addAll(v, "role", q.Role)
	setText(v, "query", q.Query)
	setText(v, "email_address_query", q.EmailAddressQuery)
	setText(v, "phone_number_query", q.PhoneNumberQuery)
	setText(v, "username_query", q.UsernameQuery)
	setText(v, "name_query", q.NameQuery)
	setInt(v, "last_active_at_before", q.LastActiveAtBefore)
	setInt(v, "last_active_at_after", q.LastActiveAtAfter)
	setInt(v, "created_at_before", q.CreatedAtBefore)
	setInt(v, "created_at_after", q.CreatedAtAfter)
	for _, t := range q.PublicMetadata {
		v.Add("public_metadata["+t.Path+"]", t.Value)
	}
	return v
}

// CreateMembership adds a user to an organization. UserID and Role are required;
// Role is a role key such as org:member.
type CreateMembership struct {
	UserID          string   `json:"user_id"`
	Role            string   `json:"role"`
	PublicMetadata  Metadata `json:"public_metadata,omitzero"`
	PrivateMetadata Metadata `json:"private_metadata,omitzero"`
}

// UpdateMembership changes a member's role. Role is required.
type UpdateMembership struct {
	Role string `json:"role"`
}

// UpdateMetadata changes metadata fields; absent ones stay as they are. Unsafe
// metadata exists on users only.
type UpdateMetadata struct {
	PublicMetadata  Metadata `json:"public_metadata,omitzero"`
	PrivateMetadata Metadata `json:"private_metadata,omitzero"`
	UnsafeMetadata  Metadata `json:"unsafe_metadata,omitzero"`
}
