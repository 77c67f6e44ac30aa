package service

import (
	"context"

	"github.com/rosterhq/roster"
)

// Signatures first, so that the edge and the commands can be written against
// them; each moves to its resource's file with its body.

// Authenticate: *roster.Error of ErrKeyInvalid when unknown. Version, ClientIP and UserAgent are filled in by the edge.
func (s *Service) Authenticate(ctx context.Context, secretKey string) (Caller, error) {
	panic("pending")
}

// Ready reports whether the store answers.
func (s *Service) Ready(ctx context.Context) error { panic("pending") }

func (s *Service) OrganizationExists(ctx context.Context, c Caller, organizationID string) error {
	panic("pending")
}
func (s *Service) MembershipExists(ctx context.Context, c Caller, organizationID, userID string) error {
	panic("pending")
}
func (s *Service) UserExists(ctx context.Context, c Caller, userID string) error { panic("pending") }

func (s *Service) CreateMembership(ctx context.Context, c Caller, organizationID string, in roster.CreateMembership) (*roster.Membership, error) {
	panic("pending")
}
func (s *Service) Memberships(ctx context.Context, c Caller, organizationID string, q roster.MembershipQuery) (roster.Page[roster.Membership], error) {
	panic("pending")
}
func (s *Service) InstanceMemberships(ctx context.Context, c Caller, q roster.MembershipQuery) (roster.Page[roster.Membership], error) {
	panic("pending")
}
func (s *Service) UserMemberships(ctx context.Context, c Caller, userID string, p roster.Paging) (roster.Page[roster.Membership], error) {
	panic("pending")
}
func (s *Service) Membership(ctx context.Context, c Caller, organizationID, userID string) (*roster.Membership, error) {
	panic("pending")
}
func (s *Service) UpdateMembership(ctx context.Context, c Caller, organizationID, userID string, in roster.UpdateMembership) (*roster.Membership, error) {
	panic("pending")
}
func (s *Service) MergeMembershipMetadata(ctx context.Context, c Caller, organizationID, userID string, in roster.UpdateMetadata) (*roster.Membership, error) {
	panic("pending")
}
func (s *Service) DeleteMembership(ctx context.Context, c Caller, organizationID, userID string) (*roster.Membership, error) {
	panic("pending")
}

func (s *Service) CreateOrganization(ctx context.Context, c Caller, in roster.CreateOrganization) (*roster.Organization, error) {
	panic("pending")
}
func (s *Service) Organizations(ctx context.Context, c Caller, q roster.OrganizationQuery) (roster.Page[roster.Organization], error) {
	panic("pending")
}
func (s *Service) Organization(ctx context.Context, c Caller, idOrSlug string, include roster.OrganizationInclude) (*roster.Organization, error) {
	panic("pending")
}
func (s *Service) UpdateOrganization(ctx context.Context, c Caller, organizationID string, in roster.UpdateOrganization) (*roster.Organization, error) {
	panic("pending")
}
func (s *Service) DeleteOrganization(ctx context.Context, c Caller, organizationID string) (*roster.Deleted, error) {
	panic("pending")
}
func (s *Service) MergeOrganizationMetadata(ctx context.Context, c Caller, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	panic("pending")
}
func (s *Service) ReplaceOrganizationMetadata(ctx context.Context, c Caller, organizationID string, in roster.UpdateMetadata) (*roster.Organization, error) {
	panic("pending")
}

func (s *Service) CreateUser(ctx context.Context, c Caller, in roster.CreateUser) (*roster.User, error) {
	panic("pending")
}
func (s *Service) Users(ctx context.Context, c Caller, q roster.UserQuery) ([]roster.User, error) {
	panic("pending")
}
func (s *Service) CountUsers(ctx context.Context, c Caller, q roster.UserQuery) (*roster.Count, error) {
	panic("pending")
}
func (s *Service) User(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	panic("pending")
}
func (s *Service) UpdateUser(ctx context.Context, c Caller, userID string, in roster.UpdateUser) (*roster.User, error) {
	panic("pending")
}
func (s *Service) DeleteUser(ctx context.Context, c Caller, userID string) (*roster.Deleted, error) {
	panic("pending")
}
func (s *Service) MergeUserMetadata(ctx context.Context, c Caller, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	panic("pending")
}
func (s *Service) ReplaceUserMetadata(ctx context.Context, c Caller, userID string, in roster.UpdateMetadata) (*roster.User, error) {
	panic("pending")
}
func (s *Service) BanUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	panic("pending")
}
func (s *Service) UnbanUser(ctx context.Context, c Caller, userID string) (*roster.User, error) {
	panic("pending")
}

func (s *Service) CreateSession(ctx context.Context, c Caller, in roster.CreateSession) (*roster.Session, error) {
	panic("pending")
}
func (s *Service) Sessions(ctx context.Context, c Caller, q roster.SessionQuery) (roster.Page[roster.Session], error) {
	panic("pending")
}
func (s *Service) Session(ctx context.Context, c Caller, sessionID string) (*roster.Session, error) {
	panic("pending")
}
func (s *Service) RevokeSession(ctx context.Context, c Caller, sessionID string) (*roster.Session, error) {
	panic("pending")
}

// Instance is one tenant of the server. Times are Unix milliseconds.
type Instance struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Environment string `json:"environment_type"`
	CreatedAt   int64  `json:"created_at"`
}

// Key is a secret key without its secret: Hint is its kind and last four characters.
type Key struct {
	ID         string `json:"id"`
	InstanceID string `json:"instance_id"`
	Name       string `json:"name"`
	Hint       string `json:"hint"`
	CreatedAt  int64  `json:"created_at"`
	RevokedAt  int64  `json:"revoked_at,omitzero"`
}

// CreateInstance: secretKey "" generates one for the environment; the returned secret is shown once. Its prefix decides the environment when given.
func (s *Service) CreateInstance(ctx context.Context, name, environment, secretKey string) (inst Instance, secret string, err error) {
	panic("pending")
}
func (s *Service) Instances(ctx context.Context) ([]Instance, error) { panic("pending") }
func (s *Service) CreateKey(ctx context.Context, instanceID, name, secretKey string) (k Key, secret string, err error) {
	panic("pending")
}
func (s *Service) Keys(ctx context.Context, instanceID string) ([]Key, error) { panic("pending") }
func (s *Service) RevokeKey(ctx context.Context, keyID string) (Key, error)   { panic("pending") }
