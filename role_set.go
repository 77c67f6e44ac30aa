package roster

import "net/url"

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

// How many roles, role sets and domains (of one organization) there may be until
// the instance says otherwise.
const (
	DefaultMaxRoles    = 10
	DefaultMaxRoleSets = 10
	DefaultMaxDomains  = 10
)

// MaxRoleSetRoles is how many roles a role set may have.
const MaxRoleSetRoles = 10

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

// Role is the set's role with a key, nil when it has none.
func (s *RoleSet) Role(key string) *RoleSetItem {
	for i := range s.Roles {
		if s.Roles[i].Key == key {
			return &s.Roles[i]
		}
	}
	return nil
}

// RoleSetItem is a role as a part of a role set. The counters are of the members
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

// RoleSetOrders are the attributes role sets sort by. The default is
// Desc("created_at").
var RoleSetOrders = []string{"created_at", "name", "key"}

// RoleSetQuery chooses role sets. Query matches the exact id or a part of name or
// key.
type RoleSetQuery struct {
	OrderBy Order
	Paging

	Query string
}

// Values is the query string of the list.
func (q RoleSetQuery) Values() url.Values {
	v := url.Values{}
	setText(v, "order_by", q.OrderBy.String())
	q.Paging.values(v)
	setText(v, "query", q.Query)
	return v
}

// CreateRoleSet makes a role set; Name, DefaultRoleKey, CreatorRoleKey and Roles
// (1 to 10 keys of roles, those two among them) are required. Key is role_set: and
// lowercase letters, digits and underscores; without one it is made of the name.
// Type RoleSetInitial makes it the one that new organizations get.
type CreateRoleSet struct {
	Name           string        `json:"name"`
	Key            Field[string] `json:"key,omitzero"`
	Description    Field[string] `json:"description,omitzero"`
	DefaultRoleKey string        `json:"default_role_key"`
	CreatorRoleKey string        `json:"creator_role_key"`
	Type           Field[string] `json:"type,omitzero"`
	Roles          []string      `json:"roles"`
}

// UpdateRoleSet changes what is present. Type can only become RoleSetInitial; what
// was so before becomes RoleSetCustom. A null description takes it away.
type UpdateRoleSet struct {
	Name           Field[string] `json:"name,omitzero"`
	Key            Field[string] `json:"key,omitzero"`
	Description    Field[string] `json:"description,omitzero"`
	Type           Field[string] `json:"type,omitzero"`
	DefaultRoleKey Field[string] `json:"default_role_key,omitzero"`
	CreatorRoleKey Field[string] `json:"creator_role_key,omitzero"`
}

// AddRoles puts 1 to 10 roles, by key, into a role set, behind those it has.
// DefaultRoleKey and CreatorRoleKey name one of the set's roles, new or old.
type AddRoles struct {
	RoleKeys       []string      `json:"role_keys"`
	DefaultRoleKey Field[string] `json:"default_role_key,omitzero"`
	CreatorRoleKey Field[string] `json:"creator_role_key,omitzero"`
}

// RemoveRoles takes 1 to 10 roles, by key, out of a role set.
type RemoveRoles struct {
	RoleKeys []string `json:"role_keys"`
}

// ReplaceRole takes the role RoleKey out of a role set; members who have it get
// ToRoleKey, which takes its place in the set if it is not there already.
type ReplaceRole struct {
	RoleKey   string `json:"role_key"`
	ToRoleKey string `json:"to_role_key"`
}

// ReplaceRoleSet deletes a role set; its organizations get the one with the key
// DestRoleSetKey. ReassignmentMappings says, by keys, which role of that members
// get instead of theirs; it is required for roles that the other set lacks and that
// somebody has.
type ReplaceRoleSet struct {
	DestRoleSetKey       string            `json:"dest_role_set_key"`
	ReassignmentMappings map[string]string `json:"reassignment_mappings,omitzero"`
}
