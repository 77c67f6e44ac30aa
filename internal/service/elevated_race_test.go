package service_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Two changes that each leave one boss, and together none, at once: one of them is
// refused, whichever pair it is.
func TestElevatedMemberRequired_of_changes_that_meet(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, ctx := e.Open(t), context.Background()
		for i := range meetings {
			f := newFirm(t, newInstance(t, st, service.Options{}))
			o := f.organization(t, roster.CreateOrganization{RoleSetKey: roster.Value(sideSet)})
			admin, boss := f.member(t, o, roster.RoleAdmin), f.member(t, o, "org:boss")
			lessen := func(name string, user *roster.User) change {
				return change{name: name, do: func() error {
					switch name {
					case "demote":
						_, err := f.UpdateMembership(ctx, f.caller, o.ID, user.ID, roster.UpdateMembership{Role: roster.RoleMember})
						return err
					case "remove":
						_, err := f.DeleteMembership(ctx, f.caller, o.ID, user.ID)
						return err
					}
					_, err := f.DeleteUser(ctx, f.caller, user.ID)
					return err
				}}
			}
			singly := []string{"demote", "remove", "delete"}
			ofAdmin := lessen(singly[i%3], admin)
			ofBoss := slices.Concat([]change{lessen(singly[i/3%3], boss)}, []change{
				f.changeBoss(t, false, false),
				f.replaceRole(t, sideSet, "org:boss", roster.RoleMember),
				f.replaceSet(t, map[string]string{"org:boss": roster.RoleMember}),
			})[i%4]
			errs := meet(ofAdmin.do, ofBoss.do)
			refused := 0
			for _, err := range errs {
				if errors.Is(err, roster.CodeMinimumPermissionsNeeded) {
					refused++
				} else if err != nil {
					t.Fatalf("%s and %s: %v", ofAdmin.name, ofBoss.name, errs)
				}
			}
			out, err := f.Service.Organization(t.Context(), f.caller, o.ID, roster.OrganizationInclude{MissingMemberWithElevatedPermissions: true})
			if err != nil || refused != 1 || *out.MissingMemberWithElevatedPermissions {
				t.Fatalf("%s and %s: %v, %v; left alone %v", ofAdmin.name, ofBoss.name, errs, err, *out.MissingMemberWithElevatedPermissions)
			}
		}
	})
}

// A role that goes while somebody is given it, and a set while an organization is:
// nobody is left with a role that their organization's set lacks.
func TestRoleSets_meet_who_rests_on_them(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st, ctx := e.Open(t), context.Background()
		for i := range meetings {
			w := newInstance(t, st, service.Options{})
			guest := w.role(t, "org:guest")
			set := w.roleSet(t, "Side", roster.RoleAdmin, roster.RoleMember, guest.Key)
			o := w.organization(t, roster.CreateOrganization{RoleSetKey: roster.Value(set.Key)})
			joining, member := w.user(t, roster.CreateUser{}), w.member(t, o, roster.RoleMember)
			give := []func() error{
				func() error {
					_, err := w.CreateMembership(ctx, w.caller, o.ID, roster.CreateMembership{UserID: joining.ID, Role: guest.Key})
					return err
				},
				func() error {
					_, err := w.UpdateMembership(ctx, w.caller, o.ID, member.ID, roster.UpdateMembership{Role: guest.Key})
					return err
				},
				func() error {
					_, err := w.CreateOrganization(ctx, w.caller, roster.CreateOrganization{Name: "New", RoleSetKey: roster.Value(set.Key), CreatedBy: roster.Value(joining.ID)})
					return err
				},
			}
			take := []func() error{
				func() error {
					_, err := w.RemoveRoles(ctx, w.caller, set.ID, roster.RemoveRoles{RoleKeys: []string{guest.Key}})
					return err
				},
				func() error {
					_, err := w.ReplaceRole(ctx, w.caller, set.ID, roster.ReplaceRole{RoleKey: guest.Key, ToRoleKey: roster.RoleMember})
					return err
				},
				func() error {
					_, err := w.ReplaceRoleSet(ctx, w.caller, set.ID, roster.ReplaceRoleSet{DestRoleSetKey: roster.InitialRoleSetKey,
						ReassignmentMappings: map[string]string{guest.Key: roster.RoleMember}})
					return err
				},
				func() error {
					_, err := w.UpdateRoleSet(ctx, w.caller, set.ID, roster.UpdateRoleSet{Key: roster.Value("role_set:renamed")})
					return err
				},
			}[i%4]
			errs := meet(append(give, take)...)
			for _, err := range errs {
				if err != nil && !errors.Is(err, roster.CodeResourceNotFound) && !errors.Is(err, roster.CodeRoleOnSetAssigned) && !errors.Is(err, roster.CodeFormResourceNotFound) {
					t.Fatal(errs)
				}
			}
			w.everybodysRoleIsInTheSet(t)
		}
	})
}

// everybodysRoleIsInTheSet demands that each organization has a set, and each of its
// members a role of that.
func (w *world) everybodysRoleIsInTheSet(t *testing.T) {
	t.Helper()
	page, err := w.InstanceMemberships(t.Context(), w.caller, roster.MembershipQuery{Paging: roster.Paging{Limit: 500}})
	if err != nil || len(page.Data) == 0 {
		t.Fatal(err)
	}
	for _, m := range page.Data {
		set, err := w.RoleSet(t.Context(), w.caller, m.Organization.RoleSetKey)
		if err != nil || set.Role(m.Role) == nil {
			t.Fatalf("%s has %q of %q, %v", m.PublicUserData.UserID, m.Role, m.Organization.RoleSetKey, err)
		}
	}
}
