package main

import (
	"strings"

	"github.com/rosterhq/roster"
)

func (s *session) createUsers() {
	for _, p := range cast {
		nextMillisecond()
		s.call("users.create", "creates "+p.name, p.args).as(p.name).has(obj{"id": anID("user_")}).has(p.want)
	}
	s.call("users.create", "refuses a taken email address", args{"email_address": []string{"ADA@analytical.example"}, "skip_password_requirement": true}).
		fails(422, roster.CodeIdentifierExists, "email_address")
	s.call("users.create", "refuses a taken username", args{"username": "dan_d", "skip_password_requirement": true}).
		fails(422, roster.CodeIdentifierExists, "username")
	s.call("users.create", "refuses a malformed email address", args{"email_address": []string{"nobody"}, "skip_password_requirement": true}).
		fails(422, roster.CodeParamFormatInvalid, "email_address")
	s.call("users.create", "refuses a malformed phone number", args{"phone_number": []string{"12"}, "skip_password_requirement": true}).
		fails(422, roster.CodeParamFormatInvalid, "phone_number")
	s.call("users.create", "refuses a short password", args{"email_address": []string{"short@outside.example"}, "password": "short"}).
		fails(422, roster.CodePasswordTooShort, "password")
	s.call("users.create", "refuses a user without identifier", args{"first_name": "Nobody", "skip_password_requirement": true}).
		fails(422, roster.CodeFormDataMissing, "")
	s.call("users.get", "gets a user", args{"user_id": s.id("ada")}).
		has(obj{"id": s.id("ada"), "username": "ada_l", "public_metadata": obj{"team": "engines", "tags": []string{"x", "y"}}})
	s.call("users.get", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) listUsers() {
	everybody := []string{"hal", "gus", "fay", "eve", "dan", "cleo", "bob", "ada"}
	s.call("users.list", "lists newest first by default", args{}).lists(byID, 8, everybody...)
	s.call("users.list", "pages by limit", args{"limit": 3}).lists(byID, 8, "hal", "gus", "fay")
	s.call("users.list", "pages by limit and offset", args{"limit": 3, "offset": 6}).lists(byID, 8, "bob", "ada")
	s.call("users.list", "refuses limit=501", args{"limit": 501}).fails(422, roster.CodeParamValueInvalid, "limit")
	for _, o := range userOrders {
		s.call("users.list", "orders by "+o.by, args{"order_by": o.by}).lists(byID, 8, o.want...)
	}
	for _, f := range s.userFilters() {
		s.call("users.list", "filters by "+f.name, f.args).lists(byID, len(f.want), f.want...)
		s.call("users.count", "counts by "+f.name, f.args).has(obj{"total_count": len(f.want)})
	}
	s.call("users.count", "counts all", args{}).has(obj{"object": "total_count", "total_count": 8})
	s.call("users.count", "counts all whatever the page", args{"limit": 1, "offset": 1, "order_by": "created_at"}).has(obj{"total_count": 8})
	s.call("users.list", "walks by starting_after", args{"starting_after": s.id("fay"), "limit": 2}).lists(byID, 8, "eve", "dan")
}

var userOrders = []struct {
	by   string
	want []string
}{
	{"created_at", []string{"ada", "bob", "cleo", "dan", "eve", "fay", "gus", "hal"}},
	{"+updated_at", []string{"ada", "bob", "cleo", "dan", "eve", "fay", "gus", "hal"}},
	{"-updated_at", []string{"hal", "gus", "fay", "eve", "dan", "cleo", "bob", "ada"}},
	{"first_name", []string{"ada", "bob", "cleo", "eve", "fay", "gus", "hal", "dan"}},
	{"-first_name", []string{"hal", "gus", "fay", "eve", "cleo", "bob", "ada", "dan"}},
	{"+last_name", []string{"dan", "eve", "fay", "gus", "hal", "ada", "bob", "cleo"}},
	{"-email_address", []string{"hal", "gus", "cleo", "bob", "ada", "dan eve fay"}},
	{"phone_number", []string{"ada", "bob", "eve", "cleo dan fay gus hal"}},
	{"-username", []string{"dan", "bob", "ada", "cleo eve fay gus hal"}},
	{"web3wallet", []string{"ada", "fay", "bob cleo dan eve gus hal"}},
}

type filter struct {
	name string
	args args
	want []string
}

func (s *session) userFilters() []filter {
	return []filter{
		{"email_address", args{"email_address": []string{"ada.second@analytical.example", "bob@builders.example"}}, []string{"bob", "ada"}},
		{"phone_number", args{"phone_number": []string{"+15555550105"}}, []string{"eve"}},
		{"external_id", args{"external_id": []string{"ext-ada", "ext-nobody"}}, []string{"ada"}},
		{"excluded external_id", args{"external_id": []string{"-ext-ada"}}, []string{"hal", "gus", "fay", "eve", "dan", "cleo", "bob"}},
		{"username", args{"username": []string{"dan_d", "ada_l"}}, []string{"dan", "ada"}},
		{"web3_wallet", args{"web3_wallet": []string{fayWallet}}, []string{"fay"}},
		{"user_id", args{"user_id": []string{s.id("cleo"), "+" + s.id("gus"), unknownUser}}, []string{"gus", "cleo"}},
		{"excluded user_id", args{"user_id": []string{"-" + s.id("cleo")}}, []string{"hal", "gus", "fay", "eve", "dan", "bob", "ada"}},
		{"query", args{"query": "ANALYTICAL"}, []string{"cleo", "ada"}},
		{"email_address_query", args{"email_address_query": "builders"}, []string{"gus", "bob"}},
		{"phone_number_query", args{"phone_number_query": "5550105"}, []string{"eve"}},
		{"username_query", args{"username_query": "N_D"}, []string{"dan"}},
		{"name_query", args{"name_query": "ada love"}, []string{"ada"}},
		{"created_at", args{"created_at_after": millis("2020-02-15T00:00:00Z"), "created_at_before": millis("2020-05-15T00:00:00Z")}, []string{"eve", "dan", "cleo"}},
		{"banned", args{"banned": true}, nil},
		{"provider", args{"provider": "oauth_google", "provider_user_id": []string{"1"}}, nil},
		{"email_address and username", args{"email_address": []string{"ada@analytical.example"}, "username": []string{"bob_s"}}, nil},
	}
}

func (s *session) updateUsers() {
	dan := s.id("dan")
	before := s.call("users.get", "gets before updating", args{"user_id": dan})
	nextMillisecond()
	updated := s.call("users.update", "changes what is given", args{
		"user_id": dan, "first_name": "Daniel", "last_name": "Danielson", "username": "dan_the_man", "external_id": "ext-dan", "locale": "de",
		"delete_self_enabled": false, "create_organization_enabled": false, "create_organizations_limit": 3,
		"created_at": "2020-04-02T00:00:00.000Z", "legal_accepted_at": "2020-04-02T00:00:00.000Z",
	})
	updated.has(obj{
		"id": dan, "first_name": "Daniel", "last_name": "Danielson", "username": "dan_the_man", "external_id": "ext-dan", "locale": "de",
		"delete_self_enabled": false, "create_organization_enabled": false, "create_organizations_limit": 3,
		"created_at": millis("2020-04-02T00:00:00Z"), "legal_accepted_at": millis("2020-04-02T00:00:00Z"),
		"updated_at": after(dig(before.response.Result, "updated_at")),
	})
	s.call("users.update", "sets a password", args{"user_id": dan, "password": "another long passphrase", "skip_password_checks": true, "sign_out_of_other_sessions": true}).
		has(obj{"password_enabled": true, "first_name": "Daniel"})
	s.call("users.update", "clears a name by an empty text", args{"user_id": dan, "first_name": ""}).has(obj{"first_name": absent, "last_name": "Danielson"})
	ada := s.call("users.get", "gets the identifiers' ids", args{"user_id": s.id("ada")})
	if list, ok := dig(ada.response.Result, "email_addresses").([]any); ok && len(list) == 2 {
		second := text(dig(list[1], "id"))
		s.call("users.update", "chooses another primary email address", args{"user_id": s.id("ada"), "primary_email_address_id": second}).
			has(obj{"primary_email_address_id": second})
	}
	s.call("users.update", "skips legal checks that there are none of", args{"user_id": dan, "skip_legal_checks": true}).has(obj{"id": dan})
	s.call("users.update", "refuses to mail about a new primary address", args{"user_id": dan, "notify_primary_email_address_changed": true}).
		fails(422, roster.CodeParamValueInvalid, "notify_primary_email_address_changed")
	for _, param := range []string{"timezone", "profile_image"} {
		s.call("users.update", "refuses "+param+", which no document has", args{"user_id": dan, param: "x"}).fails(422, roster.CodeParamUnknown, param)
	}
	s.call("users.update", "refuses a taken username", args{"user_id": dan, "username": "bob_s"}).fails(422, roster.CodeIdentifierExists, "username")
	s.call("users.update", "refuses an unknown user", args{"user_id": unknownUser, "first_name": "X"}).fails(404, roster.CodeResourceNotFound, "")
	s.mergeUserMetadata(dan)
}

func (s *session) mergeUserMetadata(dan string) {
	s.call("users.merge_metadata", "merges three kinds", args{
		"user_id": dan, "public_metadata": obj{"a": obj{"b": 1, "c": 2}}, "private_metadata": obj{"p": true}, "unsafe_metadata": obj{"u": []int{1, 2}},
	}).has(obj{"public_metadata": obj{"a": obj{"b": 1, "c": 2}}, "private_metadata": obj{"p": true}, "unsafe_metadata": obj{"u": []int{1, 2}}})
	s.call("users.merge_metadata", "merges deeply and removes by null", args{"user_id": dan, "public_metadata": obj{"a": obj{"b": nil, "d": "Zoë 🎉"}}}).
		has(obj{"public_metadata": obj{"a": obj{"c": 2, "d": "Zoë 🎉"}}, "private_metadata": obj{"p": true}, "unsafe_metadata": obj{"u": []int{1, 2}}})
	s.call("users.replace_metadata", "replaces what is given", args{"user_id": dan, "public_metadata": obj{"z": 0}}).
		has(obj{"public_metadata": obj{"z": 0}, "private_metadata": obj{"p": true}})
	s.call("users.replace_metadata", "empties by an empty object", args{"user_id": dan, "unsafe_metadata": obj{}, "private_metadata": obj{}}).
		has(obj{"public_metadata": obj{"z": 0}, "private_metadata": obj{}, "unsafe_metadata": obj{}})
	s.call("users.merge_metadata", "refuses more than 8 KB", args{"user_id": dan, "public_metadata": obj{"big": strings.Repeat("x", roster.MaxMetadataBytes)}}).
		fails(422, roster.CodeParamExceedsAllowedSize, "public_metadata")
	s.call("users.merge_metadata", "refuses an unknown user", args{"user_id": unknownUser, "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("users.replace_metadata", "refuses an unknown user", args{"user_id": unknownUser, "public_metadata": obj{"a": 1}}).
		fails(404, roster.CodeResourceNotFound, "")
	s.call("users.update", "replaces metadata where the SDK still offers it", args{"user_id": dan, "last_name": "Dane", "public_metadata": obj{"only": 1}, "private_metadata": obj{"two": 2}, "unsafe_metadata": obj{"three": 3}}).
		has(obj{"last_name": "Dane", "public_metadata": obj{"only": 1}, "private_metadata": obj{"two": 2}, "unsafe_metadata": obj{"three": 3}})
}

func (s *session) banUsers() {
	s.call("users.ban", "bans", args{"user_id": s.id("bob")}).has(obj{"id": s.id("bob"), "banned": true})
	s.call("sessions.list", "a ban revokes the sessions", args{"user_id": s.id("bob"), "status": roster.SessionActive}).lists(byID, 0)
	s.call("memberships.list", "a membership shows the ban", args{"organization_id": s.id("acme"), "user_id": []string{s.id("bob")}}).
		has(obj{"data": []obj{{"public_user_data": obj{"banned": true}}}})
	s.call("users.list", "filters by banned", args{"banned": true}).lists(byID, 1, "bob")
	s.call("users.unban", "lifts the ban", args{"user_id": s.id("bob")}).has(obj{"id": s.id("bob"), "banned": false})
	s.call("users.ban", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.unban", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) deleteUsers() {
	s.call("users.delete", "deletes and tells what was deleted", args{"user_id": s.id("hal")}).
		has(obj{"object": "user", "id": s.id("hal"), "deleted": true, "external_id": "ext-hal"})
	s.call("users.get", "forgets the deleted user", args{"user_id": s.id("hal")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("memberships.list", "takes the memberships of a deleted user with it", args{"organization_id": s.id("globex")}).lists(byUser, 0)
	s.call("users.delete", "refuses an unknown user", args{"user_id": s.id("hal")}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.count", "counts one less", args{}).has(obj{"total_count": 7})
	s.call("users.create", "creates a reserved address, banned and locked", args{
		"email_address": []string{"ivy@outside.example"}, "email_address_identification_status": []string{"reserved"},
		"skip_password_requirement": true, "banned": true, "locked": true,
	}).has(obj{"banned": true, "locked": true, "email_addresses": []obj{{"reserved": true, "verification": absent}}})
	s.call("users.create", "creates a reserved number", args{
		"phone_number": []string{"+12025550141"}, "phone_number_identification_status": []string{"reserved"}, "skip_password_requirement": true,
	}).has(obj{"phone_numbers": []obj{{"phone_number": "+12025550141", "verification": absent}}})
	s.call("users.create", "lets a user in from any client", args{
		"username": "jo_j", "skip_password_requirement": true, "skip_user_requirement": true, "bypass_client_trust": true,
	}).as("jo").has(obj{"username": "jo_j", "bypass_client_trust": true})
	if s.id("jo") != "" {
		s.call("users.update", "lets a user in from known clients only", args{"user_id": s.id("jo"), "bypass_client_trust": false}).has(obj{"bypass_client_trust": false})
	}
}
