package service_test

import (
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// stage is a small directory to act on: an organization that admin created and
// member joined, a session of member's in it, and stranger, who is in none. Each
// has an external id or metadata of every kind, to be told or to be kept. A role
// that nobody has holds a permission; nothing holds the spare one.
type stage struct {
	*world
	org                     *roster.Organization
	admin, member, stranger *roster.User
	session                 *roster.Session
	domain                  *roster.OrganizationDomain
	role                    roster.Role
	permission, spare       roster.Permission
	roles                   roster.RoleSet // of the branch, where the clerk is org:clerk
	branch                  *roster.Organization
	clerk                   *roster.User
	invitation              *roster.Invitation
	newcomer                *roster.User             // has an address that is not verified …
	code                    *roster.CodeVerification // … to which a code was sent, that of test mode
	rand                    *limited
}

// limited is randomness that ends after a number of reads.
type limited struct {
	io.Reader
	left atomic.Int64
}

var errNoRandomness = errors.New("no randomness")

func (l *limited) Read(p []byte) (int, error) {
	if l.left.Add(-1) < 0 {
		return 0, errNoRandomness
	}
	return l.Reader.Read(p)
}

func newStage(t testing.TB, st *store.Store) *stage {
	t.Helper()
	s := &stage{rand: &limited{Reader: rand.Reader}}
	s.rand.left.Store(1 << 40)
	s.world = newInstance(t, st, service.Options{Rand: s.rand})
	secret := roster.Metadata(`{"secret":1}`)
	s.admin = s.user(t, roster.CreateUser{PrivateMetadata: secret})
	s.member = s.user(t, roster.CreateUser{PrivateMetadata: secret, PasswordHasher: roster.Value("md5"), PasswordDigest: roster.Value("0e2ed0b3a4fae53ee9c58d21cc7b3c10"),
		TOTPSecret: roster.Value(totpSecret), BackupCodes: []string{"spare"}, ExternalID: roster.Value("ext"), EmailAddress: []string{"a@x.io", "b@x.io"}})
	s.stranger = s.user(t, roster.CreateUser{})
	s.org = s.organization(t, roster.CreateOrganization{CreatedBy: roster.Value(s.admin.ID), PrivateMetadata: secret, PublicMetadata: roster.Metadata(`{"p":1}`)})
	in := roster.CreateMembership{UserID: s.member.ID, Role: roster.RoleMember, PublicMetadata: roster.Metadata(`{"p":1}`), PrivateMetadata: secret}
	if _, err := s.CreateMembership(t.Context(), s.caller, s.org.ID, in); err != nil {
		t.Fatal(err)
	}
	s.session = s.world.session(t, s.member)
	s.permission, s.spare = s.world.permission(t, "org:drafts:write"), s.world.permission(t, "org:drafts:print")
	s.role = s.world.role(t, "org:editor", s.permission)
	d, err := s.CreateDomain(t.Context(), s.caller, s.org.ID, roster.CreateOrganizationDomain{Name: "acme.example"})
	if err != nil {
		t.Fatal(err)
	}
	s.domain = d
	clerk := s.world.role(t, "org:clerk")
	s.roles = s.roleSet(t, "Branches", roster.RoleAdmin, roster.RoleMember, clerk.Key)
	s.branch = s.organization(t, roster.CreateOrganization{RoleSetKey: roster.Value(s.roles.Key), CreatedBy: roster.Value(s.admin.ID), PrivateMetadata: secret})
	s.clerk = s.world.member(t, s.branch, clerk.Key)
	s.invitation = s.world.invite(t, s.org, roster.CreateInvitation{EmailAddress: "invited@x.io", Role: roster.RoleMember})
	s.newcomer = s.user(t, roster.CreateUser{Username: roster.Value("newcomer")})
	s.addAddress(t, s.newcomer, "new+clerk_test@x.io")
	s.code = s.prepare(t, s.newcomer.EmailAddresses[0].ID)
	s.clock.Add(1000)
	return s
}

// told lists the events of the instance, oldest first.
func (w *world) told(t testing.TB) []roster.Event {
	t.Helper()
	payloads, err := w.store.Events(t.Context(), w.caller.InstanceID, 1000)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]roster.Event, len(payloads))
	for i, p := range payloads {
		if err := json.Unmarshal([]byte(p), &out[i]); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func typesOf(events []roster.Event) []string {
	out := []string{}
	for _, e := range events {
		out = append(out, e.Type)
	}
	return out
}

func TestEventsOfOperations(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		for _, op := range operations {
			t.Run(op.name, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, st)
				before := len(s.told(t))
				if _, err := op.do(s, t); (err != nil) != op.fails {
					t.Fatal(err)
				}
				events := s.told(t)[before:]
				if diff := cmp.Diff(op.want, typesOf(events), cmpEmpty); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				for _, e := range events {
					want := roster.EventAttributes{HTTPRequest: roster.EventRequest{ClientIP: "127.0.0.1", UserAgent: "test"}}
					if e.InstanceID != s.caller.InstanceID || e.Object != "event" || e.Timestamp != s.clock.Load() || e.Attributes != want {
						t.Errorf("envelope %+v", e)
					}
				}
			})
		}
	})
}

// Whatever id of a change or of its events cannot be made, nothing of the change
// stays and nothing is told: they are one transaction.
func TestEventsAreOneWithTheirChange(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		for _, op := range operations {
			if op.fails || len(op.want) == 0 {
				continue
			}
			t.Run(op.name, func(t *testing.T) {
				t.Parallel()
				s := newStage(t, st)
				before, events := s.snapshot(t), len(s.told(t))
				for reads := range int64(100) {
					s.rand.left.Store(reads)
					_, err := op.do(s, t)
					if err == nil {
						if reads < int64(len(op.want)) {
							t.Errorf("succeeded with %d ids for %d events", reads, len(op.want))
						}
						return
					}
					if !errors.Is(err, errNoRandomness) {
						t.Fatal(err)
					}
					if got := len(s.told(t)); got != events {
						t.Fatalf("%d reads: %d events of a change that failed", reads, got-events)
					}
					if diff := cmp.Diff(before, s.snapshot(t)); diff != "" {
						t.Fatalf("%d reads: a failed change left (-before +after):\n%s", reads, diff)
					}
				}
				t.Error("never succeeded")
			})
		}
	})
}

// snapshot is all that the instance's lists tell.
func (w *world) snapshot(t testing.TB) string {
	t.Helper()
	ctx, c, page := t.Context(), w.caller, roster.Paging{Limit: 500}
	users, err1 := w.Users(ctx, c, roster.UserQuery{Paging: page})
	organizations, err2 := w.Organizations(ctx, c, roster.OrganizationQuery{Paging: page, OrganizationInclude: roster.OrganizationInclude{MembersCount: true}})
	members, err3 := w.InstanceMemberships(ctx, c, roster.MembershipQuery{Paging: page})
	sessions, err4 := w.Sessions(ctx, c, roster.SessionQuery{Paging: page})
	roles, err5 := w.Roles(ctx, c, roster.RoleQuery{Paging: page})
	permissions, err6 := w.Permissions(ctx, c, roster.PermissionQuery{Paging: page})
	roleSets, err7 := w.RoleSets(ctx, c, roster.RoleSetQuery{Paging: page})
	text, err8 := json.Marshal([]any{users, organizations, members, sessions, roles, permissions, roleSets}, jsontext.WithIndent(" "))
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The events come in the order of the changes, across operations too.
func TestEventsKeepTheirOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		s := newStage(t, e.Open(t))
		if _, err := s.DeleteOrganization(t.Context(), s.caller, s.org.ID); err != nil {
			t.Fatal(err)
		}
		got := typesOf(s.told(t))
		want := slices.Concat(slices.Repeat([]string{roster.EventUserCreated}, 3), []string{
			roster.EventOrganizationCreated, roster.EventMembershipCreated, roster.EventMembershipCreated, roster.EventSessionCreated,
			roster.EventPermissionCreated, roster.EventPermissionCreated, roster.EventRoleCreated, roster.EventDomainCreated,
			roster.EventRoleCreated, roster.EventOrganizationCreated, roster.EventMembershipCreated, roster.EventUserCreated, roster.EventMembershipCreated, roster.EventInvitationCreated, roster.EventEmailCreated,
			roster.EventUserCreated, roster.EventUserUpdated,
			roster.EventMembershipDeleted, roster.EventMembershipDeleted, roster.EventOrganizationDeleted,
		})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
