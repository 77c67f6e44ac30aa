package roster

// System role keys.
const (
	RoleAdmin  = "org:admin"
	RoleMember = "org:member"
)

// Role names a set of permissions. Times are Unix milliseconds.
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

// Permission allows one action on one feature. Type is system or user.
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
