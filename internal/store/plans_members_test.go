package store_test

import (
	"strconv"
	"strings"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/store"
)

// memberCases are pages of all orders: from the first, behind one in the middle, and
// from offsets. What an offset skips is read where only created_at has spans.
func memberCases() (list []planCase) {
	for _, by := range roster.MembershipOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			for _, p := range []struct {
				name string
				roster.Paging
			}{
				{"first page", roster.Paging{}},
				{"behind one", roster.Paging{StartingAfter: "orgmem_user_00609763"}},
				{"from 500", roster.Paging{Offset: 500}},
				{"from 50000", roster.Paging{Offset: 50_000}},
				{"from 99000", roster.Paging{Offset: 99_000}},
			} {
				page := 100 + int(p.Offset)
				if by == "created_at" && p.Offset > 1000 {
					page = 100 // but for the spans
				}
				total := 100
				if by != "created_at" && p.Offset > 0 {
					total = all // who have a value stand before those who have none
				}
				c := membersOf("org_1", order.String()+", "+p.name, roster.MembershipQuery{OrderBy: order, Paging: p.Paging}, page, total)
				c.sorts = by == "created_at" && p.Offset > 1000 || // by then only ids are found in order
					p.StartingAfter != "" && !order.Desc // those with the same value, and the others
				list = append(list, c)
			}
		}
	}
	for _, by := range roster.MembershipOrders {
		for _, order := range []roster.Order{roster.Asc(by), roster.Desc(by)} {
			page := 700 // along their users, of whom one has 300
			switch {
			case by == "created_at":
				page = 100
			case strings.HasSuffix(by, "t_name"):
				page = 17_000 // of two names
			}
			c := membersOf("", order.String(), roster.MembershipQuery{OrderBy: order}, page, 100)
			c.sorts = by != "created_at" // the page's rows, once their ids are found
			list = append(list, c)
			c = membersOf("", order.String()+", behind one", roster.MembershipQuery{OrderBy: order, Paging: roster.Paging{StartingAfter: "orgmem_user_00609763"}}, page, 100)
			c.sorts = by != "created_at" || !order.Desc
			list = append(list, c)
		}
	}
	return append(list,
		planCase{"a user's memberships", func(tx *store.Tx) error { return listed(tx.UserMemberships(everywhere, roster.Paging{})) }, 350, 350, true},
		planCase{"a user's memberships, from 200", func(tx *store.Tx) error { return listed(tx.UserMemberships(everywhere, roster.Paging{Offset: 200})) }, 350, 350, true},
		planCase{"a membership", func(tx *store.Tx) error { _, err := tx.Membership("org_x5", everywhere); return err }, 1, 1, false},
		planCase{"a membership of the big organization", func(tx *store.Tx) error { _, err := tx.Membership("org_1", everywhere); return err }, 1, 1, false},
		planCase{"a member's role", func(tx *store.Tx) error { _, err := tx.MembershipRole("org_1", everywhere); return err }, 1, 1, false},
	)
}

// memberFilterCases are filtered lists, in the usual order and in another.
func memberFilterCases() (list []planCase) {
	few := []string{"user_00007919", everywhere}
	for _, f := range []struct {
		name  string
		q     roster.MembershipQuery
		page  int
		total int
	}{
		{"user_id", roster.MembershipQuery{UserID: roster.Selection{Include: few}}, 700, 700},
		{"email_address", roster.MembershipQuery{EmailAddress: []string{"given1.family91977@example.com"}}, 350, 350},
		{"phone_number", roster.MembershipQuery{PhoneNumber: []string{"+15551000078"}}, 350, 350},
		{"web3_wallet", roster.MembershipQuery{Web3Wallet: []string{"0x100"}}, 350, 350},
		{"username", roster.MembershipQuery{Username: []string{"nick77", "nick78"}}, 350, 350},
		{"role of few", roster.MembershipQuery{Role: []string{"org:rare"}}, 1010, 10},
		{"role of most", roster.MembershipQuery{Role: []string{"org:member"}}, 150, 10},
		{"role of nobody", roster.MembershipQuery{Role: []string{"org:unused"}}, 10, 10},
		{"two roles", roster.MembershipQuery{Role: []string{"org:member", "org:rare"}}, 150, 10},
		{"two roles of few", roster.MembershipQuery{Role: []string{"org:unused", "org:rare"}}, 1010, 10},
		{"role and name", roster.MembershipQuery{Role: []string{"org:rare"}, NameQuery: "family7"}, 4100, 4100},
		{"created_at after, few", roster.MembershipQuery{CreatedAtAfter: roster.Value[int64](99_800)}, 350, 350},
		{"created_at before, half", roster.MembershipQuery{CreatedAtBefore: roster.Value[int64](50_000)}, all, all},
		{"last_active_at after, few", roster.MembershipQuery{LastActiveAtAfter: roster.Value[int64](98)}, 1100, 1100},
		{"last_active_at after, half", roster.MembershipQuery{LastActiveAtAfter: roster.Value[int64](49)}, 550, all},
		{"public_metadata", roster.MembershipQuery{PublicMetadata: []roster.MetadataTerm{{Path: "group", Value: "some"}}}, 7000, 7000},
		{"text of few", roster.MembershipQuery{Query: "nick10000"}, 4000, 4000}, // by the rarest part of it that a sample knew
		{"text of all", roster.MembershipQuery{EmailAddressQuery: "example"}, all, all},
	} {
		for _, order := range []roster.Order{roster.Desc("created_at"), roster.Asc("email_address")} {
			f.q.OrderBy = order
			c := membersOf("org_1", f.name+", "+order.String(), f.q, f.page, f.total)
			c.sorts = true
			list = append(list, c)
			c = membersOf("", f.name+", "+order.String(), f.q, f.page, f.total)
			if c.sorts = true; len(f.q.Role) > 0 || len(f.q.PublicMetadata) > 0 || f.q.CreatedAtAfter.Ptr() != nil || f.q.CreatedAtBefore.Ptr() != nil || f.q.LastActiveAtAfter.Ptr() != nil {
				c.page, c.total = all, all // of an instance nothing has them in order
			}
			list = append(list, c)
		}
	}
	deep := membersOf("org_1", "role of most, from 50000", roster.MembershipQuery{Role: []string{"org:member"}, Paging: roster.Paging{Offset: 50_000}}, 50_100, 10)
	deep.sorts = true
	behind := membersOf("org_1", "role of most, behind one", roster.MembershipQuery{Role: []string{"org:member"}, Paging: roster.Paging{StartingAfter: "orgmem_user_00609763"}}, 100, 10)
	organizations := membersOf("", "organization_id", roster.MembershipQuery{OrganizationID: roster.Selection{Include: []string{"org_x5", "org_x6"}}}, 100, 100)
	organizations.sorts = true
	most := membersOf("", "organization_id of most", roster.MembershipQuery{OrganizationID: roster.Selection{Include: []string{"org_1", "org_x5"}}, Username: []string{}}, 250, 10)
	most.sorts = true
	others := membersOf("", "organization_id of all but one", roster.MembershipQuery{OrganizationID: roster.Selection{Exclude: []string{"org_x5"}}}, 150, 10)
	organization := membersOf("", "one organization_id", roster.MembershipQuery{OrganizationID: roster.Only("org_1")}, 100, 10)
	return append(list, deep, behind, organizations, most, others, organization)
}

// membersOf is a list of an organization's members, or of all there are.
func membersOf(organization, name string, q roster.MembershipQuery, page, total int) planCase {
	whose := "members"
	if organization == "" {
		whose = "members of all organizations"
	}
	return planCase{name: whose + ": " + name, page: page, total: total, list: func(tx *store.Tx) error {
		return listed(tx.Memberships(organization, q))
	}}
}

func from(offset int64) (roster.Paging, string) {
	if offset == 0 {
		return roster.Paging{}, "first page"
	}
	return roster.Paging{Offset: offset}, "from " + strconv.FormatInt(offset, 10)
}
