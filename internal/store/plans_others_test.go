package store_test

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// otherCases are all other lists.
func otherCases() (list []planCase) {
	add := func(name string, page, total int, sorts bool, read func(*store.Tx) error) {
		list = append(list, planCase{name, read, page, total, sorts})
	}
	for _, by := range roster.InvitationOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			for _, offset := range []int64{0, 500} {
				p, name := from(offset)
				q := roster.InvitationQuery{OrderBy: order, Paging: p}
				page := 100 + int(offset)*2
				add("invitations: "+order.String()+", "+name, page, all, false, func(tx *store.Tx) error { return listed(tx.Invitations("org_1", q, seededAt)) })
				add("invitations of all organizations: "+order.String()+", "+name, page, all, false, func(tx *store.Tx) error { return listed(tx.InstanceInvitations(q, seededAt)) })
			}
		}
	}
	for _, status := range []string{roster.InvitationPending, "accepted", "expired", "revoked"} {
		q := roster.InvitationQuery{Status: []string{status}}
		add("invitations: "+status, all, all, true, func(tx *store.Tx) error { return listed(tx.Invitations("org_1", q, seededAt)) })
		add("invitations of all organizations: "+status, all, all, true, func(tx *store.Tx) error { return listed(tx.InstanceInvitations(q, seededAt)) })
	}
	add("invitations: email_address", 10, 10, true, func(tx *store.Tx) error {
		return listed(tx.Invitations("org_1", roster.InvitationQuery{EmailAddress: "given1.family91977@example.com"}, seededAt))
	})
	add("invitations of all organizations: query", all, all, true, func(tx *store.Tx) error {
		return listed(tx.InstanceInvitations(roster.InvitationQuery{Query: "family1977"}, seededAt))
	})
	add("invitations of a user", 400, 400, true, func(tx *store.Tx) error {
		return listed(tx.UserInvitations(everywhere, []string{"given1.family91977@example.com", "given1.family2977@example.com"}, roster.InvitationQuery{}, seededAt))
	})

	domains := func(name string, q roster.InstanceDomainQuery, page, total int, sorts bool) {
		add("domains: "+name, page, total, sorts, func(tx *store.Tx) error { return listed(tx.Domains(q, seededAt)) })
	}
	for _, by := range roster.OrganizationDomainOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			domains("of all organizations, "+order.String(), roster.InstanceDomainQuery{OrderBy: order}, 50, all, false)
			domains("names, "+order.String(), roster.InstanceDomainQuery{OrderBy: order, Domains: []string{"x77.example", "d77.example"}}, 10, 10, true)
			domains("of an organization, "+order.String(), roster.InstanceDomainQuery{OrderBy: order, OrganizationID: "org_1"}, 50, all, false)
		}
	}
	domains("of an organization, by prefix", roster.InstanceDomainQuery{Query: "org_1"}, 50, all, false)
	domains("of an organization with few", roster.InstanceDomainQuery{OrganizationID: "org_x77"}, 10, 10, true)
	domains("verified", roster.InstanceDomainQuery{OrganizationID: "org_1", OrganizationDomainQuery: roster.OrganizationDomainQuery{Verified: roster.Value(true)}}, 100, all, false)
	domains("enrollment_mode", roster.InstanceDomainQuery{OrganizationID: "org_1", OrganizationDomainQuery: roster.OrganizationDomainQuery{EnrollmentMode: roster.Only("automatic_suggestion")}}, all, all, true)
	domains("names of an organization", roster.InstanceDomainQuery{OrganizationID: "org_1", Domains: []string{"x77.example", "d77.example"}}, 10, 10, true)
	domains("verified names", roster.InstanceDomainQuery{Domains: []string{"x77.example", "d77.example"}, OrganizationDomainQuery: roster.OrganizationDomainQuery{Verified: roster.Value(true)}}, 10, 10, true)
	domains("query", roster.InstanceDomainQuery{Query: "d77"}, all, all, true)
	domains("query of few", roster.InstanceDomainQuery{Query: "d7777"}, all, all, true)

	sessions := func(name string, q roster.SessionQuery, page, total int, sorts bool) {
		add("sessions: "+name, page, total, sorts, func(tx *store.Tx) error { return listed(tx.Sessions(q, seededAt)) })
	}
	sessions("first page", roster.SessionQuery{}, 50, all, false)
	sessions("from 500", roster.SessionQuery{Paging: roster.Paging{Offset: 500}}, 550, all, false)
	sessions("user_id", roster.SessionQuery{UserID: everywhere}, 10, 10, true)
	sessions("client_id", roster.SessionQuery{ClientID: "client_77"}, 10, 10, true)
	sessions("active", roster.SessionQuery{Status: roster.SessionActive}, 100, all, false)
	sessions("expired", roster.SessionQuery{Status: roster.SessionExpired}, all, all, false)
	sessions("ended", roster.SessionQuery{Status: "ended"}, 100, all, false)
	sessions("a user's, active", roster.SessionQuery{UserID: everywhere, Status: roster.SessionActive}, 10, 10, true)
	for _, offset := range []int64{0, 500} { // of which each is the first of three sessions
		p, name := from(offset)
		add("clients: "+name, 50+int(offset)*3, all, true, func(tx *store.Tx) error { return listed(tx.Clients(p, seededAt)) })
	}

	for _, name := range []string{store.Allowlist, store.Blocklist} {
		for _, offset := range []int64{0, 500} {
			p, page := from(offset)
			add(name+": "+page, 50+int(offset), all, false, func(tx *store.Tx) error { return listed(tx.ListedIdentifiers(name, p)) })
		}
	}
	add("jwt templates", all, all, true, func(tx *store.Tx) error { return listed(tx.Templates(roster.Paging{})) })
	return list
}
