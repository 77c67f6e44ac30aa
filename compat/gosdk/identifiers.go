package main

import (
	"github.com/clerk/clerk-sdk-go/v2/emailaddress"
	"github.com/clerk/clerk-sdk-go/v2/phonenumber"
)

var identifierCalls = map[string]function{
	"email_addresses.create": {"emailaddress.Create", plain(emailaddress.Create)},
	"email_addresses.get":    {"emailaddress.Get", only(emailaddress.Get, "email_address_id")},
	"email_addresses.update": {"emailaddress.Update", with(emailaddress.Update, "email_address_id")},
	"email_addresses.delete": {"emailaddress.Delete", only(emailaddress.Delete, "email_address_id")},

	"phone_numbers.create": {"phonenumber.Create", plain(phonenumber.Create)},
	"phone_numbers.get":    {"phonenumber.Get", only(phonenumber.Get, "phone_number_id")},
	"phone_numbers.update": {"phonenumber.Update", with(phonenumber.Update, "phone_number_id")},
	"phone_numbers.delete": {"phonenumber.Delete", only(phonenumber.Delete, "phone_number_id")},
}
