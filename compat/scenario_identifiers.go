package main

import "github.com/rosterhq/roster"

const unknownIdentifier = "idn_000000000000000000000000000"

// unverified is what an address carries that nobody vouched for: nothing, which
// some SDKs show as such.
var unverified = matcher(absent)

func (s *session) manageEmailAddresses() {
	s.call("users.create", "creates a user with one address", args{"email_address": []string{"eli@family.example"}, "username": "eli_f", "skip_password_requirement": true}).as("eli").
		has(obj{"id": anID("user_")})
	eli := s.id("eli")
	s.call("email_addresses.create", "adds an unverified address", args{"user_id": eli, "email_address": "Eli@Work.example"}).as("eli@work").
		has(obj{"object": "email_address", "id": anID("idn_"), "email_address": "eli@work.example", "reserved": false, "linked_to": []string{}, "verification": unverified, "created_at": now, "updated_at": now})
	s.call("email_addresses.create", "adds a verified one and makes it the primary one", args{"user_id": eli, "email_address": "eli@home.example", "verified": true, "primary": true}).as("eli@home").
		has(obj{"email_address": "eli@home.example", "verification": obj{"status": "verified", "strategy": "admin"}})
	s.call("users.get", "shows the new primary address", args{"user_id": eli}).has(obj{
		"primary_email_address_id": s.id("eli@home"),
		"email_addresses":          []obj{{"email_address": "eli@family.example"}, {"id": s.id("eli@work")}, {"id": s.id("eli@home")}},
	})
	s.call("email_addresses.create", "refuses a taken address", args{"user_id": eli, "email_address": "ann@family.example"}).fails(422, roster.CodeIdentifierExists, "email_address")
	s.call("email_addresses.create", "refuses a malformed address", args{"user_id": eli, "email_address": "nobody"}).fails(422, roster.CodeParamFormatInvalid, "email_address")
	s.call("email_addresses.create", "refuses an unverified one as primary", args{"user_id": eli, "email_address": "eli@new.example", "primary": true}).
		fails(422, roster.CodeVerificationNeeded, "primary")
	s.call("email_addresses.create", "refuses to mail about it", args{"user_id": eli, "email_address": "eli@new.example", "notify_primary_email_address_changed": true}).
		fails(422, roster.CodeParamValueInvalid, "notify_primary_email_address_changed")
	s.call("email_addresses.create", "refuses an unknown user", args{"user_id": unknownUser, "email_address": "eli@new.example"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("email_addresses.get", "gets an address", args{"email_address_id": s.id("eli@work")}).has(obj{"id": s.id("eli@work"), "email_address": "eli@work.example"})
	s.call("email_addresses.get", "refuses an unknown address", args{"email_address_id": unknownIdentifier}).fails(404, roster.CodeResourceNotFound, "")
	s.call("email_addresses.update", "refuses to make an unverified one primary", args{"email_address_id": s.id("eli@work"), "primary": true}).
		fails(422, roster.CodeVerificationNeeded, "primary")
	s.call("email_addresses.update", "verifies and makes primary", args{"email_address_id": s.id("eli@work"), "verified": true, "primary": true}).
		has(obj{"id": s.id("eli@work"), "verification": obj{"status": "verified", "strategy": "admin"}})
	s.call("email_addresses.update", "takes the verification back", args{"email_address_id": s.id("eli@home"), "verified": false}).has(obj{"verification": unverified})
	s.call("email_addresses.update", "refuses to mail about it", args{"email_address_id": s.id("eli@home"), "verified": true, "notify_primary_email_address_changed": true}).
		fails(422, roster.CodeParamValueInvalid, "notify_primary_email_address_changed")
	s.call("email_addresses.update", "refuses an unknown address", args{"email_address_id": unknownIdentifier, "verified": true}).fails(404, roster.CodeResourceNotFound, "")
	s.call("email_addresses.delete", "deletes and tells what was deleted", args{"email_address_id": s.id("eli@work")}).
		has(obj{"object": "email_address", "id": s.id("eli@work"), "deleted": true})
	s.call("users.get", "lets a verified address be the primary one", args{"user_id": eli}).
		has(obj{"primary_email_address_id": anID("idn_"), "email_addresses": []obj{{"email_address": "eli@family.example"}, {"id": s.id("eli@home")}}})
	s.call("email_addresses.delete", "refuses an unknown address", args{"email_address_id": s.id("eli@work")}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) managePhoneNumbers() {
	eli := s.id("eli")
	s.call("phone_numbers.create", "adds a verified number", args{"user_id": eli, "phone_number": "+1 (202) 555-0130", "verified": true, "primary": true}).as("+130").has(obj{
		"object": "phone_number", "id": anID("idn_"), "phone_number": "+12025550130", "reserved": false, "reserved_for_second_factor": false, "default_second_factor": false,
		"linked_to": []string{}, "verification": obj{"status": "verified", "strategy": "admin"}, "created_at": now, "updated_at": now,
	})
	s.call("phone_numbers.create", "adds an unverified one", args{"user_id": eli, "phone_number": "+12025550131"}).as("+131").has(obj{"verification": unverified})
	s.call("phone_numbers.create", "adds one for a second factor", args{"user_id": eli, "phone_number": "+12025550132", "verified": true, "primary": true, "reserved_for_second_factor": true}).as("+132").
		has(obj{"reserved_for_second_factor": true, "default_second_factor": true})
	if s.id("+132") != "" {
		s.call("users.get", "shows the second factor", args{"user_id": eli}).has(obj{"two_factor_enabled": true, "primary_phone_number_id": s.id("+132")})
		s.call("phone_numbers.delete", "takes the second factor with it", args{"phone_number_id": s.id("+132")}).has(obj{"object": "phone_number", "id": s.id("+132"), "deleted": true})
		s.call("users.get", "shows that the second factor is gone", args{"user_id": eli}).has(obj{"two_factor_enabled": false, "primary_phone_number_id": s.id("+130")})
	}
	s.call("phone_numbers.create", "refuses a taken number", args{"user_id": s.id("ann"), "phone_number": "+12025550130"}).fails(422, roster.CodeIdentifierExists, "phone_number")
	s.call("phone_numbers.create", "refuses a malformed number", args{"user_id": eli, "phone_number": "12"}).fails(422, roster.CodeParamFormatInvalid, "phone_number")
	s.call("phone_numbers.create", "refuses an unknown user", args{"user_id": unknownUser, "phone_number": "+12025550133"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("phone_numbers.get", "gets a number", args{"phone_number_id": s.id("+130")}).has(obj{"id": s.id("+130"), "phone_number": "+12025550130"})
	s.call("phone_numbers.get", "refuses an unknown number", args{"phone_number_id": unknownIdentifier}).fails(404, roster.CodeResourceNotFound, "")
	s.call("phone_numbers.update", "refuses an unverified one as primary", args{"phone_number_id": s.id("+131"), "primary": true}).fails(422, roster.CodeVerificationNeeded, "primary")
	s.call("phone_numbers.update", "verifies, and reserves for a second factor", args{"phone_number_id": s.id("+131"), "verified": true, "primary": true, "reserved_for_second_factor": true}).
		has(obj{"verification": obj{"status": "verified"}, "reserved_for_second_factor": true, "default_second_factor": true})
	s.call("users.get", "shows the new primary number", args{"user_id": eli}).has(obj{"primary_phone_number_id": s.id("+131"), "two_factor_enabled": true})
	s.call("users.update", "chooses another primary number", args{"user_id": eli, "primary_phone_number_id": s.id("+130")}).has(obj{"primary_phone_number_id": s.id("+130")})
	s.call("phone_numbers.update", "refuses an unknown number", args{"phone_number_id": unknownIdentifier, "verified": true}).fails(404, roster.CodeResourceNotFound, "")
	s.call("phone_numbers.delete", "deletes and tells what was deleted", args{"phone_number_id": s.id("+131")}).has(obj{"object": "phone_number", "id": s.id("+131"), "deleted": true})
	s.call("phone_numbers.delete", "refuses an unknown number", args{"phone_number_id": s.id("+131")}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) replaceIdentifiers() {
	eli := s.id("eli")
	s.call("users.replace_email_address", "leaves one address in the place of all", args{"user_id": eli, "email_address": "Eli@Only.example"}).as("eli@only").
		has(obj{"id": anID("idn_"), "email_address": "eli@only.example", "verification": obj{"status": "verified", "strategy": "admin"}})
	if s.id("eli@only") != "" {
		s.call("users.get", "shows no other address", args{"user_id": eli}).has(obj{"primary_email_address_id": s.id("eli@only"), "email_addresses": []obj{{"id": s.id("eli@only")}}})
		s.call("users.replace_email_address", "reserves it", args{"user_id": eli, "email_address": "eli@only.example", "identification_status": "reserved"}).
			has(obj{"id": s.id("eli@only"), "reserved": true, "verification": unverified})
	}
	s.call("users.replace_email_address", "refuses to mail about it", args{"user_id": eli, "email_address": "eli@new.example", "notify_primary_email_address_changed": true}).
		fails(422, roster.CodeParamValueInvalid, "notify_primary_email_address_changed")
	s.call("users.replace_email_address", "refuses a taken address", args{"user_id": eli, "email_address": "ann@family.example"}).fails(422, roster.CodeIdentifierExists, "email_address")
	s.call("users.replace_email_address", "refuses an unknown user", args{"user_id": unknownUser, "email_address": "eli@new.example"}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.replace_phone_number", "leaves one number in the place of all", args{"user_id": eli, "phone_number": "+12025550139"}).as("+139").
		has(obj{"phone_number": "+12025550139", "verification": obj{"status": "verified"}})
	if s.id("+139") != "" {
		s.call("users.get", "shows no other number", args{"user_id": eli}).has(obj{"primary_phone_number_id": s.id("+139"), "phone_numbers": []obj{{"id": s.id("+139")}}})
		s.call("users.replace_phone_number", "reserves it", args{"user_id": eli, "phone_number": "+12025550139", "identification_status": "reserved"}).
			has(obj{"id": s.id("+139"), "reserved": true, "verification": unverified})
	}
	s.call("users.replace_phone_number", "refuses a malformed number", args{"user_id": eli, "phone_number": "12"}).fails(422, roster.CodeParamFormatInvalid, "phone_number")
	s.call("users.replace_phone_number", "refuses an unknown user", args{"user_id": unknownUser, "phone_number": "+12025550138"}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) deleteWallets() {
	r := s.call("users.create", "creates a user with two wallets", args{"username": "wally_f", "web3_wallet": []string{adaWallet, fayWallet}, "skip_password_requirement": true}).as("wally").
		has(obj{"web3_wallets": []obj{{"web3_wallet": adaWallet}, {"web3_wallet": fayWallet}}})
	list, _ := dig(r.response.Result, "web3_wallets").([]any)
	if len(list) != 2 {
		return
	}
	first, second := text(dig(list[0], "id")), text(dig(list[1], "id"))
	s.call("users.update", "chooses another primary wallet", args{"user_id": s.id("wally"), "primary_web3_wallet_id": second}).has(obj{"primary_web3_wallet_id": second})
	s.call("users.update", "chooses the first primary wallet again", args{"user_id": s.id("wally"), "primary_web3_wallet_id": first}).has(obj{"primary_web3_wallet_id": first})
	one := args{"user_id": s.id("wally"), "web3_wallet_identification_id": first}
	s.call("users.delete_wallet", "deletes and tells what was deleted", one).has(obj{"object": "web3_wallet", "id": first, "deleted": true})
	s.call("users.get", "shows the other wallet as the primary one", args{"user_id": s.id("wally")}).has(obj{"primary_web3_wallet_id": second, "web3_wallets": []obj{{"id": second}}})
	s.call("users.delete_wallet", "refuses a deleted wallet", one).fails(404, roster.CodeResourceNotFound, "")
}
