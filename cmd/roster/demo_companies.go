package main

import "github.com/rosterhq/roster"

// company is an organization of the demo directory. User i is a member where
// i%every == rest; the first such is its creator.
type company struct {
	name, slug  string
	every, rest int
	alone       bool // only the creator is a member
	empty       bool // not even that
	quota       int64
	public      roster.Metadata
	private     roster.Metadata
}

// companies run from one with half of all users to one with nobody.
var companies = []company{
	{
		name: "Northwind Logistics", slug: largeSlug, every: 2, rest: 0,
		public:  metadataf(`{"plan":"enterprise","regions":["eu","us","apac"],"features":{"sso":true,"audit":true}}`),
		private: metadataf(`{"crm":{"account":"A-1001","renewal":"2026-03-31"}}`),
	},
	{name: "Åkerblom & Söner", slug: "akerblom-soner", every: 5, rest: 1, public: metadataf(`{"plan":"team","regions":["eu"]}`)},
	{
		name: "田中ロボティクス", slug: "tanaka-robotics", every: 7, rest: 2,
		public:  metadataf(`{"plan":"team","regions":["apac"]}`),
		private: metadataf(`{"crm":{"account":"A-1003"}}`),
	},
	{name: "Banco del Sur", slug: "banco-del-sur", every: 11, rest: 3, quota: 40, public: metadataf(`{"plan":"business"}`)},
	{name: "Kigali Health", slug: "kigali-health", every: 17, rest: 4, quota: 25},
	{name: "Papaya Studio", slug: "papaya-studio", every: 31, rest: 5, quota: 12, public: metadataf(`{"plan":"starter"}`)},
	{name: "Solo Ventures", slug: "solo-ventures", every: 41, rest: 6, alone: true, quota: 1, public: metadataf(`{"plan":"free"}`)},
	{name: "Empty Shelf", slug: "empty-shelf", empty: true},
}

const largeSlug = "northwind-logistics"

// creator reports whether user i founds the company.
func (c company) creator(i int) bool { return !c.empty && i == c.rest }

// member reports whether user i joins the company later.
func (c company) member(i int) bool {
	return !c.empty && !c.alone && i%c.every == c.rest && i != c.rest
}

// create is the request that makes the company; creator "" leaves it without members.
func (c company) create(creator string) roster.CreateOrganization {
	in := roster.CreateOrganization{Name: c.name, Slug: roster.Value(c.slug), PublicMetadata: c.public, PrivateMetadata: c.private}
	if creator != "" {
		in.CreatedBy = roster.Value(creator)
	}
	if c.quota > 0 {
		in.MaxAllowedMemberships = roster.Value(c.quota)
	}
	return in
}

// everyAdmin makes user i an admin of what they join where i%everyAdmin == 0.
const everyAdmin = 12

// demoMembership is the request that adds user i to a company.
func demoMembership(i int, userID string) roster.CreateMembership {
	in := roster.CreateMembership{UserID: userID, Role: roster.RoleMember}
	if i%everyAdmin == 0 {
		in.Role = roster.RoleAdmin
	}
	if i%3 != 2 {
		teams := []string{"engineering", "operations", "finance", "support"}
		in.PublicMetadata = metadataf(`{"team":%q,"badges":[%d,%d]}`, teams[i/2%len(teams)], i%7, i%5)
	}
	if i%5 == 0 {
		in.PrivateMetadata = metadataf(`{"payroll":{"band":"B%d","remote":%t}}`, 1+i%4, i%2 == 0)
	}
	return in
}
