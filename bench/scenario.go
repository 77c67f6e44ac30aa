package main

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
)

// scenario is one kind of request and the least that the storage must do for it.
type scenario struct {
	name    string
	request func(d directory, n int) request
	page    reading
	write   writing // of the group of writes
	group   string
	broad   bool // looks through everybody
}

// ofOrganization keeps PostgreSQL from reading along the index of all organizations, as
// the server does.
const ofOrganization = "instance_id = $1 and organization_id = $2 and organization_id >= (select cast($2 as text)) and 'x' <> $3"

// newest is so many members of the big organization.
func newest(rows int) reading { return reading{ofOrganization, "created_at desc, id desc", rows} }

// by is ten of them, who have a value, in another order.
func by(column, direction string) reading {
	return reading{ofOrganization + " and " + column + " is not null", column + direction + ", id desc", 10}
}

func members(format string, args ...any) request {
	return get("/v1/organizations/"+bigID+"/memberships?"+format, args...)
}

// somebody is a member, another each time.
func somebody(d directory, n int) int { return int(uint64(uint32(n)) * 0x9E3779B1 % uint64(d.members)) }

var pages = []scenario{
	page("list 10", newest(10), ""),
	page("list 100", newest(100), ""),
	page("list 500", newest(500), ""),
	page("list 10 by -email_address", by("email_address", " desc"), "&order_by=-email_address"),
	page("list 10 by phone_number", by("phone_number", ""), "&order_by=phone_number"),
	page("list 10 by first_name", by("first_name", ""), "&order_by=first_name"),
	page("list 10 by -last_name", by("last_name", " desc"), "&order_by=-last_name"),
	page("list 10 by username", by("username", ""), "&order_by=username"),
	page("list 10 by created_at", by("created_at", ""), "&order_by=created_at"),
	{name: "get one", group: "pages", page: reading{"instance_id = $1 and organization_id = $2 and user_id = $3", "id", 1}, request: func(d directory, n int) request {
		return get("/v1/organizations/%s/memberships/%s", bigID, userID(somebody(d, n)))
	}},
	{name: "a user's memberships", group: "pages", page: reading{"instance_id = $1 and 'x' <> $2 and user_id = $3", "created_at desc, id desc", upTo10}, request: func(d directory, n int) request {
		return get("/v1/users/%s/organization_memberships", userID(somebody(d, n)))
	}},
	{name: "instance-wide 10", group: "pages", page: reading{"instance_id = $1 and 'x' <> $2 and 'x' <> $3", "created_at desc, id desc", 10}, request: func(directory, int) request {
		return get("/v1/organization_memberships?limit=10")
	}},
}

func page(name string, read reading, more string) scenario {
	return scenario{name: name, group: "pages", page: read, request: func(directory, int) request { return members("limit=%d%s", read.rows, more) }}
}

var filters = []scenario{
	filter("user_id", func(d directory, n int) string { return "user_id=" + userID(somebody(d, n)) }),
	filter("email_address", func(d directory, n int) string { return "email_address=" + url.QueryEscape(email(somebody(d, n))) }),
	filter("phone_number", func(d directory, n int) string { return "phone_number=" + url.QueryEscape(phone(somebody(d, n)/3*3)) }),
	filter("username", func(d directory, n int) string { return "username=" + url.QueryEscape(username(somebody(d, n))) }),
	filter("role, one in 97", func(directory, int) string { return "role=org:admin" }),
	filter("role, the others", func(directory, int) string { return "role=org:member" }),
	filter("web3_wallet, nobody", func(directory, int) string { return "web3_wallet=0x0000000000000000000000000000000000000001" }),
	broad("user_id, all but one", func(d directory, n int) string { return "user_id=-" + userID(somebody(d, n)) }),
	{name: "organization_id, of all", group: "filters", page: newest(10), request: func(directory, int) request {
		return get("/v1/organization_memberships?limit=10&organization_id=%s", bigID)
	}},
	{name: "organization_id of two, of all", group: "filters", page: newest(10), request: func(directory, int) request {
		return get("/v1/organization_memberships?limit=10&organization_id=%s&organization_id=%s", bigID, smallID(0))
	}},
	filter("query, one row", func(d directory, n int) string { return "query=" + url.QueryEscape(username(somebody(d, n))) }),
	filter("username_query, one row", func(d directory, n int) string { return "username_query=" + url.QueryEscape(username(somebody(d, n))) }),
	filter("email_address_query, one row", func(d directory, n int) string {
		return "email_address_query=" + url.QueryEscape(email(somebody(d, n)))
	}),
	filter("phone_number_query, one row", func(d directory, n int) string { return "phone_number_query=" + phone(somebody(d, n) / 3 * 3)[1:] }),
	broad("username_query, one in thirty", func(directory, int) string { return "username_query=knuth" }),
	broad("phone_number_query, a third", func(directory, int) string { return "phone_number_query=1555" }),
	broad("query, one in thirty", func(directory, int) string { return "query=torvald" }),
	broad("name_query, one in thirty", func(directory, int) string { return "name_query=hopper" }),
	broad("email_address_query, everybody", func(directory, int) string { return "email_address_query=example" }),
	filter("public_metadata, one in fifty", func(directory, int) string { return "public_metadata%5Btitle%5D=t7" }),
	filter("last_active_at_after, 1 %", func(directory, int) string { return fmt.Sprint("last_active_at_after=", activeOn(98)) }),
	filter("last_active_at_before, 1 %", func(directory, int) string { return fmt.Sprint("last_active_at_before=", activeOn(1)) }),
	filter("last_active_at_after, a half", func(directory, int) string { return fmt.Sprint("last_active_at_after=", activeOn(49)) }),
	filter("created_at_after, 1 %", func(d directory, _ int) string {
		return fmt.Sprint("created_at_after=", createdAt(d.members-d.members/100))
	}),
	filter("created_at_before, a half", func(d directory, _ int) string {
		return fmt.Sprint("created_at_before=", createdAt(d.members/2))
	}),
	{name: "users by -last_active_at", group: "filters", page: newest(10), request: func(directory, int) request {
		return get("/v1/users?limit=10&order_by=-last_active_at")
	}},
	{name: "users of the organization by email_address", group: "filters", page: newest(10), request: func(directory, int) request {
		return get("/v1/users?limit=10&order_by=email_address&organization_id=%s", bigID)
	}},
}

// broad is a filter by what many have, which is looked for in everybody.
func broad(name string, query func(d directory, n int) string) scenario {
	s := filter(name, query)
	s.broad = true
	return s
}

func filter(name string, query func(d directory, n int) string) scenario {
	return scenario{name: name, group: "filters", page: newest(10), request: func(d directory, n int) request { return members("limit=10&%s", query(d, n)) }}
}

var depths = []scenario{
	{name: "offset at nine tenths", group: "depths", page: newest(10), request: func(d directory, _ int) request {
		return members("limit=10&offset=%d", d.members*9/10)
	}},
	{name: "cursor at nine tenths", group: "depths", page: newest(10), request: func(d directory, _ int) request {
		return members("limit=10&starting_after=%s", membershipID(d.members/10))
	}},
}

// run is a part of a run's ids that no other run has, for what is created.
var run = strings.ToLower(fmt.Sprintf("%08x", rand.Uint32()))

// writes change what is there, each time something else; those that create need
// users who are not members yet.
var writes = []scenario{
	{name: "role update", group: "writes", write: changesRole},
	{name: "metadata merge, one row", group: "writes", write: changesOne, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(1) + "/metadata", fmt.Sprintf(`{"public_metadata":{"n":%d}}`, rand.Int64())}
	}},
	{name: "metadata merge, many rows", group: "writes", write: changesMetadata, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/organizations/" + bigID + "/memberships/" + userID(somebody(d, n)) + "/metadata", fmt.Sprintf(`{"public_metadata":{"n":%d}}`, rand.Int64())}
	}},
	{name: "create, one organization", group: "writes", write: creates},
	{name: "create, many organizations", group: "writes", write: creates},
	{name: "delete", group: "writes", write: deletes},
	{name: "update user", group: "writes", write: changesUser, request: func(d directory, n int) request {
		return request{"PATCH", "/v1/users/" + userID(somebody(d, n)), `{"first_name":"` + otherName() + `"}`}
	}},
	{name: "token", group: "tokens"},
}
