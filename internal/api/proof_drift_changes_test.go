package api_test

import (
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rosterhq/roster"
)

func (d *drifting) renameUser(t *rapid.T, id string) {
	name := rapid.SampledFrom([]string{"", "Ann", "ANN", "Änn", "a\nb"})
	in := roster.UpdateUser{FirstName: roster.Value(name.Draw(t, "first")), LastName: roster.Value(name.Draw(t, "last"))}
	_, err := d.c.Users.Update(t.Context(), id, in)
	outcome(t, err, "")
}

func (d *drifting) changeIdentifiers(t *rapid.T, id string) {
	want, in := d.drawIdentity(t)
	code := roster.Code("")
	if !d.free(id, want) {
		code = roster.CodeIdentifierExists
	}
	if _, err := d.c.Users.Update(t.Context(), id, in); outcome(t, err, code) {
		want.emails = d.alive[id].emails
		d.alive[id] = want
	}
}

func (d *drifting) changePrimary(t *rapid.T, id string) {
	u := must(d.c.Users.Get(t.Context(), id))(t)
	var ids []string
	for _, e := range u.EmailAddresses {
		ids = append(ids, e.ID)
	}
	if len(ids) == 0 {
		return
	}
	_, err := d.c.Users.Update(t.Context(), id, roster.UpdateUser{PrimaryEmailAddressID: roster.Value(one(t, "email", ids))})
	refusable(t, err, roster.CodeVerificationNeeded)
}

func (d *drifting) ban(t *rapid.T, id string) {
	set := d.c.Users.Ban
	if rapid.Bool().Draw(t, "unban") {
		set = d.c.Users.Unban
	}
	_, err := set(t.Context(), id)
	outcome(t, err, "")
}

func (d *drifting) picture(t *rapid.T, id string) {
	if rapid.Bool().Draw(t, "take away") {
		if _, err := d.c.Users.DeleteProfileImage(t.Context(), id); err != nil {
			outcome(t, err, roster.CodeImageNotFound)
		}
		return
	}
	file := rapid.SampledFrom([]string{onePNG, otherPNG}).Draw(t, "file")
	_, err := d.c.Users.SetProfileImage(t.Context(), id, roster.UploadProfileImage{File: strings.NewReader(file)})
	outcome(t, err, "")
}

func (d *drifting) logo(t *rapid.T, id string) {
	file := rapid.SampledFrom([]string{onePNG, otherPNG}).Draw(t, "file")
	_, err := d.c.Organizations.UploadLogo(t.Context(), id, roster.UploadLogo{File: strings.NewReader(file)})
	outcome(t, err, "")
}

func (d *drifting) deleteUser(t *rapid.T, id string) {
	_, err := d.c.Users.Delete(t.Context(), id)
	outcome(t, err, "")
	delete(d.alive, id)
	d.users = slices.DeleteFunc(d.users, func(u string) bool { return u == id })
}

func (d *drifting) createOrganization(t *rapid.T) {
	in := roster.CreateOrganization{Name: rapid.SampledFrom([]string{"Acme", "acme!", "Bolt"}).Draw(t, "name")}
	if len(d.users) > 0 && rapid.Bool().Draw(t, "with creator") {
		in.CreatedBy = roster.Value(one(t, "creator", d.users))
	}
	o, err := d.c.Organizations.Create(t.Context(), in)
	outcome(t, err, "")
	d.organizations = append(d.organizations, o.ID)
}

func (d *drifting) changeOrganization(t *rapid.T, id string) {
	in := roster.UpdateOrganization{Name: roster.Value("New"), Slug: roster.Value(rapid.SampledFrom([]string{"acme", "new", "other"}).Draw(t, "slug"))}
	_, err := d.c.Organizations.Update(t.Context(), id, in)
	refusable(t, err, roster.CodeIdentifierExists)
}

func (d *drifting) deleteOrganization(t *rapid.T, id string) {
	_, err := d.c.Organizations.Delete(t.Context(), id)
	outcome(t, err, "")
	d.organizations = slices.DeleteFunc(d.organizations, func(o string) bool { return o == id })
}

// refusable lets a call be refused by one code, because of what is already there.
func refusable(t *rapid.T, err error, by roster.Code) {
	if code := codeOf(t, err); code != "" && code != by {
		t.Fatal(err)
	}
}

func (d *drifting) drawRole(t *rapid.T) string {
	return rapid.SampledFrom([]string{roster.RoleMember, roster.RoleAdmin}).Draw(t, "role")
}

func (d *drifting) drawMetadata(t *rapid.T) roster.Metadata {
	return roster.Metadata(rapid.SampledFrom([]string{`{}`, `{"k":1}`, `{"k":null,"l":["a","b"]}`, `{"l":{"m":true,"n":[1,1.0,"1"]}}`, `{"l":null}`}).Draw(t, "metadata"))
}

func (d *drifting) join(t *rapid.T, o, u string) {
	in := roster.CreateMembership{UserID: u, Role: d.drawRole(t), PublicMetadata: d.drawMetadata(t)}
	_, err := d.c.OrganizationMemberships.Create(t.Context(), o, in)
	refusable(t, err, roster.CodeAlreadyAMember)
}

func (d *drifting) changeMembership(t *rapid.T, o, u string) {
	_, err := d.c.OrganizationMemberships.Update(t.Context(), o, u, roster.UpdateMembership{Role: d.drawRole(t)})
	refusable(t, err, roster.CodeResourceNotFound)
	_, err = d.c.OrganizationMemberships.UpdateMetadata(t.Context(), o, u, roster.UpdateMetadata{PublicMetadata: d.drawMetadata(t)})
	refusable(t, err, roster.CodeResourceNotFound)
}

func (d *drifting) leave(t *rapid.T, o, u string) {
	_, err := d.c.OrganizationMemberships.Delete(t.Context(), o, u)
	refusable(t, err, roster.CodeResourceNotFound)
}

func (d *drifting) signIn(t *rapid.T, id string) {
	in := roster.CreateSession{UserID: id}
	if len(d.organizations) > 0 && rapid.Bool().Draw(t, "into") {
		in.ActiveOrganizationID = roster.Value(one(t, "organization", d.organizations))
	}
	s, err := d.c.Sessions.Create(t.Context(), in)
	if code := codeOf(t, err); code != roster.CodeUserBanned {
		refusable(t, err, roster.CodeOrganizationNotFoundOrUnauthorized)
	}
	if err == nil {
		d.sessions = append(d.sessions, s.ID)
	}
}

func (d *drifting) revoke(t *rapid.T, id string) {
	_, err := d.c.Sessions.Revoke(t.Context(), id)
	refusable(t, err, roster.CodeResourceNotFound) // it went with its user
}

// compare reads each membership as lists show it beside its user and organization
// as they show themselves.
func (d *drifting) compare(t *rapid.T) {
	for m, err := range d.c.OrganizationMemberships.AllInstance(t.Context(), roster.MembershipQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		u := must(d.c.Users.Get(t.Context(), m.PublicUserData.UserID))(t)
		shown := roster.PublicUserData{UserID: u.ID, FirstName: u.FirstName, LastName: u.LastName, ProfileImageURL: &u.ProfileImageURL, ImageURL: u.ImageURL,
			HasImage: u.HasImage, Identifier: identifier(u), Username: u.Username, Banned: u.Banned, Deprovisioned: u.Deprovisioned}
		if diff := cmp.Diff(&shown, m.PublicUserData); diff != "" {
			t.Errorf("membership %s and its user (-user +membership):\n%s", m.ID, diff)
		}
		if diff := cmp.Diff(must(d.c.Organizations.Get(t.Context(), m.Organization.ID, roster.OrganizationInclude{}))(t), m.Organization); diff != "" {
			t.Errorf("membership %s and its organization (-organization +membership):\n%s", m.ID, diff)
		}
	}
}

// identifier is what a user goes by: the primary email address, else phone number,
// username or wallet.
func identifier(u *roster.User) *string {
	for i, e := range u.EmailAddresses {
		if u.PrimaryEmailAddressID != nil && e.ID == *u.PrimaryEmailAddressID {
			return &u.EmailAddresses[i].EmailAddress
		}
	}
	if len(u.PhoneNumbers) > 0 {
		return &u.PhoneNumbers[0].PhoneNumber
	}
	return u.Username
}
