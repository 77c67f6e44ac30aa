package service_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

func (w *world) domain(t tester, o *roster.Organization, name, mode string) *roster.OrganizationDomain {
	t.Helper()
	d, err := w.CreateDomain(t.Context(), w.caller, o.ID, roster.CreateOrganizationDomain{Name: name, EnrollmentMode: roster.Value(mode)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// pending is how many suggestions of an organization's only domain are pending.
func (w *world) pending(t tester, o *roster.Organization) int64 {
	t.Helper()
	page, err := w.Domains(t.Context(), w.caller, o.ID, roster.OrganizationDomainQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return page.Data[0].TotalPendingSuggestions
}

func TestDomains_switched_off(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		ctx, c := t.Context(), w.caller
		o := w.organization(t, roster.CreateOrganization{})
		d := w.domain(t, o, "acme.example", roster.AutomaticSuggestion)
		for name, off := range map[string]struct {
			change func(*store.Instance)
			caller func(*world) // what the edge knows of the instance
			want   *roster.Error
		}{
			"domains":       {func(in *store.Instance) { in.DomainsEnabled = false }, func(*world) {}, roster.ErrDomainsNotEnabled.New()},
			"organizations": {func(*store.Instance) {}, func(*world) { c.OrganizationsEnabled = false }, roster.ErrOrganizationNotEnabled.New()},
		} {
			w.settings(t, off.change)
			off.caller(w)
			_, err := w.Domains(ctx, c, o.ID, roster.OrganizationDomainQuery{})
			refused(t, name+": list", err, off.want)
			_, err = w.InstanceDomains(ctx, c, roster.InstanceDomainQuery{})
			refused(t, name+": list of the instance", err, off.want)
			_, err = w.CreateDomain(ctx, c, o.ID, roster.CreateOrganizationDomain{Name: "gmail.com"})
			refused(t, name+": create", err, off.want)
			_, err = w.UpdateDomain(ctx, c, o.ID, d.ID, roster.UpdateOrganizationDomain{})
			refused(t, name+": update", err, off.want)
			_, err = w.VerifyDomainOwnership(ctx, c, o.ID, d.ID)
			refused(t, name+": verify ownership", err, off.want)
			_, err = w.DeleteDomain(ctx, c, "org_none", d.ID)
			refused(t, name+": delete", err, off.want)
			w.settings(t, func(in *store.Instance) { in.DomainsEnabled = true })
			c.OrganizationsEnabled = true
		}
	})
}

func TestEnrollment_follows_the_settings(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		ctx, c := t.Context(), w.caller
		o := w.organization(t, roster.CreateOrganization{})
		d := w.domain(t, o, "acme.example", roster.AutomaticSuggestion)
		person := func(want int64, what string) {
			w.serial++
			w.user(t, roster.CreateUser{EmailAddress: []string{fmt.Sprintf("p%d@acme.example", w.serial)}})
			if got := w.pending(t, o); got != want {
				t.Errorf("%s: %d suggestions, want %d", what, got, want)
			}
		}
		person(1, "by default")
		modes := func(list ...string) { w.settings(t, func(in *store.Instance) { in.DomainsEnrollmentModes = list }) }
		modes(roster.AutomaticInvitation)
		person(1, "with the mode switched off")
		_, err := w.CreateDomain(ctx, c, o.ID, roster.CreateOrganizationDomain{Name: "new.example", EnrollmentMode: roster.Value(roster.AutomaticSuggestion)})
		refused(t, "create", err, roster.ErrEnrollmentModeNotEnabled.New(roster.AutomaticSuggestion))
		for _, mode := range []string{roster.ManualInvitation, roster.EnterpriseSSO} {
			if _, err := w.UpdateDomain(ctx, c, o.ID, d.ID, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(mode)}); err != nil {
				t.Errorf("%s: %v", mode, err)
			}
		}
		_, err = w.UpdateDomain(ctx, c, o.ID, d.ID, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(roster.AutomaticSuggestion)})
		refused(t, "update", err, roster.ErrEnrollmentModeNotEnabled.New(roster.AutomaticSuggestion))
		modes(roster.AutomaticSuggestion)
		if _, err := w.UpdateDomain(ctx, c, o.ID, d.ID, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(roster.AutomaticSuggestion)}); err != nil {
			t.Error(err)
		}
		w.settings(t, func(in *store.Instance) { in.DomainsEnabled = false })
		w.user(t, roster.CreateUser{EmailAddress: []string{"off@acme.example"}})
		w.settings(t, func(in *store.Instance) { in.DomainsEnabled = true })
		if got := w.pending(t, o); got != 2 {
			t.Errorf("with domains off: %d suggestions, want 2", got)
		}
		w.settings(t, func(in *store.Instance) { in.MaxAllowedDomains = 1 })
		_, err = w.CreateDomain(ctx, c, o.ID, roster.CreateOrganizationDomain{Name: "new.example"})
		refused(t, "second domain", err, roster.ErrDomainQuotaExceeded.New(1))
		w.settings(t, func(in *store.Instance) { in.MaxAllowedDomains = 0 })
		if _, err = w.CreateDomain(ctx, c, o.ID, roster.CreateOrganizationDomain{Name: "new.example"}); err != nil {
			t.Errorf("without a limit: %v", err)
		}
	})
}

// A domain with more users than one transaction should touch: the change reaches
// the first, Run the others, once.
func TestEnrollment_reaches_everybody_in_the_end(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		ctx, people := t.Context(), []*roster.User{}
		for i := range 230 {
			people = append(people, w.user(t, roster.CreateUser{EmailAddress: []string{fmt.Sprintf("a%d@acme.example", i), fmt.Sprintf("b%d@acme.example", i)}}))
		}
		o := w.organization(t, roster.CreateOrganization{CreatedBy: roster.Value(people[229].ID)})
		d := w.domain(t, o, "acme.example", roster.AutomaticSuggestion)
		sweep := func(what string, want int64) {
			t.Helper()
			if err := w.EnrolRest(ctx); err != nil {
				t.Fatal(err)
			}
			if got := w.pending(t, o); got != want {
				t.Errorf("%s: %d suggestions, want %d", what, got, want)
			}
		}
		first := w.pending(t, o)
		if first < 1 || first > 100 {
			t.Errorf("%d suggestions at once", first)
		}
		sweep("too early", first)
		w.clock.Add(2 * 60 * 1000)
		if _, err := w.DeleteUser(ctx, w.caller, people[228].ID); err != nil {
			t.Fatal(err)
		}
		events := len(w.told(t))
		sweep("in the end", 228)
		sweep("once more", 228)
		if got := len(w.told(t)); got != events {
			t.Errorf("%d events of suggestions", got-events)
		}
		if _, err := w.UpdateDomain(ctx, w.caller, o.ID, d.ID, roster.UpdateOrganizationDomain{Verified: roster.Value(false)}); err != nil {
			t.Fatal(err)
		}
		w.clock.Add(2 * 60 * 1000)
		sweep("unverified", 0)
	})
}

// The lists of refused domains say what they mean: each line is a domain in the
// form names are kept in, and is refused.
func TestDomains_lists_of_the_refused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		for file, want := range map[string]*roster.Error{
			"domains_common.txt": roster.ErrDomainCommon.On("name"), "domains_blocked.txt": roster.ErrDomainBlocked.On("name"),
		} {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			seen := map[string]bool{}
			for line := range strings.Lines(string(text)) {
				name := strings.TrimSuffix(line, "\n")
				if name == "" || name[0] == '#' {
					continue
				}
				if seen[name] || name != strings.ToLower(name) {
					t.Errorf("%s: %q is there twice, or not in lower case", file, name)
				}
				seen[name] = true
				_, err := w.CreateDomain(t.Context(), w.caller, o.ID, roster.CreateOrganizationDomain{Name: name})
				refused(t, name, err, want)
			}
		}
	})
}

// A domain lets go of more invitations than it takes back at once.
func TestEnrollment_lets_go_of_many(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		w := newWorld(t, e)
		o := w.organization(t, roster.CreateOrganization{})
		d := w.domain(t, o, "acme.example", roster.AutomaticInvitation)
		const many = store.AutomaticAtOnce + 1
		for i := range many {
			w.user(t, roster.CreateUser{EmailAddress: []string{fmt.Sprintf("u%d@acme.example", i)}})
		}
		invited := func(want int64) {
			t.Helper()
			page, err := w.Domains(t.Context(), w.caller, o.ID, roster.OrganizationDomainQuery{})
			if err != nil || page.Data[0].TotalPendingInvitations != want {
				t.Fatalf("%d invitations, want %d, %v", page.Data[0].TotalPendingInvitations, want, err)
			}
		}
		invited(many)
		in := roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(roster.ManualInvitation)}
		if _, err := w.UpdateDomain(t.Context(), w.caller, o.ID, d.ID, in); err != nil {
			t.Fatal(err)
		}
		invited(0)
		payloads, err := w.store.Events(t.Context(), w.caller.InstanceID, 4*many)
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, p := range payloads {
			told += strings.Count(p, `"type":"`+roster.EventInvitationRevoked+`"`)
		}
		if told != many {
			t.Errorf("%d of %d invitations were told of", told, many)
		}
	})
}
