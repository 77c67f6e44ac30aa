package roster

import "net/url"

// MaxNameLength is the most characters a name may have.
const MaxNameLength = 256

// Organization is a tenant of the instance. Times are Unix milliseconds.
// MaxAllowedMemberships 0 means unlimited. The counters are present only where
// asked for, and LogoURL, the ImageURL, only in answer to an upload. RoleSetKey names the roles its members may have.
type Organization struct {
	Object                               string   `json:"object"`
	ID                                   string   `json:"id"`
	Name                                 string   `json:"name"`
	Slug                                 string   `json:"slug"`
	ImageURL                             string   `json:"image_url"`
	HasImage                             bool     `json:"has_image"`
	LogoURL                              string   `json:"logo_url,omitzero"`
	MembersCount                         *int64   `json:"members_count,omitzero"`
	PendingInvitationsCount              *int64   `json:"pending_invitations_count,omitzero"`
	MissingMemberWithElevatedPermissions *bool    `json:"missing_member_with_elevated_permissions,omitzero"`
	MaxAllowedMemberships                int64    `json:"max_allowed_memberships"`
	AdminDeleteEnabled                   bool     `json:"admin_delete_enabled"`
	RoleSetKey                           string   `json:"role_set_key"`
	PublicMetadata                       Metadata `json:"public_metadata"`
	PrivateMetadata                      Metadata `json:"private_metadata,omitzero"`
	CreatedBy                            string   `json:"created_by,omitzero"`
	CreatedAt                            int64    `json:"created_at"`
	UpdatedAt                            int64    `json:"updated_at"`
}

// OrganizationOrders are the attributes organizations sort by. The default is
// Desc("created_at").
var OrganizationOrders = []string{"name", "created_at", "members_count"}

// OrganizationInclude asks for attributes that are left out otherwise.
type OrganizationInclude struct {
	MembersCount                         bool
	MissingMemberWithElevatedPermissions bool
}

// Values is the query string of the request.
func (i OrganizationInclude) Values() url.Values {
	v := url.Values{}
	if i.MembersCount {
		v.Set("include_members_count", "true")
	}
	if i.MissingMemberWithElevatedPermissions {
		v.Set("include_missing_member_with_elevated_permissions", "true")
	}
	return v
}

// OrganizationQuery chooses organizations. Query matches the exact id or a part
// of name or slug; UserID those with (or without) any of the users as members.
type OrganizationQuery struct {
	OrderBy Order
	Paging
	OrganizationInclude

	Query          string
	UserID         Selection
	OrganizationID Selection
}

// Values is the query string of the list.
func (q OrganizationQuery) Values() url.Values {
	v := q.OrganizationInclude.Values()
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	setText(v, "query", q.Query)
	q.UserID.values(v, "user_id")
	q.OrganizationID.values(v, "organization_id")
	return v
}

// CreateOrganization makes an organization; Name is required. CreatedBy becomes
// its first member, with the creator role. CreatedAt is RFC 3339.
type CreateOrganization struct {
	Name                  string        `json:"name"`
	CreatedBy             Field[string] `json:"created_by,omitzero"`
	Slug                  Field[string] `json:"slug,omitzero"`
	MaxAllowedMemberships Field[int64]  `json:"max_allowed_memberships,omitzero"`
	PublicMetadata        Metadata      `json:"public_metadata,omitzero"`
	PrivateMetadata       Metadata      `json:"private_metadata,omitzero"`
	CreatedAt             Field[string] `json:"created_at,omitzero"`
	RoleSetKey            Field[string] `json:"role_set_key,omitzero"`
}

// UpdateOrganization changes what is present. The metadata fields replace, and
// only API versions before VersionMetadataEndpoints take them.
type UpdateOrganization struct {
	Name                  Field[string] `json:"name,omitzero"`
	Slug                  Field[string] `json:"slug,omitzero"`
	MaxAllowedMemberships Field[int64]  `json:"max_allowed_memberships,omitzero"`
	AdminDeleteEnabled    Field[bool]   `json:"admin_delete_enabled,omitzero"`
	CreatedAt             Field[string] `json:"created_at,omitzero"`
	RoleSetKey            Field[string] `json:"role_set_key,omitzero"`
	PublicMetadata        Metadata      `json:"public_metadata,omitzero"`
	PrivateMetadata       Metadata      `json:"private_metadata,omitzero"`
}

// PublicOrganizationData is what those may see of an organization who are not in
// it yet.
type PublicOrganizationData struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Slug     string `json:"slug"`
	ImageURL string `json:"image_url"`
	HasImage bool   `json:"has_image"`
}

// Public is what everybody may see of the organization.
func (o *Organization) Public() *PublicOrganizationData {
	return &PublicOrganizationData{ID: o.ID, Name: o.Name, Slug: o.Slug, ImageURL: o.ImageURL, HasImage: o.HasImage}
}
