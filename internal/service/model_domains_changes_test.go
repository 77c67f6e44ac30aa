package service_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

func (m *landModel) addPerson() {
	var in roster.CreateUser
	p := &landPerson{}
	for range 1 + index(m.T, "addresses", 3) {
		m.serial++
		address := fmt.Sprintf("p%d@%s", m.serial, pick(m.T, "of", append([]string{"elsewhere.example"}, landNames...)))
		status := pick(m.T, "status", []string{"verified", "verified", "reserved"})
		in.EmailAddress = append(in.EmailAddress, address)
		in.EmailAddressStatus = append(in.EmailAddressStatus, status)
		p.emails = append(p.emails, &landEmail{value: address, verified: status == "verified", reserved: status == "reserved"})
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
		e.verified, e.reserved = !e.verified, false
		_, err := m.UpdateEmailAddress(m.Context(), m.caller, e.id, roster.UpdateEmailAddress{Verified: roster.Value(e.verified)})
		m.ends("change address", err, "")
		if !e.verified {
			m.unenrol(p, e.value)
		}
	}
	if e.verified {
		m.uninvite(p, e.value)
		m.enrol(p, e.value)
	}
}

// uninvite takes back to what somebody invited a member by an address.
func (m *landModel) uninvite(p *landPerson, address string) {
	for _, company := range m.companies {
		if m.members[[2]string{company, p.id}] {
			delete(m.manual, [2]string{company, address})
		}
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
	for _, address := range p.verified() { // what somebody invited them by is settled
		m.uninvite(p, address)
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

// followByHand follows an invitation that somebody made, whoever has its address.
func (m *landModel) followByHand() {
	if len(m.manual) == 0 {
		return
	}
	key := pick(m.T, "invitation", slices.SortedFunc(maps.Keys(m.manual), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }))
	company, address := key[0], key[1]
	page, err := m.Invitations(m.Context(), m.caller, company, roster.InvitationQuery{EmailAddress: address, Status: []string{roster.InvitationPending}})
	if err != nil || len(page.Data) != 1 {
		m.Fatalf("%d invitations of %s to %s, %v", len(page.Data), company, address, err)
	}
	want := roster.TicketSignUp
	var who *landPerson
	for _, p := range m.people {
		for _, e := range p.emails {
			switch {
			case e.value != address:
			case e.verified:
				want, who = roster.TicketComplete, p
			case e.reserved:
				want = roster.TicketSignIn
			}
		}
	}
	_, ticket, _ := strings.Cut(*page.Data[0].URL, "__clerk_ticket=")
	out, err := m.AcceptTicket(m.Context(), m.caller, ticket)
	if m.ends("follow", err, ""); out.Status != want {
		m.Fatalf("followed as %+v, want %s", out, want)
	}
	if who != nil {
		delete(m.manual, key)
		m.joins(company, who)
	}
}

func (m *landModel) inviteByHand(company string, p *landPerson) {
	e := pick(m.T, "address", p.emails)
	address := e.value
	want := roster.Code("")
	switch {
	case (e.verified || e.reserved) && m.members[[2]string{company, p.id}]:
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
	for _, d := range slices.SortedFunc(slices.Values(m.domains), func(a, b *landDomain) int {
		return cmp.Or(cmp.Compare(a.updated, b.updated), cmp.Compare(a.id, b.id))
	}) {
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
