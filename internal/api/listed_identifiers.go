package api

import "github.com/rosterhq/roster"

// createAllowlistIdentifier refuses to promise an invitation, of which nobody here
// could make a user.
func createAllowlistIdentifier(r *request) roster.CreateAllowlistIdentifier {
	b := r.body
	defer b.closed()
	in := roster.CreateAllowlistIdentifier{Identifier: b.required("identifier"), Notify: b.boolean("notify")}
	if in.Notify.Or(false) {
		b.problem(roster.ErrParamInvalid.On("notify", "this server invites to organizations only"))
	}
	return in
}

func createBlocklistIdentifier(r *request) roster.CreateBlocklistIdentifier {
	defer r.body.closed()
	return roster.CreateBlocklistIdentifier{Identifier: r.body.required("identifier")}
}
