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
	manual    map[[2]string]bool // of company and address: a person was invited by hand
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
	id, value string
	verified  bool
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
	case kind < 14:
		m.answer()
	case kind < 18:
		m.changeAddress(pick(m.T, "person", m.people))
	case kind == 18:
		m.inviteByHand(pick(m.T, "company", m.companies), pick(m.T, "person", m.people))
	default:
		m.removePerson(pick(m.T, "person", m.people))
	}
}

func (m *landModel) addPerson() {
	var in roster.CreateUser
	p := &landPerson{}
	for range 1 + index(m.T, "addresses", 3) {
		m.serial++
		address := fmt.Sprintf("p%d@%s", m.serial, pick(m.T, "of", append([]string{"elsewhere.example"}, landNames...)))
		status := pick(m.T, "status", []string{"verified", "verified", "reserved"})
		in.EmailAddress = append(in.EmailAddress, address)
		in.EmailAddressStatus = append(in.EmailAddressStatus, status)
		p.emails = append(p.emails, &landEmail{value: address, verified: status == "verified"})
	}
	u, err := m.CreateUser(m.Context(), m.caller, in)
	if err != nil {
		m.Fatal(err)
	}
	p.id = u.ID
	for i, e := range p.emails {
		e.id = u.EmailAddresses[i].ID
	}
	m.people = append(m.people, p)
	for _, a := range p.verified() {
		m.enrol(p, a)
	}
}

// changeAddress gives a person an address, verifies one, takes that back, or takes
// one away.
func (m *landModel) changeAddress(p *landPerson) {
	e := pick(m.T, "email", p.emails)
	switch {
	case chance(m.T, "new", 3):
		m.serial++
		e = &landEmail{value: fmt.Sprintf("p%d@%s", m.serial, pick(m.T, "of", landNames)), verified: rapid.Bool().Draw(m.T, "verified")}
		out, err := m.CreateEmailAddress(m.Context(), m.caller, roster.CreateEmailAddress{UserID: p.id, EmailAddress: e.value, Verified: roster.Value(e.verified)})
		m.ends("add address", err, "")
		e.id = out.ID
		p.emails = append(p.emails, e)
	case len(p.emails) > 1 && chance(m.T, "remove", 3):
		_, err := m.DeleteEmailAddress(m.Context(), m.caller, e.id)
		m.ends("remove address", err, "")
		p.emails = slices.DeleteFunc(p.emails, func(o *landEmail) bool { return o == e })
		if e.verified {
			m.unenrol(p, e.value)
		}
		return
	default:
		e.verified = !e.verified
		_, err := m.UpdateEmailAddress(m.Context(), m.caller, e.id, roster.UpdateEmailAddress{Verified: roster.Value(e.verified)})
		m.ends("change address", err, "")
		if !e.verified {
			m.unenrol(p, e.value)
		}
	}
	if e.verified {
		m.enrol(p, e.value)
	}
}

// unenrol takes back what an address brought; another of its domain takes its place.
func (m *landModel) unenrol(p *landPerson, address string) {
	for _, d := range m.domains {
		if !d.verified || !strings.HasSuffix(address, "@"+d.name) {
			continue
		}
		m.drop(func(key [2]string, o *landOffer) bool { return key[1] == p.id && o.domain == d && o.pending })
		m.withdraw(func(o *landOffer) bool { return o.domain.company == d.company && o.address == address })
		m.enrolOne(d, p)
	}
}

func (m *landModel) addDomain() {
	d := &landDomain{company: pick(m.T, "company", m.companies), name: pick(m.T, "name", landNames), mode: pick(m.T, "mode", landModes),
		verified: !chance(m.T, "unverified", 4), updated: m.clock.Load()}
	out, err := m.CreateDomain(m.Context(), m.caller, d.company, roster.CreateOrganizationDomain{
		Name: d.name, EnrollmentMode: roster.Value(d.mode), Verified: roster.Value(d.verified)})
	if !m.ends("add domain", err, m.taken(d.company, d.name, nil)) {
		return
	}
	d.id = out.ID
	m.domains = append(m.domains, d)
	d.behind = d.enrols() != ""
	m.enrolAll(d)
}

func (m *landModel) changeDomain(d *landDomain) {
	mode, verified := pick(m.T, "mode", landModes), rapid.Bool().Draw(m.T, "verified")
	_, err := m.UpdateDomain(m.Context(), m.caller, d.company, d.id, roster.UpdateOrganizationDomain{EnrollmentMode: roster.Value(mode), Verified: roster.Value(verified)})
	want := roster.Code("")
	if verified && !d.verified {
		want = m.taken("", d.name, d)
	}
	if !m.ends("change domain", err, want) || mode == d.mode && verified == d.verified {
		return
	}
	enrolled := d.enrols()
	d.mode, d.verified, d.updated = mode, verified, m.clock.Load()
	if enrolled != d.enrols() {
		m.letGo(d)
		d.behind = d.enrols() != ""
		m.enrolAll(d)
	}
}

func (m *landModel) vouch(d *landDomain) {
	_, err := m.VerifyDomainOwnership(m.Context(), m.caller, d.company, d.id)
	if m.ends("vouch", err, "") && !d.owned {
		d.owned, d.updated = true, m.clock.Load()
	}
}

// member adds a member, or removes the one there is.
func (m *landModel) member(company, person string) {
	key := [2]string{company, person}
	if m.members[key] {
		_, err := m.DeleteMembership(m.Context(), m.caller, company, person)
		m.ends("leave", err, "")
		delete(m.members, key)
		return
	}
	_, err := m.CreateMembership(m.Context(), m.caller, company, roster.CreateMembership{UserID: person, Role: roster.RoleMember})
	m.ends("join", err, "")
	m.joins(company, m.person(person))
}

func (m *landModel) person(id string) *landPerson {
	return m.people[slices.IndexFunc(m.people, func(p *landPerson) bool { return p.id == id })]
}

// joins settles what was to bring a person in.
func (m *landModel) joins(company string, p *landPerson) {
	key := [2]string{company, p.id}
	m.members[key] = true
	if o := m.told[key]; o != nil {
		o.pending = false
	}
	m.withdraw(func(o *landOffer) bool { return o.domain.company == company && p.of(o.address) })
}

// answer follows an invitation of a domain, or takes it back.
func (m *landModel) answer() {
	var pending []*landOffer
	for _, o := range m.invited {
		if o.pending {
			pending = append(pending, o)
		}
	}
	if len(pending) == 0 {
		return
	}
	o := pick(m.T, "invitation", pending)
	page, err := m.InstanceInvitations(m.Context(), m.caller, roster.InvitationQuery{Query: o.address, Status: []string{roster.InvitationPending}})
	m.ends("find the invitation", err, "")
	var found roster.Invitation
	for _, i := range page.Data {
		if i.OrganizationID == o.domain.company {
			found = i
		}
	}
	if found.ID == "" || found.URL == nil || found.Role != roster.RoleMember || found.InviterID != nil || found.ExpiresAt != o.made+30*day {
		m.Fatalf("%+v among %+v is not the invitation %+v", found, page.Data, o)
	}
	if rapid.Bool().Draw(m.T, "revoke") {
		_, err := m.RevokeInvitation(m.Context(), m.caller, o.domain.company, found.ID, roster.RevokeInvitation{})
		m.ends("revoke", err, "")
		o.pending = false
		return
	}
	_, ticket, _ := strings.Cut(*found.URL, "__clerk_ticket=")
	out, err := m.AcceptTicket(m.Context(), m.caller, ticket)
	if m.ends("accept", err, ""); out.Status != roster.TicketComplete {
		m.Fatalf("accepted as %+v", out)
	}
	for _, p := range m.people {
		if p.of(o.address) {
			m.joins(o.domain.company, p)
		}
	}
}

func (m *landModel) inviteByHand(company string, p *landPerson) {
	if len(p.verified()) == 0 {
		return
	}
	address := pick(m.T, "address", p.verified())
	want := roster.Code("")
	switch {
	case m.members[[2]string{company, p.id}]:
		want = roster.CodeAlreadyAMember
	case m.manual[[2]string{company, address}]:
		want = roster.CodeInvitationNotUnique
	}
	_, err := m.CreateInvitation(m.Context(), m.caller, company, roster.CreateInvitation{EmailAddress: address, Role: roster.RoleMember, Notify: roster.Value(false)})
	if m.ends("invite by hand", err, want) {
		m.manual[[2]string{company, address}] = true
		m.withdraw(func(o *landOffer) bool { return o.domain.company == company && o.address == address })
	}
}

func (m *landModel) sweep() {
	m.ends("enrol the rest", m.EnrolRest(m.Context()), "")
	for _, d := range m.domains {
		if d.behind && d.updated < m.clock.Load()-60_000 {
			d.behind = false
			for _, p := range m.people {
				if !slices.ContainsFunc(m.invited, func(o *landOffer) bool { return o.domain == d && o.made >= d.updated && p.of(o.address) }) {
					m.enrolOne(d, p)
				}
			}
		}
	}
}

func (m *landModel) removeDomain(d *landDomain) {
	_, err := m.DeleteDomain(m.Context(), m.caller, d.company, d.id)
	m.ends("remove domain", err, "")
	m.drop(func(_ [2]string, o *landOffer) bool { return o.domain == d })
	m.withdraw(func(o *landOffer) bool { return o.domain == d })
	m.domains = slices.DeleteFunc(m.domains, func(o *landDomain) bool { return o == d })
}

func (m *landModel) removeCompany(company string) {
	_, err := m.DeleteOrganization(m.Context(), m.caller, company)
	m.ends("remove company", err, "")
	m.drop(func(key [2]string, _ *landOffer) bool { return key[0] == company })
	m.withdraw(func(o *landOffer) bool { return o.domain.company == company })
	for key := range m.manual {
		if key[0] == company {
			delete(m.manual, key)
		}
	}
	m.domains = slices.DeleteFunc(m.domains, func(d *landDomain) bool { return d.company == company })
	m.companies = slices.DeleteFunc(m.companies, func(c string) bool { return c == company })
	for key := range m.members {
		if key[0] == company {
			delete(m.members, key)
		}
	}
}

func (m *landModel) removePerson(p *landPerson) {
	_, err := m.DeleteUser(m.Context(), m.caller, p.id)
	m.ends("remove person", err, "")
	m.drop(func(key [2]string, _ *landOffer) bool { return key[1] == p.id })
	m.withdraw(func(o *landOffer) bool { return p.of(o.address) })
	m.people = slices.DeleteFunc(m.people, func(o *landPerson) bool { return o == p })
	for key := range m.members {
		if key[1] == p.id {
			delete(m.members, key)
		}
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

// checkLists counts what an organization's list of invitations shows: those made by
// hand.
func (m *landModel) checkLists() {
	m.Helper()
	for _, company := range m.companies {
		byHand := 0
		for key := range m.manual {
			if key[0] == company {
				byHand++
			}
		}
		page, err := m.Invitations(m.Context(), m.caller, company, roster.InvitationQuery{})
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
