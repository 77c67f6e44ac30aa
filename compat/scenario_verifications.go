package main

import "github.com/rosterhq/roster"

// verifyByCode verifies an address and a number made for tests, whose code is known.
func (s *session) verifyByCode() {
	const right, wrong = "424242", "000000"
	eli := s.id("eli")
	s.call("email_addresses.create", "adds an address for tests", args{"user_id": eli, "email_address": "eli+clerk_test@work.example"}).as("eli@test").has(obj{"verification": unverified})
	s.call("email_addresses.prepare_verification", "sends a code", args{"email_address_id": s.id("eli@test")}).as("eli@code").
		has(obj{"object": "verification_otp", "id": anID("ver_"), "status": "unverified", "strategy": roster.StrategyEmailCode, "attempts": 0})
	attempt := func(code string) args {
		return args{"email_address_id": s.id("eli@test"), "verification_id": s.id("eli@code"), "code": code}
	}
	if s.id("eli@code") != "" {
		s.call("email_addresses.attempt_verification", "counts a wrong code", attempt(wrong)).has(obj{"id": s.id("eli@code"), "status": "unverified", "attempts": 1})
		s.call("email_addresses.attempt_verification", "takes the right code", attempt(right)).has(obj{"id": s.id("eli@code"), "status": "verified", "attempts": 2})
		s.call("email_addresses.get", "shows what verified the address", args{"email_address_id": s.id("eli@test")}).
			has(obj{"verification": obj{"status": "verified", "strategy": roster.StrategyEmailCode, "attempts": 2}})
		s.call("email_addresses.attempt_verification", "refuses a code that was taken", attempt(right)).fails(400, roster.CodeVerificationAlreadyVerified, "")
		s.call("email_addresses.attempt_verification", "refuses an unknown verification",
			args{"email_address_id": s.id("eli@test"), "verification_id": "ver_none", "code": right}).fails(404, roster.CodeResourceNotFound, "verification_id")
	}
	s.call("email_addresses.prepare_verification", "refuses an unknown address", args{"email_address_id": unknownIdentifier}).fails(404, roster.CodeResourceNotFound, "")

	s.call("phone_numbers.create", "adds a number for tests", args{"user_id": eli, "phone_number": "+12025550133"}).as("+133").has(obj{"verification": unverified})
	s.call("phone_numbers.prepare_verification", "sends a code", args{"phone_number_id": s.id("+133")}).as("code+133").
		has(obj{"object": "verification_otp", "id": anID("ver_"), "status": "unverified", "strategy": roster.StrategyPhoneCode, "attempts": 0, "channel": "sms"})
	number := func(code string) args {
		return args{"phone_number_id": s.id("+133"), "verification_id": s.id("code+133"), "code": code}
	}
	if s.id("code+133") != "" {
		for attempts := 1; attempts < roster.MaxVerificationAttempts; attempts++ {
			s.call("phone_numbers.attempt_verification", "counts a wrong code", number(wrong)).has(obj{"status": "unverified", "attempts": attempts})
		}
		s.call("phone_numbers.attempt_verification", "fails after the last", number(wrong)).has(obj{"status": "failed", "attempts": roster.MaxVerificationAttempts})
		s.call("phone_numbers.attempt_verification", "takes no code then", number(right)).has(obj{"status": "failed"})
		s.call("phone_numbers.prepare_verification", "sends another code", args{"phone_number_id": s.id("+133")}).as("code+133").has(obj{"status": "unverified"})
		s.call("phone_numbers.attempt_verification", "takes the right code", number(right)).has(obj{"status": "verified", "attempts": 1})
		s.call("phone_numbers.get", "shows what verified the number", args{"phone_number_id": s.id("+133")}).
			has(obj{"verification": obj{"status": "verified", "strategy": roster.StrategyPhoneCode}})
	}
	s.call("phone_numbers.prepare_verification", "refuses an unknown number", args{"phone_number_id": unknownIdentifier}).fails(404, roster.CodeResourceNotFound, "")
}
