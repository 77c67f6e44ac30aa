package api_test

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

// Addresses of a drifting instance: identity.emails are those that are one's own;
// who has an unverified one keeps nobody from it.

func (d *drifting) drawAddress(t *rapid.T) string {
	return rapid.SampledFrom([]string{"a@x.io", "B@x.io", "c@x.io", "g@x.io", "H@x.io"}).Draw(t, "address")
}

// owns gives a user's own addresses as the server tells them, once a call has
// succeeded that the model allowed.
func (d *drifting) owns(t *rapid.T, id string) {
	u := must(d.c.Users.Get(t.Context(), id))(t)
	now := d.alive[id]
	now.emails = nil
	for _, e := range u.EmailAddresses {
		if e.Reserved || e.Verification.Verified() {
			now.emails = append(now.emails, e.EmailAddress)
		}
	}
	d.alive[id] = now
}

func (d *drifting) addAddress(t *rapid.T, id string) {
	address, verified := d.drawAddress(t), rapid.Bool().Draw(t, "verified")
	u := must(d.c.Users.Get(t.Context(), id))(t)
	code := roster.Code("")
	has := slices.ContainsFunc(u.EmailAddresses, func(e roster.EmailAddress) bool { return e.EmailAddress == strings.ToLower(address) })
	if has || !d.free(id, identity{emails: []string{strings.ToLower(address)}}) {
		code = roster.CodeIdentifierExists
	}
	_, err := d.c.EmailAddresses.Create(t.Context(), roster.CreateEmailAddress{UserID: id, EmailAddress: address,
		Verified: roster.Value(verified), Primary: roster.Value(verified && rapid.Bool().Draw(t, "primary"))})
	outcome(t, err, code)
	d.owns(t, id)
}

func (d *drifting) verifyAddress(t *rapid.T, id string) {
	u := must(d.c.Users.Get(t.Context(), id))(t)
	if len(u.EmailAddresses) == 0 {
		return
	}
	e := u.EmailAddresses[uniform(t, "which", len(u.EmailAddresses))]
	verified, code := rapid.Bool().Draw(t, "verified"), roster.Code("")
	if verified && !d.free(id, identity{emails: []string{e.EmailAddress}}) {
		code = roster.CodeIdentifierExists
	}
	_, err := d.c.EmailAddresses.Update(t.Context(), e.ID, roster.UpdateEmailAddress{Verified: roster.Value(verified)})
	outcome(t, err, code)
	d.owns(t, id)
}

func (d *drifting) dropAddress(t *rapid.T, id string) {
	u := must(d.c.Users.Get(t.Context(), id))(t)
	if len(u.EmailAddresses) == 0 {
		return
	}
	_, err := d.c.EmailAddresses.Delete(t.Context(), u.EmailAddresses[uniform(t, "which", len(u.EmailAddresses))].ID)
	outcome(t, err, "") // everybody has a phone number
	d.owns(t, id)
}

func (d *drifting) replaceAddresses(t *rapid.T, id string) {
	address, status := d.drawAddress(t), rapid.SampledFrom(roster.IdentificationStatuses).Draw(t, "status")
	u := must(d.c.Users.Get(t.Context(), id))(t)
	has := slices.ContainsFunc(u.EmailAddresses, func(e roster.EmailAddress) bool { return e.EmailAddress == strings.ToLower(address) })
	code := roster.Code("")
	if !d.free(id, identity{emails: []string{strings.ToLower(address)}}) && (!has || status != roster.IdentificationUnverified) {
		code = roster.CodeIdentifierExists
	}
	_, err := d.c.EmailAddresses.ReplaceForUser(t.Context(), id, roster.ReplaceEmailAddress{EmailAddress: address, Status: status})
	outcome(t, err, code)
	d.owns(t, id)
}
