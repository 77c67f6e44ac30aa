package service_test

import (
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func elevated() string { return strings.Join(roster.ElevatedPermissions, ", ") }

// Each failure of a create wins over all that come later: the request starts with
// every one of them and has them put right one by one.
func TestCreateMembershipChecksInOrder(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{MaxAllowedMemberships: roster.Value[int64](1)})
		member := w.member(t, o, roster.RoleMember)
		stranger := w.user(t, roster.CreateUser{})
		large := roster.Metadata(`{"k":"` + strings.Repeat("x", roster.MaxMetadataBytes) + `"}`)

		caller, id := w.caller, "org_none"
		caller.OrganizationsEnabled = false
		in := roster.CreateMembership{UserID: "user_none", Role: "org:none", PublicMetadata: large, PrivateMetadata: large}
		for _, step := range []struct {
			name  string
			right func()
			want  []*roster.Error
		}{
			{"organizations are off", func() {}, []*roster.Error{roster.ErrOrganizationNotEnabled.New()}},
			{"the organization is unknown", func() { caller.OrganizationsEnabled = true }, []*roster.Error{roster.ErrOrganizationNotFound.New()}},
			{"the user is unknown", func() { id = o.ID }, []*roster.Error{roster.ErrUserNotFound.New("user_none")}},
			{"the role is unknown", func() { in.UserID = member.ID }, []*roster.Error{roster.ErrRoleNotFound.On("role")}},
			{"the user is a member", func() { in.Role = roster.RoleAdmin }, []*roster.Error{roster.ErrAlreadyAMember.New(member.ID)}},
			{"the organization is full", func() { in.UserID = stranger.ID }, []*roster.Error{roster.ErrMembershipQuotaExceeded.New(1)}},
			{"the metadata is too large", func() { w.limit(t, o, 2) }, []*roster.Error{
				roster.ErrMetadataTooLarge.On("public_metadata"), roster.ErrMetadataTooLarge.On("private_metadata"),
			}},
			{"nothing is wrong", func() { in.PublicMetadata, in.PrivateMetadata = nil, nil }, nil},
		} {
			step.right()
			_, err := w.CreateMembership(t.Context(), caller, id, in)
			refused(t, step.name, err, step.want...)
		}
	})
}

func (w *world) limit(t testing.TB, o *roster.Organization, n int64) {
	t.Helper()
	if _, err := w.UpdateOrganization(t.Context(), w.caller, o.ID, roster.UpdateOrganization{MaxAllowedMemberships: roster.Value(n)}); err != nil {
		t.Fatal(err)
	}
}

func TestRoleKeys(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		u := w.user(t, roster.CreateUser{})
		for _, role := range []string{"admin", "basic_member", "org:Admin", "org:admin ", "", "role_none"} {
			_, err := w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: u.ID, Role: role})
			refused(t, role, err, roster.ErrRoleNotFound.On("role"))
		}
		w.join(t, o, u, roster.RoleAdmin)
		_, err := w.UpdateMembership(t.Context(), w.caller, o.ID, u.ID, roster.UpdateMembership{Role: "admin"})
		refused(t, "update", err, roster.ErrRoleNotFound.On("role"))
	})
}

func TestMembershipQuota(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{CreatedBy: roster.Value(w.user(t, roster.CreateUser{}).ID), MaxAllowedMemberships: roster.Value[int64](2)})
		add := func() error {
			u := w.user(t, roster.CreateUser{})
			_, err := w.CreateMembership(t.Context(), w.caller, o.ID, roster.CreateMembership{UserID: u.ID, Role: roster.RoleMember})
			return err
		}
		refused(t, "the creator leaves one place", add())
		refused(t, "full", add(), roster.ErrMembershipQuotaExceeded.New(2))
		w.limit(t, o, 1)
		refused(t, "a limit below the number of members is kept and blocks", add(), roster.ErrMembershipQuotaExceeded.New(1))
		w.limit(t, o, 3)
		refused(t, "a higher limit", add())
		refused(t, "full again", add(), roster.ErrMembershipQuotaExceeded.New(3))
		list, err := w.Memberships(t.Context(), w.caller, o.ID, roster.MembershipQuery{})
		if err != nil || list.TotalCount != 3 {
			t.Fatalf("total_count = %d, %v", list.TotalCount, err)
		}
		if _, err := w.DeleteMembership(t.Context(), w.caller, o.ID, list.Data[0].PublicUserData.UserID); err != nil {
			t.Fatal(err)
		}
		refused(t, "a place made free", add())
		w.limit(t, o, 0)
		for range 5 {
			refused(t, "0 is unlimited", add())
		}
	})
}

// The oldest API version alone keeps an organization from losing its last member
// with elevated permissions.
func TestLastAdmin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		for _, version := range roster.Versions {
			t.Run(string(version), func(t *testing.T) {
				t.Parallel()
				w := newWorld(t, e)
				w.caller.Version = version
				guard := func(o *roster.Organization) []*roster.Error {
					if version != roster.VersionOldest {
						return nil
					}
					return []*roster.Error{roster.ErrMinimumPermissionsNeeded.New(o.ID, elevated())}
				}
				demote := func(o *roster.Organization, u *roster.User) error {
					_, err := w.UpdateMembership(t.Context(), w.caller, o.ID, u.ID, roster.UpdateMembership{Role: roster.RoleMember})
					return err
				}
				remove := func(o *roster.Organization, u *roster.User) error {
					_, err := w.DeleteMembership(t.Context(), w.caller, o.ID, u.ID)
					return err
				}
				for name, leave := range map[string]func(*roster.Organization, *roster.User) error{"demoted": demote, "removed": remove} {
					o := w.organization(t, roster.CreateOrganization{})
					first, second := w.member(t, o, roster.RoleAdmin), w.member(t, o, roster.RoleAdmin)
					plain := w.member(t, o, roster.RoleMember)
					refused(t, name+": a member without them", leave(o, plain))
					refused(t, name+": one of two", leave(o, first))
					refused(t, name+": the last", leave(o, second), guard(o)...)
				}
			})
		}
	})
}

func TestLastAdminKeepsTheRole(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		w.caller.Version = roster.VersionOldest
		o := w.organization(t, roster.CreateOrganization{})
		u := w.member(t, o, roster.RoleAdmin)
		m, err := w.UpdateMembership(t.Context(), w.caller, o.ID, u.ID, roster.UpdateMembership{Role: roster.RoleAdmin})
		refused(t, "the same role again", err)
		if m == nil || m.Role != roster.RoleAdmin || m.UpdatedAt != m.CreatedAt {
			t.Errorf("membership %+v", m)
		}
		_, err = w.DeleteUser(t.Context(), w.caller, u.ID)
		refused(t, "the user may go all the same", err)
		out, err := w.Service.Organization(t.Context(), w.caller, o.ID, roster.OrganizationInclude{MissingMemberWithElevatedPermissions: true})
		if err != nil || !*out.MissingMemberWithElevatedPermissions {
			t.Errorf("organization %+v, %v", out, err)
		}
	})
}

func TestMembershipNeedsBoth(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o, other := w.organization(t, roster.CreateOrganization{}), w.organization(t, roster.CreateOrganization{})
		u := w.member(t, o, roster.RoleMember)
		for name, get := range map[string]func(organizationID, userID string) error{
			"get": func(a, b string) error { _, err := w.Membership(t.Context(), w.caller, a, b); return err },
			"update": func(a, b string) error {
				_, err := w.UpdateMembership(t.Context(), w.caller, a, b, roster.UpdateMembership{Role: roster.RoleAdmin})
				return err
			},
			"metadata": func(a, b string) error {
				_, err := w.MergeMembershipMetadata(t.Context(), w.caller, a, b, roster.UpdateMetadata{PublicMetadata: roster.Metadata(`{"a":1}`)})
				return err
			},
			"delete": func(a, b string) error { _, err := w.DeleteMembership(t.Context(), w.caller, a, b); return err },
			"exists": func(a, b string) error { return w.MembershipExists(t.Context(), w.caller, a, b) },
		} {
			refused(t, name+": unknown organization", get("org_none", u.ID), roster.ErrOrganizationNotFound.New())
			refused(t, name+": by slug", get(o.Slug, u.ID), roster.ErrOrganizationNotFound.New())
			refused(t, name+": unknown user", get(o.ID, "user_none"), roster.ErrMembershipNotFound.New())
			refused(t, name+": no member", get(other.ID, u.ID), roster.ErrMembershipNotFound.New())
		}
	})
}
