package roster

// Types of role sets. New organizations get the initial one, of which an instance
// has exactly one.
const (
	RoleSetInitial = "initial"
	RoleSetCustom  = "custom"
)

// The role set every instance starts with.
const (
	InitialRoleSetKey  = "role_set:default"
	InitialRoleSetName = "Default"
)

// RoleSet is the roles that members of an organization may have. DefaultRole is
// what new members get when nobody chooses, CreatorRole what creators get; both are
// among Roles. Times are Unix milliseconds.
type RoleSet struct {
	Object      string        `json:"object"`
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Key         string        `json:"key"`
	Description *string       `json:"description"`
	Roles       []RoleSetItem `json:"roles"`
	DefaultRole *RoleSetItem  `json:"default_role"`
	CreatorRole *RoleSetItem  `json:"creator_role"`
	Type        string        `json:"type"`
	CreatedAt   int64         `json:"created_at"`
	UpdatedAt   int64         `json:"updated_at"`
}

// RoleSetItem is a role as a member of a role set. The counters are of the members
// of the organizations that have the set. ID and times are the role's.
type RoleSetItem struct {
	Object       string  `json:"object"`
	ID           string  `json:"id"`
	Name         string  `json:"name"`
	Key          string  `json:"key"`
	Description  *string `json:"description"`
	MembersCount int64   `json:"members_count"`
	HasMembers   bool    `json:"has_members"`
	CreatedAt    int64   `json:"created_at"`
	UpdatedAt    int64   `json:"updated_at"`
}

// How many roles, role sets and domains (of one organization) there may be until
// the instance says otherwise.
const (
	DefaultMaxRoles    = 10
	DefaultMaxRoleSets = 10
	DefaultMaxDomains  = 10
)
