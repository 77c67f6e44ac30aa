package api

import (
	"context"

	"github.com/rosterhq/roster"
	"github.com/rosterhq/roster/internal/service"
)

func anEmailAddress(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.EmailAddressExists(ctx, c, ids[0])
}

func aPhoneNumber(ctx context.Context, s *service.Service, c service.Caller, ids []string) error {
	return s.PhoneNumberExists(ctx, c, ids[0])
}

// unnotified refuses to promise a mail about a new primary email address.
func (b body) unnotified() {
	if b.flag("notify_primary_email_address_changed") {
		b.problem(roster.ErrParamInvalid.On("notify_primary_email_address_changed", "this server mails invitations and codes only"))
	}
}

func createEmailAddress(r *request) roster.CreateEmailAddress {
	r.body.unnotified()
	return roster.CreateEmailAddress{
		UserID:       r.body.required("user_id"),
		EmailAddress: r.body.required("email_address"),
		Verified:     r.body.boolean("verified"),
		Primary:      r.body.boolean("primary"),
	}
}

func updateEmailAddress(r *request) roster.UpdateEmailAddress {
	r.body.unnotified()
	return roster.UpdateEmailAddress{Verified: r.body.boolean("verified"), Primary: r.body.boolean("primary")}
}

func replaceEmailAddress(r *request) roster.ReplaceEmailAddress {
	defer r.body.closed()
	r.body.unnotified()
	return roster.ReplaceEmailAddress{
		EmailAddress: r.body.required("email_address"),
		Status:       r.body.choice("identification_status", roster.IdentificationStatuses).Or(""),
	}
}

func createPhoneNumber(r *request) roster.CreatePhoneNumber {
	return roster.CreatePhoneNumber{
		UserID:                  r.body.required("user_id"),
		PhoneNumber:             r.body.required("phone_number"),
		Verified:                r.body.boolean("verified"),
		Primary:                 r.body.boolean("primary"),
		ReservedForSecondFactor: r.body.boolean("reserved_for_second_factor"),
	}
}

func updatePhoneNumber(r *request) roster.UpdatePhoneNumber {
	return roster.UpdatePhoneNumber{
		Verified:                r.body.boolean("verified"),
		Primary:                 r.body.boolean("primary"),
		ReservedForSecondFactor: r.body.boolean("reserved_for_second_factor"),
	}
}

func replacePhoneNumber(r *request) roster.ReplacePhoneNumber {
	defer r.body.closed()
	return roster.ReplacePhoneNumber{
		PhoneNumber: r.body.required("phone_number"),
		Status:      r.body.choice("identification_status", roster.IdentificationStatuses).Or(""),
	}
}

func attemptVerification(r *request) roster.AttemptVerification {
	defer r.body.closed()
	return roster.AttemptVerification{VerificationID: r.body.required("verification_id"), Code: r.body.required("code")}
}
