package api_test

import (
	"slices"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// audits are what must be true of an instance whatever was done to it. Each query
// finds the rows of instance $1 that break its rule.
var audits = []struct{ rule, query string }{
	{"a membership has its user", `select m.* from memberships m
left join users u on u.instance_id = m.instance_id and u.id = m.user_id
where m.instance_id = $1 and u.id is null`},
	{"a membership has its organization", `select m.* from memberships m
left join organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
where m.instance_id = $1 and o.id is null`},
	{"a membership has its role", `select m.* from memberships m
left join roles r on r.instance_id = m.instance_id and r.id = m.role_id
where m.instance_id = $1 and r.id is null`},
	{"a membership's copies equal its user's columns", `select m.*, u.* from memberships m
join users u on u.instance_id = m.instance_id and u.id = m.user_id
where m.instance_id = $1 and (m.user_created_at, m.first_name, m.last_name, m.username, m.email_address, m.phone_number, m.web3_wallet,
	m.banned, m.image_id, m.last_active_at, m.search_email, m.search_phone, m.search_username, m.search_name, m.search)
is distinct from (u.created_at, u.first_name, u.last_name, u.username, u.email_address, u.phone_number, u.web3_wallet,
	u.banned, u.image_id, u.last_active_at, u.search_email, u.search_phone, u.search_username, u.search_name, u.search)`},
	{"an image has its owner, who shows it", `select i.id, i.owner_id from images i
where i.instance_id = $1 and not exists (select 1 from users u where u.instance_id = i.instance_id and u.id = i.owner_id and u.image_id = i.id)
	and not exists (select 1 from organizations o where o.instance_id = i.instance_id and o.id = i.owner_id and o.image_id = i.id)`},
	{"what is shown is an image", `select id, image_id from (select instance_id, id, image_id from users union all select instance_id, id, image_id from organizations) x
where instance_id = $1 and image_id is not null and not exists (select 1 from images i where i.instance_id = x.instance_id and i.id = x.image_id and i.owner_id = x.id)`},
	{"a chunk has its image", `select c.image_id from image_chunks c
left join images i on i.instance_id = c.instance_id and i.id = c.image_id
where c.instance_id = $1 and i.id is null`},
	{"counters equal rows", `select organization_id, role_id, sum(members) from (
	select organization_id, role_id, members from member_counts where instance_id = $1
	union all select organization_id, role_id, -1 from memberships where instance_id = $1) c
group by organization_id, role_id
having sum(members) <> 0`},
	{"counters of spans equal rows", `select organization_id, span, sum(members) from (
	select organization_id, span, members from member_spans where instance_id = $1
	union all select organization_id, created_at >> 22, -1 from memberships where instance_id = $1) c
group by organization_id, span
having sum(members) <> 0`},
	{"totals equal rows", `select role_id, sum(members) from (
	select role_id, members from member_totals where instance_id = $1
	union all select role_id, -1 from memberships where instance_id = $1) c
group by role_id
having sum(members) <> 0`},
	{"a total has its role", `select c.* from member_totals c
left join roles r on r.instance_id = c.instance_id and r.id = c.role_id
where c.instance_id = $1 and r.id is null`},
	{"a counter of a span has its organization", `select c.* from member_spans c
left join organizations o on o.instance_id = c.instance_id and o.id = c.organization_id
where c.instance_id = $1 and o.id is null`},
	{"a counter has its role", `select c.* from member_counts c
left join roles r on r.instance_id = c.instance_id and r.id = c.role_id
where c.instance_id = $1 and r.id is null`},
	{"a counter has its organization", `select c.* from member_counts c
left join organizations o on o.instance_id = c.instance_id and o.id = c.organization_id
where c.instance_id = $1 and o.id is null`},
	{"an identifier has its user", `select i.* from identifications i
left join users u on u.instance_id = i.instance_id and u.id = i.user_id
where i.instance_id = $1 and u.id is null`},
	{"a user's primary identifiers are its own, and their values copied", `select u.* from users u
left join identifications e on e.instance_id = u.instance_id and e.user_id = u.id and e.id = u.primary_email_address_id and e.kind = 'email_address'
left join identifications p on p.instance_id = u.instance_id and p.user_id = u.id and p.id = u.primary_phone_number_id and p.kind = 'phone_number'
left join identifications w on w.instance_id = u.instance_id and w.user_id = u.id and w.id = u.primary_web3_wallet_id and w.kind = 'web3_wallet'
where u.instance_id = $1 and ((u.email_address, u.phone_number, u.web3_wallet) is distinct from (e.value, p.value, w.value)
	or (u.primary_email_address_id, u.primary_phone_number_id, u.primary_web3_wallet_id) is distinct from (e.id, p.id, w.id))`},
	{"an identifier is reserved or verified, and verified for a second factor", `select i.* from identifications i
where i.instance_id = $1 and (reserved and verified_by is not null or reserved_for_second_factor and verified_by is null)`},
	{"one of the numbers for a second factor is the default", `select user_id from identifications
where instance_id = $1
group by user_id
having sum(case when default_second_factor then 1 else 0 end) <> max(case when reserved_for_second_factor then 1 else 0 end)
	or sum(case when default_second_factor and not reserved_for_second_factor then 1 else 0 end) > 0`},
	{"a verification has its address, and no more attempts than are allowed", `select v.* from verifications v
left join identifications i on i.instance_id = v.instance_id and i.user_id = v.user_id and i.id = v.identification_id
where v.instance_id = $1 and (i.id is null or v.attempts > 5 or v.status = 'failed' and v.attempts <> 5 or v.status = 'verified' and v.attempts = 0)`},
	{"a code that waits to be sent has its verification", `select m.id from mails m
left join verifications v on v.instance_id = m.instance_id and v.id_digest = m.verification
where m.instance_id = $1 and m.verification is not null and v.id_digest is null`},
	{"unique values are those in use", `select kind, value, owner_id from unique_values where instance_id = $1
except select * from (` + inUse + `) used`},
	{"what is in use is a unique value", `select * from (` + inUse + `) used
except select kind, value, owner_id from unique_values where instance_id = $1`},
	{"a domain has its organization", `select d.* from organization_domains d
left join organizations o on o.instance_id = d.instance_id and o.id = d.organization_id
where d.instance_id = $1 and o.id is null`},
	{"a suggestion has its domain and its user", `select s.* from organization_suggestions s
left join organization_domains d on d.instance_id = s.instance_id and d.organization_id = s.organization_id and d.id = s.domain_id
left join users u on u.instance_id = s.instance_id and u.id = s.user_id
where s.instance_id = $1 and (d.id is null or u.id is null)`},
	{"a suggestion to a member has been followed, and none is pending of a domain that suggests nothing", `select s.* from organization_suggestions s
join organization_domains d on d.instance_id = s.instance_id and d.organization_id = s.organization_id and d.id = s.domain_id
left join memberships m on m.instance_id = s.instance_id and m.organization_id = s.organization_id and m.user_id = s.user_id
where s.instance_id = $1 and s.status = 'pending' and (m.id is not null or not d.verified or d.enrollment_mode <> 'automatic_suggestion')`},
	{"a pending invitation of a domain is to a user of it who is no member", `select i.* from organization_invitations i
left join organization_domains d on d.instance_id = i.instance_id and d.organization_id = i.organization_id and d.id = i.domain_id
left join identifications a on a.instance_id = i.instance_id and a.kind = 'email_address' and a.value = i.email_address
left join memberships m on m.instance_id = i.instance_id and m.organization_id = i.organization_id and m.user_id = a.user_id
where i.instance_id = $1 and i.domain_id is not null and i.status = 'pending'
	and (d.id is null or not d.verified or d.enrollment_mode <> 'automatic_invitation' or a.id is null or m.id is not null)`},
	{"a session has its user", `select s.* from sessions s
left join users u on u.instance_id = s.instance_id and u.id = s.user_id
where s.instance_id = $1 and u.id is null`},
	{"a session is in an organization of its user", `select s.* from sessions s
left join memberships m on m.instance_id = s.instance_id and m.organization_id = s.last_active_organization_id and m.user_id = s.user_id
where s.instance_id = $1 and s.last_active_organization_id is not null and m.id is null`},
	{"a user's chosen organization is one of their own", `select u.* from users u
left join memberships m on m.instance_id = u.instance_id and m.organization_id = u.active_organization_id and m.user_id = u.id
where u.instance_id = $1 and u.active_organization_id is not null and m.id is null`},
	{"a user's activity covers the sessions that are left", `select u.id, u.last_active_at, s.id, s.created_at from users u
join sessions s on s.instance_id = u.instance_id and s.user_id = u.id
where u.instance_id = $1 and (s.created_at - s.created_at % 86400000 > coalesce(u.last_active_at, -1) or s.created_at > coalesce(u.last_sign_in_at, -1))`},
}

// inUse lists the identifiers that are one's own and slugs there are, with their owners. Usernames are
// unique without regard to case.
const inUse = `select kind, value, user_id from identifications where instance_id = $1 and (reserved or verified_by is not null)
union all select 'username', lower(username), id from users where instance_id = $1 and username is not null
union all select 'external_id', external_id, id from users where instance_id = $1 and external_id is not null
union all select 'slug', slug, id from organizations where instance_id = $1
union all select 'organization_domain', name, organization_id from organization_domains where instance_id = $1 and verified`

// audit holds every instance to the rules.
func (p *proven) audit(t tester) {
	t.Helper()
	for _, id := range p.texts(t, "select id from instances") {
		p.auditInstance(t, id)
	}
}

func (p *proven) auditInstance(t tester, id string) {
	t.Helper()
	for _, a := range audits {
		for _, row := range p.rows(t, a.query, id) {
			t.Errorf("%s, but not: %s", a.rule, row)
		}
	}
	p.auditTerms(t, id)
}

// auditTerms compares the terms of memberships with their metadata.
func (p *proven) auditTerms(t tester, id string) {
	t.Helper()
	members := p.texts(t, `select organization_id || ' ' || user_id || ' ' || public_metadata from memberships where instance_id = $1`, id)
	var want []string
	for _, m := range members {
		of := strings.SplitN(m, " ", 3)
		for _, term := range store.MetadataTerms(roster.Metadata(of[2])) {
			want = append(want, of[0]+" "+of[1]+" "+term)
		}
	}
	got := p.texts(t, `select organization_id || ' ' || user_id || ' ' || term from membership_terms where instance_id = $1`, id)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("terms are those of the metadata, but not: %q, want %q", got, want)
	}
}
