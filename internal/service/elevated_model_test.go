package service_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// staff is who has which role in which organization, and what that is worth: a plain
// model of the rule that an organization keeps a member with the elevated permissions.
type staff struct {
	roles map[string]map[string]string // organization → user → role key
	sets  map[string]string            // organization → role set key
	worth map[string]bool              // role key → elevated
}

func (s staff) clone() staff {
	out := staff{map[string]map[string]string{}, maps.Clone(s.sets), maps.Clone(s.worth)}
	for o, members := range s.roles {
		out.roles[o] = maps.Clone(members)
	}
	return out
}

// led reports whether an organization has a member with the elevated permissions.
func (s staff) led(organization string) bool {
	for _, role := range s.roles[organization] {
		if s.worth[role] {
			return true
		}
	}
	return false
}

// abandons reports whether an organization that is led is there and not led after.
func (s staff) abandons(after staff) bool {
	for o := range s.roles {
		if _, there := after.roles[o]; there && s.led(o) && !after.led(o) {
			return true
		}
	}
	return false
}

// change is an operation, and what it makes of the model if it succeeds.
type change struct {
	name  string
	do    func() error
	apply func(*staff)
}

// firm is a world with the rule switched on, and its model.
type firm struct {
	*world
	staff
	elevated []string // permission ids
	boss     roster.Role
	users    []string
}

const sideSet = "role_set:side"

var firmRoles = []string{roster.RoleAdmin, roster.RoleMember, "org:boss", "org:guest"}

func newFirm(t tester, w *world) *firm {
	t.Helper()
	f := &firm{world: w, staff: staff{map[string]map[string]string{}, map[string]string{}, map[string]bool{roster.RoleAdmin: true, "org:boss": true}}}
	page, err := w.Permissions(t.Context(), w.caller, roster.PermissionQuery{Query: "sys_", Paging: roster.Paging{Limit: 100}})
	if err != nil {
		t.Fatal(err)
	}
	var held []roster.Permission
	for _, p := range page.Data {
		if slices.Contains(roster.ElevatedPermissions, p.Key) {
			held, f.elevated = append(held, p), append(f.elevated, p.ID)
		}
	}
	f.boss = w.role(t, "org:boss", held...)
	w.role(t, "org:guest")
	set := w.roleSet(t, "Side", firmRoles...)
	w.caller.ElevatedMemberRequired = true
	for i := range 4 {
		f.users = append(f.users, w.user(t, roster.CreateUser{}).ID)
		if i < 3 {
			f.found(t, []string{roster.InitialRoleSetKey, set.Key, set.Key}[i])
		}
	}
	return f
}

func (f *firm) found(t tester, set string) {
	t.Helper()
	o := f.organization(t, roster.CreateOrganization{RoleSetKey: roster.Value(set)})
	f.roles[o.ID], f.sets[o.ID] = map[string]string{}, set
}

func (f *firm) organizations() []string { return slices.Sorted(maps.Keys(f.roles)) }

// drawChange is any operation that may take the elevated permissions from somebody,
// and those that give them.
func (f *firm) drawChange(t *rapid.T) change {
	ctx, c := t.Context(), f.caller
	o := rapid.SampledFrom(f.organizations()).Draw(t, "organization")
	u := rapid.SampledFrom(f.users).Draw(t, "user")
	role, other := rapid.SampledFrom(firmRoles).Draw(t, "role"), rapid.SampledFrom(firmRoles).Draw(t, "other")
	switch rapid.IntRange(0, 10).Draw(t, "what") {
	case 0, 1, 2:
		return change{"join", func() error {
			_, err := f.CreateMembership(ctx, c, o, roster.CreateMembership{UserID: u, Role: role})
			return err
		}, func(s *staff) { s.roles[o][u] = role }}
	case 3, 4:
		return change{"change role", func() error {
			_, err := f.UpdateMembership(ctx, c, o, u, roster.UpdateMembership{Role: role})
			return err
		}, func(s *staff) { s.roles[o][u] = role }}
	case 5:
		return change{"leave", func() error {
			_, err := f.DeleteMembership(ctx, c, o, u)
			return err
		}, func(s *staff) { delete(s.roles[o], u) }}
	case 6:
		return change{"delete user", func() error {
			_, err := f.DeleteUser(ctx, c, u)
			return err
		}, func(s *staff) {
			for o := range s.roles {
				delete(s.roles[o], u)
			}
		}}
	case 7:
		return f.changeBoss(t, rapid.Bool().Draw(t, "elevated"), rapid.Bool().Draw(t, "alone"))
	case 8:
		return f.replaceRole(t, f.sets[o], role, other)
	case 9:
		return f.replaceSet(t, map[string]string{role: other})
	}
	set := rapid.SampledFrom([]string{roster.InitialRoleSetKey, sideSet}).Draw(t, "set")
	return change{"give set", func() error {
		_, err := f.UpdateOrganization(ctx, c, o, roster.UpdateOrganization{RoleSetKey: roster.Value(set)})
		return err
	}, func(s *staff) { s.sets[o] = set }}
}

// changeBoss gives the role boss the elevated permissions, or takes one away: by
// another list of them or, where it has them all, alone.
func (f *firm) changeBoss(t tester, elevated, alone bool) change {
	if alone && !elevated && f.worth["org:boss"] {
		return change{"take permission", func() error {
			_, err := f.RemovePermission(t.Context(), f.caller, f.boss.ID, f.elevated[0])
			return err
		}, func(s *staff) { s.worth["org:boss"] = false }}
	}
	ids := f.elevated
	if !elevated {
		ids = ids[1:]
	}
	return change{"change permissions", func() error {
		_, err := f.UpdateRole(t.Context(), f.caller, f.boss.ID, roster.UpdateRole{Permissions: ids})
		return err
	}, func(s *staff) { s.worth["org:boss"] = elevated }}
}

func (f *firm) replaceRole(t tester, set, role, by string) change {
	return change{"replace role", func() error {
		_, err := f.ReplaceRole(t.Context(), f.caller, set, roster.ReplaceRole{RoleKey: role, ToRoleKey: by})
		return err
	}, func(s *staff) { s.reassign(set, map[string]string{role: by}) }}
}

// replaceSet puts the initial set in the place of the other, which is made anew.
func (f *firm) replaceSet(t tester, to map[string]string) change {
	return change{"replace set", func() error {
		if _, err := f.ReplaceRoleSet(t.Context(), f.caller, sideSet, roster.ReplaceRoleSet{DestRoleSetKey: roster.InitialRoleSetKey, ReassignmentMappings: to}); err != nil {
			return err
		}
		f.roleSet(t, "Side", firmRoles...)
		return nil
	}, func(s *staff) {
		s.reassign(sideSet, to)
		for o, set := range s.sets {
			if set == sideSet {
				s.sets[o] = roster.InitialRoleSetKey
			}
		}
	}}
}

func (s *staff) reassign(set string, to map[string]string) {
	for o, members := range s.roles {
		for u, role := range members {
			if by, ok := to[role]; ok && s.sets[o] == set {
				members[u] = by
			}
		}
	}
}

// now is who has which role, by the service.
func (f *firm) now(t tester) (map[string]map[string]string, map[string]string) {
	t.Helper()
	roles, sets := map[string]map[string]string{}, map[string]string{}
	for _, id := range f.organizations() {
		page, err := f.Memberships(t.Context(), f.caller, id, roster.MembershipQuery{Paging: roster.Paging{Limit: 100}})
		o, err2 := f.Service.Organization(t.Context(), f.caller, id, roster.OrganizationInclude{MissingMemberWithElevatedPermissions: true})
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		roles[id], sets[id] = map[string]string{}, o.RoleSetKey
		for _, m := range page.Data {
			roles[id][m.PublicUserData.UserID] = m.Role
		}
	}
	return roles, sets
}

// Whatever happens, an organization that somebody can run keeps somebody who can; and
// nothing is refused for that reason that would not have taken the last.
func TestElevatedMemberRequired(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, tries, done := e.Open(t), newTries(transferBudget), map[string]int{}
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			f := newFirm(t, randomWorld(t, st))
			for range 25 {
				ch := f.drawChange(t)
				after := f.clone()
				ch.apply(&after)
				err := ch.do()
				switch {
				case err == nil && f.abandons(after):
					t.Fatalf("%s: an organization is left to itself", ch.name)
				case err == nil:
					f.staff = after
					done[ch.name]++
				case errors.Is(err, roster.CodeMinimumPermissionsNeeded) && !f.abandons(after):
					t.Fatalf("%s is refused for no reason: %v", ch.name, err)
				case errors.Is(err, roster.CodeMinimumPermissionsNeeded):
					done["refused "+ch.name]++
				}
				roles, sets := f.now(t)
				if diff := cmp.Diff([]any{f.roles, f.sets}, []any{roles, sets}); diff != "" {
					t.Fatalf("%s: %v: -model +service:\n%s", ch.name, err, diff)
				}
			}
		})
		t.Log(fmt.Sprint(done))
	})
}
