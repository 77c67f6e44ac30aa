package service

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// emit appends the event of a change to the outbox, in the change's transaction.
func (t *tx) emit(eventType string, data any) error {
	e, err := t.event(eventType, data)
	if err != nil {
		return err
	}
	return t.AppendEvents(e)
}

// event is a change as it is told.
func (t *tx) event(eventType string, data any) (store.Event, error) {
	payload, err := json.Marshal(roster.EventOf[any]{
		Data: data,
		Attributes: roster.EventAttributes{HTTPRequest: roster.EventRequest{
			ClientIP: t.caller.ClientIP, UserAgent: t.caller.UserAgent,
		}},
		InstanceID: t.Instance,
		Object:     "event",
		Timestamp:  t.Now,
		Type:       eventType,
	}, json.Deterministic(true))
	if err != nil {
		return store.Event{}, fmt.Errorf("encode %s: %w", eventType, err)
	}
	return store.Event{ID: t.id(roster.PrefixEvent), Type: eventType, Payload: string(payload)}, nil
}

// emitMembership appends the event of one membership.
func (t *tx) emitMembership(eventType string, m roster.Membership) error {
	n, err := t.Counts(m.Organization.ID)
	if err != nil {
		return err
	}
	return t.emit(eventType, told(m, n))
}

// emitMemberships appends the events of memberships of one organization, with
// its counters.
func (t *tx) emitMemberships(eventType string, list []roster.Membership, n store.Counts) error {
	events := make([]store.Event, len(list))
	for i, m := range list {
		var err error
		if events[i], err = t.event(eventType, told(m, n)); err != nil {
			return err
		}
	}
	return t.AppendEvents(events...)
}

// emitOrganizations appends the events of organizations.
func (t *tx) emitOrganizations(eventType string, list []*roster.Organization) error {
	events := make([]store.Event, len(list))
	for i, o := range list {
		var err error
		if events[i], err = t.event(eventType, o); err != nil {
			return err
		}
	}
	return t.AppendEvents(events...)
}

// told is a membership as Clerk tells it: the organization with its counters and
// without its creator, and private metadata on no level.
func told(m roster.Membership, n store.Counts) roster.Membership {
	o := *m.Organization
	o.MembersCount, o.PendingInvitationsCount = &n.Members, &n.Pending
	o.CreatedBy, o.PrivateMetadata = "", nil
	m.Organization, m.PrivateMetadata = &o, nil
	return m
}

// sessionEvent is the data of a session's event: the session and its user.
type sessionEvent struct {
	roster.Session
	User *roster.User `json:"user"`
}

func (t *tx) emitSession(eventType string, s roster.Session, u *roster.User) error {
	return t.emit(eventType, sessionEvent{Session: s, User: u})
}
