package service_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// site is a domain of the oracle.
type site struct {
	id, company, name, mode string
	verified                bool
	created                 int64
}

func (s *site) key() string { return s.id }

func (s *site) place(by string) place {
	if by == "name" {
		return place{text: s.name}
	}
	return place{number: s.created}
}

// drawSites makes random domains of a few organizations, with names that contain
// each other and times that tie.
func drawSites(t *rapid.T, w *world) (companies []string, sites []*site) {
	for range 1 + index(t, "companies", 3) {
		companies = append(companies, w.organization(t, roster.CreateOrganization{}).ID)
	}
	for range index(t, "domains", 25) {
		s := &site{company: pick(t, "company", companies), mode: pick(t, "mode", roster.EnrollmentModes), verified: rapid.Bool().Draw(t, "verified")}
		s.name = pick(t, "first", []string{"a", "ab", "b-a", "0"}) + fmt.Sprint(index(t, "number", 4)) + pick(t, "last", []string{".example", ".a.example", ".example.org"})
		s.created = w.clock.Add(pick(t, "tick", []int64{0, 0, 1, 1000}))
		d, err := w.CreateDomain(t.Context(), w.caller, s.company, roster.CreateOrganizationDomain{Name: cased(t, s.name), EnrollmentMode: roster.Value(s.mode), Verified: roster.Value(s.verified)})
		if err == nil { // or the name is taken, or there are ten
			s.id = d.ID
			sites = append(sites, s)
		}
	}
	return companies, sites
}

// askSites draws a query of the instance's list.
func askSites(t *rapid.T, companies []string, sites []*site) (q roster.InstanceDomainQuery) {
	a := &asker{T: t, directory: &directory{}}
	q.Paging = a.paging(nil)
	q.OrderBy = a.order(roster.OrganizationDomainOrders)
	if a.wants("verified") {
		q.Verified = roster.Value(rapid.Bool().Draw(t, "verified"))
	}
	if s := a.selection("enrollment_mode", roster.EnrollmentModes); len(s.Include)+len(s.Exclude) > 0 {
		q.EnrollmentMode = s
	}
	if a.wants("organization_id") {
		q.OrganizationID = pick(t, "organization_id", append([]string{"org_none"}, companies...))
	}
	if a.wants("query") {
		q.Query = pick(t, "query", append([]string{"A", "Ample", ".", "0.", "%", "_", "org_", "nobody"}, companies...))
	}
	if a.wants("domains") {
		q.Domains = []string{"nobody.example", "%"}
		for range index(t, "domains", 4) {
			if len(sites) > 0 {
				q.Domains = append(q.Domains, strings.ToUpper(pick(t, "domain", sites).name))
			}
		}
	}
	return q
}

func holdsSite(q roster.InstanceDomainQuery) func(*site) bool {
	return func(s *site) bool {
		verified, only := q.Verified.Get()
		named := strings.Contains(s.name, strings.ToLower(q.Query))
		if strings.HasPrefix(q.Query, "org_") {
			named = s.company == q.Query
		}
		return (!only || verified == s.verified) && selected(q.EnrollmentMode, s.mode) &&
			(q.OrganizationID == "" || q.OrganizationID == s.company) && named &&
			(len(q.Domains) == 0 || slices.Contains(q.Domains, strings.ToUpper(s.name)))
	}
}

func compareSites(t *rapid.T, w *world, companies []string, sites []*site) {
	q := askSites(t, companies, sites)
	of := pick(t, "of", companies)
	instance, err := w.InstanceDomains(t.Context(), w.caller, q)
	if err != nil {
		t.Fatal(err)
	}
	one, err := w.Domains(t.Context(), w.caller, of, q.OrganizationDomainQuery)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "instance", q, showSites(instance.Data), expectSites(sites, q), instance.TotalCount, totalSites(sites, q))
	q = roster.InstanceDomainQuery{OrganizationDomainQuery: q.OrganizationDomainQuery, OrganizationID: of, OrderBy: roster.Desc("created_at")}
	same(t, "organization "+of, q, showSites(one.Data), expectSites(sites, q), one.TotalCount, totalSites(sites, q))
}

func showSites(list []roster.OrganizationDomain) (out []string) {
	for _, d := range list {
		out = append(out, fmt.Sprint(site{d.ID, d.OrganizationID, d.Name, d.EnrollmentMode, d.Verified(), d.CreatedAt}))
	}
	return out
}

func expectSites(sites []*site, q roster.InstanceDomainQuery) (out []string) {
	page, _ := expect(sites, q.OrderBy, q.Paging, holdsSite(q))
	for _, s := range page {
		out = append(out, fmt.Sprint(*s))
	}
	return out
}

func totalSites(sites []*site, q roster.InstanceDomainQuery) int64 {
	_, total := expect(sites, q.OrderBy, q.Paging, holdsSite(q))
	return total
}

func TestDomainListsEqualOracle(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(5 * time.Second)
		answers := 0
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			w := randomWorld(t, st)
			companies, sites := drawSites(t, w)
			for range 20 {
				compareSites(t, w, companies, sites)
				answers += 2
			}
		})
		t.Logf("%d answers", answers)
	})
}
