package main

import (
	"encoding/base64"
	"image/color"
	"net/http"
	"path"

	"github.com/rosterhq/roster"
)

// pictures are two that differ, and noPicture is none.
var (
	pictures  = []string{picture(color.Black), picture(color.RGBA{R: 200, A: 255})}
	noPicture = base64.StdEncoding.EncodeToString([]byte("<svg></svg>"))
)

func (s *session) setLogo() {
	house := s.id("house")
	set := func(name string, a args) *reply { return s.call("organizations.set_logo", name, a) }
	first := set("sets a logo that everybody can see", args{"organization_id": house, "file": pictures[0], "uploader_user_id": s.id("ann")}).
		has(obj{"id": house, "has_image": true, "image_url": like("^http")}).visits("image_url", http.StatusOK, "image/png")
	set("takes another in its place", args{"organization_id": house, "file": pictures[1]}).has(obj{"has_image": true, "image_url": not(first.get("image_url"))})
	set("refuses what is no image", args{"organization_id": house, "file": noPicture}).fails(400, roster.CodeRequestBodyInvalid, "")
	set("refuses an uploader who is not there", args{"organization_id": house, "file": pictures[0], "uploader_user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
	set("refuses an unknown organization", args{"organization_id": unknownOrganization, "file": pictures[0]}).fails(404, roster.CodeResourceNotFound, "")
	s.call("organizations.get", "shows the logo", args{"organization_id": house}).has(obj{"has_image": true}).visits("image_url", http.StatusOK, "image/png")
	s.call("organizations.delete_logo", "deletes the logo", args{"organization_id": house}).has(obj{"id": house, "has_image": false})
	s.call("organizations.delete_logo", "refuses an organization without", args{"organization_id": s.id("barn")}).fails(404, roster.CodeImageNotFound, "")
	s.call("organizations.delete_logo", "refuses an unknown organization", args{"organization_id": unknownOrganization}).fails(404, roster.CodeResourceNotFound, "")
}

func (s *session) setProfileImage() {
	ann := s.id("ann")
	set := s.call("users.set_image", "sets an image that everybody can see", args{"user_id": ann, "file": pictures[1]}).
		has(obj{"id": ann, "has_image": true, "image_url": like("^http")}).visits("image_url", http.StatusOK, "image/png")
	s.call("memberships.list", "shows the image of a member", args{"organization_id": s.id("house"), "user_id": []string{ann}}).
		has(obj{"data": []obj{{"public_user_data": obj{"has_image": true}}}})
	s.call("users.update", "takes the image a user has", args{"user_id": ann, "profile_image_id": path.Base(set.get("image_url"))}).has(obj{"has_image": true})
	s.call("users.update", "refuses an image that is not the user's", args{"user_id": ann, "profile_image_id": "img_none"}).fails(422, roster.CodeFormResourceNotFound, "profile_image_id")
	s.call("users.set_image", "refuses what is no image", args{"user_id": ann, "file": noPicture}).fails(400, roster.CodeRequestBodyInvalid, "")
	s.call("users.set_image", "refuses an unknown user", args{"user_id": unknownUser, "file": pictures[0]}).fails(404, roster.CodeResourceNotFound, "")
	s.call("users.delete_image", "deletes the image", args{"user_id": ann}).has(obj{"id": ann, "has_image": false})
	s.call("users.delete_image", "refuses a user without", args{"user_id": ann}).fails(404, roster.CodeImageNotFound, "")
	s.call("users.delete_image", "refuses an unknown user", args{"user_id": unknownUser}).fails(404, roster.CodeResourceNotFound, "")
}
