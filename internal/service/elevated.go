package service

import (
	"errors"
	"slices"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// An organization that nobody can run, because no member holds the elevated
// permissions, is most often an accident. An instance may have it refused
// (elevated_member_required): whatever takes the permissions from members goes
// through this file first, and
//
//   - holds the instance (HoldInstance) before anything else when it changes single
//     memberships, so that meanwhile no role loses the permissions, and then locks
//     the members of the organization before it takes them from one;
//   - locks it (LockInstance) when it changes roles, role sets or settings, so that
//     meanwhile no membership that counts is taken away.
//
// Whoever never had such a member may go on without. Banned members count: they
// still have their role, and a ban is lifted by one call.

// guardsLastAdmin reports whether the last member with the elevated permissions must
// keep them: where the instance asks for it, and in the API version that did.
func (t *tx) guardsLastAdmin() bool {
	return t.caller.ElevatedMemberRequired || t.caller.Version.GuardsLastAdmin()
}

// keepElevated refuses to take the elevated permissions from a member if nobody else
// holds them. The caller holds the instance and has the user to itself, so the role
// stays what it is: members without the permissions need wait for nobody.
func (t *tx) keepElevated(organizationID, userID string) error {
	m, err := t.Tx.Membership(organizationID, userID)
	if err != nil || slices.ContainsFunc(roster.ElevatedPermissions, func(p string) bool { return !slices.Contains(m.Permissions, p) }) {
		return err
	}
	if err := t.LockMembers(organizationID); err != nil {
		return err
	}
	others, err := t.HasOtherMember(organizationID, userID, roster.ElevatedPermissions)
	if err == nil && !others {
		err = minimumPermissions(organizationID)
	}
	return err
}

// keepElevatedRoles refuses a change of roles after which an organization, of those
// with the role set or of all for "", has nobody with the elevated permissions, and
// now has somebody. What members with a role have afterwards is for after to say, by
// role id. The caller keeps the instance to itself.
func (t *tx) keepElevatedRoles(roleSetID string, after func(roleID string) (elevated bool, err error)) error {
	if !t.caller.ElevatedMemberRequired {
		return nil
	}
	before, err := t.RolesHolding(roster.ElevatedPermissions)
	if err != nil {
		return err
	}
	all, err := t.RolesHolding(nil)
	if err != nil {
		return err
	}
	var lost, kept []string
	for _, id := range all {
		elevated, err := after(id)
		switch {
		case err != nil:
			return err
		case elevated:
			kept = append(kept, id)
		case slices.Contains(before, id):
			lost = append(lost, id)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	organizationID, err := t.OrganizationOfRoles(roleSetID, lost, kept)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return minimumPermissions(organizationID)
}

func minimumPermissions(organizationID string) *roster.Error {
	return roster.ErrMinimumPermissionsNeeded.New(organizationID, strings.Join(roster.ElevatedPermissions, ", "))
}
