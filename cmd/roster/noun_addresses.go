package main

import (
	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/client"
)

// codeColumns are what there is to see of a code that was sent.
const codeColumns = "id status strategy attempts expire_at"

var emailAddresses = noun{
	name:    "email-addresses",
	aliases: []string{"email-address", "emails"},
	short:   "Email addresses of users",
	long:    "ADDRESS and USER are ids; users get shows a user's addresses.",
	columns: "id email_address verification.status reserved created_at",
	verbs: []verb{
		{
			name: "get", args: "ADDRESS", short: "Show an email address",
			do: client.EmailAddresses.Get, example: "idn_…",
		},
		{
			name: "create", short: "Give a user an email address",
			do:      client.EmailAddresses.Create,
			help:    map[string]string{"user_id": "whose it is", "email_address": "the address", "verified": "that it counts as verified"},
			example: "--user-id user_… --email-address ada@example.com --verified --primary",
		},
		{
			name: "update", args: "ADDRESS", short: "Verify an email address, or make it the primary one",
			do:      client.EmailAddresses.Update,
			help:    map[string]string{"verified": "that it counts as verified"},
			example: "idn_… --verified\nidn_… --primary",
		},
		{
			name: "replace", args: "USER", short: "Put one email address in the place of all that a user has",
			do:      client.EmailAddresses.ReplaceForUser,
			values:  map[string][]string{"identification_status": roster.IdentificationStatuses},
			help:    map[string]string{"email_address": "the address"},
			example: "user_… --email-address ada@example.com",
		},
		{
			name: "prepare-verification", args: "ADDRESS", short: "Send a code to an email address",
			long:    "The id of the answer goes with the code into attempt-verification.",
			columns: codeColumns,
			do:      client.EmailAddresses.PrepareVerification, example: "idn_…",
		},
		{
			name: "attempt-verification", args: "ADDRESS", short: "Verify an email address by the code that was sent to it",
			long:    "A wrong code is an answer with another status, no failure.",
			columns: codeColumns,
			help:    map[string]string{"verification_id": "what prepare-verification answered with", "code": "the code"},
			do:      client.EmailAddresses.AttemptVerification, example: "idn_… --verification-id ver_… --code 424242",
		},
		{
			name: "delete", args: "ADDRESS", short: "Delete an email address",
			do: client.EmailAddresses.Delete, example: "idn_…",
		},
	},
}

var phoneNumbers = noun{
	name:    "phone-numbers",
	aliases: []string{"phone-number", "phones"},
	short:   "Phone numbers of users",
	long:    "NUMBER and USER are ids; users get shows a user's numbers.",
	columns: "id phone_number verification.status reserved_for_second_factor created_at",
	verbs: []verb{
		{
			name: "get", args: "NUMBER", short: "Show a phone number",
			do: client.PhoneNumbers.Get, example: "idn_…",
		},
		{
			name: "create", short: "Give a user a phone number",
			do:      client.PhoneNumbers.Create,
			help:    map[string]string{"user_id": "whose it is", "phone_number": "the number, such as +12125550100", "verified": "that it counts as verified"},
			example: "--user-id user_… --phone-number +12125550100 --verified",
		},
		{
			name: "update", args: "NUMBER", short: "Verify a phone number, make it the primary one or a second factor",
			do:      client.PhoneNumbers.Update,
			help:    map[string]string{"verified": "that it counts as verified"},
			example: "idn_… --primary\nidn_… --reserved-for-second-factor",
		},
		{
			name: "replace", args: "USER", short: "Put one phone number in the place of all that a user has",
			do:      client.PhoneNumbers.ReplaceForUser,
			values:  map[string][]string{"identification_status": roster.IdentificationStatuses},
			help:    map[string]string{"phone_number": "the number, such as +12125550100"},
			example: "user_… --phone-number +12125550100",
		},
		{
			name: "prepare-verification", args: "NUMBER", short: "Send a code to a phone number",
			long:    "The id of the answer goes with the code into attempt-verification.",
			columns: codeColumns,
			do:      client.PhoneNumbers.PrepareVerification, example: "idn_…",
		},
		{
			name: "attempt-verification", args: "NUMBER", short: "Verify a phone number by the code that was sent to it",
			long:    "A wrong code is an answer with another status, no failure.",
			columns: codeColumns,
			help:    map[string]string{"verification_id": "what prepare-verification answered with", "code": "the code"},
			do:      client.PhoneNumbers.AttemptVerification, example: "idn_… --verification-id ver_… --code 424242",
		},
		{
			name: "delete", args: "NUMBER", short: "Delete a phone number",
			do: client.PhoneNumbers.Delete, example: "idn_…",
		},
	},
}
