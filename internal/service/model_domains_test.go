package service_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store/storetest"
)

// Domains, users, addresses and members change in random order; a model of maps and
// loops says after each step what every domain must tell, and how each step ends.

// landModel is what an instance has of domains and of those they bring in.
type landModel struct {
	*rapid.T
	*world
	companies []string
	domains   []*landDomain
	people    []*landPerson
	members   map[[2]string]bool // of company and person
	told      map[[2]string]*landOffer
	invited   []*landOffer
	manual    map[[2]string]bool // of company and address: it is invited by hand
}

type landDomain struct {
	company, id, name, mode string
	verified, owned, behind bool
	updated                 int64
}

type landPerson struct {
	id     string
	emails []*landEmail // in their order
}

type landEmail struct {
	id, value          string
	verified, reserved bool
}

func (p *landPerson) verified() (list []string) {
	for _, e := range p.emails {
		if e.verified {
			list = append(list, e.value)
		}
	}
	return list
}

// of reports whether an address is the person's.
func (p *landPerson) of(address string) bool { return slices.Contains(p.verified(), address) }

// landOffer is what brought, or is to bring, a person into a company: a suggestion,
// or an invitation to an address.
type landOffer struct {
	domain  *landDomain
	pending bool
	address string
	made    int64
}

func (d *landDomain) enrols() string {
	if d.verified && (d.mode == roster.AutomaticSuggestion || d.mode == roster.AutomaticInvitation) {
		return d.mode
	}
	return ""
}

func (m *landModel) enrol(p *landPerson, address string) {
	for _, d := range m.domains {
		if !strings.HasSuffix(address, "@"+d.name) || d.enrols() == "" {
			continue
		}
		key := [2]string{d.company, p.id}
		offered := m.members[key] || m.told[key] != nil
		for _, a := range p.verified() {
			offered = offered || m.manual[[2]string{d.company, a}]
		}
		for _, o := range m.invited {
			offered = offered || o.pending && o.domain.company == d.company && p.of(o.address)
		}
		switch offer := (&landOffer{d, true, address, m.clock.Load()}); {
		case offered:
		case d.mode == roster.AutomaticSuggestion:
			m.told[key] = offer
		default:
			m.invited = append(m.invited, offer)
		}
	}
}

// withdraw ends invitations that are pending.
func (m *landModel) withdraw(which func(o *landOffer) bool) {
	for _, o := range m.invited {
		if o.pending && which(o) {
			o.pending = false
		}
	}
}

// enrolOne enrols a person by one domain.
func (m *landModel) enrolOne(d *landDomain, p *landPerson) {
	for _, a := range p.verified() {
		if strings.HasSuffix(a, "@"+d.name) {
			m.enrol(p, a)
		}
	}
}

func (m *landModel) enrolAll(d *landDomain) {
	for _, p := range m.people {
		m.enrolOne(d, p)
	}
}

// drop forgets offers.
func (m *landModel) drop(which func(key [2]string, o *landOffer) bool) {
	for key, o := range m.told {
		if which(key, o) {
			delete(m.told, key)
		}
	}
}

func (m *landModel) letGo(d *landDomain) {
	m.drop(func(_ [2]string, o *landOffer) bool { return o.domain == d && o.pending })
	m.withdraw(func(o *landOffer) bool { return o.domain == d })
}

// ends checks how a step ended and reports whether it was carried out.
func (m *landModel) ends(what string, err error, want roster.Code) bool {
	m.Helper()
	if want == "" && err != nil || want != "" && !errors.Is(err, want) {
		m.Fatalf("%s: got %v, want %q", what, err, want)
	}
	return err == nil
}

// taken is why a company cannot have a name, "" when it can.
func (m *landModel) taken(company, name string, except *landDomain) roster.Code {
	for _, d := range m.domains {
		if d != except && d.name == name && d.company == company {
			return roster.CodeDomainAlreadyInOrganization
		}
	}
	for _, d := range m.domains {
		if d != except && d.name == name && d.verified {
			return roster.CodeDomainAlreadyExists
		}
	}
	return ""
}

var (
	landNames = []string{"a.example", "b.example", "c.a.example", "xn--bcher-kva.example"}
	landModes = append([]string{roster.AutomaticSuggestion, roster.AutomaticSuggestion, roster.AutomaticInvitation}, roster.EnrollmentModes...)
)

func (m *landModel) step() {
	m.clock.Add(pick(m.T, "tick", []int64{0, 1, 30_000, 61_000}))
	switch kind := index(m.T, "step", 20); {
	case kind < 3 || len(m.people) == 0:
		m.addPerson()
	case len(m.companies) == 0 || kind == 3 && len(m.companies) < 4:
		m.companies = append(m.companies, m.organization(m.T, roster.CreateOrganization{}).ID)
	case kind < 6 || len(m.domains) == 0:
		m.addDomain()
	case kind < 8:
		m.changeDomain(pick(m.T, "domain", m.domains))
	case kind == 8:
		m.vouch(pick(m.T, "domain", m.domains))
	case kind == 9:
		m.member(pick(m.T, "company", m.companies), pick(m.T, "person", m.people).id)
	case kind == 10:
		m.sweep()
	case kind == 11 && chance(m.T, "company goes", 3):
		m.removeCompany(pick(m.T, "company", m.companies))
	case kind == 11:
		m.removeDomain(pick(m.T, "domain", m.domains))
	case kind == 12:
		m.answer()
	case kind == 13:
		m.followByHand()
	case kind < 18:
		m.changeAddress(pick(m.T, "person", m.people))
	case kind == 18:
		m.inviteByHand(pick(m.T, "company", m.companies), pick(m.T, "person", m.people))
	default:
		m.removePerson(pick(m.T, "person", m.people))
	}
}

// check compares what every domain tells with the model.
func (m *landModel) check() {
	m.Helper()
	page, err := m.InstanceDomains(m.Context(), m.caller, roster.InstanceDomainQuery{OrganizationDomainQuery: roster.OrganizationDomainQuery{Paging: roster.Paging{Limit: 500}}})
	if err != nil {
		m.Fatal(err)
	}
	got, want := []string{}, []string{}
	for _, d := range page.Data {
		got = append(got, fmt.Sprint(d.ID, d.OrganizationID, d.Name, d.EnrollmentMode, d.Verified(), d.OwnershipVerification != nil, d.UpdatedAt, d.TotalPendingSuggestions, d.TotalPendingInvitations))
	}
	for _, d := range m.domains {
		pending := 0
		for _, o := range m.told {
			if o.domain == d && o.pending {
				pending++
			}
		}
		invited := 0
		for _, o := range m.invited {
			if o.domain == d && o.pending {
				invited++
			}
		}
		want = append(want, fmt.Sprint(d.id, d.company, d.name, d.mode, d.verified, d.owned, d.updated, pending, invited))
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		m.Fatalf("-want +got:\n%s", diff)
	}
	m.checkLists()
}

// checkLists counts what an organization's list shows of invitations that are pending:
// those made by hand.
func (m *landModel) checkLists() {
	m.Helper()
	for _, company := range m.companies {
		byHand := 0
		for key := range m.manual {
			if key[0] == company {
				byHand++
			}
		}
		page, err := m.Invitations(m.Context(), m.caller, company, roster.InvitationQuery{Status: []string{roster.InvitationPending}})
		if err != nil || page.TotalCount != int64(byHand) {
			m.Fatalf("the list of %s has %d invitations, want %d (%v)", company, page.TotalCount, byHand, err)
		}
	}
}

func TestDomainsEqualModel(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, e storetest.Engine) {
		st := e.Open(t)
		tries := newTries(8 * time.Second)
		steps := 0
		rapid.Check(t, func(t *rapid.T) {
			if tries.over() {
				return
			}
			m := &landModel{T: t, world: randomWorld(t, st), members: map[[2]string]bool{}, told: map[[2]string]*landOffer{}, manual: map[[2]string]bool{}}
			for range 60 {
				m.step()
				m.check()
				steps++
			}
		})
		t.Logf("%d steps", steps)
	})
}
