package service_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func TestSlugFollowsName(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		for name, want := range map[string]string{
			"Acme":                    "acme",
			"Acme, Inc.":              "acme-inc",
			"  R&D -- Team 7 ":        "r-d-team-7",
			"-x-":                     "x",
			"Äpfel":                   "pfel",
			"日本":                      "organization",
			"!!!":                     "organization",
			strings.Repeat("n", 256):  strings.Repeat("n", 236),
			strings.Repeat("ab ", 85): strings.Repeat("ab-", 78) + "ab",
		} {
			o := newInstance(t, st, service.Options{}).organization(t, roster.CreateOrganization{Name: name})
			if o.Slug != want {
				t.Errorf("%q: slug %q, want %q", name, o.Slug, want)
			}
		}
	})
}

func TestSlugsClash(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		seen := map[string]bool{}
		for i := range 14 {
			o := w.organization(t, roster.CreateOrganization{Name: "Acme"})
			want := regexp.MustCompile(fmt.Sprintf(`^acme-%d$`, i))
			switch {
			case i == 0:
				want = regexp.MustCompile(`^acme$`)
			case i >= 10:
				want = regexp.MustCompile(`^acme-[0-9]{1,10}$`)
			}
			if !want.MatchString(o.Slug) || seen[o.Slug] {
				t.Errorf("%d: slug %q, want %v", i, o.Slug, want)
			}
			seen[o.Slug] = true
		}
	})
}

func TestSlugsGiven(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{Slug: roster.Value("acme-1")})
		other := w.organization(t, roster.CreateOrganization{Slug: roster.Value("other")})
		create := func(slug string) error {
			_, err := w.CreateOrganization(t.Context(), w.caller, roster.CreateOrganization{Name: "n", Slug: roster.Value(slug)})
			return err
		}
		update := func(slug string) error {
			_, err := w.UpdateOrganization(t.Context(), w.caller, other.ID, roster.UpdateOrganization{Slug: roster.Value(slug)})
			return err
		}
		format := roster.ErrParamFormat.On("slug", "made of lowercase letters, digits and dashes")
		for name, give := range map[string]func(string) error{"create": create, "update": update} {
			for _, bad := range []string{"Acme", "a b", "a_b", "ä", "a\n"} {
				refused(t, name+" "+bad, give(bad), format)
			}
			refused(t, name+" too long", give(strings.Repeat("s", 257)), roster.ErrParamTooLong.On("slug", 256))
			refused(t, name+" taken", give("acme-1"), roster.ErrIdentifierExists.On("slug", "slug"))
		}
		refused(t, "one's own slug", update("other"))
		refused(t, "a free slug", update(strings.Repeat("s", 256)))
		refused(t, "a slug given up", create("other"))
		if _, err := w.DeleteOrganization(t.Context(), w.caller, o.ID); err != nil {
			t.Fatal(err)
		}
		refused(t, "the slug of a deleted organization", create("acme-1"))
	})
}

func TestSlugsOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		w.settings(t, func(in *store.Instance) { in.SlugsEnabled = false })
		o := w.organization(t, roster.CreateOrganization{Name: "Acme Inc", Slug: roster.Value("")})
		if o.Slug != "acme-inc" {
			t.Errorf("slug %q: one is made all the same", o.Slug)
		}
		if got, err := w.Service.Organization(t.Context(), w.caller, "acme-inc", roster.OrganizationInclude{}); err != nil || got.ID != o.ID {
			t.Errorf("by slug: %v, %v", got, err)
		}
		_, err := w.CreateOrganization(t.Context(), w.caller, roster.CreateOrganization{Name: "n", Slug: roster.Value("s")})
		refused(t, "create", err, roster.ErrSlugsDisabled.New())
		_, err = w.UpdateOrganization(t.Context(), w.caller, o.ID, roster.UpdateOrganization{Slug: roster.Value("s")})
		refused(t, "update", err, roster.ErrSlugsDisabled.New())
		_, err = w.UpdateOrganization(t.Context(), w.caller, o.ID, roster.UpdateOrganization{Name: roster.Value("New")})
		refused(t, "update without one", err)
	})
}

func TestOrganizationsOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		u := w.user(t, roster.CreateUser{})
		o := w.organization(t, roster.CreateOrganization{CreatedBy: roster.Value(u.ID)})
		w.settings(t, func(in *store.Instance) { in.OrganizationsEnabled = false })
		c, err := w.Authenticate(t.Context(), w.secret)
		if err != nil || c.OrganizationsEnabled {
			t.Fatalf("caller %+v, %v", c, err)
		}
		ctx, s := t.Context(), w.Service
		for name, call := range map[string]func() error{
			"create": func() error { _, err := s.CreateOrganization(ctx, c, roster.CreateOrganization{Name: "n"}); return err },
			"get":    func() error { _, err := s.Organization(ctx, c, o.ID, roster.OrganizationInclude{}); return err },
			"list":   func() error { _, err := s.Organizations(ctx, c, roster.OrganizationQuery{}); return err },
			"update": func() error { _, err := s.UpdateOrganization(ctx, c, o.ID, roster.UpdateOrganization{}); return err },
			"delete": func() error { _, err := s.DeleteOrganization(ctx, c, o.ID); return err },
			"merge":  func() error { _, err := s.MergeOrganizationMetadata(ctx, c, o.ID, roster.UpdateMetadata{}); return err },
			"replace": func() error {
				_, err := s.ReplaceOrganizationMetadata(ctx, c, o.ID, roster.UpdateMetadata{})
				return err
			},
			"exists":  func() error { return s.OrganizationExists(ctx, c, o.ID) },
			"members": func() error { _, err := s.Memberships(ctx, c, o.ID, roster.MembershipQuery{}); return err },
			"member":  func() error { _, err := s.Membership(ctx, c, o.ID, u.ID); return err },
			"add":     func() error { _, err := s.CreateMembership(ctx, c, o.ID, roster.CreateMembership{}); return err },
			"role":    func() error { _, err := s.UpdateMembership(ctx, c, o.ID, u.ID, roster.UpdateMembership{}); return err },
			"member metadata": func() error {
				_, err := s.MergeMembershipMetadata(ctx, c, o.ID, u.ID, roster.UpdateMetadata{})
				return err
			},
			"remove":      func() error { _, err := s.DeleteMembership(ctx, c, o.ID, u.ID); return err },
			"all members": func() error { _, err := s.InstanceMemberships(ctx, c, roster.MembershipQuery{}); return err },
			"of user":     func() error { _, err := s.UserMemberships(ctx, c, u.ID, roster.Paging{}); return err },
		} {
			refused(t, name, call(), roster.ErrOrganizationNotEnabled.New())
		}
		if _, err := s.User(ctx, c, u.ID); err != nil {
			t.Errorf("users do not need organizations: %v", err)
		}
	})
}

func TestOrganizationCreator(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		one := w.user(t, roster.CreateUser{CreateOrganizationsLimit: roster.Value[int64](1)})
		any := w.user(t, roster.CreateUser{CreateOrganizationsLimit: roster.Value[int64](0)})
		create := func(by string) (*roster.Organization, error) {
			return w.CreateOrganization(t.Context(), w.caller, roster.CreateOrganization{Name: "n", CreatedBy: roster.Value(by)})
		}
		_, err := create("user_none")
		refused(t, "an unknown creator", err, roster.ErrCreatorNotFound.New("user_none"))
		o, err := create(one.ID)
		refused(t, "the first", err)
		m, err := w.Membership(t.Context(), w.caller, o.ID, one.ID)
		if err != nil || m.Role != roster.RoleAdmin || o.CreatedBy != one.ID {
			t.Errorf("the creator's membership: %+v, %v", m, err)
		}
		_, err = create(one.ID)
		refused(t, "one too many", err, roster.ErrCreationLimitExceeded.New(1))
		if _, err := w.DeleteOrganization(t.Context(), w.caller, o.ID); err != nil {
			t.Fatal(err)
		}
		_, err = create(one.ID)
		refused(t, "after one was deleted", err)
		for range 3 {
			_, err = create(any.ID)
			refused(t, "0 is unlimited", err)
		}
		if o := w.organization(t, roster.CreateOrganization{}); o.CreatedBy != "" {
			t.Errorf("created_by = %q", o.CreatedBy)
		}
	})
}

func TestOrganizationFields(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		w.settings(t, func(in *store.Instance) { in.MaxAllowedMemberships, in.AdminDeleteEnabled = 5, false })
		o := w.organization(t, roster.CreateOrganization{Name: strings.Repeat("é", 256), CreatedAt: roster.Value("2020-01-01T00:00:00Z")})
		if o.MaxAllowedMemberships != 5 || o.AdminDeleteEnabled || o.CreatedAt != 1577836800000 || o.UpdatedAt != morning {
			t.Errorf("organization %+v", o)
		}
		for name, want := range map[string]*roster.Error{
			"":                       roster.ErrParamNil.On("name"),
			" \t\n":                  roster.ErrParamNil.On("name"),
			strings.Repeat("n", 257): roster.ErrParamTooLong.On("name", 256),
			"see https://x.io":       roster.ErrOrganizationName.On("name"),
			"www.x.io":               roster.ErrOrganizationName.On("name"),
			"<b>x</b>":               roster.ErrOrganizationName.On("name"),
		} {
			_, err := w.CreateOrganization(t.Context(), w.caller, roster.CreateOrganization{Name: name})
			refused(t, "create "+name, err, want)
			_, err = w.UpdateOrganization(t.Context(), w.caller, o.ID, roster.UpdateOrganization{Name: roster.Value(name)})
			refused(t, "update "+name, err, want)
		}
		_, err := w.CreateOrganization(t.Context(), w.caller, roster.CreateOrganization{
			Name: "", Slug: roster.Value("Bad"), CreatedAt: roster.Value("yesterday"), RoleSetKey: roster.Value("role_set:x"), PublicMetadata: roster.Metadata(`[]`),
		})
		refused(t, "all problems in one answer", err, roster.ErrParamNil.On("name"), roster.ErrParamFormat.On("slug", "made of lowercase letters, digits and dashes"),
			roster.ErrParamTime.On("created_at"), roster.ErrFormResourceNotFound.On("role_set_key"), roster.ErrParamType.On("public_metadata", "no object", "a JSON object"))
		for _, name := range []string{"1 < 2 > 0", "a.b", "awww.ful"} {
			w.organization(t, roster.CreateOrganization{Name: name})
		}
	})
}
