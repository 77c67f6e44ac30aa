package e2e

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rosterhq/roster"
)

// schedule is two requests at once, and what may come of them.
type schedule struct {
	name    string
	prepare func(*scene) error
	// hold makes PostgreSQL keep rows from the requests, so that the first waits in
	// the middle of its work while the second arrives; ahead is what then comes of
	// them. SQLite has one writer, which is held instead.
	hold          func(*scene) (string, []any)
	first, second request
	ahead         [2]roster.Code
	// behind is what comes of them when the second was first.
	behind [2]roster.Code
	after  func(*scene) error
}

const (
	taken    = roster.CodeAlreadyAMember
	missing  = roster.CodeResourceNotFound
	full     = roster.CodeMembershipQuotaExceeded
	lastOne  = roster.CodeMinimumPermissionsNeeded
	existing = roster.CodeIdentifierExists
	assigned = roster.CodeRoleAssigned
	held     = roster.CodeRoleOnSetAssigned
)

type codes = [2]roster.Code

// schedules are the pairs of requests whose interleavings have gone wrong
// somewhere, or would here without a guard.
var schedules = []schedule{
	{name: "create‖create", hold: userRow(0), first: create(0), second: create(0), ahead: codes{"", taken}, behind: codes{taken, ""}},
	{name: "create past its checks‖create", hold: counts, first: create(0), second: create(0), ahead: codes{"", taken}, behind: codes{taken, ""}},
	{name: "quota‖quota", prepare: quota(1), hold: counts, first: create(0), second: create(1), ahead: codes{"", full}, behind: codes{full, ""}},
	{name: "demote‖demote", prepare: admins, hold: counts, first: demote(0), second: demote(1), ahead: codes{"", lastOne}, behind: codes{lastOne, ""}},
	{name: "demote‖remove", prepare: admins, hold: counts, first: demote(0), second: leave(1), ahead: codes{"", lastOne}, behind: codes{lastOne, ""}},
	{name: "remove‖demote", prepare: admins, hold: counts, first: leave(0), second: demote(1), ahead: codes{"", lastOne}, behind: codes{lastOne, ""}},
	{name: "remove‖remove", prepare: members(0), hold: userRow(0), first: leave(0), second: leave(0), ahead: codes{"", missing}, behind: codes{missing, ""}},
	{name: "create‖delete user", hold: counts, first: create(0), second: deleteUser, behind: codes{missing, ""}},
	{name: "delete user‖create", prepare: elsewhere, hold: countsElsewhere, first: deleteUser, second: create(0), ahead: codes{"", missing}},
	{name: "create‖delete organization", hold: counts, first: create(0), second: deleteOrganization, behind: codes{missing, ""}},
	{name: "delete organization‖create", prepare: members(1), hold: membershipRow(1), first: deleteOrganization, second: create(0), ahead: codes{"", missing}},
	{name: "merge‖merge", prepare: members(0), hold: userRow(0), first: merge("a"), second: merge("b"), after: bothMerged},
	{name: "merge‖change role", prepare: members(0), hold: userRow(0), first: merge("a"), second: promote, after: mergedAndPromoted},
	{name: "merge‖remove", prepare: members(0), hold: userRow(0), first: merge("a"), second: leave(0), behind: codes{missing, ""}},
	{name: "create session‖delete organization", prepare: members(0), hold: membershipRow(0), first: createSession, second: deleteOrganization},
	{name: "delete organization‖create session", prepare: members(0), hold: membershipRow(0), first: deleteOrganization, second: createSession},
	{name: "create session‖remove", prepare: members(0), hold: userRow(0), first: createSession, second: leave(0)},
	{name: "update user‖create", hold: userRow(0), first: rename, second: create(0), after: showsNewName},
	{name: "create‖update user", hold: counts, first: create(0), second: rename, after: showsNewName},
	{name: "delete organization‖update user", prepare: members(0), hold: membershipRow(0), first: deleteOrganization, second: rename},
	{name: "delete user‖delete organization", prepare: members(0), hold: counts, first: deleteUser, second: deleteOrganization},
	{name: "delete organization‖delete user", prepare: members(0), hold: membershipRow(0), first: deleteOrganization, second: deleteUser},
	{name: "delete organization‖delete organization", prepare: members(0), hold: membershipRow(0), first: deleteOrganization, second: deleteOrganization, ahead: codes{"", missing}, behind: codes{missing, ""}},
	{name: "delete user‖update user", prepare: members(0), hold: counts, first: deleteUser, second: rename, ahead: codes{"", missing}},
	{name: "change role‖delete role", prepare: memberAndRole, hold: membershipRow(0), first: promoteTo, second: deleteRole, ahead: codes{"", assigned}, behind: codes{missing, ""}, after: dropRole},
	{name: "create‖delete role", prepare: aRole, hold: counts, first: createAs, second: deleteRole, ahead: codes{"", assigned}, behind: codes{missing, ""}, after: dropRole},
	{name: "create‖take role out of set", prepare: aRole, hold: counts, first: createAs, second: takeOut, ahead: codes{"", held}, behind: codes{missing, ""}, after: dropRole},
	{name: "claim address‖claim address", hold: addressRow, first: signUp, second: signUp, ahead: codes{"", existing}, behind: codes{existing, ""}},
}

// Rows to hold.

func userRow(i int) func(*scene) (string, []any) {
	return func(sc *scene) (string, []any) {
		return "select id from users where id = $1 for update", []any{sc.users[i]}
	}
}

func membershipRow(i int) func(*scene) (string, []any) {
	return func(sc *scene) (string, []any) {
		return "select id from memberships where organization_id = $1 and user_id = $2 for update", []any{sc.org, sc.users[i]}
	}
}

// countRows are all that members of an organization may be counted in, there or not:
// one of them would do for nobody to wait for.
func countRows(organizationID string) (string, []any) {
	return `insert into member_counts (instance_id, organization_id, role_id, slot, members)
select o.instance_id, o.id, r.id, slot, 0
from organizations o
join roles r on r.instance_id = o.instance_id
cross join generate_series(0, 15) slot
where o.id = $1
on conflict (instance_id, organization_id, role_id, slot) do update
set members = member_counts.members`, []any{organizationID}
}

func counts(sc *scene) (string, []any) { return countRows(sc.org) }

func countsElsewhere(sc *scene) (string, []any) { return countRows(sc.other) }

// addressRow claims the address of signUp for a transaction that will not commit.
func addressRow(sc *scene) (string, []any) {
	return "insert into unique_values (instance_id, kind, value, owner_id) select id, 'email_address', $1, 'nobody' from instances", []any{sc.newcomer()}
}

func (sc *scene) newcomer() string { return strings.ToLower("new-" + sc.users[0] + "@example.com") }

// What comes before.

func members(user int) func(*scene) error {
	return func(sc *scene) error { return sc.join(sc.org, user, roster.RoleMember) }
}

func elsewhere(sc *scene) error { return sc.join(sc.other, 0, roster.RoleMember) }

func admins(sc *scene) error {
	for i := range 2 {
		if err := sc.join(sc.org, i, roster.RoleAdmin); err != nil {
			return err
		}
	}
	return nil
}

// aRole makes a role that nobody has. There can be few: dropRole makes room again.
func aRole(sc *scene) (err error) {
	key := "org:" + strings.ToLower(strings.TrimPrefix(sc.org, roster.PrefixOrganization))
	sc.role, err = sc.nodes[0].OrganizationRoles.Create(sc.ctx, roster.CreateRole{Name: "Spare", Key: key, IncludeInInitialRoleSet: roster.Value(true)})
	return err
}

func memberAndRole(sc *scene) error { return errors.Join(members(0)(sc), aRole(sc)) }

// dropRole removes the role if it is still there, and its member.
func dropRole(sc *scene) error {
	if _, err := sc.nodes[0].OrganizationMemberships.Delete(sc.ctx, sc.org, sc.users[0]); err != nil && !errors.Is(err, missing) {
		return err
	}
	if err := deleteRole(sc.ctx, sc, 0); err != nil && !errors.Is(err, missing) {
		return err
	}
	return nil
}

func quota(n int64) func(*scene) error {
	return func(sc *scene) error {
		_, err := sc.nodes[0].Organizations.Update(sc.ctx, sc.org, roster.UpdateOrganization{MaxAllowedMemberships: roster.Value(n)})
		return err
	}
}

// Requests.

func create(user int) request {
	return func(ctx context.Context, sc *scene, node int) error {
		_, err := sc.nodes[node].OrganizationMemberships.Create(ctx, sc.org, roster.CreateMembership{UserID: sc.users[user], Role: roster.RoleMember})
		return err
	}
}

func createAs(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].OrganizationMemberships.Create(ctx, sc.org, roster.CreateMembership{UserID: sc.users[0], Role: sc.role.Key})
	return err
}

func promoteTo(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].OrganizationMemberships.Update(ctx, sc.org, sc.users[0], roster.UpdateMembership{Role: sc.role.Key})
	return err
}

func deleteRole(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].OrganizationRoles.Delete(ctx, sc.role.ID)
	return err
}

func takeOut(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].RoleSets.RemoveRoles(ctx, roster.InitialRoleSetKey, roster.RemoveRoles{RoleKeys: []string{sc.role.Key}})
	return err
}

func demote(user int) request {
	return func(ctx context.Context, sc *scene, node int) error {
		_, err := sc.oldest[node].OrganizationMemberships.Update(ctx, sc.org, sc.users[user], roster.UpdateMembership{Role: roster.RoleMember})
		return err
	}
}

func leave(user int) request {
	return func(ctx context.Context, sc *scene, node int) error {
		_, err := sc.oldest[node].OrganizationMemberships.Delete(ctx, sc.org, sc.users[user])
		return err
	}
}

func promote(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].OrganizationMemberships.Update(ctx, sc.org, sc.users[0], roster.UpdateMembership{Role: roster.RoleAdmin})
	return err
}

func merge(key string) request {
	return func(ctx context.Context, sc *scene, node int) error {
		data := roster.Metadata(fmt.Sprintf(`{"shared":{%q:true}}`, key))
		_, err := sc.nodes[node].OrganizationMemberships.UpdateMetadata(ctx, sc.org, sc.users[0], roster.UpdateMetadata{PrivateMetadata: data})
		return err
	}
}

func deleteUser(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].Users.Delete(ctx, sc.users[0])
	return err
}

func deleteOrganization(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].Organizations.Delete(ctx, sc.org)
	return err
}

func createSession(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].Sessions.Create(ctx, roster.CreateSession{UserID: sc.users[0]})
	return err
}

func rename(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].Users.Update(ctx, sc.users[0], roster.UpdateUser{FirstName: roster.Value("after")})
	return err
}

func signUp(ctx context.Context, sc *scene, node int) error {
	_, err := sc.nodes[node].Users.Create(ctx, roster.CreateUser{EmailAddress: []string{sc.newcomer()}, SkipPasswordRequirement: true})
	return err
}

// What must be true after.

func bothMerged(sc *scene) error {
	m, err := sc.nodes[1].OrganizationMemberships.Get(sc.ctx, sc.org, sc.users[0])
	if err != nil {
		return err
	}
	data := map[string]map[string]bool{}
	err = m.PrivateMetadata.Decode(&data)
	if err == nil && (!data["shared"]["a"] || !data["shared"]["b"]) {
		err = fmt.Errorf("a merge is lost: %s", m.PrivateMetadata)
	}
	return err
}

func mergedAndPromoted(sc *scene) error {
	m, err := sc.nodes[1].OrganizationMemberships.Get(sc.ctx, sc.org, sc.users[0])
	if err == nil && (m.Role != roster.RoleAdmin || m.PrivateMetadata.String() != `{"shared":{"a":true}}`) {
		err = fmt.Errorf("a change is lost: %s, %s", m.Role, m.PrivateMetadata)
	}
	return err
}

func showsNewName(sc *scene) error {
	m, err := sc.nodes[0].OrganizationMemberships.Get(sc.ctx, sc.org, sc.users[0])
	if err == nil && *m.PublicUserData.FirstName != "after" {
		err = fmt.Errorf("the membership shows the name %q", *m.PublicUserData.FirstName)
	}
	return err
}
