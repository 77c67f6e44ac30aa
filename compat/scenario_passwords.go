package main

import "github.com/rosterhq/roster"

const familyPassphrase = "the family passphrase"

func (s *session) verifyPasswords() {
	verify := func(name, user, password string) *reply {
		return s.call("users.verify_password", name, args{"user_id": user, "password": password})
	}
	verify("takes the user's", s.id("ann"), familyPassphrase).has(obj{"verified": true})
	verify("refuses another", s.id("ann"), "The family passphrase").fails(422, roster.CodeIncorrectPassword, "")
	verify("refuses a user without", s.id("dee"), familyPassphrase).fails(400, roster.CodeNoPasswordSet, "")
	verify("refuses an unknown user", unknownUser, familyPassphrase).fails(404, roster.CodeResourceNotFound, "")
}

// digests are what other programs made of digestPassword, one of every hasher that
// is told apart by its form, and what Firebase publishes as its example.
const digestPassword = "Tr0ub4dor é"

var digests = []struct{ hasher, digest, password string }{
	{"argon2i", `$argon2i$v=19$m=512,t=3,p=1$c2FsdHNhbHRzYWx0c2FsdA$dCcsUHk07OvTLY2F66K/kZ7t/mzI8I/OdeEtV/7goI8`, digestPassword},
	{"argon2id", `$argon2id$v=19$m=1024,t=2,p=2$c2FsdHNhbHRzYWx0c2FsdA$3F83EO0PJREacGOsHSslZnCz+90np8NT`, digestPassword},
	{"bcrypt", `$2b$04$AzF1InusdyTnCuD0RfU7xOeX.Z8tOarGOqpGiu/QMPsQN3Mj4vGdO`, digestPassword},
	{"bcrypt_sha256_django", `bcrypt_sha256$$2b$04$mPLii3fJPRUG1u8QB17fgO9YNmBi0o5USow3fLoaXcS6KCBVTpYNu`, digestPassword},
	{"ldap_ssha", `{SSHA}sdL+CcbjFGFZSaXUJvSHHIcpGUg4Z2yt`, digestPassword},
	{"md5", `d621dea6db7eb1ff1ff6a4b24e074cca`, digestPassword},
	{"md5_phpass", `$P$6X0gNeDJH0/MM30pMR7Fkz/lbM29c9.`, digestPassword},
	{"pbkdf2_sha1", `pbkdf2_sha1$1000$c29tZSBzYWx0IQ==$anLC4hFt73a+oBL/WFw12CSC4L4=`, digestPassword},
	{"pbkdf2_sha256", `pbkdf2_sha256$1000$c29tZSBzYWx0IQ==$davkoVWVdwftl20bdo5OPBC2lcDbX/NawAPlaBY2eag=`, digestPassword},
	{"pbkdf2_sha256_django", `pbkdf2_sha256$1000$jwbWxDd84nPj$QugfkfjqGw2BkT6wO3/qSv0RQXXnh6WR91QIRyIS45k=`, digestPassword},
	{"pbkdf2_sha512", `pbkdf2_sha512$1000$c29tZSBzYWx0IQ==$05E0w7EaJYSN7eDlsWSvIAKcRPfLXqXa/ARfufpMH0Jc4jgFQVj1oUJyzZAD5QjssD6BwJek9FGwgG6Yca67LA==`, digestPassword},
	{"pbkdf2_sha512_hex", `pbkdf2_sha512$1000$736f6d652073616c7421$d39134c3b11a25848dede0e5b164af20029c44f7cb5ea5dafc045fb9fa4c1f425ce238054158f5a14272cd9003e508ecb03e81c097a4f451b0806e9871aebb2c`, digestPassword},
	{"phpass", `$P$6UodnCqr9vWUEB0MvuL74cLSgbspZN/`, digestPassword},
	{"scrypt_firebase", "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$" +
		"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14", "user1password"},
	{"scrypt_werkzeug", `scrypt:1024:8:1$somesalt$c9921da0a8269e6c1d4b42555be7904564a2a070f3e06e180b84d3c36a2d8dd23ff0d9708b4d151ca620e8e739439f4c55ee668900a0235a3afd182f5435707a`, digestPassword},
	{"sha256", `185eec84df4d14da5f942fecc9eaaab2f77d1c0e1d60caf15b5c5efde555f22f`, digestPassword},
	{"sha512_symfony", `sha512_symfony$10$pepper$oiEaE2GzbeaYc7TV0Foc82gtB12WyW3Cnti95iH+hJxgI/By4y5y2UFOOj7PMD/xNnRTbVc6EuPMXEHiG3orvQ==`, digestPassword},
}

// bringDigests gives one user every kind of digest in turn.
func (s *session) bringDigests() {
	s.call("users.create", "takes a digest in place of a password", args{"username": "dig_f", "password_hasher": digests[0].hasher, "password_digest": digests[0].digest}).as("dig").
		has(obj{"password_enabled": true})
	for _, d := range digests {
		s.call("users.update", "takes a digest of "+d.hasher, args{"user_id": s.id("dig"), "password_hasher": d.hasher, "password_digest": d.digest}).has(obj{"password_enabled": true})
		s.call("users.verify_password", "holds it against a digest of "+d.hasher, args{"user_id": s.id("dig"), "password": d.password}).has(obj{"verified": true})
		s.call("users.verify_password", "refuses another for a digest of "+d.hasher, args{"user_id": s.id("dig"), "password": d.password + "!"}).fails(422, roster.CodeIncorrectPassword, "")
	}
	s.call("users.create", "refuses a digest without its hasher", args{"username": "dug_f", "password_digest": digests[0].digest}).fails(422, roster.CodeConditionalParamMissing, "password_hasher")
	s.call("users.create", "refuses a hasher's malformed digest", args{"username": "dug_f", "password_hasher": "bcrypt", "password_digest": "d621"}).
		fails(422, roster.CodePasswordDigestInvalid, "password_digest")
	s.call("users.update", "refuses an unknown hasher", args{"user_id": s.id("dig"), "password_hasher": "rot13", "password_digest": "x"}).fails(422, roster.CodeParamValueInvalid, "password_hasher")
}

func (s *session) removePasswords() {
	ben := s.id("ben")
	s.call("sessions.create", "signs ben in", args{"user_id": ben}).as("ben-1").has(obj{"status": roster.SessionActive})
	s.call("users.set_compromised", "asks for another password", args{"user_id": ben}).has(obj{"id": ben, "requires_password_reset": true})
	s.call("users.set_compromised", "ends the sessions when told so", args{"user_id": ben, "revoke_all_sessions": true}).has(obj{"id": ben})
	if s.checks[len(s.checks)-1].Offered {
		s.call("sessions.get", "was ended with a password that leaked", args{"session_id": s.id("ben-1")}).has(obj{"status": roster.SessionRevoked})
	}
	s.call("users.unset_compromised", "asks no more", args{"user_id": ben}).has(obj{"id": ben, "requires_password_reset": absentOrFalse})
	s.call("users.set_compromised", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.unset_compromised", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	s.call("sessions.create", "signs ben in again", args{"user_id": ben}).as("ben-2").has(obj{"status": roster.SessionActive})
	s.call("users.remove_password", "removes the password and ends the sessions", args{"user_id": ben, "sign_out_of_other_sessions": true}).has(obj{"id": ben, "password_enabled": false})
	if s.checks[len(s.checks)-1].Offered {
		s.call("sessions.get", "was ended with its password", args{"session_id": s.id("ben-2")}).has(obj{"status": roster.SessionRevoked})
		s.call("users.verify_password", "refuses a password that was removed", args{"user_id": ben, "password": familyPassphrase}).fails(400, roster.CodeNoPasswordSet, "")
		s.call("users.set_compromised", "refuses a user without a password", args{"user_id": ben}).fails(400, roster.CodeNoPasswordSet, "")
	}
	s.call("users.remove_password", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
}

// absentOrFalse wants nothing to be said, or that it is not so.
func absentOrFalse(got any, present bool) string {
	if got == false {
		return ""
	}
	return absent(got, present)
}
