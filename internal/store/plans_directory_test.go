package store_test

import (
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// directoryCases are the lists of users and organizations. Users who share a value are
// read for a page where their index has them the other way round.
func directoryCases() (list []planCase) {
	users := func(name string, q roster.UserQuery, page, total int, sorts bool) {
		list = append(list, planCase{"users: " + name, func(tx *store.Tx) error {
			if _, err := tx.CountUsers(q); err != nil {
				return err
			}
			_, err := tx.Users(q)
			return err
		}, page, total, sorts})
	}
	for _, by := range roster.UserOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			page, name := 50, strings.HasSuffix(by, "t_name")
			sorts := name && order.Desc || (by == "last_active_at" || by == "updated_at") && !order.Desc
			if sorts {
				page = 4100
			}
			users(order.String(), roster.UserQuery{OrderBy: order}, page, all, sorts)
		}
	}
	users("behind one", roster.UserQuery{Paging: roster.Paging{StartingAfter: everywhere}}, 50, all, false)
	users("from 500", roster.UserQuery{Paging: roster.Paging{Offset: 500}}, 550, all, false)
	users("user_id", roster.UserQuery{UserID: roster.Selection{Include: []string{everywhere, "user_00007919"}}}, 50, 50, true)
	users("external_id", roster.UserQuery{ExternalID: roster.Only("ext_70")}, 50, 50, true)
	users("email_address", roster.UserQuery{EmailAddress: []string{"given1.family91977@example.com"}}, 50, 50, true)
	users("phone_number", roster.UserQuery{PhoneNumber: []string{"+15551000078"}}, 50, 50, true)
	users("web3_wallet", roster.UserQuery{Web3Wallet: []string{"0x100"}}, 50, 50, true)
	users("username", roster.UserQuery{Username: []string{"nick77"}}, 50, 50, true)
	for _, by := range []string{"created_at", "email_address", "first_name", "last_active_at"} {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			page := 100
			if by == "first_name" || by == "last_active_at" {
				page = 8400 // those of two values, in the largest group
			}
			users("of an organization, "+order.String(), roster.UserQuery{OrganizationID: roster.Only("org_1"), OrderBy: order}, page, 50, true)
		}
	}
	users("organization_id", roster.UserQuery{OrganizationID: roster.Only("org_x5")}, 50, 50, true)
	users("text of few", roster.UserQuery{Query: "nick10000"}, 4000, 4000, true) // by the rarest part of it that a sample knew
	users("text of all", roster.UserQuery{Query: "example"}, all, all, false)
	users("banned", roster.UserQuery{Banned: roster.Value(true)}, 50, 50, true)
	users("created_at after", roster.UserQuery{CreatedAtAfter: roster.Value[int64](99_800)}, 250, 250, true)
	for _, f := range []struct {
		name string
		q    roster.UserQuery
		page int
	}{
		{"banned", roster.UserQuery{Banned: roster.Value(true)}, 50},
		{"two organization_id", roster.UserQuery{OrganizationID: roster.Selection{Include: []string{"org_x5", "org_x6"}}}, 50},
		{"organization_id and banned", roster.UserQuery{OrganizationID: roster.Only("org_x5"), Banned: roster.Value(true)}, 50},
		{"last_active_at after, few", roster.UserQuery{LastActiveAtAfter: roster.Value[int64](98)}, 2100},
		{"last_active_at since, few", roster.UserQuery{LastActiveAtSince: roster.Value[int64](99)}, 2100},
		{"last_sign_in_at after, few", roster.UserQuery{LastSignInAtAfter: roster.Value[int64](99_800)}, 250},
		{"created_at after, few", roster.UserQuery{CreatedAtAfter: roster.Value[int64](99_800)}, 250},
		{"created_at before, most, last_active_at after, few", roster.UserQuery{CreatedAtBefore: roster.Value[int64](90_000), LastActiveAtAfter: roster.Value[int64](98)}, 2100},
		{"last_active_at after, half", roster.UserQuery{LastActiveAtAfter: roster.Value[int64](49)}, all},
		{"not banned", roster.UserQuery{Banned: roster.Value(false)}, all},
	} {
		for _, order := range []roster.Order{roster.Asc("email_address"), roster.Desc("updated_at"), roster.Desc("last_active_at")} {
			f.q.OrderBy = order
			users(f.name+", "+order.String(), f.q, f.page, f.page, f.page != all)
		}
	}

	organizations := func(name string, q roster.OrganizationQuery, page, total int, sorts bool) {
		list = append(list, planCase{"organizations: " + name, func(tx *store.Tx) error { return listed(tx.Organizations(q)) }, page, total, sorts})
	}
	for _, by := range roster.OrganizationOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			page := 50
			if by == "members_count" {
				page = all
			}
			organizations(order.String(), roster.OrganizationQuery{OrderBy: order}, page, all, false)
		}
	}
	organizations("from 500", roster.OrganizationQuery{Paging: roster.Paging{Offset: 500}}, 550, all, false)
	organizations("organization_id", roster.OrganizationQuery{OrganizationID: roster.Selection{Include: []string{"org_x5", "org_1"}}}, 50, 50, true)
	organizations("user_id", roster.OrganizationQuery{UserID: roster.Only(everywhere)}, 700, 700, true)
	organizations("query", roster.OrganizationQuery{Query: "slug19"}, all, all, true)
	organizations("query of few", roster.OrganizationQuery{Query: "slug19777", OrderBy: roster.Asc("name")}, all, all, true)
	organizations("with missing members", roster.OrganizationQuery{OrganizationInclude: roster.OrganizationInclude{MembersCount: true, MissingMemberWithElevatedPermissions: true}}, 50, all, true)
	return list
}
