package roster

import "net/url"

// Lengths of what a role or permission is called, in characters.
const (
	MaxKeyLength         = 256
	MaxDescriptionLength = 1024
)

// Types of permissions.
const (
	PermissionSystem = "system" // every instance has it, and nobody changes it
	PermissionUser   = "user"   // the instance's own
)

// Permission allows one action on one feature. Type is PermissionSystem or
// PermissionUser. Times are Unix milliseconds.
type Permission struct {
	Object      string `json:"object"`
	ID          string `json:"id"`
	Name        string `json:"name"`
	Key         string `json:"key"`
	Description string `json:"description"`
	Type        string `json:"type"`
	CreatedAt   int64  `json:"created_at"`
	UpdatedAt   int64  `json:"updated_at"`
}

// SystemPermission is a permission every instance starts with.
type SystemPermission struct{ Key, Name, Description string }

// SystemPermissions are what every instance starts with, in the order they are
// attached to the admin role.
var SystemPermissions = []SystemPermission{
	{"org:sys_profile:manage", "Manage organization", "Change the organization's name, logo and settings."},
	{"org:sys_profile:delete", "Delete organization", "Delete the organization."},
	{"org:sys_memberships:read", "Read members", "See who belongs to the organization."},
	{"org:sys_memberships:manage", "Manage members", "Add, change, invite and remove members."},
	{"org:sys_domains:read", "Read domains", "See the organization's domains."},
	{"org:sys_domains:manage", "Manage domains", "Add, change and remove the organization's domains."},
	{"org:sys_billing:read", "Read billing", "See plans, statements and payments."},
	{"org:sys_billing:manage", "Manage billing", "Change plans and payment sources."},
	{"org:sys_entconns:manage", "Manage enterprise connections", "Add, change and remove enterprise connections."},
}

// PermissionOrders are the attributes permissions sort by. The default is
// Desc("created_at").
var PermissionOrders = []string{"created_at", "name", "key"}

// PermissionQuery chooses permissions. Query matches the exact id or a part of
// name or key.
type PermissionQuery struct {
	OrderBy Order
	Paging

	Query string
}

// Values is the query string of the list.
func (q PermissionQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	setText(v, "query", q.Query)
	return v
}

// CreatePermission makes a permission; Name and Key are required. Key is
// org:feature:action, where feature does not start with sys_.
type CreatePermission struct {
	Name        string        `json:"name"`
	Key         string        `json:"key"`
	Description Field[string] `json:"description,omitzero"`
}

// UpdatePermission changes what is present.
type UpdatePermission struct {
	Name        Field[string] `json:"name,omitzero"`
	Key         Field[string] `json:"key,omitzero"`
	Description Field[string] `json:"description,omitzero"`
}
