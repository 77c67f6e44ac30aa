package roster

import "io"

// MaxImageBytes is the most bytes a logo or profile image may have.
const MaxImageBytes = 10 << 20

// UploadLogo is an organization's logo: a JPEG, PNG, GIF or WebP file of up to
// MaxImageBytes, and the user it is owed to, "" for none.
type UploadLogo struct {
	File           io.Reader `json:"file"`
	UploaderUserID string    `json:"uploader_user_id,omitzero"`
}

// UploadProfileImage is a user's image, of the same kinds and size.
type UploadProfileImage struct {
	File io.Reader `json:"file"`
}
