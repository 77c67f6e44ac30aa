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
