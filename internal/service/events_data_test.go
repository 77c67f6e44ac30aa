package service_test

import (
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

var cmpEmpty = cmpopts.EquateEmpty()

// object is a resource or an event's data as JSON.
type object = map[string]any

func asObject(t testing.TB, v any) object {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out object
	if err := json.Unmarshal(text, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestEventData compares the last event of each change with what the change
// answered.
func TestEventData(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		for _, op := range operations {
			if op.fails || len(op.want) == 0 || op.want[len(op.want)-1] == roster.EventEmailCreated { // which tells of a mail
				continue
			}
			t.Run(op.name, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, st)
				answer, err := op.do(s, t)
				if err != nil {
					t.Fatal(err)
				}
				events := s.told(t)
				last := events[len(events)-1]
				want := asObject(t, answer)
				if want["object"] == "role_set" { // which nobody is told of
					want = s.affected(t, last.Type)
				}
				switch last.Type {
				case roster.EventMembershipCreated:
					if want["object"] == "organization" { // of the creator
						m, err := s.Membership(t.Context(), s.caller, want["id"].(string), s.stranger.ID)
						if err != nil {
							t.Fatal(err)
						}
						want = asObject(t, m)
					}
					tellMembership(t, s, want)
				case roster.EventMembershipUpdated, roster.EventMembershipDeleted:
					tellMembership(t, s, want)
				case roster.EventSessionCreated, roster.EventSessionRevoked:
					tellUser(t, s, want)
				}
				if diff := cmp.Diff(want, asObject(t, last.Data)); diff != "" {
					t.Errorf("%s: -want +got:\n%s", last.Type, diff)
				}
			})
		}
	})
}

// affected is what a change of the branch's role set is told of: the branch or its
// member.
func (s *stage) affected(t testing.TB, eventType string) object {
	t.Helper()
	m, err := s.Membership(t.Context(), s.caller, s.branch.ID, s.clerk.ID)
	if err != nil {
		t.Fatal(err)
	}
	if eventType == roster.EventMembershipUpdated {
		return asObject(t, m)
	}
	return asObject(t, m.Organization)
}

// tellMembership makes of an answered membership what its event tells: the counters
// of the organization, but not its creator, and nothing private.
func tellMembership(t testing.TB, s *stage, m object) {
	t.Helper()
	o := m["organization"].(object)
	out, err := s.Service.Organization(t.Context(), s.caller, o["id"].(string), roster.OrganizationInclude{MembersCount: true})
	if err != nil {
		t.Fatal(err)
	}
	if m["private_metadata"] == nil || o["private_metadata"] == nil {
		t.Error("the answer itself has private metadata")
	}
	o["members_count"], o["pending_invitations_count"] = float64(*out.MembersCount), 0.0
	if out.ID == s.org.ID {
		o["pending_invitations_count"] = 1.0 // s.invitation
	}
	delete(o, "created_by")
	delete(o, "private_metadata")
	delete(m, "private_metadata")
}

// tellUser adds the user to a session.
func tellUser(t testing.TB, s *stage, session object) {
	t.Helper()
	u, err := s.User(t.Context(), s.caller, session["user_id"].(string))
	if err != nil {
		t.Fatal(err)
	}
	session["user"] = asObject(t, u)
}

// What a cascade tells of each thing that goes is that thing as it was.
func TestEventDataOfCascade(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := newStage(t, e.Open(t))
		m, err := s.Membership(t.Context(), s.caller, s.org.ID, s.member.ID)
		if err != nil {
			t.Fatal(err)
		}
		before := len(s.told(t))
		if _, err := s.DeleteUser(t.Context(), s.caller, s.member.ID); err != nil {
			t.Fatal(err)
		}
		events := s.told(t)[before:]
		membership := asObject(t, m)
		tellMembership(t, s, membership)
		session := asObject(t, s.session)
		session["status"], session["updated_at"] = roster.SessionRemoved, float64(s.clock.Load())
		session["last_active_organization_id"] = nil // it left with the membership
		user := asObject(t, events[1].Data)["user"].(object)
		session["user"] = user
		want := []object{membership, session, {"object": "user", "id": s.member.ID, "external_id": "ext", "deleted": true}}
		for i, e := range events {
			if diff := cmp.Diff(want[i], asObject(t, e.Data)); diff != "" {
				t.Errorf("%s: -want +got:\n%s", e.Type, diff)
			}
		}
		if user["id"] != s.member.ID {
			t.Errorf("session of user %v", user["id"])
		}
	})
}

func TestEventDataOfCreator(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := newStage(t, e.Open(t))
		for _, e := range s.told(t) {
			if e.Type != roster.EventOrganizationCreated {
				continue
			}
			data := asObject(t, e.Data)
			if data["created_by"] != s.admin.ID || data["private_metadata"].(object)["secret"] != 1.0 || data["members_count"] != nil {
				t.Errorf("data %v", data)
			}
		}
	})
}
