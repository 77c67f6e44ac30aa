package service_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// suite is a role set of the oracle: its roles by their keys, in the order they came
// in, and the organizations that have it, each with its members and their roles.
type suite struct {
	id, called        string
	name              text
	roles             []string
	creator, standard string
	created           int64
	houses            []map[string]string
}

func (s *suite) key() string           { return s.id }
func (s *suite) place(by string) place { return placeOfNamed(by, s.created, s.name.raw, s.called) }

func (s *suite) holders(role string) (n int) {
	for _, house := range s.houses {
		for _, r := range house {
			if r == role {
				n++
			}
		}
	}
	return n
}

func (s *suite) lacks(role string) bool { return !slices.Contains(s.roles, role) }

func (s *suite) String() string {
	out := fmt.Sprint(s.id, " ", s.called, " ", s.name.raw, " ", s.creator, " ", s.standard, " ", s.created)
	for _, role := range s.roles {
		out += fmt.Sprint(" ", role, "=", s.holders(role))
	}
	return out
}

func wireSuite(s roster.RoleSet) string {
	out := fmt.Sprint(s.ID, " ", s.Key, " ", s.Name, " ", s.CreatorRole.Key, " ", s.DefaultRole.Key, " ", s.CreatedAt)
	for _, r := range s.Roles {
		out += fmt.Sprint(" ", r.Key, "=", r.MembersCount)
	}
	return out
}

var suiteRoles = []string{roster.RoleAdmin, roster.RoleMember, "org:boss", "org:guest"}

// leading are those of the roles that hold the elevated permissions.
var leading = []string{roster.RoleAdmin, "org:boss"}

// atelier is an instance's role sets, the initial one first, and their model.
type atelier struct {
	*charter // for agree and names
	suites   []*suite
	served   int
}

func newAtelier(t *rapid.T, w *world) *atelier {
	a := &atelier{charter: &charter{T: t, world: w}}
	page, err := w.Permissions(t.Context(), w.caller, roster.PermissionQuery{Paging: roster.Paging{Limit: 100}})
	a.agree("list permissions", err, "")
	page.Data = slices.DeleteFunc(page.Data, func(p roster.Permission) bool { return !slices.Contains(roster.ElevatedPermissions, p.Key) })
	w.role(t, "org:boss", page.Data...)
	w.role(t, "org:guest")
	first, err := w.RoleSet(t.Context(), w.caller, roster.InitialRoleSetKey)
	a.agree("get the initial set", err, "")
	a.suites = []*suite{{
		id: first.ID, called: first.Key, name: plain(first.Name), roles: slices.Clone(suiteRoles),
		creator: roster.RoleAdmin, standard: roster.RoleMember, created: first.CreatedAt,
	}}
	return a
}

func (a *atelier) create() {
	if len(a.suites) == roster.DefaultMaxRoleSets {
		return
	}
	s := &suite{name: a.drawName(), creator: pick(a.T, "creator", leading), standard: pick(a.T, "standard", suiteRoles), created: a.clock.Add(pick(a.T, "tick", []int64{0, 1, 1000}))}
	a.served++
	s.called = fmt.Sprint("role_set:", pick(a.T, "key", []string{"a", "b_", "z"}), a.served)
	s.roles = []string{s.creator}
	for _, role := range suiteRoles {
		if s.lacks(role) && (role == s.standard || chance(a.T, "with", 2)) {
			s.roles = append(s.roles, role)
		}
	}
	made, err := a.CreateRoleSet(a.Context(), a.caller, roster.CreateRoleSet{Name: s.name.raw, Key: roster.Value(s.called), Roles: s.roles, CreatorRoleKey: s.creator, DefaultRoleKey: s.standard})
	if a.agree("create set", err, "") {
		s.id = made.ID
		a.suites = append(a.suites, s)
	}
}

// found gives a set to an organization with a member of each of some roles.
func (a *atelier) found(s *suite) {
	o := a.organization(a.T, roster.CreateOrganization{RoleSetKey: roster.Value(s.called)})
	house := map[string]string{}
	for range index(a.T, "members", 4) {
		role := pick(a.T, "role", s.roles)
		house[a.member(a.T, o, role).ID] = role
	}
	s.houses = append(s.houses, house)
}

func (a *atelier) add(s *suite, role string) {
	code := roster.Code("")
	if !s.lacks(role) {
		code = roster.CodeParamValueInvalid
	}
	_, err := a.AddRoles(a.Context(), a.caller, s.called, roster.AddRoles{RoleKeys: []string{role}})
	if a.agree("add role", err, code) {
		s.roles = append(s.roles, role)
	}
}

func (a *atelier) remove(s *suite, role string) {
	code := roster.Code("")
	switch {
	case s.lacks(role):
		code = roster.CodeResourceNotFound
	case role == s.creator:
		code = roster.CodeRoleIsCreatorRole
	case role == s.standard:
		code = roster.CodeRoleIsDomainDefault
	case s.holders(role) > 0:
		code = roster.CodeRoleOnSetAssigned
	}
	_, err := a.RemoveRoles(a.Context(), a.caller, s.id, roster.RemoveRoles{RoleKeys: []string{role}})
	if a.agree("remove role", err, code) {
		s.roles = slices.DeleteFunc(s.roles, func(r string) bool { return r == role })
	}
}

func (a *atelier) choose(s *suite, creator, standard string) {
	code := roster.Code("")
	switch {
	case s.lacks(creator), s.lacks(standard):
		code = roster.CodeParamValueInvalid
	case !slices.Contains(leading, creator):
		code = roster.CodeMissingCreatorRolePermissions
	}
	name := a.drawName()
	_, err := a.UpdateRoleSet(a.Context(), a.caller, s.id, roster.UpdateRoleSet{Name: roster.Value(name.raw), CreatorRoleKey: roster.Value(creator), DefaultRoleKey: roster.Value(standard)})
	if a.agree("update set", err, code) {
		s.name, s.creator, s.standard = name, creator, standard
	}
}

func (a *atelier) replace(s *suite, role, by string) {
	code := roster.Code("")
	switch {
	case s.lacks(role):
		code = roster.CodeResourceNotFound
	case role == by:
		code = roster.CodeParamValueInvalid
	case role == s.creator && !slices.Contains(leading, by):
		code = roster.CodeMissingCreatorRolePermissions
	}
	_, err := a.ReplaceRole(a.Context(), a.caller, s.called, roster.ReplaceRole{RoleKey: role, ToRoleKey: by})
	if !a.agree("replace role", err, code) {
		return
	}
	s.reassign(map[string]string{role: by})
	at := slices.Index(s.roles, role)
	if s.lacks(by) {
		s.roles[at] = by
	} else {
		s.roles = slices.Delete(s.roles, at, at+1)
	}
	if s.creator == role {
		s.creator = by
	}
	if s.standard == role {
		s.standard = by
	}
}

func (s *suite) reassign(to map[string]string) {
	for _, house := range s.houses {
		for user, role := range house {
			if by, ok := to[role]; ok {
				house[user] = by
			}
		}
	}
}

func (a *atelier) drop(s *suite) {
	code := roster.Code("")
	if s == a.suites[0] || len(s.houses) > 0 {
		code = roster.CodeParamValueInvalid
	}
	_, err := a.DeleteRoleSet(a.Context(), a.caller, s.id)
	if a.agree("delete set", err, code) {
		a.suites = slices.DeleteFunc(a.suites, func(other *suite) bool { return other == s })
	}
}

// supersede puts another set in the place of one.
func (a *atelier) supersede(s, by *suite) {
	to, code := map[string]string{}, roster.Code("")
	for _, role := range s.roles {
		if chance(a.T, "mapped", 2) {
			to[role] = pick(a.T, "to", by.roles)
		}
		if to[role] == "" && by.lacks(role) && s.holders(role) > 0 {
			code = roster.CodeReassignmentMappingsMissing
		}
	}
	if s == a.suites[0] || s == by {
		code = roster.CodeParamValueInvalid
	}
	_, err := a.ReplaceRoleSet(a.Context(), a.caller, s.called, roster.ReplaceRoleSet{DestRoleSetKey: by.called, ReassignmentMappings: to})
	if !a.agree("replace set", err, code) {
		return
	}
	s.reassign(to)
	by.houses = append(by.houses, s.houses...)
	a.suites = slices.DeleteFunc(a.suites, func(other *suite) bool { return other == s })
}

func (a *atelier) change() {
	a.clock.Add(1)
	s, by := pick(a.T, "set", a.suites), pick(a.T, "other set", a.suites)
	role, other := pick(a.T, "role", suiteRoles), pick(a.T, "other role", suiteRoles)
	switch index(a.T, "change", 10) {
	case 0, 1:
		a.create()
	case 2, 3:
		a.found(s)
	case 4:
		a.add(s, role)
	case 5:
		a.remove(s, role)
	case 6:
		a.choose(s, role, other)
	case 7:
		a.replace(s, role, other)
	case 8:
		a.drop(s)
	case 9:
		a.supersede(s, by)
	}
}

func (a *atelier) compare() {
	q := roster.RoleSetQuery{OrderBy: (&asker{T: a.T}).order(roster.RoleSetOrders), Paging: (&asker{T: a.T}).paging(nil)}
	var asked text
	if s := pick(a.T, "asked", a.suites); chance(a.T, "query", 2) {
		asked = part(a.T, []text{s.name, plain(s.called)})
		if chance(a.T, "by id", 3) {
			asked = plain(s.id)
		}
	}
	q.Query = asked.raw
	got, err := a.RoleSets(a.Context(), a.caller, q)
	a.agree("list sets", err, "")
	page, total := expect(a.suites, q.OrderBy, q.Paging, func(s *suite) bool {
		return s.id == asked.raw || contains([]text{s.name, plain(s.called)}, asked)
	})
	var rows, want []string
	for _, s := range got.Data {
		if initial := s.ID == a.suites[0].id; initial != (s.Type == roster.RoleSetInitial) {
			a.Fatalf("%s is %s", s.Key, s.Type)
		}
		rows = append(rows, wireSuite(s))
	}
	for _, s := range page {
		want = append(want, s.String())
	}
	same(a.T, "role sets", q, rows, want, got.TotalCount, total)
}

// TestRoleSetsEqualOracle makes random changes to role sets whose organizations have
// members. Each must be refused or carried out as the model says, and every list of
// sets, with their roles and how many have them, must be what the model holds.
func TestRoleSetsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, tries, done := e.Open(t), newTries(6*time.Second), map[int]int{}
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			a := newAtelier(t, randomWorld(t, st))
			for range 25 {
				a.change()
				a.compare()
			}
			done[len(a.suites)]++
		})
		t.Log("sets at the end: ", fmt.Sprint(slices.Sorted(maps.Keys(done))))
	})
}
