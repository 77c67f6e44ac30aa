// Package client calls the organizations family of Clerk's Backend API: a Roster
// server's or that of api.clerk.com, which is the default.
//
//	c := client.New(os.Getenv("CLERK_SECRET_KEY"), client.WithBaseURL("http://127.0.0.1:8787/v1"))
//	m, err := c.OrganizationMemberships.Create(ctx, organizationID, roster.CreateMembership{UserID: userID, Role: roster.RoleMember})
//	if errors.Is(err, roster.CodeAlreadyAMember) { … }
//
// A failed request is a *roster.ErrorResponse; what never got an answer is a
// plain error that wraps its cause. Lists walk with iterators that end with an
// error rather than leave anything out.
//
// A Client keeps nothing between calls, unless WithReadYourWrites asks for it, and
// starts no goroutines. It is safe for concurrent use.
package client

import (
	"fmt"

	"github.com/rosterhq/roster"
)

// DefaultBaseURL is where requests go without WithBaseURL.
const DefaultBaseURL = "https://api.clerk.com/v1"

// Client calls the API of one instance, the one its secret key belongs to.
type Client struct {
	OrganizationMemberships OrganizationMemberships
	Organizations           Organizations
	OrganizationDomains     OrganizationDomains
	OrganizationInvitations OrganizationInvitations
	OrganizationRoles       OrganizationRoles
	RoleSets                RoleSets
	OrganizationPermissions OrganizationPermissions
	Users                   Users
	EmailAddresses          EmailAddresses
	PhoneNumbers            PhoneNumbers
	Sessions                Sessions
	Clients                 Clients
	JWTTemplates            JWTTemplates
	JWKS                    JWKS
	Instance                Instance
	AllowlistIdentifiers    AllowlistIdentifiers
	BlocklistIdentifiers    BlocklistIdentifiers

	t *transport
}

// New makes a Client. It does no I/O: a wrong key or base URL shows in the error
// of the first call.
func New(secretKey string, options ...Option) *Client {
	c := config{
		baseURL:   DefaultBaseURL,
		version:   roster.VersionMetadataEndpoints,
		userAgent: "roster-go",
		retries:   3,
		maxWait:   defaultMaxWait,
	}
	for _, o := range options {
		o(&c)
	}
	t := newTransport(secretKey, c)
	return &Client{
		OrganizationMemberships: OrganizationMemberships{t},
		Organizations:           Organizations{t},
		OrganizationDomains:     OrganizationDomains{t},
		OrganizationInvitations: OrganizationInvitations{t},
		OrganizationRoles:       OrganizationRoles{t},
		RoleSets:                RoleSets{t},
		OrganizationPermissions: OrganizationPermissions{t},
		Users:                   Users{t},
		EmailAddresses:          EmailAddresses{t},
		PhoneNumbers:            PhoneNumbers{t},
		Sessions:                Sessions{t},
		Clients:                 Clients{t},
		JWTTemplates:            JWTTemplates{t},
		JWKS:                    JWKS{t},
		Instance:                Instance{t},
		AllowlistIdentifiers:    AllowlistIdentifiers{t},
		BlocklistIdentifiers:    BlocklistIdentifiers{t},
		t:                       t,
	}
}

// CloseIdleConnections closes the connections kept for later requests. The Client
// stays usable.
func (c *Client) CloseIdleConnections() { c.t.http.CloseIdleConnections() }

// String names the client by where it calls; the secret key is never printed.
func (c *Client) String() string { return fmt.Sprintf("client of %s", c.t.base.Redacted()) }

// GoString is String.
func (c *Client) GoString() string { return c.String() }
