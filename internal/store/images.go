package store

import (
	"io"

	"github.com/rosterhq/roster"
)

// imageChunk is how many bytes of an image a row holds: what is read and sent at a
// time, and what a line of an export carries.
const imageChunk = 256 << 10

// ImageTypes are the media types of pictures.
var ImageTypes = []string{"image/gif", "image/jpeg", "image/png", "image/webp"}

// Image is a picture without its bytes. Digest is their SHA-256 in hexadecimal;
// CreatedAt is in Unix milliseconds.
type Image struct {
	ID, OwnerID, ContentType, Digest string
	Size                             int64
	UploadedBy                       *string
	CreatedAt                        int64
}

// InsertImage keeps a picture and its bytes in the place of what its owner had.
func (tx *Tx) InsertImage(m Image, data io.Reader) error {
	if err := tx.DeleteImages(m.OwnerID); err != nil {
		return err
	}
	if _, err := tx.exec(`insert into images (instance_id, id, owner_id, content_type, size, digest, uploaded_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		tx.Instance, m.ID, m.OwnerID, m.ContentType, m.Size, m.Digest, m.UploadedBy, m.CreatedAt); err != nil {
		return err
	}
	chunk := make([]byte, min(m.Size, imageChunk))
	for left, position := m.Size, 0; left > 0; position++ {
		chunk = chunk[:min(left, imageChunk)]
		if _, err := io.ReadFull(data, chunk); err != nil {
			return err
		}
		if _, err := tx.exec(`insert into image_chunks (instance_id, image_id, position, data)
values ($1, $2, $3, $4)`, tx.Instance, m.ID, position, chunk); err != nil {
			return err
		}
		left -= int64(len(chunk))
	}
	return nil
}

// DeleteImages removes what an owner has of pictures, bytes and all.
func (tx *Tx) DeleteImages(ownerID string) error {
	if _, err := tx.exec(`delete from image_chunks
where instance_id = $1 and image_id in (select id from images where instance_id = $1 and owner_id = $2)`, tx.Instance, ownerID); err != nil {
		return err
	}
	_, err := tx.exec(`delete from images
where instance_id = $1 and owner_id = $2`, tx.Instance, ownerID)
	return err
}

const imageColumns = `id, owner_id, content_type, digest, size, uploaded_by, created_at`

// Image is a picture, or ErrNotFound.
func (tx *Tx) Image(id string) (m Image, err error) {
	err = tx.one("select "+imageColumns+`
from images
where instance_id = $1 and id = $2`, []any{tx.Instance, id},
		&m.ID, &m.OwnerID, &m.ContentType, &m.Digest, &m.Size, &m.UploadedBy, &m.CreatedAt)
	return m, err
}

// ImageOf is an owner's picture, or ErrNotFound.
func (tx *Tx) ImageOf(ownerID string) (m Image, err error) {
	err = tx.one("select "+imageColumns+`
from images
where instance_id = $1 and owner_id = $2`, []any{tx.Instance, ownerID},
		&m.ID, &m.OwnerID, &m.ContentType, &m.Digest, &m.Size, &m.UploadedBy, &m.CreatedAt)
	return m, err
}

// ImageBytes are the bytes of a picture around an offset, and the offset of their
// first; ErrNotFound when the picture is gone.
func (tx *Tx) ImageBytes(id string, offset int64) (data []byte, first int64, err error) {
	position := offset / imageChunk
	err = tx.one(`select data
from image_chunks
where instance_id = $1 and image_id = $2 and position = $3`, []any{tx.Instance, id, position}, &data)
	return data, position * imageChunk, err
}

// SetUserImage shows a picture on a user and on its memberships, nil for none.
func (tx *Tx) SetUserImage(userID string, imageID *string) error {
	_, err := tx.exec(`update users
set image_id = $3
where instance_id = $1 and id = $2`, tx.Instance, userID, imageID)
	if err != nil {
		return err
	}
	return tx.refreshMemberships(userID, "image_id")
}

// SetOrganizationImage shows a picture on an organization, nil for none.
func (tx *Tx) SetOrganizationImage(organizationID string, imageID *string) error {
	_, err := tx.exec(`update organizations
set image_id = $3
where instance_id = $1 and id = $2`, tx.Instance, organizationID, imageID)
	return err
}

// ImageURL is where the world finds a picture. The instance is part of it, so that
// it is found like everything else.
func (tx *Tx) ImageURL(id string) string {
	return tx.PublicURL + "/images/" + tx.Instance + "/" + id
}

// userImage is what is shown of a user: whether it is the user's own, and where it
// and its deprecated sibling are.
func (tx *Tx) userImage(imageID *string, userID string, names ...string) (has bool, url, profile string) {
	if imageID == nil {
		return false, defaultImage(tx.Instance, userID, names...), noProfileImage
	}
	url = tx.ImageURL(*imageID)
	return true, url, url
}

// organizationImage is userImage for organizations.
func (tx *Tx) organizationImage(imageID *string, o *roster.Organization) (has bool, url string) {
	if imageID == nil {
		return false, defaultImage(tx.Instance, o.ID, o.Name)
	}
	return true, tx.ImageURL(*imageID)
}
