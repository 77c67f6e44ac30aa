package main

import "github.com/rosterhq/roster"

var (
	noAddress  = []roster.Kind{roster.ErrIdentificationNotFound}
	badAddress = []roster.Kind{roster.ErrParamMissing, roster.ErrParamFormat, roster.ErrIdentifierExists, roster.ErrAccessNotAllowed}
)

var identificationOperations = map[string]operation{
	"CreateEmailAddress": {
		tag: emailAddresses, summary: "Give a user an email address", body: roster.CreateEmailAddress{}, answers: "The new email address.", result: roster.EmailAddress{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrVerificationNeeded, roster.ErrAddressesQuota}),
	},
	"GetEmailAddress": {tag: emailAddresses, summary: "Get an email address", answers: "The email address.", result: roster.EmailAddress{}, errors: noAddress},
	"UpdateEmailAddress": {
		tag: emailAddresses, summary: "Verify an email address or make it primary", body: roster.UpdateEmailAddress{}, answers: "The changed email address.",
		result: roster.EmailAddress{}, errors: join(noAddress, []roster.Kind{roster.ErrIdentifierExists, roster.ErrVerificationNeeded}),
	},
	"DeleteEmailAddress": {
		tag: emailAddresses, summary: "Delete an email address", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"PrepareEmailAddressVerification": {
		tag: emailAddresses, summary: "Send a code to an email address", answers: "The verification that the code is for.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrTooManyVerifications}),
	},
	"AttemptEmailAddressVerification": {
		tag: emailAddresses, summary: "Verify an email address by the code that was sent to it", body: roster.AttemptVerification{},
		answers: "What became of the verification.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrVerificationNotFound, roster.ErrVerificationVerified, roster.ErrIdentifierExists, roster.ErrParamUnknown}),
	},

	"CreatePhoneNumber": {
		tag: phoneNumbers, summary: "Give a user a phone number", body: roster.CreatePhoneNumber{}, answers: "The new phone number.", result: roster.PhoneNumber{},
		errors: join(noUser, badAddress, []roster.Kind{roster.ErrVerificationNeeded, roster.ErrAddressesQuota}),
	},
	"GetPhoneNumber": {tag: phoneNumbers, summary: "Get a phone number", answers: "The phone number.", result: roster.PhoneNumber{}, errors: noAddress},
	"UpdatePhoneNumber": {
		tag: phoneNumbers, summary: "Verify a phone number, make it primary or a second factor", body: roster.UpdatePhoneNumber{}, answers: "The changed phone number.",
		result: roster.PhoneNumber{}, errors: join(noAddress, []roster.Kind{roster.ErrIdentifierExists, roster.ErrVerificationNeeded}),
	},
	"DeletePhoneNumber": {
		tag: phoneNumbers, summary: "Delete a phone number", answers: "What was deleted.", result: roster.Deleted{},
		errors: join(noAddress, []roster.Kind{roster.ErrIdentificationDeletion}),
	},
	"PreparePhoneNumberVerification": {
		tag: phoneNumbers, summary: "Send a code to a phone number", answers: "The verification that the code is for.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrTextMessages, roster.ErrTooManyVerifications}),
	},
	"AttemptPhoneNumberVerification": {
		tag: phoneNumbers, summary: "Verify a phone number by the code that was sent to it", body: roster.AttemptVerification{},
		answers: "What became of the verification.", result: roster.CodeVerification{},
		errors: join(noAddress, []roster.Kind{roster.ErrVerificationNotFound, roster.ErrVerificationVerified, roster.ErrIdentifierExists, roster.ErrParamUnknown}),
	},
}
