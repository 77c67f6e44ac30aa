package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/rosterhq/roster"
)

// Everything here looks at acme with its seven members; only ada and bob have
// been active.

func (s *session) listMemberships() {
	list := func(name string, a args, want ...string) {
		a["organization_id"] = s.id("acme")
		s.call("memberships.list", name, a).lists(byUser, 7, want...)
	}
	list("lists newest first by default", args{}, "gus", "fay", "eve", "dan", "cleo", "bob", "ada")
	for _, o := range membershipOrders {
		list("orders by "+o.by, args{"order_by": o.by}, o.want...)
	}
	list("pages by limit", args{"limit": 3, "order_by": "+created_at"}, "ada", "bob", "cleo")
	list("pages by limit and offset", args{"limit": 3, "offset": 3, "order_by": "+created_at"}, "dan", "eve", "fay")
	list("ends with a short page", args{"limit": 3, "offset": 6, "order_by": "+created_at"}, "gus")
	list("is empty beyond the end", args{"limit": 3, "offset": 7})
	list("takes limit=500", args{"limit": 500, "offset": 5}, "bob", "ada")
	refuse := func(name string, a args, param string) *reply {
		a["organization_id"] = s.id("acme")
		return s.call("memberships.list", name, a).fails(422, roster.CodeParamValueInvalid, param)
	}
	refuse("refuses limit=501", args{"limit": 501}, "limit")
	refuse("refuses limit=-1", args{"limit": -1}, "limit")
	refuse("refuses a negative offset", args{"offset": -1}, "offset")
	refuse("refuses an unknown order", args{"order_by": "height"}, "order_by")
	refuse("names every problem at once", args{"order_by": "-height", "limit": 501}, "order_by").alsoAbout("limit")
	many := make([]string, roster.MaxFilterValues+1)
	for i := range many {
		many[i] = fmt.Sprintf("user_%027d", i)
	}
	s.call("memberships.list", "refuses more than 100 values", args{"organization_id": s.id("acme"), "user_id": many}).fails(422, roster.CodeParamDuplicate, "user_id")
	s.call("memberships.list", "takes 100 values, unknown ones among them", args{"organization_id": s.id("acme"), "user_id": append(many[:99], s.id("dan"))}).lists(byUser, 1, "dan")
	s.call("memberships.list", "refuses an unknown organization", args{"organization_id": unknownOrganization}).fails(404, roster.CodeResourceNotFound, "")
}

// membershipOrders are all orders of the lists of memberships. Who lacks the
// attribute comes last, whichever the direction.
var membershipOrders = []struct {
	by   string
	want []string
}{
	{"created_at", []string{"ada", "bob", "cleo", "dan", "eve", "fay", "gus"}},
	{"-created_at", []string{"gus", "fay", "eve", "dan", "cleo", "bob", "ada"}},
	{"first_name", []string{"ada", "bob", "cleo", "eve", "fay", "gus", "dan"}},
	{"-first_name", []string{"gus", "fay", "eve", "cleo", "bob", "ada", "dan"}},
	{"+last_name", []string{"dan", "eve", "fay", "gus", "ada", "bob", "cleo"}},
	{"-last_name", []string{"bob", "ada", "gus", "fay", "eve", "dan", "cleo"}},
	{"+username", []string{"ada", "bob", "dan", "cleo eve fay gus"}},
	{"-username", []string{"dan", "bob", "ada", "cleo eve fay gus"}},
	{"email_address", []string{"ada", "bob", "cleo", "gus", "dan eve fay"}},
	{"-email_address", []string{"gus", "cleo", "bob", "ada", "dan eve fay"}},
	{"phone_number", []string{"ada", "bob", "eve", "cleo dan fay gus"}},
	{"-phone_number", []string{"eve", "bob", "ada", "cleo dan fay gus"}},
}

func (s *session) filterMemberships() {
	for _, f := range s.membershipFilters() {
		f.args["organization_id"], f.args["order_by"] = s.id("acme"), "+created_at"
		s.call("memberships.list", "filters by "+f.name, f.args).lists(byUser, len(f.want), f.want...)
	}
	s.call("memberships.list", "counts matches before paging", args{
		"organization_id": s.id("acme"), "order_by": "+created_at", "role": []string{roster.RoleMember}, "limit": 2, "offset": 1,
	}).lists(byUser, 5, "cleo", "dan")
}

func (s *session) membershipFilters() []filter {
	const day = 24 * time.Hour
	past, future := time.Now().Add(-2*day).UnixMilli(), time.Now().Add(2*day).UnixMilli()
	id, all := s.id, []string{"ada", "bob", "cleo", "dan", "eve", "fay", "gus"}
	return []filter{
		{"user_id", args{"user_id": []string{id("gus"), "+" + id("ada"), unknownUser}}, []string{"ada", "gus"}},
		{"excluded user_id", args{"user_id": []string{"-" + id("gus"), "-" + id("ada")}}, all[1:6]},
		{"included and excluded user_id", args{"user_id": []string{id("gus"), id("ada"), "-" + id("ada")}}, []string{"gus"}},
		{"an unknown user_id alone", args{"user_id": []string{unknownUser}}, nil},
		{"email_address", args{"email_address": []string{"bob@builders.example", "cleo@analytical.example"}}, []string{"bob", "cleo"}},
		{"an email address that is not the primary one", args{"email_address": []string{"ada.second@analytical.example"}}, []string{"ada"}},
		{"a part of an email_address, which is not exact", args{"email_address": []string{"bob@builders"}}, nil},
		{"phone_number", args{"phone_number": []string{"+15555550101", "+15555550105"}}, []string{"ada", "eve"}},
		{"username", args{"username": []string{"dan_d", "nobody"}}, []string{"dan"}},
		{"web3_wallet", args{"web3_wallet": []string{adaWallet, fayWallet}}, []string{"ada", "fay"}},
		{"role", args{"role": []string{roster.RoleAdmin}}, []string{"ada", "gus"}},
		{"two roles", args{"role": []string{roster.RoleAdmin, roster.RoleMember}}, all},
		{"an unknown role", args{"role": []string{"org:nothing"}}, nil},
		{"query in email addresses", args{"query": "ANALYTICAL"}, []string{"ada", "cleo"}},
		{"query in phone numbers", args{"query": "0105"}, []string{"eve"}},
		{"query in usernames, where _ is a character", args{"query": "n_d"}, []string{"dan"}},
		{"query in wallets", args{"query": "fb6916"}, []string{"fay"}},
		{"query in names", args{"query": "ston"}, []string{"bob"}},
		{"query in user ids", args{"query": strings.TrimPrefix(id("gus"), "user_")}, []string{"gus"}},
		{"query with % as a character", args{"query": "%"}, nil},
		{"email_address_query", args{"email_address_query": "Builders"}, []string{"bob", "gus"}},
		{"phone_number_query", args{"phone_number_query": "55550102"}, []string{"bob"}},
		{"username_query", args{"username_query": "DA"}, []string{"ada", "dan"}},
		{"name_query over both names", args{"name_query": "ada lovel"}, []string{"ada"}},
		{"last_active_at_after", args{"last_active_at_after": past}, []string{"ada", "bob"}},
		{"last_active_at_after in the future", args{"last_active_at_after": future}, nil},
		{"last_active_at_before", args{"last_active_at_before": future}, []string{"ada", "bob"}},
		{"last_active_at_before in the past", args{"last_active_at_before": past}, nil},
		{"created_at_before", args{"created_at_before": millis("2020-03-15T00:00:00Z")}, []string{"ada", "bob", "cleo"}},
		{"created_at_after", args{"created_at_after": millis("2020-05-15T00:00:00Z")}, []string{"fay", "gus"}},
		{"created_at_after and created_at_before", args{"created_at_after": millis("2020-01-15T00:00:00Z"), "created_at_before": millis("2020-02-15T00:00:00Z")}, []string{"bob"}},
		{"role and email_address_query", args{"role": []string{roster.RoleMember}, "email_address_query": "analytical"}, []string{"cleo"}},
		{"query, user_id and created_at_before", args{"query": "builders", "user_id": []string{"-" + id("dan")}, "created_at_before": millis("2020-06-15T00:00:00Z")}, []string{"bob"}},
	}
}

func (s *session) listInstanceMemberships() {
	list := func(name string, a args, total int, want ...string) {
		s.call("memberships.list_instance", name, a).lists(byBoth, total, want...)
	}
	// tiny/ada was created last; acme and globex each began with their creator.
	list("lists all organizations' members, newest first", args{}, 9,
		"tiny/ada", "acme/gus", "acme/fay", "acme/eve", "acme/dan", "acme/cleo", "acme/bob", "globex/hal", "acme/ada")
	list("orders by +created_at", args{"order_by": "+created_at", "limit": 3}, 9, "acme/ada", "globex/hal", "acme/bob")
	list("orders by first_name", args{"order_by": "first_name"}, 9,
		"acme/ada tiny/ada", "acme/bob", "acme/cleo", "acme/eve", "acme/fay", "acme/gus", "globex/hal", "acme/dan")
	list("orders by -last_name", args{"order_by": "-last_name", "limit": 3}, 9, "acme/bob", "acme/ada tiny/ada")
	list("orders by email_address", args{"order_by": "+email_address", "limit": 6}, 9, "acme/ada tiny/ada", "acme/bob", "acme/cleo", "acme/gus", "globex/hal")
	list("orders by phone_number", args{"order_by": "-phone_number", "limit": 4}, 9, "acme/eve", "acme/bob", "acme/ada tiny/ada")
	list("orders by username", args{"order_by": "-username", "limit": 4}, 9, "acme/dan", "acme/bob", "acme/ada tiny/ada")
	list("pages by limit and offset", args{"limit": 2, "offset": 7}, 9, "globex/hal", "acme/ada")
	refuse := func(name string, a args, param string) {
		s.call("memberships.list_instance", name, a).fails(422, roster.CodeParamValueInvalid, param)
	}
	refuse("refuses an unknown order", args{"order_by": "height"}, "order_by")
	refuse("refuses limit=501", args{"limit": 501}, "limit")
	refuse("refuses a negative offset", args{"offset": -1}, "offset")
}

func (s *session) listUserMemberships() {
	list := func(name string, a args, total int, want ...string) *reply {
		return s.call("users.memberships", name, a).lists(byBoth, total, want...)
	}
	list("lists a user's organizations, newest first", args{"user_id": s.id("ada")}, 2, "tiny/ada", "acme/ada").
		has(obj{"data": []obj{{"organization": obj{"name": "Tiny"}}, {"organization": obj{"name": "Acme Engines"}}}})
	list("pages by limit and offset", args{"user_id": s.id("ada"), "limit": 1, "offset": 1}, 2, "acme/ada")
	s.call("users.memberships", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.list", "filters by organization_id", args{"organization_id": []string{s.id("tiny"), s.id("globex")}}).lists(byID, 2, "hal", "ada")
	s.call("users.list", "filters by excluded organization_id", args{"organization_id": []string{"-" + s.id("acme")}}).lists(byID, 1, "hal")
	const day = 24 * time.Hour
	past := time.Now().Add(-2 * day).UnixMilli()
	for _, param := range []string{"last_active_at_after", "last_active_at_since", "last_sign_in_at_after"} {
		s.call("users.list", "filters by "+param, args{param: past}).lists(byID, 2, "bob", "ada")
		s.call("users.count", "counts by "+param, args{param: past}).has(obj{"total_count": 2})
	}
	s.call("users.count", "counts by organization_id", args{"organization_id": []string{s.id("tiny"), s.id("globex")}}).has(obj{"total_count": 2})
	for _, param := range []string{"last_active_at_before", "last_sign_in_at_before"} {
		s.call("users.list", "filters by "+param, args{param: past}).lists(byID, 0)
		s.call("users.count", "counts by "+param, args{param: past}).has(obj{"total_count": 0})
	}
}
