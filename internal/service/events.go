package service

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/rosterhq/roster"
)

// emit appends the event of a change to the outbox, in the change's transaction.
func (t *tx) emit(eventType string, data any) error {
	encoded, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("encode %s: %w", eventType, err)
	}
	payload, err := json.Marshal(roster.Event{
		Data: jsontext.Value(encoded),
		Attributes: roster.EventAttributes{HTTPRequest: roster.EventRequest{
			ClientIP: t.caller.ClientIP, UserAgent: t.caller.UserAgent,
		}},
		InstanceID: t.Instance,
		Object:     "event",
		Timestamp:  t.Now,
		Type:       eventType,
	})
	if err != nil {
		return fmt.Errorf("encode %s: %w", eventType, err)
	}
	return t.AppendEvent(t.id(roster.PrefixEvent), eventType, string(payload))
}

// emitMembership appends a membership's event as Clerk sends it: the organization
// with its counters and without its creator, and private metadata on no level.
func (t *tx) emitMembership(eventType string, m roster.Membership) error {
	members, err := t.CountMembers(m.Organization.ID)
	if err != nil {
		return err
	}
	var pending int64
	o := *m.Organization
	o.MembersCount, o.PendingInvitationsCount = &members, &pending
	o.CreatedBy, o.PrivateMetadata = "", nil
	m.Organization, m.PrivateMetadata = &o, nil
	return t.emit(eventType, m)
}

// sessionEvent is the data of a session's event: the session and its user.
type sessionEvent struct {
	roster.Session
	User *roster.User `json:"user"`
}

func (t *tx) emitSession(eventType string, s roster.Session, u *roster.User) error {
	return t.emit(eventType, sessionEvent{Session: s, User: u})
}
