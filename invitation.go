package roster

import "net/url"

// Limits of invitations.
const (
	MaxBulkInvitations    = 10
	MaxURLLength          = 2048 // characters of a redirect_url
	DefaultInvitationDays = 30
	MaxInvitationDays     = 365
)

// PermissionManageMembers is what it takes to invite somebody.
const PermissionManageMembers = "org:sys_memberships:manage"

// States of an invitation. One that nobody answers in time turns from pending to
// expired by itself.
const (
	InvitationPending  = "pending"
	InvitationAccepted = "accepted"
	InvitationRevoked  = "revoked"
	InvitationExpired  = "expired"
)

// InvitationStatuses are the values of the status filter.
var InvitationStatuses = []string{InvitationPending, InvitationAccepted, InvitationRevoked, InvitationExpired}

// InvitationOrders are the attributes invitations sort by. The default is
// Desc("created_at").
var InvitationOrders = []string{"created_at", "email_address"}

// Invitation asks whoever has an email address to join an organization with a role.
// (The wire calls the object organization_invitation.) Whoever follows URL, which is
// there only while the invitation is pending, accepts it. Times are Unix
// milliseconds. InviterID and PublicInviterData are nil where nobody in particular
// invites. UserID is told by the event of an acceptance only, PublicOrganizationData
// by lists across organizations.
type Invitation struct {
	Object                 string                  `json:"object"`
	ID                     string                  `json:"id"`
	EmailAddress           string                  `json:"email_address"`
	Role                   string                  `json:"role"`
	RoleName               string                  `json:"role_name"`
	OrganizationID         string                  `json:"organization_id"`
	InviterID              *string                 `json:"inviter_id"`
	PublicInviterData      *PublicInviterData      `json:"public_inviter_data"`
	PublicOrganizationData *PublicOrganizationData `json:"public_organization_data,omitzero"`
	Status                 string                  `json:"status"`
	PublicMetadata         Metadata                `json:"public_metadata"`
	PrivateMetadata        Metadata                `json:"private_metadata"`
	URL                    *string                 `json:"url"`
	UserID                 string                  `json:"user_id,omitzero"`
	ExpiresAt              int64                   `json:"expires_at"`
	CreatedAt              int64                   `json:"created_at"`
	UpdatedAt              int64                   `json:"updated_at"`
}

// PublicInviterData is what an invitation shows of the user who invites. Identifier
// is the primary email address, else phone number, username, web3 wallet, else empty.
type PublicInviterData struct {
	UserID     string  `json:"user_id"`
	FirstName  *string `json:"first_name"`
	LastName   *string `json:"last_name"`
	ImageURL   string  `json:"image_url"`
	HasImage   bool    `json:"has_image"`
	Identifier string  `json:"identifier"`
}

// InvitationQuery chooses invitations: those in any of the states, in the list of an
// organization those to exactly EmailAddress, in that of the instance those with
// Query in the address. A user's list knows no order but newest first.
type InvitationQuery struct {
	OrderBy Order
	Paging

	Status       []string
	EmailAddress string
	Query        string
}

// Values is the query string of the list.
func (q InvitationQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	addAll(v, "status", q.Status)
	setText(v, "email_address", q.EmailAddress)
	setText(v, "query", q.Query)
	return v
}

// CreateInvitation invites to an organization; EmailAddress and Role, a role key such
// as org:member, are required. InviterUserID must be a member who may manage members.
// Both metadata go to the membership that comes of it. RedirectURL (http or https) is
// where whoever accepts is sent. ExpiresInDays is 1 to 365, 30 unless given; Notify
// false sends no e-mail.
type CreateInvitation struct {
	EmailAddress    string        `json:"email_address"`
	Role            string        `json:"role"`
	InviterUserID   Field[string] `json:"inviter_user_id,omitzero"`
	PublicMetadata  Metadata      `json:"public_metadata,omitzero"`
	PrivateMetadata Metadata      `json:"private_metadata,omitzero"`
	RedirectURL     Field[string] `json:"redirect_url,omitzero"`
	ExpiresInDays   Field[int64]  `json:"expires_in_days,omitzero"`
	Notify          Field[bool]   `json:"notify,omitzero"`
}

// RevokeInvitation takes an invitation back. RequestingUserID, where given, must be a
// member who may manage members.
type RevokeInvitation struct {
	RequestingUserID Field[string] `json:"requesting_user_id,omitzero"`
}

// What is left to do once the link of an invitation was followed.
const (
	TicketComplete = "complete" // nothing: the user is a member
	TicketSignIn   = "sign_in"  // a user has the address reserved, and has not verified it
	TicketSignUp   = "sign_up"  // nobody has the address, though users may have it unverified
)

// TicketAcceptance is what came of following the link of an invitation. With a
// RedirectURL the server answers with a redirection to it instead.
type TicketAcceptance struct {
	Object         string `json:"object"`
	Status         string `json:"status"`
	OrganizationID string `json:"organization_id"`
	InvitationID   string `json:"invitation_id"`
	RedirectURL    string `json:"-"`
}
