package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// scenario is one kind of request and the least that the storage must do for it.
// pages is how many rows of the big organization a read has to fetch; writes are
// durable.
type scenario struct {
	name    string
	request func(d directory, n int) request
	page    int  // rows a read takes from storage
	write   bool // adds a row, or changes one
	group   string
	broad   bool // looks through everybody
}

func members(format string, args ...any) request {
	return get("/v1/organizations/"+bigID+"/memberships?"+format, args...)
}

// somebody is a member, another each time.
func somebody(d directory, n int) int { return int(uint64(uint32(n)) * 0x9E3779B1 % uint64(d.members)) }

var pages = []scenario{
	page("list 10", 10, ""),
	page("list 100", 100, ""),
	page("list 500", 500, ""),
	page("list 10 by -email_address", 10, "&order_by=-email_address"),
	page("list 10 by phone_number", 10, "&order_by=phone_number"),
	page("list 10 by first_name", 10, "&order_by=first_name"),
	page("list 10 by -last_name", 10, "&order_by=-last_name"),
	page("list 10 by username", 10, "&order_by=username"),
	page("list 10 by created_at", 10, "&order_by=created_at"),
	{name: "get one", group: "pages", page: 1, request: func(d directory, n int) request {
		return get("/v1/organizations/%s/memberships/%s", bigID, userID(somebody(d, n)))
	}},
	{name: "a user's memberships", group: "pages", page: 2, request: func(d directory, n int) request {
		return get("/v1/users/%s/organization_memberships", userID(somebody(d, n)))
	}},
	{name: "instance-wide 10", group: "pages", page: 10, request: func(directory, int) request {
		return get("/v1/organization_memberships?limit=10")
	}},
}

func page(name string, limit int, more string) scenario {
	return scenario{name: name, group: "pages", page: limit, request: func(directory, int) request { return members("limit=%d%s", limit, more) }}
}

var filters = []scenario{
	filter("user_id", func(d directory, n int) string { return "user_id=" + userID(somebody(d, n)) }),
	filter("email_address", func(d directory, n int) string { return "email_address=" + url.QueryEscape(email(somebody(d, n))) }),
	filter("phone_number", func(d directory, n int) string { return "phone_number=" + url.QueryEscape(phone(somebody(d, n)/3*3)) }),
	filter("username", func(d directory, n int) string { return "username=" + url.QueryEscape(username(somebody(d, n))) }),
	filter("role, one in 97", func(directory, int) string { return "role=org:admin" }),
	filter("role, the others", func(directory, int) string { return "role=org:member" }),
	filter("query, one row", func(d directory, n int) string { return "query=" + url.QueryEscape(username(somebody(d, n))) }),
	broad("query, one in thirty", func(directory, int) string { return "query=torvald" }),
	broad("name_query, one in thirty", func(directory, int) string { return "name_query=hopper" }),
	broad("email_address_query, everybody", func(directory, int) string { return "email_address_query=example" }),
	filter("public_metadata, one in fifty", func(directory, int) string { return "public_metadata%5Btitle%5D=t7" }),
	filter("last_active_at_after, 1 %", func(directory, int) string { return fmt.Sprint("last_active_at_after=", activeOn(98)) }),
	filter("last_active_at_after, a half", func(directory, int) string { return fmt.Sprint("last_active_at_after=", activeOn(49)) }),
	filter("created_at_after, 1 %", func(d directory, _ int) string {
		return fmt.Sprint("created_at_after=", createdAt(d.members-d.members/100))
	}),
	filter("created_at_before, a half", func(d directory, _ int) string {
		return fmt.Sprint("created_at_before=", createdAt(d.members/2))
	}),
}

// broad is a filter by what many have, which is looked for in everybody.
func broad(name string, query func(d directory, n int) string) scenario {
	s := filter(name, query)
	s.broad = true
	return s
}

func filter(name string, query func(d directory, n int) string) scenario {
	return scenario{name: name, group: "filters", page: 10, request: func(d directory, n int) request { return members("limit=10&%s", query(d, n)) }}
}

var depths = []scenario{
	{name: "offset at nine tenths", group: "depths", page: 10, request: func(d directory, _ int) request {
		return members("limit=10&offset=%d", d.members*9/10)
	}},
	{name: "cursor at nine tenths", group: "depths", page: 10, request: func(d directory, _ int) request {
		return members("limit=10&starting_after=%s", membershipID(d.members/10))
	}},
}

// run is a part of a run's ids that no other run has, for what is created.
var run = strings.ToLower(fmt.Sprintf("%08x", rand.Uint32()))

var roles = []string{"org:admin", "org:member"}

// writes change what is there, each time something else; those that create need
// users who are not members yet.
var writes = []scenario{
	{name: "role update", group: "writes", write: true, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(somebody(d, n)), `{"role":"` + roles[rand.IntN(2)] + `"}`}
	}},
	{name: "metadata merge, one row", group: "writes", write: true, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(1) + "/metadata", fmt.Sprintf(`{"public_metadata":{"n":%d}}`, rand.Int64())}
	}},
	{name: "metadata merge, many rows", group: "writes", write: true, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(somebody(d, n)) + "/metadata", fmt.Sprintf(`{"public_metadata":{"n":%d}}`, rand.Int64())}
	}},
	{name: "create, one organization", group: "writes", write: true},
	{name: "create, many organizations", group: "writes", write: true},
	{name: "delete", group: "writes", write: true},
	{name: "token", group: "tokens"},
}
