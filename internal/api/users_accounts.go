package api

import "github.com/rosterhq/roster"

func bulkUsers(r *request) roster.Users {
	return roster.Users{UserIDs: r.body.textsUpTo("user_ids", roster.MaxBulkUsers)}
}

func verifyPassword(r *request) roster.VerifyPassword {
	defer r.body.closed()
	return roster.VerifyPassword{Password: r.body.required("password")}
}

func verifyTOTP(r *request) roster.VerifyTOTP {
	defer r.body.closed()
	return roster.VerifyTOTP{Code: r.body.required("code")}
}

func removePassword(r *request) roster.RemovePassword {
	defer r.body.closed()
	return roster.RemovePassword{SignOutOfOtherSessions: r.body.flag("sign_out_of_other_sessions")}
}

func setPasswordCompromised(r *request) roster.SetPasswordCompromised {
	defer r.body.closed()
	return roster.SetPasswordCompromised{RevokeAllSessions: r.body.flag("revoke_all_sessions")}
}
