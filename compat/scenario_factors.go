package main

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // RFC 6238 has it so
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/rosterhq/roster"
)

const totpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// totpAt is the code of an authenticator (RFC 6238).
func totpAt(secret string, at time.Time) string {
	key, err := base32.StdEncoding.DecodeString(secret)
	if err != nil {
		panic(err) // a constant of this file
	}
	var step [8]byte
	binary.BigEndian.PutUint64(step[:], uint64(at.Unix()/30)) //nolint:gosec // since 1970
	m := hmac.New(sha1.New, key)
	m.Write(step[:])
	sum := m.Sum(nil)
	cut := sum[len(sum)-1] & 15
	return fmt.Sprintf("%06d", binary.BigEndian.Uint32(sum[cut:])&0x7fffffff%1_000_000)
}

func (s *session) verifyFactors() {
	s.call("users.create", "takes an authenticator's secret and backup codes", args{
		"username": "gil_f", "skip_password_requirement": true, "totp_secret": totpSecret, "backup_codes": []string{"spare-one", "spare-two"},
	}).as("gil").has(obj{"totp_enabled": true, "backup_code_enabled": true, "two_factor_enabled": true, "mfa_enabled_at": now})
	verify := func(name, user, code string) *reply {
		return s.call("users.verify_totp", name, args{"user_id": user, "code": code})
	}
	code := totpAt(totpSecret, time.Now())
	verify("takes a code of the authenticator", s.id("gil"), code).has(obj{"verified": true, "code_type": "totp"})
	verify("refuses the same code again", s.id("gil"), code).fails(422, roster.CodeTOTPIncorrect, "")
	verify("takes a backup code", s.id("gil"), "spare-two").has(obj{"verified": true, "code_type": "backup_code"})
	verify("refuses a backup code that was used", s.id("gil"), "spare-two").fails(422, roster.CodeTOTPIncorrect, "")
	verify("refuses a user without an authenticator", s.id("ann"), code).fails(400, roster.CodeTOTPDisabled, "")
	verify("refuses an unknown user", unknownUser, code).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) deleteFactors() {
	gil, nobody := args{"user_id": s.id("gil")}, args{"user_id": unknownUser}
	s.call("users.delete_backup_codes", "deletes and tells whose they were", gil).has(obj{"user_id": s.id("gil")})
	s.call("users.get", "shows that the backup codes are gone", gil).has(obj{"backup_code_enabled": false, "totp_enabled": true})
	s.call("users.delete_totp", "deletes and tells whose it was", gil).has(obj{"user_id": s.id("gil")})
	s.call("users.get", "shows that the authenticator is gone", gil).has(obj{"totp_enabled": false, "two_factor_enabled": false, "mfa_disabled_at": now})
	s.call("users.update", "takes an authenticator's secret and backup codes", args{"user_id": s.id("gil"), "totp_secret": totpSecret, "backup_codes": []string{"one"}}).
		has(obj{"totp_enabled": true, "backup_code_enabled": true})
	s.call("users.delete_mfa", "deletes everything and tells whose it was", gil).has(obj{"user_id": s.id("gil")})
	s.call("users.get", "shows that there are no second factors", gil).has(obj{"totp_enabled": false, "backup_code_enabled": false, "two_factor_enabled": false})
	for _, call := range []string{"users.delete_mfa", "users.delete_totp", "users.delete_backup_codes"} {
		s.call(call, "refuses an unknown user", nobody).fails(404, roster.CodeResourceNotFound, "")
	}
	s.call("users.delete_passkey", "refuses an unknown passkey", args{"user_id": s.id("gil"), "passkey_identification_id": unknownIdentifier}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.delete_external_account", "refuses an unknown account", args{"user_id": s.id("gil"), "external_account_id": "eac_000000000000000000000000000"}).
		fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) lockUsers() {
	cat := args{"user_id": s.id("cat")}
	s.call("users.lock", "locks for an hour", cat).has(obj{"id": s.id("cat"), "locked": true, "lockout_expires_in_seconds": within(3500, 3600)})
	s.call("users.get", "shows the lock", cat).has(obj{"locked": true})
	s.call("users.unlock", "lifts the lock", cat).has(obj{"id": s.id("cat"), "locked": false, "lockout_expires_in_seconds": absent})
	s.call("users.lock", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.unlock", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) banMany() {
	two := []string{s.id("eli"), s.id("gil")}
	s.call("users.ban_many", "bans, and shows in the order given", args{"user_ids": two}).lists(byID, 2, "eli", "gil").has(obj{"data": []obj{{"banned": true}, {"banned": true}}})
	if s.checks[len(s.checks)-1].Offered {
		s.call("users.list", "lists who is banned", args{"banned": true}).lists(byID, 2, "gil", "eli")
	}
	s.call("users.unban_many", "lifts the bans", args{"user_ids": two}).lists(byID, 2, "eli", "gil").has(obj{"data": []obj{{"banned": false}, {"banned": false}}})
	s.call("users.ban_many", "refuses all for one that is unknown", args{"user_ids": []string{s.id("eli"), unknownUser}}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.unban_many", "refuses an unknown user", args{"user_ids": []string{unknownUser}}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.ban_many", "refuses nobody at all", args{"user_ids": []string{}}).fails(422, roster.CodeParamMissing, "user_ids")
	s.call("users.get", "shows that a refused ban did nothing", args{"user_id": s.id("eli")}).has(obj{"banned": false})
}
