package roster

import "net/url"

// System role keys.
const (
	RoleAdmin  = "org:admin"
	RoleMember = "org:member"
)

// MaxRolePermissions is how many permissions a role may hold: every membership
// that shows it shows them all.
const MaxRolePermissions = 500

// Role names a set of permissions. It is creator eligible while it holds the
// ElevatedPermissions. Times are Unix milliseconds.
type Role struct {
	Object            string       `json:"object"`
	ID                string       `json:"id"`
	Name              string       `json:"name"`
	Key               string       `json:"key"`
	Description       *string      `json:"description"`
	IsCreatorEligible bool         `json:"is_creator_eligible"`
	Permissions       []Permission `json:"permissions"`
	CreatedAt         int64        `json:"created_at"`
	UpdatedAt         int64        `json:"updated_at"`
}

// RoleOrders are the attributes roles sort by. The default is Desc("created_at").
var RoleOrders = []string{"created_at", "name", "key"}

// RoleQuery chooses roles. Query matches the exact id or a part of name or key.
type RoleQuery struct {
	OrderBy Order
	Paging

	Query string
}

// Values is the query string of the list.
func (q RoleQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	setText(v, "query", q.Query)
	return v
}

// CreateRole makes a role; Name and Key are required. Key is org: and lowercase
// letters, digits and underscores; Permissions are ids.
type CreateRole struct {
	Name                    string        `json:"name"`
	Key                     string        `json:"key"`
	Description             Field[string] `json:"description,omitzero"`
	Permissions             []string      `json:"permissions,omitzero"`
	IncludeInInitialRoleSet Field[bool]   `json:"include_in_initial_role_set,omitzero"`
}

// UpdateRole changes what is present. Permissions, by id, replace those the role
// has; nil leaves them alone, an empty list takes all away.
type UpdateRole struct {
	Name        Field[string] `json:"name,omitzero"`
	Key         Field[string] `json:"key,omitzero"`
	Description Field[string] `json:"description,omitzero"`
	Permissions []string      `json:"permissions,omitzero"`
}

// ElevatedPermissions are those of which an organization should always have one
// member holding all; a creator role must carry them.
var ElevatedPermissions = []string{"org:sys_memberships:read", "org:sys_memberships:manage", "org:sys_profile:delete"}

// SystemRole is a role every instance starts with.
type SystemRole struct {
	Key, Name, Description string
	CreatorEligible        bool
	Permissions            []string
}

// SystemRoles are what every instance starts with.
var SystemRoles = []SystemRole{
	{RoleAdmin, "Admin", "May do everything in the organization.", true, permissionKeys(SystemPermissions)},
	{RoleMember, "Member", "May see the organization's members.", false, []string{"org:sys_memberships:read", "org:sys_billing:read"}},
}

func permissionKeys(ps []SystemPermission) []string {
	keys := make([]string, len(ps))
	for i, p := range ps {
		keys[i] = p.Key
	}
	return keys
}
