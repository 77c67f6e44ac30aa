package service_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// twoDomains is an organization that gets the domains a.example and b.example.
type twoDomains struct {
	*testing.T
	*world
	o *roster.Organization
}

func (s twoDomains) add(name, mode string) *roster.OrganizationDomain {
	s.Helper()
	s.clock.Add(1)
	return s.domain(s, s.o, name, mode)
}

func (s twoDomains) turn(d *roster.OrganizationDomain, mode string) {
	s.Helper()
	s.clock.Add(1)
	if _, err := s.UpdateDomain(s.Context(), s.caller, s.o.ID, d.ID, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(mode)}); err != nil {
		s.Fatal(err)
	}
}

// vouch changes domains at one moment, and not how they enrol.
func (s twoDomains) vouch(list ...*roster.OrganizationDomain) {
	s.Helper()
	s.clock.Add(1)
	for _, d := range list {
		if _, err := s.VerifyDomainOwnership(s.Context(), s.caller, s.o.ID, d.ID); err != nil {
			s.Fatal(err)
		}
	}
}

func (s twoDomains) person(addresses ...string) *roster.User {
	s.Helper()
	return s.user(s, roster.CreateUser{EmailAddress: addresses})
}

// late adds both domains while their only user is a member, who then leaves: they
// reach the user only in the end.
func (s twoDomains) late() (a, b *roster.OrganizationDomain) {
	s.Helper()
	u := s.person("u@b.example", "u@a.example")
	s.join(s, s.o, u, roster.RoleMember)
	a, b = s.add("a.example", roster.AutomaticSuggestion), s.add("b.example", roster.AutomaticSuggestion)
	if _, err := s.DeleteMembership(s.Context(), s.caller, s.o.ID, u.ID); err != nil {
		s.Fatal(err)
	}
	return a, b
}

// Of an organization's domains that know a user, the first to reach the user enrols.
func TestEnrollment_by_one_of_two_domains(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do   func(s twoDomains)
		want string
	}{
		"a new user: that of the first address": {func(s twoDomains) {
			s.add("a.example", roster.AutomaticSuggestion)
			s.add("b.example", roster.AutomaticSuggestion)
			s.person("u@b.example", "u@a.example")
		}, "b.example"},
		"new domains: the first": {func(s twoDomains) {
			s.person("u@b.example", "u@a.example")
			s.add("a.example", roster.AutomaticSuggestion)
			s.add("b.example", roster.AutomaticSuggestion)
		}, "a.example"},
		"in the end: the first": {func(s twoDomains) { s.late() }, "a.example"},
		"in the end: not the one changed since": {func(s twoDomains) {
			a, _ := s.late()
			s.vouch(a)
		}, "b.example"},
		"in the end: of those changed at one moment, the smaller id": {func(s twoDomains) {
			a, b := s.late()
			s.vouch(b, a)
		}, "a.example"},
		"in the end: not the one that invited until then, when a third lets go": {func(s twoDomains) {
			a := s.add("a.example", roster.AutomaticInvitation)
			s.add("b.example", roster.AutomaticSuggestion)
			third := s.add("c.example", roster.AutomaticSuggestion)
			s.person("u@c.example", "u@a.example", "u@b.example")
			s.turn(a, roster.AutomaticSuggestion)
			s.turn(third, roster.ManualInvitation)
		}, "b.example"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, e storetest.Engine) {
				w := newWorld(t, e)
				s := twoDomains{t, w, w.organization(t, roster.CreateOrganization{})}
				c.do(s)
				s.clock.Add(2 * 60 * 1000)
				if err := s.EnrolRest(t.Context()); err != nil {
					t.Fatal(err)
				}
				page, err := s.Domains(t.Context(), s.caller, s.o.ID, roster.OrganizationDomainQuery{})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, d := range page.Data {
					for range d.TotalPendingSuggestions {
						got = append(got, d.Name)
					}
				}
				if diff := cmp.Diff([]string{c.want}, got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
			})
		})
	}
}

// A domain does not wait for users at whom somebody is at work, who may wait for its
// organization: it reaches them in the end.
func TestEnrollment_passes_over_who_is_busy(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		if e.Name == "sqlite" {
			t.Skip("has one writer at a time")
		}
		e, _ = e.Watch(t)
		w := newWorld(t, e)
		s := twoDomains{t, w, w.organization(t, roster.CreateOrganization{})}
		busy := s.person("busy@a.example")
		s.person("free@a.example")
		release := w.hold(t, func(tx *store.Tx) error { return tx.LockUser(busy.ID) })
		d := s.add("a.example", roster.AutomaticSuggestion)
		if d.TotalPendingSuggestions != 1 {
			t.Errorf("%d suggestions while one of two users is busy", d.TotalPendingSuggestions)
		}
		s.clock.Add(2 * 60 * 1000)
		if err := s.EnrolRest(t.Context()); !errors.Is(err, store.ErrBusy) {
			t.Error(err)
		}
		release()
		if err := s.EnrolRest(t.Context()); err != nil {
			t.Error(err)
		}
		page, err := s.Domains(t.Context(), s.caller, s.o.ID, roster.OrganizationDomainQuery{})
		if err != nil || page.Data[0].TotalPendingSuggestions != 2 {
			t.Errorf("%+v suggested in the end, %v", page.Data, err)
		}
	})
}
