package service_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/rosterhq/roster"
)

func (b *builder) addCompany() {
	c := &company{name: notBlank(b.name()), limit: int64(index(b.T, "limit", 2) * 100)}
	in := roster.CreateOrganization{Name: c.name.raw, MaxAllowedMemberships: roster.Value(c.limit)}
	if chance(b.T, "slug", 3) {
		in.Slug = roster.Value(fmt.Sprint(pick(b.T, "slug", []string{"a", "ab", "acme-"}), b.next()))
	}
	c.updated = b.tick()
	c.created = c.updated
	if chance(b.T, "created_at", 3) {
		c.created = pick(b.T, "created_at", []int64{0, morning, morning + day})
		in.CreatedAt = roster.Value(time.UnixMilli(c.created).UTC().Format(time.RFC3339Nano))
	}
	var creator *person
	if len(b.people) > 0 && chance(b.T, "creator", 2) {
		creator = pick(b.T, "creator", b.people)
		in.CreatedBy = roster.Value(creator.id)
	}
	o, err := b.CreateOrganization(b.Context(), b.caller, in)
	b.ok(err)
	c.id, c.slug = o.ID, o.Slug
	b.companies = append(b.companies, c)
	if creator != nil {
		m, err := b.Membership(b.Context(), b.caller, c.id, creator.id)
		b.ok(err)
		b.join(c, creator, m, roster.RoleAdmin, "{}")
	}
}

// notBlank is a name that organizations may have.
func notBlank(x text) text {
	return text{"A" + x.raw, slices.Concat([]string{"a"}, x.folded)}
}

func (b *builder) find(c *company, p *person) *member {
	for _, m := range b.members {
		if m.of == c && m.who == p {
			return m
		}
	}
	return nil
}

func (b *builder) addMember(c *company, p *person) {
	if b.find(c, p) != nil {
		return
	}
	b.tick()
	in := roster.CreateMembership{UserID: p.id, Role: pick(b.T, "role", []string{roster.RoleMember, roster.RoleAdmin})}
	public := pick(b.T, "public_metadata", publics)
	if public != "{}" {
		in.PublicMetadata = roster.Metadata(public)
	}
	m, err := b.CreateMembership(b.Context(), b.caller, c.id, in)
	b.ok(err)
	b.join(c, p, m, in.Role, public)
}

func (b *builder) join(c *company, p *person, m *roster.Membership, role, public string) {
	now := b.clock.Load()
	b.members = append(b.members, &member{id: m.ID, role: role, public: public, of: c, who: p, created: now, updated: now})
	p.chosen = c
}

// change makes one random change to what is there.
func (b *builder) change() {
	now := b.tick()
	switch index(b.T, "change", 11) {
	case 0, 1, 2:
		b.visit(now)
	case 3:
		b.revoke(now)
	case 4:
		b.remove()
	case 5:
		b.toggleBan(now)
	case 6:
		b.rename(now)
	case 7:
		b.changePrimary(now)
	case 8:
		b.changeRole(now)
	case 9:
		b.addUnverified(now)
	case 10:
		if chance(b.T, "delete", 3) {
			b.deletePerson()
		}
	}
}

func (b *builder) visit(now int64) {
	if len(b.people) == 0 {
		return
	}
	p := pick(b.T, "visitor", b.people)
	if p.banned {
		return
	}
	s, err := b.CreateSession(b.Context(), b.caller, roster.CreateSession{UserID: p.id})
	b.ok(err)
	b.visits = append(b.visits, &visit{id: s.ID, client: s.ClientID, status: roster.SessionActive, who: p, in: p.chosen, created: now, updated: now})
	today := now - now%day
	p.active, p.signedIn = &today, &now
}

// statusAt is what a session reads as.
func (v *visit) statusAt(now int64) string {
	if v.status == roster.SessionActive && v.created+7*day <= now {
		return roster.SessionExpired
	}
	return v.status
}

func (v *visit) end(now int64) {
	if v.statusAt(now) == roster.SessionActive {
		v.status, v.updated = roster.SessionRevoked, now
	}
}

func (b *builder) revoke(now int64) {
	if len(b.visits) == 0 {
		return
	}
	v := pick(b.T, "visit", b.visits)
	_, err := b.RevokeSession(b.Context(), b.caller, v.id)
	b.ok(err)
	v.end(now)
}

func (b *builder) remove() {
	if len(b.members) == 0 {
		return
	}
	m := pick(b.T, "member", b.members)
	_, err := b.DeleteMembership(b.Context(), b.caller, m.of.id, m.who.id)
	b.ok(err)
	b.members = slices.DeleteFunc(b.members, func(o *member) bool { return o == m })
	b.forget(m)
}

// forget takes the organization of a member who left off that person's sessions.
func (b *builder) forget(m *member) {
	now := b.clock.Load()
	for _, v := range b.visits {
		if v.who == m.who && v.in == m.of {
			v.in, v.updated = nil, now
		}
	}
	if m.who.chosen == m.of {
		m.who.chosen = nil
	}
}

func (b *builder) toggleBan(now int64) {
	if len(b.people) == 0 {
		return
	}
	p := pick(b.T, "banned", b.people)
	set := b.BanUser
	if p.banned {
		set = b.UnbanUser
	}
	_, err := set(b.Context(), b.caller, p.id)
	b.ok(err)
	p.banned, p.updated = !p.banned, now
	for _, v := range b.visits {
		if v.who == p && p.banned {
			v.end(now)
		}
	}
}

func (b *builder) rename(now int64) {
	if len(b.people) == 0 {
		return
	}
	p := pick(b.T, "renamed", b.people)
	old := p.first.raw
	p.first = text{}
	if chance(b.T, "to a name", 2) {
		p.first = b.name()
	}
	if p.first.raw == old {
		return
	}
	_, err := b.UpdateUser(b.Context(), b.caller, p.id, roster.UpdateUser{FirstName: roster.Value(p.first.raw)})
	b.ok(err)
	p.updated = now
}

func (b *builder) changePrimary(now int64) {
	for _, p := range b.people {
		if len(p.emails) < 2 {
			continue
		}
		u, err := b.User(b.Context(), b.caller, p.id)
		b.ok(err)
		to := (p.primaryEmail + 1) % len(p.emails)
		if !u.EmailAddresses[to].Verification.Verified() {
			continue
		}
		_, err = b.UpdateUser(b.Context(), b.caller, p.id, roster.UpdateUser{PrimaryEmailAddressID: roster.Value(u.EmailAddresses[to].ID)})
		b.ok(err)
		p.primaryEmail, p.updated = to, now
		return
	}
}

// addUnverified gives somebody an address that others may have too.
func (b *builder) addUnverified(now int64) {
	if len(b.people) == 0 {
		return
	}
	p, e := pick(b.T, "person", b.people), pick(b.T, "shared", []string{"shared@x.io", "ann@shared.example"})
	if slices.Contains(p.emails, e) {
		return
	}
	_, err := b.CreateEmailAddress(b.Context(), b.caller, roster.CreateEmailAddress{UserID: p.id, EmailAddress: e})
	b.ok(err)
	p.emails, p.updated = append(p.emails, e), now
}

func (b *builder) changeRole(now int64) {
	if len(b.members) == 0 {
		return
	}
	m := pick(b.T, "member", b.members)
	role := pick(b.T, "role", []string{roster.RoleMember, roster.RoleAdmin})
	_, err := b.UpdateMembership(b.Context(), b.caller, m.of.id, m.who.id, roster.UpdateMembership{Role: role})
	b.ok(err)
	if role != m.role {
		m.role, m.updated = role, now
	}
}

func (b *builder) deletePerson() {
	if len(b.people) == 0 {
		return
	}
	p := pick(b.T, "deleted", b.people)
	_, err := b.DeleteUser(b.Context(), b.caller, p.id)
	b.ok(err)
	b.people = slices.DeleteFunc(b.people, func(o *person) bool { return o == p })
	b.members = slices.DeleteFunc(b.members, func(m *member) bool { return m.who == p })
	b.visits = slices.DeleteFunc(b.visits, func(v *visit) bool { return v.who == p })
}
