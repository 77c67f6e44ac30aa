package main

import (
	"strings"
	"time"
)

// cast is who the directory starts with, oldest first: people with every kind of
// identifier, and without.
var cast = []struct {
	name string
	args args
	want obj
}{
	{"ada", args{
		"external_id": "ext-ada", "first_name": "Ada", "last_name": "Lovelace", "username": "ada_l", "locale": "en-GB",
		"email_address": []string{"ada@analytical.example", "ada.second@analytical.example"},
		"phone_number":  []string{"+15555550101"}, "web3_wallet": []string{adaWallet},
		"password": "correct horse battery staple", "skip_password_checks": true,
		"public_metadata":  obj{"team": "engines", "tags": []string{"x", "y"}},
		"private_metadata": obj{"salary": 1.5}, "unsafe_metadata": obj{"theme": "dark"},
		"delete_self_enabled": false, "create_organization_enabled": true, "create_organizations_limit": 7,
		"legal_accepted_at": "2020-01-01T12:00:00.000Z", "skip_legal_checks": true, "created_at": "2020-01-01T00:00:00.000Z",
	}, obj{
		"object": "user", "external_id": "ext-ada", "first_name": "Ada", "last_name": "Lovelace", "username": "ada_l", "locale": "en-GB",
		"primary_email_address_id": anID("idn_"), "primary_phone_number_id": anID("idn_"), "primary_web3_wallet_id": anID("idn_"),
		"email_addresses": []obj{
			{"id": anID("idn_"), "object": "email_address", "email_address": "ada@analytical.example", "linked_to": []string{}, "verification": verified},
			{"id": anID("idn_"), "email_address": "ada.second@analytical.example", "verification": verified},
		},
		"phone_numbers": []obj{{
			"id": anID("idn_"), "object": "phone_number", "phone_number": "+15555550101", "linked_to": []string{},
			"reserved_for_second_factor": false, "default_second_factor": false, "verification": verified,
		}},
		"web3_wallets":    []obj{{"id": anID("idn_"), "object": "web3_wallet", "web3_wallet": adaWallet, "verification": verified}},
		"public_metadata": obj{"team": "engines", "tags": []string{"x", "y"}}, "private_metadata": obj{"salary": 1.5},
		"unsafe_metadata": obj{"theme": "dark"}, "password_enabled": true, "two_factor_enabled": false, "totp_enabled": false,
		"backup_code_enabled": false, "passkeys": []string{}, "external_accounts": []string{}, "saml_accounts": []string{},
		"enterprise_accounts": []string{}, "banned": false, "locked": false, "deprovisioned": false, "has_image": false,
		"image_url": like("^https://"), "profile_image_url": like("^https://"),
		"delete_self_enabled": false, "create_organization_enabled": true, "create_organizations_limit": 7,
		"legal_accepted_at": millis("2020-01-01T12:00:00Z"), "created_at": millis("2020-01-01T00:00:00Z"), "updated_at": now,
		"last_sign_in_at": absent, "last_active_at": absent, "mfa_enabled_at": absent, "mfa_disabled_at": absent,
		"lockout_expires_in_seconds": absent, "password_last_updated_at": now,
	}},
	{"bob", args{
		"first_name": "Bob", "last_name": "Stone", "username": "bob_s", "email_address": []string{"Bob@Builders.Example"},
		"phone_number": []string{"+15555550102"}, "skip_password_requirement": true, "created_at": "2020-02-01T00:00:00.000Z",
	}, obj{
		"email_addresses": []obj{{"email_address": "bob@builders.example"}}, "password_enabled": false, "delete_self_enabled": true,
		"create_organization_enabled": true, "web3_wallets": []string{}, "primary_web3_wallet_id": absent, "external_id": absent,
		"public_metadata": obj{}, "private_metadata": obj{}, "unsafe_metadata": obj{}, "password_last_updated_at": absent,
	}},
	{"cleo", args{
		"first_name": "Cleo", "email_address": []string{"cleo@analytical.example"}, "skip_password_requirement": true,
		"created_at": "2020-03-01T00:00:00.000Z",
	}, obj{"last_name": absent, "username": absent, "phone_numbers": []string{}, "primary_phone_number_id": absent}},
	{"dan", args{
		"last_name": "Daniels", "username": "dan_d", "skip_password_requirement": true, "created_at": "2020-04-01T00:00:00.000Z",
	}, obj{"first_name": absent, "email_addresses": []string{}, "primary_email_address_id": absent}},
	{"eve", args{
		"first_name": "Eve", "last_name": "Evans", "phone_number": []string{"+1 555 555 0105"}, "skip_password_requirement": true,
		"created_at": "2020-05-01T00:00:00.000Z",
	}, obj{"phone_numbers": []obj{{"phone_number": "+15555550105"}}}},
	{"fay", args{
		"first_name": "Fay", "last_name": "Field", "web3_wallet": []string{strings.ToLower(fayWallet)}, "skip_password_requirement": true,
		"created_at": "2020-06-01T00:00:00.000Z",
	}, obj{"web3_wallets": []obj{{"web3_wallet": fayWallet}}}},
	{"gus", args{
		"first_name": "Gus", "last_name": "Gold", "email_address": []string{"gus@builders.example"}, "skip_password_requirement": true,
		"created_at": "2020-07-01T00:00:00.000Z",
	}, obj{"created_at": millis("2020-07-01T00:00:00Z")}},
	{"hal", args{
		"external_id": "ext-hal", "first_name": "Hal", "last_name": "Hill", "email_address": []string{"hal@outside.example"}, "skip_password_requirement": true,
		"created_at": "2020-08-01T00:00:00.000Z",
	}, obj{"external_id": "ext-hal"}},
}

// verified is what an administrator's address carries.
var verified = obj{"status": "verified", "strategy": "admin", "attempts": nil, "expire_at": nil}

func millis(rfc3339 string) int64 {
	t, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		panic(err) // a constant of this file
	}
	return t.UnixMilli()
}
