package roster

import "github.com/go-json-experiment/json/jsontext"

// Event types.
const (
	EventOrganizationCreated = "organization.created"
	EventOrganizationUpdated = "organization.updated"
	EventOrganizationDeleted = "organization.deleted"
	EventMembershipCreated   = "organizationMembership.created"
	EventMembershipUpdated   = "organizationMembership.updated"
	EventMembershipDeleted   = "organizationMembership.deleted"
	EventDomainCreated       = "organizationDomain.created"
	EventDomainUpdated       = "organizationDomain.updated"
	EventDomainDeleted       = "organizationDomain.deleted"
	EventInvitationCreated   = "organizationInvitation.created"
	EventInvitationRevoked   = "organizationInvitation.revoked"
	EventInvitationAccepted  = "organizationInvitation.accepted"
	EventEmailCreated        = "email.created"
	EventTextMessageCreated  = "sms.created"
	EventPermissionCreated   = "permission.created"
	EventPermissionUpdated   = "permission.updated"
	EventPermissionDeleted   = "permission.deleted"
	EventRoleCreated         = "role.created"
	EventRoleUpdated         = "role.updated"
	EventRoleDeleted         = "role.deleted"
	EventUserCreated         = "user.created"
	EventUserUpdated         = "user.updated"
	EventUserDeleted         = "user.deleted"
	EventSessionCreated      = "session.created"
	EventSessionRemoved      = "session.removed"
	EventSessionRevoked      = "session.revoked"
)

// Event is the body of a webhook as it comes.
type Event = EventOf[jsontext.Value]

// EventOf is the body of a webhook: what changed, and whose request changed it.
// Timestamp is in Unix milliseconds.
type EventOf[T any] struct {
	Data       T               `json:"data"`
	Attributes EventAttributes `json:"event_attributes"`
	InstanceID string          `json:"instance_id"`
	Object     string          `json:"object"`
	Timestamp  int64           `json:"timestamp"`
	Type       string          `json:"type"`
}

// EventAttributes tells of the request behind an event.
type EventAttributes struct {
	HTTPRequest EventRequest `json:"http_request"`
}

// EventRequest is the client that made the request.
type EventRequest struct {
	ClientIP  string `json:"client_ip"`
	UserAgent string `json:"user_agent"`
}
